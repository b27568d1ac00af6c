"""Status: what waits for whom."""

from dataclasses import dataclass

from bulletin.classify import Estimate
from bulletin.jobs.desk import Desk
from bulletin.jobs.errands import due
from bulletin.jobs.health import Health, health
from bulletin.jobs.sample import sample
from bulletin.jobs.shelf import shelf


@dataclass(frozen=True)
class Status:
    """Counts of what there is and of what waits."""

    feeds: int
    due: int  # feeds to visit now
    sick: tuple[Health, ...]  # feeds whose last visit failed, or that are silent
    items: int
    not_looked_at: int  # by the classifier
    needs_heading: int
    decisions: int  # items that an editor has ruled on
    editions: tuple[str, ...]  # ids, newest first
    missed: Estimate | None  # of what was put nowhere lately; None while too little of the sample is decided


def status(desk: Desk) -> Status:
    """What there is and what waits, now."""
    items = list(shelf(desk))
    return Status(
        feeds=len(desk.config.feeds),
        due=len(due(desk)),
        sick=tuple(one for one in health(desk) if one.error or one.alarming),
        items=len(items),
        not_looked_at=sum(not (item.looked_at or item.decision) for item in items),
        needs_heading=sum(item.needs_heading for item in items),
        decisions=sum(item.decision is not None for item in items),
        editions=tuple(row.id for row in desk.store.editions.list()),
        missed=sample(desk).estimate,
    )
