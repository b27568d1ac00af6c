"""Working days: Monday to Friday, without England's bank holidays and the days on which the library is closed."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from bulletin.model import Holidays


def is_workday(day: date, holidays: Holidays) -> bool:
    """Whether the library works on a day; what holidays.yaml says of it stands above the bank holidays."""
    if day.weekday() > 4 or day in holidays.added:
        return False
    return day in holidays.worked or day not in bank_holidays(day.year)


def workdays(year: int, month: int, holidays: Holidays) -> list[date]:
    """The working days of a month, in their order."""
    return [day for day in _days(year, month) if is_workday(day, holidays)]


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a year, with the days that stand in for those at a weekend."""
    from holidays import country_holidays  # costs half a second, and most schedules ask for no working day

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)
