"""Where things stand in an email: its items, what leads out of it, and what a link is called."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter import Letter
from bulletin.lint.letter.tree import Node
from bulletin.model import KnownItem

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = frozenset({"td", "th", "li", "article", "section", "div"})
_LEAVING = ("unsubscribe", "opt out", "opt-out", "stop receiving", "leave this list")


@dataclass(frozen=True)
class Spot:
    """An item in an email: the element with its title, and the cell that it stands in."""

    title: Node
    cell: Node
    item: KnownItem | None = None  # None: the desk knows nothing of it


def spots(letter: Letter) -> tuple[Spot, ...]:
    """Find the items of an email: those that the desk knows, or whatever is marked with the class item."""
    if letter.known is None:
        return tuple(_marked(letter))
    return tuple(_known(letter, letter.known.items))


def _marked(letter: Letter) -> Iterator[Spot]:
    for node in marked(letter):
        title = next((one for one in node.all(*HEADINGS, "a")), None)
        if title:
            yield Spot(title, node)


def marked(letter: Letter) -> Iterator[Node]:
    """The elements that a template calls items."""
    return (node for node in letter.tree.body.all() if _is_marked(node))


def _known(letter: Letter, items: tuple[KnownItem, ...]) -> Iterator[Spot]:
    titled: dict[str, Node] = {}
    linked: dict[str, Node] = {}
    # An item may also be named at the top, among the picks: what counts is where it stands itself.
    for node in sorted(letter.tree.body.all("a", *HEADINGS), key=_how_far):
        href = node.get("href").strip()
        if not href.startswith("#"):
            titled.setdefault(plain(node.text), node)
            if href:
                linked.setdefault(href, node)
    for item in items:
        title = titled.get(plain(item.title)) or (linked.get(item.url.strip()) if item.url else None)
        if title:
            yield Spot(title, _cell(title), item)


def _how_far(title: Node) -> int:
    """How far a title is from what a template calls an item: inside of one, in a heading, or anywhere."""
    if any(_is_marked(node) for node in title.above()):
        return 0
    return 1 if any(node.tag in HEADINGS for node in (title, *title.above())) else 2


def _cell(title: Node) -> Node:
    item = next((node for node in title.above() if _is_marked(node)), None)
    return item or next((node for node in title.above() if node.tag in _CELLS), title)


def _is_marked(node: Node) -> bool:
    return "item" in node.get("class").lower().split()


def is_sheet(cell: Node) -> bool:
    """Whether a cell holds the whole email, its first heading too, and not one item."""
    return any(True for _ in cell.all("h1"))


def way_out(letter: Letter) -> Node | None:
    """The last link with which readers leave the list."""
    found = [node for node in letter.tree.body.all("a") if any(word in plain(name(node)) for word in _LEAVING)]
    return found[-1] if found else None


def name(node: Node) -> str:
    """What a screen reader calls a link or a heading: its label, or its words and those of its images."""
    if node.get("aria-label").strip():
        return " ".join(node.get("aria-label").split())
    pieces: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.tag in ("img", "area"):
            pieces.append(f" {piece.get('aria-label') or piece.get('alt')} ")
        elif piece.tag == "br":
            pieces.append(" ")
        elif not piece.comment and piece.get("aria-hidden") != "true" and piece.tag not in ("style", "script"):
            waiting.extend(reversed(piece.children))
    return " ".join("".join(pieces).split())


def plain(text: str) -> str:
    """A text for comparing: one kind of spaces and letters, small, without soft hyphens."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("\xad", "")).casefold().split())
