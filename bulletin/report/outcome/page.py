"""The page of what came of an edition or of a year."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bulletin.model.outcomes import Came
from bulletin.report.blocks import page, tiles
from bulletin.report.outcome.reach import numbers, reach
from bulletin.report.outcome.read import read, short
from bulletin.report.outcome.words import in_words
from bulletin.report.words import percent

_MEANS = "docs/outcome.md says what each figure means."


def outcome(came: Came) -> str:
    """A page that stands alone."""
    return page(f"{came.title}: what came of it", [" ".join(in_words(came))], outcome_parts(came), _MEANS)


def outcome_parts(came: Came) -> tuple[Element, ...]:
    """The parts of that page, below its words."""
    if not came.editions:
        return ()
    return (tiles(list(_figures(came))), *reach(came), *read(came))


def _figures(came: Came) -> Iterator[tuple[str, str, str]]:
    meant, delivered, failed, _, held_back, _, left, returned = numbers(came.lists)
    items = sum(len(one.items) for one in came.editions)
    if came.year is not None:
        yield "Editions", f"{len(came.editions):,}", f"with {items:,} items"
    else:
        yield "Items", f"{items:,}", f"under {len(came.headings):,} headings"
    if meant and came.year is not None:
        least = "at least " * any(one.is_least for one in came.readers)
        yield "Different people", f"{came.people:,}", f"{least}to whom something was sent"
    if meant:
        yield "Delivered", f"{delivered:,}", f"{percent(delivered / meant, 0)} of {meant:,}"
        yield "Failed", f"{failed:,}", "refused at once, or came back"
        yield "Held back", f"{held_back:,}", "had left, are paused or were stopped"
        yield "Left because of it", f"{left:,}", f"{returned:,} of them undid it" if left else "within a week"
    yield "Found useful", f"{came.useful:,}", "presses of a button beside an item"
    if came.is_counted:
        yield "Clicks", short(came.clicks), "on titles of items; + means at least"
