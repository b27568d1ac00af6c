"""The numbers as rows for a spreadsheet: one sheet of lists, one of items."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.model.outcomes import Came
from bulletin.report.outcome.reach import numbers

_EDITION = ("Bulletin", "Edition", "Number", "Day")
_NUMBERS = ("Meant for", "Delivered", "Failed", "In doubt", "Held back", "To be sent", "Left", "Undid leaving")


@dataclass(frozen=True)
class Sheet:
    """A sheet: what it holds in words, its columns, and how its rows are made."""

    words: str
    heads: tuple[str, ...]
    rows: Callable[[Came], Iterator[Sequence[str]]]


def _lists(came: Came) -> Iterator[Sequence[str]]:
    for edition in came.editions:
        told = (edition.title, edition.edition, str(edition.number), edition.day.isoformat())
        for one in edition.lists:
            why = "; ".join(f"{many} {words}" for words, many in sorted(one.reasons.items()))
            yield (*told, one.name, *map(str, numbers([one])), str(one.came_back), why)


def _items(came: Came) -> Iterator[Sequence[str]]:
    for edition in came.editions:
        told = (edition.title, edition.edition, str(edition.number), edition.day.isoformat())
        for item in edition.items:
            clicks = str(item.clicks) if edition.is_counted else "not counted"
            yield (*told, item.heading, item.title, item.url, str(item.useful), clicks)


SHEETS: Mapping[str, Sheet] = {
    "csv": Sheet(
        "lists, for a spreadsheet",
        (*_EDITION, "List", *_NUMBERS, "Of the failed, came back", "Why held back"),
        _lists,
    ),
    "items": Sheet("items, for a spreadsheet", (*_EDITION, "Heading", "Item", "Link", "Useful", "Clicks"), _items),
}
