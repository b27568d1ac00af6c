"""Whom it reached: by list for an edition, by month for a year."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element

from bulletin.model.outcomes import Came, EditionCame, Reached
from bulletin.report.blocks import figure, pictures, section, table
from bulletin.report.drawing import Bar, Told, bars

_PARTS = ("delivered", "failed", "held back", "open")
_HEADS = ("Meant for", "Delivered", "Failed", "In doubt", "Held back", "To be sent", "Left", "Undid it")
_BELOW = "The table below has the same numbers."


def reach(came: Came) -> Iterator[Element]:
    """The sections on lists or months, on people in a year, and on why nothing went to some."""
    if not came.lists:
        return
    if came.year is None:
        told = "What became of the email to each recipient, list by list."
        yield section("Whom it reached", told, pictures(_picture(_by_list(came))), _table("List", _by_list(came)))
    else:
        told = "What became of the emails of each month’s editions."
        yield section("Whom it reached", told, pictures(_picture(_by_month(came))), _table("Month", _by_month(came)))
        yield section("Edition by edition", "", _editions(came))
        yield section("How many different people", "Each is counted once, however much they got.", _readers(came))
    if reasons := _reasons(came.lists):
        words = "Why nothing was sent to some for whom it was meant."
        yield section("Held back", words, table(("Reason", "Emails"), reasons, "The most frequent first"))


Row = tuple[str, Sequence[Reached]]


def _by_list(came: Came) -> list[Row]:
    return [(one.name, (one,)) for one in came.lists]


def _by_month(came: Came) -> list[Row]:
    return [
        (f"{date(year, month, 1):%B}", [one for edition in editions for one in edition.lists])
        for (year, month), editions in groupby(came.editions, key=lambda one: (one.day.year, one.day.month))
    ]


def _picture(rows: Sequence[Row]) -> Element:
    parts = [(name, _parts(lists)) for name, lists in rows]
    drawn = [Bar(name, one, f"{sum(one):,}") for name, one in parts]
    told = Told("reach", "What became of the emails", _BELOW)
    longest = max(sum(one) for _, one in parts)
    return figure(
        "What became of the emails",
        "All that were meant to be sent; open is what is still to be sent, or in doubt.",
        bars(told, drawn, longest, _PARTS),
    )


def _parts(lists: Sequence[Reached]) -> tuple[int, int, int, int]:
    return (
        sum(one.delivered for one in lists),
        sum(one.failed for one in lists),
        sum(one.held_back for one in lists),
        sum(one.under_way + one.in_doubt for one in lists),
    )


def numbers(lists: Sequence[Reached]) -> tuple[int, ...]:
    """All numbers of some lists together, in the order of the columns."""
    return tuple(
        sum(getattr(one, name) for one in lists)
        for name in ("people", "delivered", "failed", "in_doubt", "held_back", "under_way", "left", "returned")
    )


def _table(head: str, rows: Sequence[Row]) -> Element:
    told = [(name, *(f"{one:,}" for one in numbers(lists))) for name, lists in rows]
    if len(rows) > 1:
        every = [one for _, lists in rows for one in lists]
        told.append(("Together", *(f"{one:,}" for one in numbers(every))))
    return table((head, *_HEADS), told, "Emails; who left did so within a week, by a link of the email")


def _editions(came: Came) -> Element:
    rows = [_edition(one) for one in came.editions]
    heads = ("Edition", "Items", "Meant for", "Delivered", "Failed", "Left", "Useful")
    return table(heads, rows, "The oldest first")


def _edition(one: EditionCame) -> tuple[str, ...]:
    meant, delivered, failed, *_, left, _ = numbers(one.lists)
    name = f"{one.title}, {one.day.day} {one.day:%B}"
    return (name, *(f"{number:,}" for number in (len(one.items), meant, delivered, failed, left, one.useful)))


def _readers(came: Came) -> Element:
    rows = [(f"{one.bulletin}: {one.list}", f"{'at least ' * one.is_least}{one.people:,}") for one in came.readers]
    least = any(one.is_least for one in came.readers)
    if len(rows) > 1:
        rows.append(("Together, each person once", f"{'at least ' * least}{came.people:,}"))
    return table(("Bulletin and list", "Different people"), rows, "To whom at least one email was sent")


def _reasons(lists: Sequence[Reached]) -> list[tuple[str, str]]:
    found: dict[str, int] = {}
    for one in lists:
        for words, many in one.reasons.items():
            found[words] = found.get(words, 0) + many
    return [(words, f"{many:,}") for words, many in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]
