"""How every element of an email looks, in the light and in the dark: what was declared, and what it inherits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from bulletin.lint.letter.attributes import presentation
from bulletin.lint.letter.css import Rule, Selection, Sheet, colour, declarations, pixels
from bulletin.lint.letter.media import asks_for_width, holds
from bulletin.lint.letter.shorthand import longhand
from bulletin.lint.letter.tree import Node, Tree
from bulletin.model.colours import RGB

WIDE, NARROW = 1200.0, 320.0  # CSS pixels: a desk, and the narrowest screen of WCAG 1.4.10
_INHERITED = frozenset(
    ("color", "font-family", "font-size", "font-style", "font-weight", "line-height", "text-align", "text-indent",
     "text-transform", "visibility", "white-space", "word-break", "overflow-wrap", "word-wrap", "letter-spacing")
)  # fmt: skip
_WHITE, _BLACK, _BLUE = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.0, 0.0, 238 / 255)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_SIZES = {
    "h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67,
    "small": 5 / 6, "big": 6 / 5, "sub": 5 / 6, "sup": 5 / 6,
}  # fmt: skip
_KEYWORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_RELATIVE = {"smaller": 5 / 6, "larger": 6 / 5}
_NORMAL = 1.2  # the height of a line that nobody set, to the font size: about what fonts say
_DEEPEST = 500  # elements in elements; in deeper ones no style sheet is looked up, which would take for ever
_NONE: Mapping[str, str] = MappingProxyType({})


class Palette(StrEnum):
    """In what light an email is read."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Line:
    """How high lines are: in CSS pixels, or so many times the font size; `is_set` when somebody said so."""

    px: float | None = None
    times: float = _NORMAL
    is_set: bool = False


@dataclass(frozen=True, eq=False)
class _Look:
    """What an element declares, and what comes of it and of what it stands in."""

    declared: Mapping[str, str]
    inherited: Mapping[str, str]  # of the properties that are inherited, the values in force
    size: float
    line: Line
    is_bold: bool
    ink: tuple[RGB, float] | None  # None: nobody sets it
    ink_by: Node | None
    ground: RGB
    ground_by: Node | None
    picture: Node | None  # an image that is behind its text with no colour of its own behind it
    veils: tuple[tuple[float, RGB], ...]  # how opaque it and what it stands in are, and what shines through
    is_hidden: bool
    underlined_by: Node | None
    depth: int


