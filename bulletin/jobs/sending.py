"""Sending: how far the emails of an edition are, in numbers and in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bulletin.jobs.desk import Desk
from bulletin.jobs.render import outline_of
from bulletin.model import Edition, Halt, Pace, State

_AWAKE = timedelta(seconds=40)  # senders show every ten seconds that they are there
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Sending:
    """One edition on its way."""

    edition: Edition  # in outline
    counts: Counter[State]
    halts: tuple[Halt, ...]  # what holds it, and what holds everything
    next_due: datetime | None  # when something is due next; None: nothing is, or it is held
    now: datetime
    senders: int  # processes that are at work
    lasts: str  # how long what waits takes at the pace that is set, in words; empty: nothing waits

    @property
    def total(self) -> int:
        """How many people it is for: the sum of all states."""
        return self.counts.total()

    @property
    def waiting(self) -> int:
        """How many are yet to be sent, tries to come included."""
        return self.counts[State.WAITING] + self.counts[State.RETRY]

    @property
    def in_hand(self) -> int:
        """How many a sender has in hand at this moment."""
        return self.counts[State.CLAIMED] + self.counts[State.HANDED]

    @property
    def is_moving(self) -> bool:
        """Whether the numbers may change by themselves."""
        return bool(self.waiting or self.in_hand)

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody cancelled it."""
        return any(one.is_final and one.edition for one in self.halts)


def sending(desk: Desk, edition: str) -> Sending:
    """Say how far an edition is; raises UnknownError."""
    outline, now = outline_of(desk, edition), desk.now()
    counts = desk.store.outbox.states(edition)
    return Sending(
        outline,
        counts,
        tuple(desk.store.outbox.halts(edition)),
        desk.store.outbox.next_due(edition),
        now,
        sum(one.seen > now - _AWAKE for one in desk.store.outbox.senders()),
        lasts(counts[State.WAITING] + counts[State.RETRY], desk.config.pace),
    )


def lasts(many: int, pace: Pace) -> str:
    """How long so many emails take at a pace, in words; empty for none."""
    if not many:
        return ""
    if not pace.a_minute and not pace.a_day:
        return "as long as the mail server wants"
    minutes = ceil(many / pace.a_minute) if pace.a_minute else 1
    if pace.a_day and many > pace.a_day:
        minutes = max(minutes, (ceil(many / pace.a_day) - 1) * _MINUTES_A_DAY)
    if minutes < 2:
        return "about a minute"
    if minutes < 120:
        return f"about {minutes} minutes"
    if minutes < 2 * _MINUTES_A_DAY:
        return f"about {round(minutes / 60)} hours"
    return f"about {round(minutes / _MINUTES_A_DAY)} days"
