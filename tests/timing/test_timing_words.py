"""What a schedule means, in words."""

from datetime import date, time, timedelta

import pytest

from bulletin.model import Schedule, Unattended, WhenEmpty
from bulletin.timing import in_words

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RHYTHMS = {
    "0 9 * * *": "every day",
    "0 9 * * mon-fri": "every weekday",
    "0 9 workday * *": "every working day",
    "0 9 * * tue": "every Tuesday",
    "0 9 * * mon,wed,fri": "every Monday, Wednesday and Friday",
    "0 9 * 5,6 thu": "every Thursday in May and June",
    "0 9 1st-mon * *": "on the first Monday of each month",
    "0 9 last-fri jan *": "on the last Friday of January",
    "0 9 1st-workday * *": "on the first working day of each month",
    "0 9 last-workday * *": "on the last working day of each month",
    "0 9 last * *": "on the last day of each month",
    "0 9 15 * *": "on the 15th of each month",
    "0 9 31-or-last * *": "on the 31st (or the last day) of each month",
    "0 9 1-3,11,22 * *": "on the 1st, the 2nd, the 3rd, the 11th and the 22nd of each month",
    "0 9 15,workday * *": "on the 15th and each working day of each month",
}


@pytest.mark.parametrize(("cron", "words"), RHYTHMS.items(), ids=RHYTHMS)
def test_a_rhythm_is_told_in_words(cron, words):
    told = in_words(Schedule(cron, "Europe/London"))
    assert told == f"{words} at 09:00 (London time); sent as soon as approved"


STEPS = [
    ({"review": 2 * DAY}, "sent two days later at 09:00, once approved"),
    ({"review": 2 * DAY, "send_at": time(7, 30)}, "sent three days later at 07:30, once approved"),
    ({"review": 4 * HOUR}, "sent the same day at 13:00, once approved"),
    ({"send_at": time(8, 5)}, "sent the next day at 08:05, once approved"),
    ({"review": 14 * DAY}, "sent 14 days later at 09:00, once approved"),
    (
        {"review": DAY, "unattended": Unattended.SEND},
        "sent the next day at 09:00, approved or not, if every check passes",
    ),
    (
        {"review": DAY, "remind": 4 * HOUR},
        "sent the next day at 09:00, once approved; editors are reminded four hours before",
    ),
    ({"when_empty": WhenEmpty.DRAFT}, "sent as soon as approved; drafted even when there is nothing to print"),
]


@pytest.mark.parametrize(("steps", "words"), STEPS)
def test_what_follows_is_told_in_words(steps, words):
    assert in_words(Schedule("0 9 * * *", "Europe/London", **steps)) == f"every day at 09:00 (London time); {words}"


@pytest.mark.parametrize(
    ("remind", "words"),
    [
        (7 * DAY, "a week"),
        (14 * DAY, "two weeks"),
        (DAY, "a day"),
        (HOUR, "an hour"),
        (36 * HOUR, "36 hours"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=1), "a minute"),
    ],
)
def test_a_length_of_time_is_told_in_words(remind, words):
    told = in_words(Schedule("0 9 * * *", "Europe/London", review=30 * DAY, remind=remind))
    assert told.endswith(f"; editors are reminded {words} before")


def test_a_fortnight_tells_when_it_begins():
    told = in_words(Schedule("0 9 * * tue", "Europe/London", fortnight=date(2026, 12, 1)))
    assert told.startswith("every second Tuesday at 09:00 (London time), from 1 December 2026; ")


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Etc/UTC", "UTC"), ("America/New_York", "New York time"), ("Australia/Lord_Howe", "Lord Howe time")],
)
def test_a_clock_is_named_after_its_town(zone, words):
    assert in_words(Schedule("5 17 * * *", zone)).startswith(f"every day at 17:05 ({words});")
