"""Sanity of the clock: nothing runs by itself while the time of day can hardly be right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.turning import new_beat
from bulletin.model import Beat

LONGEST_AWAY = timedelta(days=60)  # for so long a machine may have been off; more is rather a wrong clock
FURTHEST_BACK = timedelta(hours=25)  # a zone and an hour of summer time, set wrongly, move a clock by less
APART = timedelta(minutes=15)  # as far as two machines' clocks may be

_BOTH = "set the one right that is wrong"
_HOW = "set the clock right, or if it is right: bulletin schedule --trust-clock"


def clock_trouble(desk: Desk) -> str:
    """Say what is wrong with the clock, held against the last time that anything ran; empty when nothing is.

    Of several machines each holds its clock against the database server's as well: one that is wrong by less than a
    machine may have been off would else have the others' clocks look wrong.
    """
    last, now, server = desk.store.beats.last(), desk.now(), desk.store.beats.server_clock()
    if server and abs(now - server) > APART:
        return f"the clock says {now:%Y-%m-%d, %H:%M} UTC, the database server's {server:%Y-%m-%d, %H:%M}: {_BOTH}"
    if last is None or last - FURTHEST_BACK <= now <= last + LONGEST_AWAY:
        return ""
    away = abs(now - last).days
    told = f"{away} days after" if now > last else f"{away} days before"
    return f"the clock says {now:%Y-%m-%d, %H:%M} UTC, {told} anything last ran here ({last:%Y-%m-%d}): {_HOW}"


class Watch:
    """Holds the clock of one process against the rest; `tell` hears what is wrong with it once, while it lasts."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self.trouble = ""

    def asks(self, desk: Desk) -> str:
        """Say what is wrong now; asked at each tick, for a clock may jump between two signs of life."""
        trouble = clock_trouble(desk)
        if trouble and not self.trouble:
            self._tell(trouble)
        self.trouble = trouble
        return trouble

    def shows(self, desk: Desk, *beats: Beat) -> None:
        """Show that these are there, if the time of day can be right."""
        if not self.asks(desk):
            for one in beats:
                desk.store.beats.show(replace(one, seen=desk.now()))


def trust_clock(desk: Desk) -> int:
    """A person's yes to the clock: what ran later than now is to run again; gives how many turns that is."""
    desk.store.beats.forget_after(desk.now())
    desk.store.beats.show(new_beat("clock", desk.now()))
    return desk.store.turns.take_back(desk.now())
