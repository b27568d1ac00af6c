"""Wall clocks: from a local day and time to the instant, whatever the clock does on that day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which a clock shows a time: of two the first.

    A time that is skipped is reckoned as if the clock had not been put forward: when London jumps from 01:00 to
    02:00, 01:30 is the instant that is called 02:30.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone has had a day: Samoa went from 29 to 31 December 2011."""
    return instant(day, time(), zone) < instant(day + _DAY, time(), zone)


def later(since: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Add a length of time: whole days go by the calendar, to the same time of day; all others by the watch."""
    if length % _DAY:
        return since + length
    local = since.astimezone(zone) + length  # moves the hands of the clock, not the time
    return instant(local.date(), local.time(), zone)


def first_at(at: time, since: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at or after another at which a clock shows a time."""
    day = since.astimezone(zone).date() - _DAY
    while (found := instant(day, at, zone)) < since:
        day += _DAY
    return found
