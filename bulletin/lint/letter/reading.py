"""Reads the text of a document in the order of its source, as passages: what a block or a line holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter.css import pixels
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.tree import Node

_BREAKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
     "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "title", "noscript"})
_BARELY = 1.0  # CSS pixels: a font of this size hides text


@dataclass(frozen=True)
class Passage:
    """What stands in one line or block: its words in one line, and the elements in which they stand."""

    text: str
    pieces: tuple[tuple[Node, str], ...]
    is_hidden: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The elements that hold its letters, in the order of the source."""
        return tuple(node for node, _ in self.pieces)


def read_passages(body: Node, looks: Looks) -> Iterator[Passage]:
    """All passages in the order of the source, those that nobody sees too."""
    run: list[tuple[Node, str]] = []
    closed: dict[int, bool] = {}
    for node, piece in _steps(body):
        if node is None:
            yield from _told(looks, run, closed)
            run = []
        else:
            run.append((node, piece))
    yield from _told(looks, run, closed)


def is_unseen(looks: Looks, node: Node) -> bool:
    """Whether its words are not shown: not displayed, no height, no size, or nothing but transparent."""
    return _is_unseen(looks, node, {})


def _is_closed(looks: Looks, node: Node) -> bool:
    """Whether an element has no height and shows nothing of what is in it."""
    said = looks.declared(node)
    height = said.get("max-height", said.get("height", ""))
    return height != "" and pixels(height) == 0 and "hidden" in said.get("overflow", said.get("overflow-y", ""))


def _told(looks: Looks, run: list[tuple[Node, str]], closed: dict[int, bool]) -> Iterator[Passage]:
    """The run as passages: what is hidden in it is one of its own."""
    if not any(piece.strip() for _, piece in run):
        return
    hides = {id(node): _is_unseen(looks, node, closed) for node, _ in run}
    for hidden in (True, False):
        kept = tuple((node, piece) for node, piece in run if hides[id(node)] is hidden)
        text = " ".join("".join(piece for _, piece in kept).split())
        if text:
            yield Passage(text, tuple(pair for pair in kept if pair[1].strip()), hidden)


def _is_unseen(looks: Looks, node: Node, closed: dict[int, bool]) -> bool:
    if looks.is_hidden(node) or looks.size(node) <= _BARELY or looks.opacity(node) == 0:
        return True
    for one in (node, *node.above()):
        if id(one) not in closed:
            closed[id(one)] = _is_closed(looks, one)
    return any(closed[id(one)] for one in (node, *node.above()))


def _steps(body: Node) -> Iterator[tuple[Node | None, str]]:
    """The pieces of text and what holds them; None and nothing where a block begins or ends."""
    waiting: list[tuple[Node | None, Node | str]] = [(body, child) for child in reversed(body.children)]
    while waiting:
        holder, child = waiting.pop()
        if holder is None:
            yield None, ""
        elif isinstance(child, str):
            yield holder, child
        elif child.tag not in _SILENT and not child.comment:
            edge = [(None, "")] if child.tag in _BREAKS else []
            if edge:
                yield None, ""
            waiting.extend((*edge, *((child, one) for one in reversed(child.children))))
