"""Status: what waits for whom."""

from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.jobs.fetch import due, sick
from bulletin.jobs.shelf import shelf
from bulletin.model import Feed, Visit


@dataclass(frozen=True)
class Status:
    """Counts of what there is and of what waits."""

    feeds: int
    due: int  # feeds to visit now
    sick: tuple[tuple[Feed, Visit], ...]  # feeds whose last visit failed
    items: int
    not_looked_at: int  # by the classifier
    needs_heading: int
    decisions: int  # items that an editor has ruled on
    editions: tuple[str, ...]  # ids, newest first


def status(desk: Desk) -> Status:
    """What there is and what waits, now."""
    items = list(shelf(desk))
    return Status(
        feeds=len(desk.config.feeds),
        due=len(due(desk)),
        sick=sick(desk),
        items=len(items),
        not_looked_at=sum(not (item.looked_at or item.decision) for item in items),
        needs_heading=sum(item.needs_heading for item in items),
        decisions=sum(item.decision is not None for item in items),
        editions=tuple(row.id for row in desk.store.editions.list()),
    )
