"""What the rules of sight look at: the text that is read, blocks and their lines, and what is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bulletin.lint.letter import Letter
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.tree import Node
from bulletin.model.colours import contrast

BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
     "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
SAME_COLOUR = "the colour of its background"
IMAGE = "\ufffc"  # stands for an image in a line
TINY = 6.0  # CSS pixels: text up to this is hidden, not small
_SAME = 1.15  # to 1: below this contrast nobody sees a text
_FAINT = 0.5  # opacity
_AWAY = -99.0  # CSS pixels: moved so far, text is off the screen
_MOVES = frozenset({"text-indent", "left", "top", "right", "bottom", "margin-left", "margin-top"})
_REMEMBERED = 16  # looks: several rules ask the same of the four looks of an email
_UNREAD = frozenset({"script", "style", "template", "title", "head", "noscript", "option", "textarea"})


@dataclass(frozen=True)
class Piece:
    """A bit of a line: its text, the link that it is of, and the element that it stands in."""

    text: str
    link: Node | None
    node: Node


def is_read(text: str) -> bool:
    """Whether a text says anything: it has a letter or a digit."""
    return any(one.isalnum() for one in text)


def texts(letter: Letter, look: Looks) -> tuple[Node, ...]:
    """The elements with text of their own that this look shows; not the preheader, which is hidden on purpose."""
    return _texts(letter.light, look)


@lru_cache(maxsize=_REMEMBERED)
def _texts(light: Looks, look: Looks) -> tuple[Node, ...]:
    inside = preheader(light)
    return tuple(node for node in _with_text(look) if id(node) not in inside and not look.is_hidden(node))


@lru_cache(maxsize=_REMEMBERED)
def _with_text(look: Looks) -> tuple[Node, ...]:
    return tuple(
        node
        for node in look.tree.body.iter()
        if not node.comment and node.tag not in _UNREAD and is_read(node.own_text)
    )


@lru_cache(maxsize=_REMEMBERED)
def preheader(light: Looks) -> frozenset[int]:
    """The ids of what is hidden before all other text, for the list of an inbox; empty when nothing is."""
    first = next(iter(_with_text(light)), None)
    hidden = concealed(light)
    found = hidden.get(id(first))
    return frozenset(id(node) for node in found[0].iter() if id(node) in hidden) if found else frozenset()


@lru_cache(maxsize=_REMEMBERED)
def concealed(look: Looks) -> Mapping[int, tuple[Node, str]]:
    """By the id of each element that nobody sees: the outermost one that hides it, and how it does."""
    found: dict[int, tuple[Node, str]] = {}
    for node in look.tree.body.iter():
        above = found.get(id(node.parent))
        if above and above[1].startswith("font-size") and look.size(node) > TINY:
            above = None  # what is in it has a size of its own: so columns are kept together
        how = "" if above or node.comment else hides(look, node)
        if above or how:
            found[id(node)] = above or (node, how)
    return found


def hides(look: Looks, node: Node) -> str:
    """How an element hides what it holds, in the words of CSS; empty when it does not."""
    said = look.declared(node)
    if look.is_hidden(node):
        return "hidden" if "hidden" in node.attributes else f"display: {said.get('display') or 'none'}"
    return (_by_style(look, node) if said else "") or _same_colour(look, node)


def _by_style(look: Looks, node: Node) -> str:
    said = look.declared(node)
    if "font-size" in said and look.size(node) <= TINY:
        return f"font-size: {look.size(node):g}px"
    if "opacity" in said and look.opacity(node) < _FAINT:
        return f"opacity: {look.opacity(node):.2g}"
    return _away(look, node) or _no_room(look, node)


def _away(look: Looks, node: Node) -> str:
    for name in _MOVES & look.declared(node).keys():
        if look.length(node, name) <= _AWAY or (name == "text-indent" and look.length(node, name) > 999):
            return f"{name}: {look.declared(node)[name]}"
    said = look.declared(node)
    for name in ("clip", "clip-path", "transform"):
        value = said.get(name, "").replace(" ", "").replace("px", "")
        if value.startswith(("rect(0,0,0,0", "rect(1,1,1,1", "inset(50%", "inset(100%", "circle(0", "scale(0)")):
            return f"{name}: {said[name]}"
    return ""


def _no_room(look: Looks, node: Node) -> str:
    said = look.declared(node)
    if not {said.get("overflow", ""), said.get("overflow-y", ""), said.get("overflow-x", "")} & {"hidden", "clip"}:
        return ""
    for name in ("max-height", "height", "max-width", "width"):
        if said.get(name) and look.length(node, name, 1000) <= 1 and "auto" not in said[name]:
            return f"{name}: {said[name]}"
    return ""


def _same_colour(look: Looks, node: Node) -> str:
    if not is_read(node.own_text) or look.picture(node):
        return ""
    return SAME_COLOUR if contrast(look.colour(node), look.background(node)) < _SAME else ""


@dataclass(frozen=True)
class Around:
    """What an element stands in, or is; `letters` counts the letters and digits of all its text."""

    link: Node | None
    block: Node
    cell: Node | None
    is_heading: bool
    is_raised: bool  # above or below the line, as figures are
    letters: int


def around(look: Looks, node: Node) -> Around:
    """What an element of the body stands in."""
    return _around(look).get(id(node)) or Around(None, node, None, is_heading=False, is_raised=False, letters=0)


@lru_cache(maxsize=_REMEMBERED)
def _around(look: Looks) -> Mapping[int, Around]:
    """Of every element, in one pass in the order of the source, for emails may be nested very deeply."""
    nodes = [node for node in look.tree.body.iter() if not node.comment]
    letters = _letters(nodes)
    found: dict[int, Around] = {}
    for node in nodes:
        above = found.get(id(node.parent))
        found[id(node)] = Around(
            node if node.tag == "a" and node.get("href") else (above.link if above else None),
            node if above is None or node.tag in BLOCKS else above.block,
            node if node.tag in CELLS else (above.cell if above else None),
            node.tag in HEADINGS or (above is not None and above.is_heading),
            node.tag in ("sub", "sup") or (above is not None and above.is_raised),
            letters[id(node)],
        )
    return found


def _letters(nodes: list[Node]) -> dict[int, int]:
    letters = {id(node): sum(map(str.isalnum, node.own_text)) * (node.tag not in _UNREAD) for node in nodes}
    for node in reversed(nodes):
        if id(node.parent) in letters and node.tag not in _UNREAD:
            letters[id(node.parent)] += letters[id(node)]
    return letters


def in_data_table(node: Node) -> bool:
    """Whether it stands in a table of data, and not in one that only sets out the page."""
    table = next((one for one in (node, *node.above()) if one.tag == "table"), None)
    return table is not None and table.get("role") not in ("presentation", "none") and any(table.all("th"))


@lru_cache(maxsize=8192)
def lines(look: Looks, top: Node) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a block as br and blocks in it part them; what stands in those blocks is not told."""
    found: list[list[Piece]] = [[]]
    waiting: list[tuple[Node | str, Node, Node | None]] = [
        (child, top, around(look, top).link) for child in reversed(top.children)
    ]
    while waiting:
        child, holder, link = waiting.pop()
        if isinstance(child, str):
            found[-1].append(Piece(child, link, holder))
        elif child.tag == "br" or (child.tag in BLOCKS and not look.is_hidden(child)):
            found.append([])
        elif child.tag == "img" and not look.is_hidden(child):
            found[-1].append(Piece(IMAGE, link, child))
        elif child.tag not in _UNREAD and not child.comment and not look.is_hidden(child):
            inner = child if child.tag == "a" and child.get("href") else link
            waiting.extend((one, child, inner) for one in reversed(child.children))
    return tuple(tuple(line) for line in found if any(is_read(piece.text) or piece.text == IMAGE for piece in line))
