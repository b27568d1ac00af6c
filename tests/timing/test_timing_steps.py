"""The steps of an edition: draft, reminder and sending, by the calendar and by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bulletin.model import Period, Schedule
from bulletin.timing import period_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = date(2026, 12, 7)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_without_review_and_hour_an_edition_goes_when_it_is_approved():
    assert period_of(Schedule("0 9 * * mon", "Europe/London"), MONDAY) == Period(MONDAY, utc("2026-12-07T09:00"))


STEPS = [  # review, send_at, remind, when it is reminded of, when it goes
    (2 * DAY, None, None, None, "2026-12-09T09:00"),
    (2 * DAY, time(7, 30), None, None, "2026-12-10T07:30"),
    (2 * DAY, time(9), None, None, "2026-12-09T09:00"),
    (2 * DAY, time(17, 30), DAY, "2026-12-08T17:30", "2026-12-09T17:30"),
    (4 * HOUR, None, HOUR, "2026-12-07T12:00", "2026-12-07T13:00"),
    (4 * HOUR, time(12), None, None, "2026-12-08T12:00"),
    (None, time(7, 30), None, None, "2026-12-08T07:30"),
    (None, time(9), None, None, "2026-12-07T09:00"),
    (None, time(0), None, None, "2026-12-08T00:00"),
    (DAY, time(9), 2 * DAY, "2026-12-07T09:00", "2026-12-08T09:00"),
    (None, None, DAY, None, None),
]


@pytest.mark.parametrize(("review", "send_at", "remind", "reminded", "sent"), STEPS)
def test_an_edition_is_reminded_of_and_goes(review, send_at, remind, reminded, sent):
    schedule = Schedule("0 9 * * mon", "Europe/London", review=review, send_at=send_at, remind=remind)
    found = period_of(schedule, MONDAY)
    assert found.due == utc("2026-12-07T09:00")
    assert (found.remind, found.send) == (reminded and utc(reminded), sent and utc(sent))


ACROSS = [  # day of the draft, review, when it goes
    (date(2026, 3, 28), DAY, "2026-03-29T08:00"),  # by the calendar: 09:00 on the wall again
    (date(2026, 3, 28), 23 * HOUR, "2026-03-29T08:00"),  # by the watch
    (date(2026, 3, 28), 25 * HOUR, "2026-03-29T10:00"),
    (date(2026, 10, 24), DAY, "2026-10-25T09:00"),
    (date(2026, 10, 24), 25 * HOUR, "2026-10-25T09:00"),
    (date(2027, 3, 27), 7 * DAY, "2027-04-03T08:00"),
]


@pytest.mark.parametrize(("day", "review", "sent"), ACROSS)
def test_days_of_review_go_by_the_calendar_and_hours_by_the_watch(day, review, sent):
    assert period_of(Schedule("0 9 * * *", "Europe/London", review=review), day).send == utc(sent)


def test_an_hour_that_is_skipped_is_the_one_that_the_clock_shows_then():
    schedule = Schedule("30 1 * * *", "Europe/London")
    assert period_of(schedule, date(2026, 3, 29)).due == utc("2026-03-29T01:30")  # 02:30 on the wall


def test_of_an_hour_that_comes_twice_the_first_counts():
    schedule = Schedule("30 1 * * *", "Europe/London")
    assert period_of(schedule, date(2026, 10, 25)).due == utc("2026-10-25T00:30")


def test_a_late_draft_has_its_whole_review():
    schedule = Schedule("0 9 * * mon", "Europe/London", review=2 * DAY, send_at=time(7, 30), remind=DAY)
    found = period_of(schedule, MONDAY, drafted=utc("2026-12-11T03:12"))
    assert found == Period(MONDAY, utc("2026-12-07T09:00"), utc("2026-12-12T07:30"), utc("2026-12-13T07:30"))


def test_a_late_draft_is_reminded_of_no_sooner_than_it_is_made():
    schedule = Schedule("0 9 * * mon", "Europe/London", review=HOUR, remind=DAY)
    assert period_of(schedule, MONDAY, drafted=utc("2026-12-11T03:12")).remind == utc("2026-12-11T03:12")


def test_a_draft_that_is_made_early_goes_no_sooner():
    schedule = Schedule("0 9 * * mon", "Europe/London", review=DAY)
    assert period_of(schedule, MONDAY, drafted=utc("2026-12-06T09:00")) == period_of(schedule, MONDAY)
