"""What attributes such as bgcolor, width and align say of the looks of an element, as properties of CSS."""

from collections.abc import Iterator

from bulletin.lint.letter.css import pixels
from bulletin.lint.letter.tree import Node

_FONT = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "7": "48px"}  # <font size>
_STEPS = {"-2": "1", "-1": "2", "+0": "3", "+1": "4", "+2": "5", "+3": "6", "+4": "7"}
_CELLS = frozenset({"td", "th"})
_COLOURED = frozenset({"body", "table", "thead", "tbody", "tfoot", "tr", *_CELLS})
_ALIGNED = frozenset(
    ("div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "thead", "tbody", "tfoot", "tr", "center", *_CELLS)
)
_SIZED = frozenset({"table", "img", "hr", "col", "iframe", "object", "embed", "video", "pre", *_CELLS})


def presentation(node: Node) -> dict[str, str]:
    """The weakest of all that is said of the looks of an element: HTML, 15 (presentational hints)."""
    if not node.attributes and node.tag != "center":
        return {}
    return dict((*_colours(node), *_font(node), *_places(node), *_sizes(node)))


def _colours(node: Node) -> Iterator[tuple[str, str]]:
    if node.get("bgcolor") and node.tag in _COLOURED:
        yield "background-color", _hex(node.get("bgcolor"))
    if node.get("background") and node.tag in _COLOURED:
        yield "background-image", f"url({node.get('background')})"
    if node.get("text") and node.tag == "body":
        yield "color", _hex(node.get("text"))


def _font(node: Node) -> Iterator[tuple[str, str]]:
    if node.tag == "font":
        size = node.get("size").strip()
        size = _STEPS.get(size, size)
        if node.get("color"):
            yield "color", _hex(node.get("color"))
        if size in _FONT:
            yield "font-size", _FONT[size]
        if node.get("face"):
            yield "font-family", node.get("face").lower()


def _places(node: Node) -> Iterator[tuple[str, str]]:
    if node.tag == "center":
        yield "text-align", "-webkit-center"
    said = node.get("align").strip().lower()
    if said and node.tag in _ALIGNED:
        yield "text-align", f"-webkit-{said}" if said in ("left", "center", "right") else said
    if "nowrap" in node.attributes and node.tag in _CELLS:
        yield "white-space", "nowrap"


def _sizes(node: Node) -> Iterator[tuple[str, str]]:
    if node.tag in _SIZED:
        for name in ("width", "height"):
            said = node.get(name).strip().lower()
            if said and pixels(said, whole=1) is not None:
                yield name, said
    if node.tag in _CELLS:
        padding = _cellpadding(node)
        if padding:
            yield from ((f"padding-{side}", padding) for side in ("top", "right", "bottom", "left"))


def _cellpadding(node: Node) -> str:
    table = next((one for one in node.above() if one.tag == "table"), None)
    return table.get("cellpadding").strip() if table else ""


def _hex(written: str) -> str:
    """A colour of an attribute, where the # may be missing."""
    bare = written.strip().lower()
    is_bare = len(bare) in (3, 6) and all(one in "0123456789abcdef" for one in bare)
    return f"#{bare}" if is_bare else bare
