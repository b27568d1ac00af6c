"""Rules: the days that a cron line names, from the first to the last of a span."""

import heapq
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import groupby

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

from bulletin.model import Holidays, Schedule
from bulletin.timing import fields
from bulletin.timing.workdays import is_workday, workdays

_NTH = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}


def days(schedule: Schedule, holidays: Holidays, first: date, last: date) -> Iterator[date]:
    """Yield the days of a schedule from `first` to `last`, each once, in their order."""
    among = fields.months(schedule)
    if weekdays := fields.weekdays(schedule):
        found = _on_weekdays(weekdays, schedule.fortnight, first, last)
    else:
        found = _merged(_on(part, holidays, first, last) for part in fields.days(schedule))
    return (day for day in found if day.month in among)


def _on_weekdays(weekdays: list[int], start: date | None, first: date, last: date) -> Iterator[date]:
    """Days of the week; every second week if there is a day to count from, before which there is none."""
    if start is None:
        return _ruled(first, last, freq=WEEKLY, byweekday=weekdays)
    return (day for day in _ruled(start, last, freq=WEEKLY, interval=2, byweekday=weekdays) if day >= first)


def _on(part: str, holidays: Holidays, first: date, last: date) -> Iterator[date]:
    """The days that one part of the day field names."""
    which, dash, day = part.rpartition("-")
    if day == "workday":
        if dash:
            return _nth_workdays(_NTH[which], holidays, first, last)
        return (one for one in _ruled(first, last, freq=DAILY) if is_workday(one, holidays))
    if part == "last":
        return _ruled(first, last, freq=MONTHLY, bymonthday=-1)
    if day in fields.WEEKDAYS:
        return _ruled(first, last, freq=MONTHLY, byweekday=weekday(fields.WEEKDAYS.index(day), _NTH[which]))
    if found := re.fullmatch("([0-9]+)-or-last", part):
        return _ruled(first, last, freq=MONTHLY, bymonthday=range(28, int(found[1]) + 1), bysetpos=-1)
    return _ruled(first, last, freq=MONTHLY, bymonthday=fields.numbers(part, 1, 31))


def _nth_workdays(nth: int, holidays: Holidays, first: date, last: date) -> Iterator[date]:
    for month in _ruled(first.replace(day=1), last, freq=MONTHLY):
        found = workdays(month.year, month.month, holidays)
        place = nth - 1 if nth > 0 else nth
        if -len(found) <= place < len(found) and first <= found[place] <= last:
            yield found[place]


def _ruled(first: date, last: date, **rule: object) -> Iterator[date]:
    """The days of a rule of RFC 5545 within a span."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    return (one.date() for one in rrule(dtstart=begin, until=end, **rule))


def _merged(several: Iterator[Iterator[date]]) -> Iterator[date]:
    return (day for day, _ in groupby(heapq.merge(*several)))
