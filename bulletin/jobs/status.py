"""Status: what is wrong and what to do about it, what there is, what waits for whom, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin import timing
from bulletin.classify import Estimate
from bulletin.jobs import concerns
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import drafts
from bulletin.jobs.errands import due
from bulletin.jobs.health import Health, health
from bulletin.jobs.sample import sample
from bulletin.jobs.today import LATELY, waiting
from bulletin.model import Concern


@dataclass(frozen=True)
class Coming:
    """The next edition of a bulletin by its schedule; instants are UTC."""

    bulletin: str
    title: str
    day: date
    due: datetime  # when it is drafted
    send: datetime | None  # before which it does not go; None: it goes when it is approved
    zone: str  # of its readers' clocks


@dataclass(frozen=True)
class Status:
    """What is wrong, and counts of what there is and of what waits."""

    concerns: tuple[Concern, ...]  # the gravest first; none: all is well
    drafts: tuple[str, ...]  # ids of the editions that wait for their review
    emails: int  # to be sent
    coming: tuple[Coming, ...]  # the soonest first
    feeds: int
    due: int  # feeds to visit now
    sick: tuple[Health, ...]  # feeds whose last visit failed, or that are silent
    items: int
    not_looked_at: int  # by the classifier, of what was first seen in the last 90 days
    needs_heading: int  # of what is dated so
    decisions: int  # items that an editor has ruled on
    editions: tuple[str, ...]  # ids, newest first
    missed: Estimate | None  # of what was put nowhere lately; None while too little of the sample is decided


def status(desk: Desk) -> Status:
    """What there is and what waits, now; told from counts, however much is on the shelves."""
    measures = desk.store.measures
    queue = measures.queue()
    return Status(
        concerns=tuple(concerns.of(desk)),
        drafts=tuple(row.id for row in drafts(desk)),
        emails=queue.waiting + queue.retry,
        coming=tuple(coming(desk)),
        feeds=len(desk.config.feeds),
        due=len(due(desk)),
        sick=tuple(one for one in health(desk) if one.error or one.alarming),
        items=measures.items(),
        not_looked_at=measures.not_looked_at(desk.now() - LATELY),
        needs_heading=waiting(desk).needs_heading,
        decisions=measures.decided(),
        editions=tuple(row.id for row in desk.store.editions.list()),
        missed=sample(desk).estimate,
    )


def coming(desk: Desk) -> list[Coming]:
    """The next edition of each bulletin, the soonest first; whether or not anything is there to draft it."""
    found = [
        Coming(one.id, one.title, period.day, period.due, period.send, one.schedule.zone)
        for one in desk.config.bulletins
        if (period := timing.next_period(one.schedule, desk.config.holidays, desk.now()))
    ]
    return sorted(found, key=lambda one: (one.due, one.bulletin))
