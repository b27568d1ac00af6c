"""The door to icalendar: an event as a file that calendars open (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bulletin.model import PrintedBlock, When


def event(block: PrintedBlock, words: str, uid: str, stamp: date, zone: str) -> bytes:
    """An event of an edition as one calendar file; the same event gives the same bytes.

    `words`: its text without any links but in words. `uid`: its name among all events of the world, for ever.
    `stamp`: the day of the edition. `zone`: in which its times are told. ValueError for a block without a start.
    """
    starts, ends = When.of(block.starts), When.of(block.ends)
    if starts is None:
        raise ValueError(f"{block.title!r} has no start")
    calendar, entry = Calendar(), Event()
    calendar.add("prodid", "-//bulletin//events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    entry.add("uid", uid)
    entry.add("dtstamp", datetime.combine(stamp, time(), UTC))
    entry.add("dtstart", _instant(starts, zone))
    if ends is not None:
        entry.add("dtend", _instant(_behind(ends), zone))
    told = {"summary": block.title, "description": words, "location": block.place, "url": block.url}
    for name, value in told.items():
        if value:
            entry.add(name, value)
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _behind(ends: When) -> When:
    """The end as calendars want it: the day behind the last one, where whole days are told (RFC 5545 3.6.1)."""
    return ends if ends.clock else When(ends.day + timedelta(days=1))


def _instant(when: When, zone: str) -> date | datetime:
    """A day, or an instant in UTC, which every calendar shows in its reader's own zone."""
    if when.clock is None:
        return when.day
    return datetime.combine(when.day, when.clock, ZoneInfo(zone)).astimezone(UTC)
