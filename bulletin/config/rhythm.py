"""Lengths of time, times of day and days: how librarians write them, and what cron makes of them."""

import re
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from bulletin.config.values import nearest, quoted

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(days=5 * 366)
_SHORTEST_PAUSE = timedelta(hours=1)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKING_DAY = "working day"
_SHORTEST_MONTH = 28
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "last": "last"}


def duration(value: str) -> timedelta:
    """Read a length of time: a whole number and m, h, d or w; more than nothing and no more than five years."""
    found = re.fullmatch(r"([0-9]{1,7}) ?([mhdw])", value)
    if not found:
        raise ValueError(
            f"{quoted(value)} is no length of time: write a number and m, h, d or w (minutes, hours, days, weeks), "
            "such as 12h or 35d"
        )
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not timedelta() < length <= _LONGEST:
        raise ValueError(f"{quoted(value)} must be more than nothing and no more than five years")
    return length


def pause(value: str) -> timedelta:
    """Read the time between two visits to a feed."""
    length = duration(value)
    if length < _SHORTEST_PAUSE:
        raise ValueError(f"{quoted(value)} is too often: no feed is asked more than once an hour")
    return length


def zone(value: str) -> str:
    """Read the name of a time zone, in the one spelling that every system knows."""
    zones = _zones()
    if value not in zones:
        raise ValueError(f"{quoted(value)} is no time zone{nearest(value, zones) or ', such as Europe/London'}")
    return value


@cache
def _zones() -> frozenset[str]:
    """All names, which lie about in hundreds of files; they do not change while a program runs."""
    return frozenset(available_timezones())


def clock(value: str) -> time:
    """Read a time of day."""
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError(f'{quoted(value)} is no time of day: write "09:00" or "17:30"')
    return time.fromisoformat(value)


def day(value: str) -> date:
    """Read a day of the calendar."""
    try:
        return date.fromisoformat(value if re.fullmatch("20[0-9]{2}-[0-9]{2}-[0-9]{2}", value) else "")
    except ValueError:
        raise ValueError(f"{quoted(value)} is no day: write year, month and day, such as 2026-12-01") from None


def week_day(value: str) -> str:
    """Read a day of the week; return the three fields of cron after the time."""
    name = value.lower()
    if name not in DAYS:
        raise ValueError(f"{quoted(value)} is no day of the week{nearest(name, DAYS) or ', such as monday'}")
    return f"* * {name[:3]}"


def month_day(value: str) -> str:
    """Read a day of a month, such as `first monday`, `last working day` or 1 to 31; return cron's fields."""
    which, _, day = value.lower().partition(" ")
    if which in _ORDINALS and day in (*DAYS, WORKING_DAY):
        return f"{_ORDINALS[which]}-{'workday' if day == WORKING_DAY else day[:3]} * *"
    if (which, day) == ("last", "day"):
        return "last * *"
    if re.fullmatch("[1-9]|[12][0-9]|3[01]", value):
        return f"{value}{'-or-last' if int(value) > _SHORTEST_MONTH else ''} * *"
    raise ValueError(
        f"{quoted(value)} is no day that every month has: write first monday, second tuesday, last friday, "
        "first working day, last working day, last day, or a number from 1 to 31"
    )


def no_day(value: str) -> str:
    """Refuse a day for what comes out every day."""
    raise ValueError(f"{quoted(value)} is too much: what comes out every day needs no day, so take this out")
