"""When editions are due: the rhythm of a bulletin, the steps of one edition, and what runs by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Unattended(StrEnum):
    """What becomes of a draft that nobody has approved when its hour comes."""

    WAIT = "wait"  # it waits, and says so
    SEND = "send"  # it goes, if nobody touched it and every check passes


class WhenEmpty(StrEnum):
    """What becomes of an edition for which there is nothing to print."""

    SKIP = "skip"  # it is left out, with a note
    DRAFT = "draft"  # it is drafted all the same: editors may write something into it


@dataclass(frozen=True)
class Holidays:
    """How a library's working days differ from England's, which are Monday to Friday without the bank holidays."""

    added: Mapping[date, str] = field(default_factory=dict)  # on which it is closed, and why
    worked: frozenset[date] = frozenset()  # bank holidays on which it is open


@dataclass(frozen=True)
class Schedule:
    """When a draft is made, by whose clock, and what follows from there to sending.

    `cron` is minute, hour, day, month and day of the week, each field as cron has it, with one minute and one hour,
    and days of the week by name only. A day may be counted: `0 9 1st-mon * *` is 09:00 on the first Monday of a
    month, `last-fri` and `last` are its last Friday and its last day. `workday` is each day from Monday to Friday
    that is no holiday, `1st-workday` to `4th-workday` and `last-workday` are such days of a month; `29-or-last`,
    `30-or-last` and `31-or-last` are that day, or the last one of a shorter month.
    """

    cron: str
    zone: str  # IANA
    fortnight: date | None = None  # the first of its days, if it comes out every second week
    review: timedelta | None = None  # between draft and sending; None: approved editions go at once
    send_at: time | None = None  # at what local time they go, the review being over; None: that of the draft
    remind: timedelta | None = None  # how long before that editors are reminded; None: they are not
    unattended: Unattended = Unattended.WAIT
    when_empty: WhenEmpty = WhenEmpty.SKIP


@dataclass(frozen=True)
class Period:
    """One turn of a schedule, named by its local day; instants are UTC."""

    day: date
    due: datetime  # when the draft is made
    remind: datetime | None = None  # when editors are reminded, if nobody has approved it by then
    send: datetime | None = None  # before which nothing of it goes; None: it goes when it is approved

    @property
    def name(self) -> str:
        """What it is called in rows: 2026-12-07."""
        return self.day.isoformat()


class Ended(StrEnum):
    """How a turn ended."""

    DONE = "done"
    SKIPPED = "skipped"  # nothing to do, as its words say
    MISSED = "missed"  # too late: nothing ran when it was due
    FAILED = "failed"


@dataclass(frozen=True)
class Turn:
    """One turn of something that runs by itself: taken by one process, whoever else comes for it."""

    schedule: str  # "fetch", or "draft:health-management"
    period: str  # by which there is one of each
    due: datetime
    tries: int = 0
    taken_at: datetime | None = None  # the last of them
    ended_at: datetime | None = None
    outcome: Ended | None = None
    words: str = ""  # what it did, or why not
    edition: str = ""  # that it drafted

    @property
    def is_over(self) -> bool:
        """Whether it has ended, however it did."""
        return self.ended_at is not None


@dataclass(frozen=True)
class Beat:
    """A process that shows that it is there."""

    id: str
    kind: str  # schedule | worker | sender
    began: datetime
    seen: datetime


@dataclass(frozen=True)
class Concern:
    """Something that is wrong and that somebody can do something about."""

    key: str  # what it is about, the same from one look to the next: "feed:nhs-england", "backup"
    words: str  # what is wrong, in one sentence
    advice: str  # what to do
    since: datetime | None = None
    is_grave: bool = True  # the operator should hear of it without asking
