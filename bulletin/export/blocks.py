"""What editors wrote themselves, in the order in which it is printed: an intro above the items, the rest below."""

from collections.abc import Iterator

from bulletin.export.words import joined, paragraphs
from bulletin.model import Line, Page, Paragraph, Piece, PrintedBlock

_INTRO = "intro"
_KINDS = {
    "news": "News from the library",
    "tool": "Tool of the month",
    "event": "Events and training",
    "consultation": "Consultations",
    "funding": "Funding calls",
}


def intro(page: Page) -> tuple[Paragraph, ...]:
    """What stands before the items: what an editor wrote for this edition, else what the bulletin always says."""
    own = tuple(paragraph for block in page.blocks if block.kind == _INTRO for paragraph in block.paragraphs)
    return own or tuple(Paragraph((Line((Piece(told),)),)) for told in paragraphs(page.intro))


def groups(page: Page) -> Iterator[tuple[str, list[PrintedBlock]]]:
    """Yield the headings of what stands after the items, each with its blocks."""
    for kind, name in _KINDS.items():
        if found := [block for block in page.blocks if block.kind == kind]:
            yield name, found


def facts(block: PrintedBlock) -> list[Piece]:
    """When and where it is, until when it is open, and how it comes into a calendar."""
    calendar = f"Add to your calendar: {block.title}" if block.calendar_link else ""
    closes = f"Closes {block.closes}" if block.closes else ""
    return joined([*map(Piece, (block.when, block.place, closes)), Piece(calendar, block.calendar_link)])
