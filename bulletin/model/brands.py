"""Whose face a bulletin wears: the colours, logo and words of one distribution list.

What a brand leaves out is the house's own, or made of what it gives, so that it can be read in the light and in the
dark; docs/templates.md names every colour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from bulletin.model.colours import LARGE, TEXT, contrast, mixed, readable, rgb


@dataclass(frozen=True)
class Colours:
    """One palette, each colour as #005eb8; the defaults are the house's own in the light."""

    page: str = "#e8edee"  # behind everything
    paper: str = "#ffffff"  # behind the items
    panel: str = "#f0f4f5"  # behind the contents, the blocks and the foot
    banner: str = "#003087"  # behind the title
    title: str = "#ffffff"  # all words on the banner
    text: str = "#212b32"
    quiet: str = "#425563"  # source and date, small print
    heading: str = "#003087"
    link: str = "#005eb8"
    accent: str = "#0072ce"  # lines that mark something
    good: str = "#00603a"  # Free to read, Editor's pick

    @property
    def line(self) -> str:
        """Of the thin lines that only keep things apart: a quarter of the way from the paper to the quiet words."""
        return mixed(self.paper, self.quiet, 0.25)


@dataclass(frozen=True)
class Logo:
    """A picture on the banner; without an address there is none. Sizes are in CSS pixels."""

    url: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Contact:
    """Who answers the readers of a list; what is empty is the library's own."""

    name: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""


DARK = Colours(
    page="#10161b",
    paper="#1b242b",
    panel="#242f38",
    banner="#002a77",
    title="#ffffff",
    text="#e8edee",
    quiet="#b4c2cc",
    heading="#c2dcff",
    link="#8cc4ff",
    accent="#41b6e6",
    good="#7bd8a4",
)


@dataclass(frozen=True)
class Brand:
    """What one list's emails look like; without anything, the house's own look."""

    light: Colours = Colours()
    dark: Colours = DARK
    logo: Logo = Logo()
    header: str = ""  # above the title, instead of the library's name
    footer: str = ""  # one line at the foot
    contact: Contact = Contact()


@dataclass(frozen=True)
class Pair:
    """Two colours that meet, and the least contrast that they need, to 1."""

    front: str  # the name of a colour
    behind: str
    least: float


_INK = "#212b32"  # on a bright banner
_CALM = 7.0  # the contrast that colours made for the dark have where they can: WCAG 1.4.6
_GROUNDS = frozenset({"page", "paper", "panel", "banner"})
PAIRS = (
    Pair("title", "banner", TEXT),
    *(Pair(front, behind, TEXT) for front in ("text", "quiet", "link", "good") for behind in ("paper", "panel")),
    Pair("text", "page", TEXT),
    *(Pair("heading", behind, TEXT) for behind in ("paper", "panel")),
    *(Pair("accent", behind, LARGE) for behind in ("paper", "panel")),
)


def light(given: Mapping[str, str]) -> Colours:
    """The palette for the light: headings take the colour of the banner, the rest is the house's own."""
    house = asdict(Colours())
    house["heading"] = given.get("banner", house["heading"])
    return _mixed(house, given)


def dark(given: Mapping[str, str], by_day: Mapping[str, str]) -> Colours:
    """The palette for the dark: what a brand gives for the light alone is made lighter until it can be read."""
    house, own = asdict(DARK), asdict(light(by_day))
    grounds = [given.get(name, house[name]) for name in ("paper", "panel")]
    for name, as_usual in asdict(Colours()).items():
        if name in ("banner", "title"):
            house[name] = house[name] if own[name] == as_usual else own[name]
        elif name in ("heading", "link", "accent", "good") and own[name] != as_usual:
            house[name] = readable(own[name], grounds, _CALM) or house[name]
    return _mixed(house, given)


def unreadable(colours: Colours) -> Iterator[tuple[Pair, float, str]]:
    """Give each pair with too little contrast, what it has, and a colour for the front that would do (or none)."""
    named = asdict(colours)
    for pair in PAIRS:
        found = contrast(rgb(named[pair.front]), rgb(named[pair.behind]))
        if found < pair.least:
            yield pair, found, _fitting(pair.front, named[pair.front], named)


def _mixed(house: Mapping[str, str], given: Mapping[str, str]) -> Colours:
    """What is given, and of the house what fits it; where nothing can, the house's own stays and is unreadable."""
    paper = {"page": given["paper"], "panel": given["paper"]} if "paper" in given else {}
    made = {**house, **paper, **given}
    if readable(made["title"], [made["banner"]], TEXT) != made["title"]:
        made["title"] = given.get("title", _INK)
    for name in (one.name for one in fields(Colours)):
        if name not in given and name not in _GROUNDS:
            made[name] = _fitting(name, made[name], made) or made[name]
    return Colours(**made)


def _fitting(front: str, colour: str, named: Mapping[str, str]) -> str:
    least = max(pair.least for pair in PAIRS if pair.front == front)
    return readable(colour, [named[pair.behind] for pair in PAIRS if pair.front == front], least)
