"""The headings of an email, as a screen reader lists them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter import Letter
from bulletin.lint.letter.places import HEADINGS, name
from bulletin.lint.letter.tree import Node


@dataclass(frozen=True)
class Heading:
    """A heading that is not hidden, its level and what is read of it."""

    node: Node
    level: int
    name: str


def headings(letter: Letter) -> tuple[Heading, ...]:
    """The headings in the order of the source."""
    return tuple(_headings(letter))


def _headings(letter: Letter) -> Iterator[Heading]:
    for node in letter.tree.body.all():
        level = _level(node)
        if level and not is_unread(node, letter):
            yield Heading(node, level, name(node))


def _level(node: Node) -> int:
    """Which heading an element is; 0: none."""
    role = node.get("role").strip().lower()
    if role == "heading":
        said = node.get("aria-level").strip()
        return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 2  # WAI-ARIA 1.2: 2 by itself
    return HEADINGS.index(node.tag) + 1 if node.tag in HEADINGS and role not in ("presentation", "none") else 0


def is_unread(node: Node, letter: Letter) -> bool:
    """Whether a screen reader does not read an element: it, or what it stands in, is hidden."""
    return letter.light.is_hidden(node) or any(
        one.get("aria-hidden").strip().lower() == "true" for one in (node, *node.above())
    )
