"""The keys of a schedule: what each says beside the others, and how often in the fields of cron."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from bulletin.config.rhythm import DAYS, WORKING_DAY, month_day, no_day, week_day
from bulletin.model import Unattended

_FORTNIGHT = "fortnight"
_NEEDS = {"week": frozenset({"on"}), _FORTNIGHT: frozenset({"on", "starting"}), "month": frozenset({"on"})}
# How often, and the fields of cron after the time where no day has to be told.
EVERY = {
    "day": "* * *",
    "weekday": "* * mon-fri",
    WORKING_DAY: "workday * *",
    "week": "",
    _FORTNIGHT: "",
    "month": "",
}


def one_kind(every: str, given: AbstractSet[str]) -> None:
    """Raise ValueError unless the keys of a schedule say one thing: every with what it needs, or cron."""
    kind = given & {"every", "on", "starting", "at", "cron"}
    if every == _FORTNIGHT and kind == {"every", "on", "at"}:
        raise ValueError(
            "every second week from when on? Write starting with the first day on which it comes out, "
            "such as starting: 2026-12-01"
        )
    if kind != {"cron"} and kind != {"every", "at"} | _NEEDS.get(every, frozenset()):
        raise ValueError('write every, on and at, such as {every: week, on: monday, at: "09:00"}, or cron alone')


def _on(value: str, others: Mapping[str, object]) -> str:
    """Read the day that goes with `every`, unless there is none to go with."""
    readers = {"week": week_day, _FORTNIGHT: week_day, "month": month_day}
    every = str(others.get("every") or "")
    return readers.get(every, no_day)(value) if every else value


def _starting(value: date, others: Mapping[str, object]) -> date:
    """Let every second week begin on the very day of the week on which it comes out."""
    on, found = others.get("on"), DAYS[value.weekday()]
    if others.get("every", _FORTNIGHT) != _FORTNIGHT:
        raise ValueError("only a fortnight is counted from a day: take this out, or write every: fortnight")
    if on and on != week_day(found):
        wanted = next(name for name in DAYS if on == week_day(name))
        raise ValueError(f"{value} is a {found.capitalize()} and not a {wanted.capitalize()}: change it, or on")
    return value


def _remind(value: timedelta, others: Mapping[str, object]) -> timedelta:
    """Remind of what is sent at an hour, and no sooner than it is drafted."""
    review = others.get("review")
    _need_an_hour(others)
    if isinstance(review, timedelta) and value > review:
        raise ValueError("is longer than the review, so that nothing would be drafted yet: write a shorter time")
    return value


def _unattended(value: str, others: Mapping[str, object]) -> str:
    """Send by itself only what has an hour by which somebody may act."""
    if value == Unattended.SEND:
        _need_an_hour(others)
    return value


def _need_an_hour(others: Mapping[str, object]) -> None:
    if not (others.get("review", True) or others.get("send", True)):  # one that is wrong was at least written
        raise ValueError(
            "needs an hour at which an edition goes: write review or send too, such as review: 2d, or take this out"
        )


# What a key of a schedule is held against: those that stand before it. One that is wrong itself is not among them.
FITS: dict[str, Callable[..., object]] = {
    "on": _on,
    "starting": _starting,
    "remind": _remind,
    "unattended": _unattended,
}