_ROOT = _Look(
    declared=_NONE, inherited=_NONE, size=16.0, line=Line(), is_bold=False, ink=None, ink_by=None, ground=_WHITE,
    ground_by=None, picture=None, veils=(), is_hidden=False, underlined_by=None, depth=0,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Cascade:
    """The style sheets of a document, and which of their rules concern which element; found once for all palettes."""

    tree: Tree
    rules: tuple[Rule, ...]
    _found: dict[int, list[int]] = field(default_factory=dict, repr=False)

    @cached_property
    def _selection(self) -> Selection:
        return Selection(self.tree.root.element, self.rules)

    def of(self, node: Node) -> list[int]:
        """The places of the rules for an element, the weakest first, whatever their media."""
        if id(node) not in self._found:
            self._found[id(node)] = self._selection.of(node.element) if self.rules else []
        return self._found[id(node)]


@dataclass(frozen=True, eq=False)
class Looks:
    """The looks of a document in one palette, on a screen so many CSS pixels wide."""

    cascade: Cascade
    palette: Palette
    width: float = WIDE

    @property
    def tree(self) -> Tree:
        """The document."""
        return self.cascade.tree

    @cached_property
    def _holding(self) -> frozenset[int]:
        is_dark = self.palette is Palette.DARK
        return frozenset(
            place for place, rule in enumerate(self.cascade.rules) if holds(rule.media, self.width, is_dark)
        )

    @cached_property
    def _seen(self) -> dict[int, _Look]:
        """Every element, in the order of the source: what stands in another comes after it."""
        seen: dict[int, _Look] = {}
        for node in self.tree.root.iter():
            if not node.comment:
                above = seen.get(id(node.parent), _ROOT)
                seen[id(node)] = self._look(node, above)
        return seen

    def _of(self, node: Node) -> _Look:
        return self._seen.get(id(node), _ROOT)

    def declared(self, node: Node) -> Mapping[str, str]:
        """What styles and attributes say of an element itself, the strongest of each property."""
        return self._of(node).declared

    def value(self, node: Node, name: str) -> str:
        """A property of an element, inherited where that is inherited; empty when nobody sets it."""
        if name in _INHERITED:
            return self._of(node).inherited.get(name, "")
        said = self._of(node).declared.get(name, "")
        return self.value(node.parent, name) if said == "inherit" and node.parent else said

    def length(self, node: Node, name: str, whole: float | None = None) -> float:
        """A length that it declares, in CSS pixels; 0 when it declares none or one that cannot be told."""
        look = self._of(node)
        return pixels(look.declared.get(name, ""), look.size, whole, self.width) or 0.0

    def colour(self, node: Node) -> RGB:
        """The colour of its text as it is seen: where nobody sets it, black, or blue of a link."""
        look = self._of(node)
        ink, alpha = look.ink or (_BLACK, 1.0)
        return _veiled(_over(ink, alpha, look.ground), look.veils)

    def background(self, node: Node) -> RGB:
        """What is seen behind its text: white where nobody sets it."""
        look = self._of(node)
        return _veiled(look.ground, look.veils)

    def sets(self, node: Node, name: str) -> Node | None:
        """The nearest element, itself or above, that sets "color" or "background-color"; None: nobody does."""
        look = self._of(node)
        return look.ink_by if name == "color" else look.ground_by

    def picture(self, node: Node) -> Node | None:
        """The element whose image is behind its text, when that element or one between them has no colour as well."""
        return self._of(node).picture

    def opacity(self, node: Node) -> float:
        """How opaque it is with all that it stands in, 0 to 1."""
        whole = 1.0
        for opaque, _ in self._of(node).veils:
            whole *= opaque
        return whole

    def size(self, node: Node) -> float:
        """Its font size in CSS pixels."""
        return self._of(node).size

    def line(self, node: Node) -> Line:
        """How high its lines are."""
        return self._of(node).line

    def line_height(self, node: Node) -> float:
        """How high its lines are in CSS pixels."""
        look = self._of(node)
        return look.line.times * look.size if look.line.px is None else look.line.px

    def is_bold(self, node: Node) -> bool:
        """Whether its text is bold."""
        return self._of(node).is_bold

    def is_hidden(self, node: Node) -> bool:
        """Whether nobody sees it, for it or what it stands in is not shown."""
        return self._of(node).is_hidden

    def underlined(self, node: Node) -> Node | None:
        """The nearest element, itself or above, that underlines its text; None: nobody does."""
        return self._of(node).underlined_by

    def align(self, node: Node) -> str:
        """How its text stands: left, center, right, justify."""
        said = self.value(node, "text-align").removeprefix("-webkit-")
        return {"": "left", "start": "left", "end": "right", "middle": "center"}.get(said, said)

    def _own(self, node: Node, depth: int) -> dict[str, str]:
        """What an element is told, the strongest of each property: CSS Cascade, 6.1."""
        said = dict(presentation(node))
        strong: dict[str, str] = {}
        for place in self.cascade.of(node) if depth <= _DEEPEST else ():
            if place in self._holding:
                for one in self.cascade.rules[place].declarations:
                    (strong if one.important else said).update(longhand(one))
        inline = declarations(node.get("style"))
        for one in inline:
            if not one.important:
                said.update(longhand(one))
        for one in inline:
            if one.important:
                strong.update(longhand(one))
        return said | strong

    def _look(self, node: Node, above: _Look) -> _Look:
        own = self._own(node, above.depth + 1)
        size = _size(own.get("font-size", ""), node, above.size, self.width)
        ink, ink_by = _ink(own.get("color", ""), node, above)
        ground, ground_by, picture = _ground(own, node, above)
        opaque = _opaque(own.get("opacity", ""))
        return _Look(
            own or _NONE,
            _inherited(own, node, above),
            size,
            _line(own.get("line-height", ""), size, above.line),
            _bold(own.get("font-weight", ""), node, above.is_bold),
            ink,
            ink_by,
            ground,
            ground_by,
            picture,
            above.veils if opaque >= 1 else (*above.veils, (opaque, above.ground)),
            above.is_hidden or _hides(own, node),
            _underline(own, node, above.underlined_by),
            above.depth + 1,
        )


def looks(tree: Tree, sheets: tuple[Sheet, ...]) -> dict[Palette, Looks]:
    """The looks of a document in each palette."""
    cascade = Cascade(tree, tuple(rule for sheet in sheets for rule in sheet.rules))
    return {palette: Looks(cascade, palette) for palette in Palette}


def views(by_palette: Mapping[Palette, Looks]) -> Iterator[tuple[str, Looks]]:
    """All the looks that there are to judge, named in words; on a narrow screen only where that is another look."""
    for palette, wide in by_palette.items():
        yield ("in the dark" if palette is Palette.DARK else "in the light"), wide
    if any(asks_for_width(rule.media) for look in by_palette.values() for rule in look.cascade.rules):
        for palette, wide in by_palette.items():
            words = "in the dark on a small screen" if palette is Palette.DARK else "on a small screen"
            yield words, Looks(wide.cascade, palette, NARROW)


def _inherited(own: Mapping[str, str], node: Node, above: _Look) -> Mapping[str, str]:
    new = {name: own[name] for name in _INHERITED & own.keys() if own[name] != "inherit"}
    before = above.inherited
    # What align="center" of a cell or <center> centres stops at the next table: HTML, 15.3.8.
    if node.tag == "table" and "text-align" not in new and before.get("text-align", "").startswith("-webkit-"):
        new["text-align"] = "left"
    return {**before, **new} if new else before


def _size(said: str, node: Node, above: float, window: float) -> float:
    if said in _KEYWORDS:
        return _KEYWORDS[said]
    if said in _RELATIVE:
        return above * _RELATIVE[said]
    if said and said not in ("inherit", "unset"):
        size = pixels(said, above, above, window)
        return above if size is None else max(0.0, size)
    return above if said else above * _SIZES.get(node.tag, 1.0)


def _line(said: str, size: float, above: Line) -> Line:
    if said in ("", "inherit", "unset"):
        return above
    if said in ("normal", "initial"):
        return Line()
    try:
        return Line(times=float(said), is_set=True)
    except ValueError:
        px = pixels(said, size, size)
        return above if px is None else Line(px=px, is_set=True)


def _bold(said: str, node: Node, above: bool) -> bool:
    if said == "bolder" or said == "bold":
        return True
    if said.isdecimal():
        return int(said[:6]) >= 700
    if said in ("normal", "lighter", "initial"):
        return False
    return above or (not said and node.tag in _BOLD)


def _ink(said: str, node: Node, above: _Look) -> tuple[tuple[RGB, float] | None, Node | None]:
    read = colour(said)
    if read is not None:
        return read, node
    if said == "initial":
        return (_BLACK, 1.0), node
    if not said and node.tag == "a" and node.get("href"):
        return (_BLUE, 1.0), None
    if not said and node.tag == "mark":
        return (_BLACK, 1.0), node
    return above.ink, above.ink_by


def _ground(own: Mapping[str, str], node: Node, above: _Look) -> tuple[RGB, Node | None, Node | None]:
    said = own.get("background-color", "")
    read = ((1.0, 1.0, 0.0), 1.0) if not said and node.tag == "mark" else colour(said)
    has_image = own.get("background-image", "none") not in ("none", "initial", "")
    if read is None or read[1] <= 0:
        return above.ground, above.ground_by, node if has_image else above.picture
    covers = has_image or read[1] >= 1
    return _over(*read, above.ground), node, None if covers else above.picture


def _opaque(said: str) -> float:
    share = pixels(said, whole=1.0)
    return 1.0 if share is None else min(1.0, max(0.0, share))


def _hides(own: Mapping[str, str], node: Node) -> bool:
    display = own.get("display", "")
    return (
        display == "none"
        or own.get("visibility") in ("hidden", "collapse")
        or ("hidden" in node.attributes and not display)
    )


def _underline(own: Mapping[str, str], node: Node, above: Node | None) -> Node | None:
    """A line goes on through what stands in an element, but for inline blocks: CSS Text Decoration, 2."""
    if own.get("display", "").startswith("inline-"):
        above = None
    line = own.get("text-decoration-line", "")
    if "underline" in line:
        return node
    is_by_nature = node.tag in ("u", "ins") or (node.tag == "a" and bool(node.get("href")))
    return node if is_by_nature and line in ("", "inherit") else above


def _veiled(seen: RGB, veils: tuple[tuple[float, RGB], ...]) -> RGB:
    for opaque, behind in reversed(veils):
        seen = _over(seen, opaque, behind)
    return seen


def _over(upper: RGB, alpha: float, lower: RGB) -> RGB:
    red, green, blue = (alpha * one + (1 - alpha) * other for one, other in zip(upper, lower, strict=True))
    return red, green, blue
