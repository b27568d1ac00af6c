"""Words: what a schedule means, said to people."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bulletin.model import Schedule, Unattended, WhenEmpty
from bulletin.timing import fields
from bulletin.timing.steps import period_of

# Not strftime: its names change with the machine's locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "last": "last"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)))
_MINUTE = timedelta(minutes=1)
_ANY_DAY = date(2026, 1, 5)  # far from where clocks change


def in_words(schedule: Schedule) -> str:
    """Say when drafts are made and what follows, without a capital or a full stop.

    Such as: every second Tuesday at 09:00 (London time), from 1 December 2026; sent two days later at 09:00, once
    approved; editors are reminded a day before.
    """
    due = period_of(schedule, _ANY_DAY).due.astimezone(ZoneInfo(schedule.zone))
    since = f", from {_date(schedule.fortnight)}" if schedule.fortnight else ""
    told = [f"{_rhythm(schedule)} at {due:%H:%M} ({_zone(schedule.zone)}){since}", _sending(schedule)]
    if schedule.remind:
        told.append(f"editors are reminded {_length(schedule.remind)} before")
    if schedule.when_empty is WhenEmpty.DRAFT:
        told.append("drafted even when there is nothing to print")
    return "; ".join(told)


def _rhythm(schedule: Schedule) -> str:
    """On which days: every weekday, every Monday in May, on the first Monday of each month."""
    months = fields.months(schedule)
    among = "" if len(months) == len(_MONTHS) else _listed([_MONTHS[month - 1] for month in months])
    if every := _every(schedule):
        return f"every {every} in {among}" if among else f"every {every}"
    days = [words for part in fields.days(schedule) for words in _days(part)]
    return f"on {_listed(days)} of {among or 'each month'}"


def _every(schedule: Schedule) -> str:
    """What comes out on each of some days, whatever the month; empty when the days are counted in the month."""
    weekdays, days = fields.weekdays(schedule), fields.days(schedule)
    if not weekdays:
        return {"*": "day", "workday": "working day"}.get(",".join(days), "")
    if weekdays == [0, 1, 2, 3, 4]:
        return "weekday"
    names = _listed([_WEEKDAYS[one] for one in weekdays])
    return f"second {names}" if schedule.fortnight else names


def _days(part: str) -> list[str]:
    """The days of a month that one part of the day field names."""
    which, _, day = part.rpartition("-")
    if part == "last":
        return ["the last day"]
    if part == "workday":
        return ["each working day"]
    if day == "workday":
        return [f"the {_NTH[which]} working day"]
    if day in fields.WEEKDAYS:
        return [f"the {_NTH[which]} {_WEEKDAYS[fields.WEEKDAYS.index(day)]}"]
    if found := re.fullmatch("([0-9]+)-or-last", part):
        return [f"the {_ordinal(int(found[1]))} (or the last day)"]
    return [f"the {_ordinal(number)}" for number in fields.numbers(part, 1, 31)]


def _sending(schedule: Schedule) -> str:
    """When an edition goes, counted in days of the calendar from its draft."""
    send = period_of(schedule, _ANY_DAY).send
    if send is None:
        return "sent as soon as approved"
    local = send.astimezone(ZoneInfo(schedule.zone))
    goes = f"sent {_later(local)} at {local:%H:%M}"
    if schedule.unattended is Unattended.SEND:
        return f"{goes}, approved or not, if every check passes"
    return f"{goes}, once approved"


def _later(local: datetime) -> str:
    days = (local.date() - _ANY_DAY).days
    return {0: "the same day", 1: "the next day"}.get(days, f"{_number(days)} days later")


def _length(length: timedelta) -> str:
    unit, size = next((one for one in _UNITS if not length % one[1]), ("minute", _MINUTE))
    count = length // size
    if count == 1:
        return "an hour" if unit == "hour" else f"a {unit}"
    return f"{_number(count)} {unit}s"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _zone(name: str) -> str:
    """Whose clock it is, by the town that the zone is named after."""
    town = name.rpartition("/")[2].replace("_", " ")
    return town if town == "UTC" else f"{town} time"


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
