"""On which days a schedule falls: each rule over 120 months, held against the calendar."""

import calendar
from datetime import UTC, date, datetime, timedelta

import bankholidays
import pytest

from bulletin.model import Holidays, Schedule
from bulletin.timing import is_workday, next_period, periods, rules

BEGIN, END = datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2035, 12, 31, 12, tzinfo=UTC)
MONTHS = [(year, month) for year in range(2026, 2036) for month in range(1, 13)]
ALL_DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(3652)]
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def days(cron, holidays=Holidays(), **more):  # noqa: B008 - it is frozen
    return [one.day for one in periods(Schedule(cron, "Europe/London", **more), holidays, BEGIN, END)]


def of_weekday(year, month, weekday):
    return [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]


def length(year, month):
    return calendar.monthrange(year, month)[1]


def works(day):
    return day.weekday() < SAT and day not in bankholidays.bank_holidays(day.year)


def working(year, month):
    return [day for day in range(1, length(year, month) + 1) if works(date(year, month, day))]


MONTHLY = {
    "1": lambda year, month: 1,
    "28": lambda year, month: 28,
    "29-or-last": lambda year, month: min(29, length(year, month)),
    "30-or-last": lambda year, month: min(30, length(year, month)),
    "31-or-last": lambda year, month: min(31, length(year, month)),
    "last": length,
    "1st-mon": lambda year, month: of_weekday(year, month, MON)[0],
    "2nd-tue": lambda year, month: of_weekday(year, month, TUE)[1],
    "3rd-wed": lambda year, month: of_weekday(year, month, WED)[2],
    "4th-thu": lambda year, month: of_weekday(year, month, THU)[3],
    "last-fri": lambda year, month: of_weekday(year, month, FRI)[-1],
    "last-sun": lambda year, month: of_weekday(year, month, SUN)[-1],
    "1st-workday": lambda year, month: working(year, month)[0],
    "2nd-workday": lambda year, month: working(year, month)[1],
    "3rd-workday": lambda year, month: working(year, month)[2],
    "4th-workday": lambda year, month: working(year, month)[3],
    "last-workday": lambda year, month: working(year, month)[-1],
}


@pytest.mark.parametrize(("rule", "day"), MONTHLY.items(), ids=MONTHLY)
def test_a_monthly_rule_names_one_day_in_each_of_120_months(rule, day):
    assert days(f"0 9 {rule} * *") == [date(*month, day(*month)) for month in MONTHS]


DAILY = {
    "* * *": lambda day: True,
    "* * mon-fri": lambda day: day.weekday() < SAT,
    "workday * *": works,
    "* * tue": lambda day: day.weekday() == TUE,
    "* * mon,thu": lambda day: day.weekday() in (MON, THU),
    "* jan,jul sat": lambda day: day.weekday() == SAT and day.month in (1, 7),
    "* 3-5 *": lambda day: day.month in (3, 4, 5),
    "1,15 * *": lambda day: day.day in (1, 15),
    "*/10 * *": lambda day: day.day in (1, 11, 21, 31),
    "10-20/5 */6 *": lambda day: day.day in (10, 15, 20) and day.month in (1, 7),
    "31 * *": lambda day: day.day == 31,
    "29 2 *": lambda day: (day.month, day.day) == (2, 29),
    "15,last * *": lambda day: day.day in (15, length(day.year, day.month)),
    "28,29-or-last,last * *": lambda day: day.day >= 28 and day.day in (28, 29, length(day.year, day.month)),
    "1st-mon,3rd-mon feb *": lambda day: (
        day.month == 2 and day.weekday() == MON and (day.day <= 7 or 15 <= day.day <= 21)
    ),
}


@pytest.mark.parametrize(("rule", "is_it"), DAILY.items(), ids=DAILY)
def test_a_rule_names_its_days_in_ten_years_and_each_once(rule, is_it):
    assert days(f"0 9 {rule}") == [day for day in ALL_DAYS if is_it(day)]


def test_a_fortnight_begins_with_its_first_day_and_keeps_its_step_over_the_years():
    found = days("0 9 * * tue", fortnight=date(2026, 12, 1))
    assert found == [day for day in ALL_DAYS if day >= date(2026, 12, 1) and (day - date(2026, 12, 1)).days % 14 == 0]


@pytest.mark.parametrize("year", [2019, 2020, 2026, 2035])
def test_a_fortnight_is_the_same_wherever_one_begins_to_look(year):
    schedule = Schedule("0 9 * * tue", "Europe/London", fortnight=date(2020, 1, 7))
    found = next_period(schedule, Holidays(), datetime(year, 6, 1, tzinfo=UTC))
    assert (found.day - date(2020, 1, 7)).days % 14 == 0
    assert found.day >= date(2020, 1, 7)


@pytest.mark.parametrize(
    "rule", ["1st-workday * *", "workday * *", "last * *", "30-or-last * *", "* * thu", "7-9 * *"]
)
def test_no_day_is_outside_of_the_span_that_was_asked_for(rule):
    first, last = date(2026, 12, 7), date(2027, 1, 4)
    among = rules.days(Schedule(f"0 9 {rule}", "Europe/London"), Holidays(), first, last)
    assert [*among] == [day for day in days(f"0 9 {rule}") if first <= day <= last] != []


@pytest.mark.parametrize("year", bankholidays.BY_HAND)
def test_bank_holidays_are_those_that_the_government_lists(year):
    listed = {date.fromisoformat(f"{year}-{day}") for day in bankholidays.BY_HAND[year]}
    found = {day for day in ALL_DAYS if day.year == year and day.weekday() < SAT and not is_workday(day, Holidays())}
    assert found == listed == bankholidays.bank_holidays(year)


def test_a_library_may_be_closed_on_more_days_and_open_on_bank_holidays():
    holidays = Holidays({date(2026, 12, 29): "Between the years"}, frozenset({date(2027, 5, 3), date(2026, 12, 27)}))
    assert not is_workday(date(2026, 12, 29), holidays)
    assert is_workday(date(2026, 12, 30), holidays)
    assert is_workday(date(2027, 5, 3), holidays)
    assert not is_workday(date(2026, 12, 27), holidays)  # a Sunday all the same


def test_the_first_working_day_waits_until_the_library_opens():
    closed = {date(2027, 1, day): "Closed" for day in range(1, 11)}
    found = days("0 9 1st-workday * *", Holidays(closed))
    assert found[12] == date(2027, 1, 11)
    assert found[13] == date(2027, 2, 1)


def test_a_month_without_working_days_has_none():
    closed = {date(2027, 1, day): "Closed" for day in range(1, 32)}
    found = days("0 9 last-workday * *", Holidays(closed))
    assert len(found) == 119
    assert not [day for day in found if (day.year, day.month) == (2027, 1)]


def test_what_does_not_come_within_five_years_never_comes():
    schedule = Schedule("0 9 29 2 *", "Europe/London")
    assert next_period(schedule, Holidays(), datetime(2096, 3, 1, tzinfo=UTC)) is None  # 2100 is no leap year
    assert next_period(schedule, Holidays(), datetime(2092, 3, 1, tzinfo=UTC)).day == date(2096, 2, 29)
