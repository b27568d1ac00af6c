"""How every element of an email looks, in the light and in the dark: what was declared, and what it inherits."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bulletin.lint.css import Rule, Selection, Sheet, colour, declarations, longhand, pixels
from bulletin.lint.tree import Node, Tree
from bulletin.model.colours import RGB

_INHERITED = frozenset(
    ("color", "font-family", "font-size", "font-style", "font-weight", "line-height", "text-align", "text-indent",
     "text-transform", "visibility", "white-space")
)  # fmt: skip
_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67, "small": 5 / 6}
_KEYWORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_FONT = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}  # <font size>


class Palette(StrEnum):
    """In what light an email is read."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Looks:
    """The looks of a document in one palette, on a wide screen."""

    tree: Tree
    rules: tuple[Rule, ...]  # of its style sheets, those in media queries too
    palette: Palette

    @cached_property
    def _selection(self) -> tuple[Selection, tuple[Rule, ...]]:
        told = tuple(rule for rule in self.rules if _holds(rule.media, self.palette))
        return Selection(self.tree.root.element, told), told

    @cached_property
    def _declared(self) -> dict[int, dict[str, str]]:
        return {id(node): self._own(node) for node in self.tree.root.iter() if not node.comment}

    def declared(self, node: Node) -> Mapping[str, str]:
        """What styles and attributes say of an element itself, the strongest of each property."""
        return self._declared.get(id(node), {})

    def value(self, node: Node, name: str) -> str:
        """A property of an element, inherited where that is inherited; empty when nobody sets it."""
        for one in (node, *node.above()):
            said = self.declared(one).get(name, "")
            if said and said != "inherit":
                return said
            if name not in _INHERITED and said != "inherit":
                return ""
        return ""

    def colour(self, node: Node) -> RGB:
        """The colour of its text: where nobody sets it, black, or blue of a link."""
        for one in (node, *node.above()):
            read = colour(self.declared(one).get("color", ""))
            if read:
                return _over(*read, self.background(node))
            if one.tag == "a" and one.get("href"):
                return (0.0, 0.0, 238 / 255)
        return _BLACK

    def background(self, node: Node) -> RGB:
        """The nearest background behind its text: white where nobody sets one."""
        seen: list[tuple[RGB, float]] = []
        for one in (node, *node.above()):
            read = colour(self.declared(one).get("background-color", ""))
            if read and read[1] > 0:
                seen.append(read)
                if read[1] >= 1:
                    break
        behind: RGB = _WHITE
        for layer in reversed(seen):
            behind = _over(*layer, behind)
        return behind

    def sets(self, node: Node, name: str) -> Node | None:
        """The nearest element, itself or above, that sets a colour or a background; None: nobody does."""
        for one in (node, *node.above()):
            read = colour(self.declared(one).get(name, ""))
            if read and read[1] > 0:
                return one
        return None

    def size(self, node: Node) -> float:
        """Its font size in CSS pixels."""
        chain = [node, *node.above()]
        size = 16.0
        for one in reversed(chain):
            said = self.declared(one).get("font-size", "")
            if said in _KEYWORDS:
                size = _KEYWORDS[said]
            elif said:
                size = pixels(said, size, size) or size if said != "0" else 0.0
            elif one.tag in _SIZES:
                size *= _SIZES[one.tag]
        return size

    def is_bold(self, node: Node) -> bool:
        """Whether its text is bold."""
        for one in (node, *node.above()):
            said = self.declared(one).get("font-weight", "")
            if said and said != "inherit":
                return said in ("bold", "bolder") or (said.isdigit() and int(said) >= 700)
            if one.tag in _BOLD:
                return True
        return False

    def is_hidden(self, node: Node) -> bool:
        """Whether nobody sees it, for it or what it stands in is not shown."""
        return any(
            self.declared(one).get("display") == "none"
            or self.declared(one).get("visibility") == "hidden"
            or "hidden" in one.attributes
            for one in (node, *node.above())
        )

    def _own(self, node: Node) -> dict[str, str]:
        said = dict(_presentation(node))
        selection, rules = self._selection
        strong: dict[str, str] = {}
        for place in selection.of(node.element):
            for one in rules[place].declarations:
                (strong if one.important else said).update(longhand(one))
        inline = declarations(node.get("style"))
        for one in inline:
            if not one.important:
                said.update(longhand(one))
        for one in inline:
            if one.important:
                strong.update(longhand(one))
        return said | strong


def looks(tree: Tree, sheets: tuple[Sheet, ...]) -> dict[Palette, Looks]:
    """The looks of a document in each palette."""
    rules = tuple(rule for sheet in sheets for rule in sheet.rules)
    return {palette: Looks(tree, rules, palette) for palette in Palette}


def _holds(media: str, palette: Palette) -> bool:
    """Whether a media query holds on a wide screen in this palette."""
    if not media:
        return True
    if "print" in media or "max-width" in media or "max-device-width" in media or media.startswith("supports"):
        return False
    return "prefers-color-scheme: dark" not in media.replace(":dark", ": dark") or palette is Palette.DARK


def _presentation(node: Node) -> dict[str, str]:
    """What attributes say of the looks of an element: the weakest of all."""
    said = {}
    for name, attribute in (("background-color", "bgcolor"), ("text-align", "align"), ("color", "text")):
        if node.get(attribute) and (attribute != "text" or node.tag == "body"):
            said[name] = _hex(node.get(attribute)) if name != "text-align" else node.get(attribute).lower()
    if node.tag == "font":
        said |= {"color": _hex(node.get("color"))} if node.get("color") else {}
        said |= {"font-size": f"{_FONT[node.get('size')]}px"} if node.get("size") in _FONT else {}
    return said


def _hex(written: str) -> str:
    """A colour of an attribute, where the # may be missing."""
    bare = written.strip().lower()
    is_bare = len(bare) == 6 and all(one in "0123456789abcdef" for one in bare)
    return f"#{bare}" if is_bare else bare


def _over(upper: RGB, alpha: float, lower: RGB) -> RGB:
    red, green, blue = (alpha * one + (1 - alpha) * other for one, other in zip(upper, lower, strict=True))
    return red, green, blue
