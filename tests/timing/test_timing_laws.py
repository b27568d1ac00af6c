"""Laws of time: each local day once, whatever clocks do, and the same turns however one asks for them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model import Holidays, Schedule
from bulletin.timing import next_period, period_of, periods

NO_HOLIDAYS = Holidays()
DAY = timedelta(days=1)
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Nuuk", "Etc/UTC"]
TIMES = ["0 9", "30 1", "15 2", "0 0", "59 23"]
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)


def noon(day):
    return datetime.combine(day, time(12), UTC)


def daily(at, zone, first=FIRST, last=LAST):
    """The daily turns of a span of days, and of one day before and behind it."""
    found = periods(Schedule(f"{at} * * *", zone), NO_HOLIDAYS, noon(first - 2 * DAY), noon(last + 2 * DAY))
    return [one for one in found if first <= one.day <= last]


@pytest.mark.parametrize("at", TIMES)
@pytest.mark.parametrize("zone", ZONES)
def test_in_ten_years_each_local_day_has_its_turn_once(zone, at):
    found = daily(at, zone)
    assert [one.day for one in found] == [FIRST + number * DAY for number in range(3652)]
    assert all(before.due < after.due for before, after in pairwise(found))


@pytest.mark.parametrize("zone", ZONES)
def test_nine_in_the_morning_stays_nine_in_the_morning(zone):
    local = ZoneInfo(zone)
    assert {one.due.astimezone(local).strftime("%H:%M") for one in daily("0 9", zone)} == {"09:00"}
    assert all(one.due.astimezone(local).date() == one.day for one in daily("0 9", zone))


CHANGES = {  # day: when 01:30 and 09:00 are, in UTC
    "2026-03-29": ("01:30", "08:00"),
    "2026-10-25": ("00:30", "09:00"),
    "2027-03-28": ("01:30", "08:00"),
    "2027-10-31": ("00:30", "09:00"),
}


@pytest.mark.parametrize(("day", "times"), CHANGES.items(), ids=CHANGES)
def test_on_the_days_when_the_clock_of_london_changes_there_is_one_turn(day, times):
    for at, utc in zip(("30 1", "0 9"), times, strict=True):
        first = date.fromisoformat(day)
        (found,) = daily(at, "Europe/London", first, first)
        assert found.due == datetime.fromisoformat(f"{day}T{utc}Z")


SKIPPED = {  # zone, day and time: the instant, and what the clock shows then
    ("Europe/London", "2026-03-29", "30 1"): ("2026-03-29T01:30Z", "02:30"),
    ("America/New_York", "2027-03-14", "30 2"): ("2027-03-14T07:30Z", "03:30"),
    ("Australia/Lord_Howe", "2026-10-04", "15 2"): ("2026-10-03T15:45Z", "02:45"),  # half an hour
    ("Africa/Casablanca", "2026-03-22", "30 2"): ("2026-03-22T02:30Z", "03:30"),  # behind Ramadan
}


@pytest.mark.parametrize(("where", "then"), SKIPPED.items(), ids=[where[0] for where in SKIPPED])
def test_a_time_that_is_skipped_is_what_the_clock_shows_then(where, then):
    (zone, day, at), (instant, shown) = where, then
    found = period_of(Schedule(f"{at} * * *", zone), date.fromisoformat(day))
    assert found.due == datetime.fromisoformat(instant)
    assert found.due.astimezone(ZoneInfo(zone)).strftime("%H:%M") == shown


def test_a_day_that_a_zone_never_had_has_no_turn():
    found = daily("0 9", "Pacific/Apia", date(2011, 12, 28), date(2012, 1, 2))
    assert [one.name for one in found] == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]
    assert len({one.due for one in found}) == 5


RULES = [
    "* * *",
    "* * mon-fri",
    "* * tue",
    "workday * *",
    "1st-mon * *",
    "last * *",
    "31-or-last * *",
    "15 */3 *",
    "last-workday * *",
    "1,15,last-fri * *",
]
SCHEDULES = st.builds(
    Schedule,
    cron=st.tuples(st.sampled_from(TIMES), st.sampled_from(RULES)).map(" ".join),
    zone=st.sampled_from([*ZONES, "Pacific/Apia", "Asia/Kathmandu"]),
    review=st.none() | st.sampled_from([timedelta(hours=4), DAY, 2 * DAY, 7 * DAY]),
    send_at=st.none() | st.times(),
    remind=st.none() | st.sampled_from([timedelta(minutes=90), DAY, 3 * DAY]),
)
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(), timedelta(days=500))


@settings(deadline=None)  # the first that asks for a bank holiday loads a library
@given(SCHEDULES, INSTANTS, SPANS, SPANS)
def test_the_turns_of_two_spans_are_those_of_both_together(schedule, begin, first, second):
    middle, end = begin + first, begin + first + second
    found = periods(schedule, NO_HOLIDAYS, begin, end)
    assert periods(schedule, NO_HOLIDAYS, begin, middle) + periods(schedule, NO_HOLIDAYS, middle, end) == found
    assert all(begin < one.due <= end for one in found)
    assert all(before.due < after.due and before.day < after.day for before, after in pairwise(found))


@settings(deadline=None)  # the first that asks for a bank holiday loads a library
@given(SCHEDULES, INSTANTS)
def test_the_next_turn_is_the_first_of_those_that_come(schedule, after):
    found = next_period(schedule, NO_HOLIDAYS, after)
    assert [found] == periods(schedule, NO_HOLIDAYS, after, found.due)
    assert next_period(schedule, NO_HOLIDAYS, found.due).due > found.due


@settings(deadline=None)  # the first that asks for a bank holiday loads a library
@given(SCHEDULES, INSTANTS)
def test_turns_are_those_of_their_days(schedule, after):
    found = next_period(schedule, NO_HOLIDAYS, after)
    assert period_of(schedule, found.day) == found


@settings(deadline=None)  # the first that asks for a bank holiday loads a library
@given(SCHEDULES, INSTANTS, st.timedeltas(timedelta(), timedelta(days=7)))
def test_a_draft_is_reminded_of_and_sent_after_it_is_made_and_after_its_review(schedule, after, late):
    day = next_period(schedule, NO_HOLIDAYS, after).day
    made = period_of(schedule, day).due + late
    found = period_of(schedule, day, made)
    assert (found.send is None) == (schedule.review is None and schedule.send_at is None)
    assert (found.remind is None) == (found.send is None or schedule.remind is None)
    if found.send:
        shortened = timedelta(hours=1) if schedule.review in (DAY, 2 * DAY, 7 * DAY) else timedelta()  # in spring
        assert found.send >= made + (schedule.review or timedelta()) - (DAY if "Apia" in schedule.zone else shortened)
    if found.remind:
        assert made <= found.remind <= found.send
