"""Turning: a task that is due is done once in each of its periods, by whichever process comes first."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from bulletin.deliver import machine
from bulletin.errors import BulletinError
from bulletin.jobs.desk import Desk
from bulletin.model import Beat, Ended

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # a Saturday; every whole number of minutes, hours and days fits from here


@dataclass(frozen=True)
class Done:
    """What a turn of a task came to."""

    words: str  # in one line, for people
    outcome: Ended = Ended.DONE


@dataclass(frozen=True)
class Shift:
    """The process that works: it shows that it is there, and may be asked to stop."""

    me: Beat
    stop: Event = field(default_factory=Event)  # set: what takes long ends early


@dataclass(frozen=True)
class Task:
    """Something that runs by itself, over and over; twice does no harm, since each job may be run twice."""

    name: str  # in rows and in the log: "fetch"
    says: str  # what it is, for people: "visit the feeds that are due"
    every: timedelta  # whole minutes that divide a day
    work: Callable[[Desk, Shift], Done | None]  # None: there was nothing to do, and nothing to tell
    patience: timedelta = timedelta(hours=1)  # how long it may take before another process tries

    def period(self, now: datetime) -> datetime:
        """The beginning of the period in which an instant falls."""
        return now - (now - _EPOCH) % self.every


def new_beat(kind: str, now: datetime) -> Beat:
    """The sign of life of this process, under a name that no other one has."""
    return Beat(f"{kind} {machine.machine() or '?'} {secrets.token_hex(6)}", kind, now, now)


def turn(desk: Desk, task: Task, shift: Shift) -> Done | None:
    """Do a task if it is due and nobody else has it; None when it is not ours, or when nothing was to be done.

    What went wrong in words of ours is written down, and the next period tries again; anything else is a bug, leaves
    the turn open and is raised.
    """
    now = desk.now()
    period = task.period(now)
    name = f"{period:%Y-%m-%dT%H:%MZ}"
    if not desk.store.turns.take(task.name, name, period, shift.me.id, now, task.patience):
        return None
    try:
        done = task.work(desk, shift)
    except BulletinError as error:
        done = Done(str(error), Ended.FAILED)
    told = done or Done("", Ended.SKIPPED)
    desk.store.turns.end(task.name, name, desk.now(), told.outcome, told.words)
    return done
