"""Dates, numbers and subjects as the house writes them: 6 August 2026, 1 item under 1 heading."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bulletin.model import Bulletin, DateSource, Edition, Item
from bulletin.render.plain import cut, plain

# Not strftime: its names change with the machine's locale.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# The fields of a cron line: a day that a month has once, and what names each day, or each on which people work.
_ONE_DAY = re.compile("[0-9]+(-or-last)?|last|(1st|2nd|3rd|4th|last)-[a-z]+")
_DAILY = {("*", "*"), ("*", "mon-fri"), ("workday", "*")}

_FIRST_LOOK = timedelta(days=1)  # what is found so soon stood there before
_LATE = timedelta(days=14)  # from an item's own date until we saw it
SUBJECT_LETTERS = 120  # reference bars, E4: 20 to 120, of which mail programs show some 60
_SHOWN_LETTERS = 60
_LEAST_LETTERS = 20
PREHEADER_LETTERS = 130  # reference bars, rule 26: 40 to 130


def day(when: date) -> str:
    """A date as in 6 August 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """The name of a month: August."""
    return _MONTHS[when.month - 1]


def weekday(when: date) -> str:
    """A date as in Thursday 6 August 2026."""
    return f"{_WEEKDAYS[when.weekday()]} {day(when)}"


def dated(item: Item, zone: str, followed: datetime | None = None) -> str:
    """The item's date in the bulletin's own zone; a date that is not the item's own says what it is.

    Of an item that we saw long after its own date, both are told, unless it stood there when we began to look at its
    feed: `followed` says when that was.
    """
    said = day(item.date.astimezone(ZoneInfo(zone)))
    if item.first_seen and _is_late(item, item.first_seen, followed):
        said += f", first seen {day(item.first_seen.astimezone(ZoneInfo(zone)))}"
    return said if item.date_source is DateSource.PUBLISHED else f"{item.date_source} {said}"


def _is_late(item: Item, seen: datetime, followed: datetime | None) -> bool:
    if not item.published or item.date_source is DateSource.FIRST_SEEN or seen - item.published <= _LATE:
        return False
    return followed is None or seen - followed > _FIRST_LOOK


def iso(item: Item, zone: str) -> str:
    """The item's own date in the bulletin's zone as 2026-08-06; empty when it has none of its own."""
    return item.date.astimezone(ZoneInfo(zone)).date().isoformat() if item.published else ""


def initials(person: str) -> str:
    """Give the first letters of a name, or of an address before its @: Jo Smith and jo.smith@x are JS."""
    parts = re.findall(r"[^\W\d_]+", plain(person).partition("@")[0])
    return "".join(part[0] for part in parts[:3]).upper() or "?"


def many(number: int, noun: str) -> str:
    """A number and its noun: 1 item, 2 items."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def size(edition: Edition) -> str:
    """How much there is to read: 28 items under 11 headings."""
    return how_much(edition.size, sum(bool(section.items) for section in edition.sections))


def how_much(items: int, headings: int) -> str:
    """So many items and headings that have any: 28 items under 11 headings."""
    return f"{many(items, 'item')} under {many(headings, 'heading')}"


def subject(bulletin: Bulletin, when: date) -> str:
    """The bulletin and its month, or its day when it comes more than once a month; never the start of a header.

    The first 60 letters tell both, so that the date comes first when the title is long; who has a very short title is
    told where it is from. The lead story is left to the preheader, which mail programs show beside the subject.
    """
    month = f"{_MONTHS[when.month - 1]} {when.year}"
    said = month if _is_monthly(bulletin.schedule.cron) else day(when)
    title = header_text(bulletin.title)
    told = f"{title}: {said}"
    if len(told) < _LEAST_LETTERS:
        return f"{title} from the library: {said}"
    return told if len(told) <= _SHOWN_LETTERS else cut(f"{said}: {title}", SUBJECT_LETTERS)


def urgent(bulletin: Bulletin, when: date) -> str:
    """The subject of an edition that could not wait: it says so, and its day, in the first 60 letters."""
    title, said = header_text(bulletin.title), day(when)
    told = f"Urgent: {title}: {said}"
    return told if len(told) <= _SHOWN_LETTERS else cut(f"Urgent: {said}: {title}", SUBJECT_LETTERS)


def nothing(bulletin: Bulletin) -> str:
    """What stands under a heading that has no items, by the rhythm of the bulletin: No items this month."""
    _, _, days, months, weekdays = bulletin.schedule.cron.split()
    if months != "*" or bulletin.schedule.fortnight:
        return "No items this time."
    if _ONE_DAY.fullmatch(days):
        return "No items this month."
    if weekdays.isalpha():
        return "No items this week."
    if (days, weekdays) in _DAILY:
        return "No items today."
    return "No items this time."


def header_text(text: str) -> str:
    """One line that no mail program takes for an encoded word (CVE-2024-6923: `=?UTF-8?Q?=0A?=Bcc: x`)."""
    return plain(text).replace("=?", "= ?")


def preheader(titles: list[str], closing: str) -> str:
    """What stands beside the subject in a list of messages: the leading titles, 40 to 130 letters."""
    return cut("; ".join([*titles[:3], closing]), PREHEADER_LETTERS)


def chosen(size: str, library: str) -> str:
    """What closes a preheader: how much there is, and who chose it."""
    return f"{size}, chosen for you by {library}"


def _is_monthly(cron: str) -> bool:
    """Whether a cron line names one day of a month, such as 15, last or 1st-mon, and not several or any."""
    return bool(_ONE_DAY.fullmatch(cron.split()[2]))
