"""Which of the past decisions topics are weighed on."""

from collections.abc import Sequence

from bulletin.model import Decision, Item

RECENT = 2_000  # decided items, the newest

Decided = Sequence[tuple[Item, Decision]]


def recent(decided: Decided) -> list[int]:
    """The places of the newest decisions, in the order in which they stand."""
    newest = sorted(range(len(decided)), key=lambda place: (decided[place][1].at, decided[place][0].id))[-RECENT:]
    return sorted(newest)
