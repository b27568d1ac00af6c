"""Lengths of time and schedules, as librarians write them and as a scheduler reads them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config import load
from bulletin.config.cron import cron
from bulletin.config.rhythm import day, duration, month_day, week_day, zone
from bulletin.model import Schedule, Unattended, WhenEmpty


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90m", timedelta(minutes=90)),
        ("12h", timedelta(hours=12)),
        ("35d", timedelta(days=35)),
        ("2w", timedelta(days=14)),
        ("2 w", timedelta(days=14)),
        ("1830d", timedelta(days=1830)),
    ],
)
def test_a_length_of_time_is_a_number_and_a_letter(text, length):
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "12", "h", "1.5h", "-1h", "+1h", "1 year", "12H", "１２h", "12h30m", "1h\n"])
def test_other_words_are_no_length_of_time(text):
    with pytest.raises(ValueError, match="is no length of time"):
        duration(text)


@pytest.mark.parametrize("text", ["0m", "0w", "1831d", "9999999w"])
def test_a_length_of_time_is_sensible(text):
    with pytest.raises(ValueError, match="no more than five years"):
        duration(text)


SCHEDULES = {
    'every: day, at: "07:05"': "5 7 * * *",
    'every: week, on: monday, at: "00:00"': "0 0 * * mon",
    'every: week, on: Sunday, at: "23:59"': "59 23 * * sun",
    'every: month, on: first monday, at: "09:00"': "0 9 1st-mon * *",
    'every: month, on: Second Tuesday, at: "09:00"': "0 9 2nd-tue * *",
    'every: month, on: third wednesday, at: "09:00"': "0 9 3rd-wed * *",
    'every: month, on: fourth thursday, at: "09:00"': "0 9 4th-thu * *",
    'every: month, on: last friday, at: "09:00"': "0 9 last-fri * *",
    'every: month, on: last day, at: "09:00"': "0 9 last * *",
    'every: month, on: 15, at: "09:00"': "0 9 15 * *",
    'every: month, on: first working day, at: "09:00"': "0 9 1st-workday * *",
    'every: month, on: Last Working Day, at: "09:00"': "0 9 last-workday * *",
    'every: month, on: 28, at: "09:00"': "0 9 28 * *",
    'every: month, on: 29, at: "09:00"': "0 9 29-or-last * *",
    'every: month, on: 31, at: "09:00"': "0 9 31-or-last * *",
    'every: weekday, at: "08:00"': "0 8 * * mon-fri",
    'every: working day, at: "08:00"': "0 8 workday * *",
    'every: fortnight, on: tuesday, at: "09:00", starting: 2026-12-01': "0 9 * * tue",
    "cron: 0 9 * * MON": "0 9 * * mon",
    "cron: 30  8 1st-mon *  *": "30 8 1st-mon * *",
}


@pytest.mark.parametrize(("words", "line"), SCHEDULES.items(), ids=SCHEDULES)
def test_a_schedule_becomes_a_cron_line(tmp_path, write_workspace, words, line):
    friendly = 'every: month, on: first monday, at: "09:00"'
    (bulletin,) = load(write_workspace(tmp_path, ("bulletins", friendly, words)), {}).bulletins
    assert bulletin.schedule.cron == line
    assert cron(line) == line


@pytest.mark.parametrize(
    "day",
    ["0", "32", "01", "1st", "first", "monday", "last weekday", "first  monday", "fifth working day", "working day"],
)
def test_a_day_that_not_every_month_has_is_refused(day):
    with pytest.raises(ValueError, match="no day that every month has"):
        month_day(day)


@given(st.integers(1, 31))
def test_a_number_that_not_every_month_has_means_the_last_day_of_a_shorter_one(number):
    assert month_day(str(number)) == (f"{number} * *" if number <= 28 else f"{number}-or-last * *")


STEPS = {
    "": {},
    "review: 2d": {"review": timedelta(days=2)},
    'send: "07:30"': {"send_at": time(7, 30)},
    'review: 4h, send: "16:00", remind: 90m': {
        "review": timedelta(hours=4),
        "send_at": time(16),
        "remind": timedelta(minutes=90),
    },
    "review: 1w, remind: 1w": {"review": timedelta(days=7), "remind": timedelta(days=7)},
    'send: "07:30", remind: 3h': {"send_at": time(7, 30), "remind": timedelta(hours=3)},
    "unattended: wait, when_empty: skip": {},
    "review: 2d, unattended: send": {"review": timedelta(days=2), "unattended": Unattended.SEND},
    "when_empty: draft": {"when_empty": WhenEmpty.DRAFT},
}


@pytest.mark.parametrize("rule", ['every: week, on: monday, at: "09:00"', "cron: 0 9 * * mon"])
@pytest.mark.parametrize(("words", "steps"), STEPS.items(), ids=STEPS)
def test_a_schedule_says_what_follows_from_draft_to_sending(tmp_path, write_workspace, rule, words, steps):
    change = ("bulletins", 'every: month, on: first monday, at: "09:00"', f"{rule}, {words}" if words else rule)
    (bulletin,) = load(write_workspace(tmp_path, change), {}).bulletins
    assert bulletin.schedule == Schedule("0 9 * * mon", "Europe/London", **steps)


def test_a_fortnight_is_counted_from_its_first_day(tmp_path, write_workspace):
    words = 'every: fortnight, on: tuesday, at: "09:00", starting: 2026-12-01'
    change = ("bulletins", 'every: month, on: first monday, at: "09:00"', words)
    (bulletin,) = load(write_workspace(tmp_path, change), {}).bulletins
    assert bulletin.schedule.fortnight == date(2026, 12, 1)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01", "2026-02-29", "1 December 2026", "20261201", "2026-W49-2", "2026-12-1"]
)
def test_a_day_of_the_calendar_is_written_in_one_way(text):
    with pytest.raises(ValueError, match="is no day: write year, month and day, such as 2026-12-01"):
        day(text)


def test_a_day_of_the_week_is_written_out():
    with pytest.raises(ValueError, match='"mon" is no day of the week; did you mean "monday"'):
        week_day("mon")


@pytest.mark.parametrize("name", ["Europe", "../Europe/London", "europe/london", "", "\0", "Europe/London "])
def test_a_time_zone_has_one_spelling_on_every_system(name):
    with pytest.raises(ValueError, match="is no time zone"):
        zone(name)


GOOD = [
    "0 9 * * mon",
    "0 9 1,15 jan,jul *",
    "30 9 */2 3-5 *",
    "30 9 1-15/7 */3 *",
    "0 9 * * mon-fri",
    "0 9 * jan-mar mon,wed,fri",
    "0 9 1st-mon,3rd-mon * *",
    "0 9 last * *",
    "0 9 15,last-fri 2 *",
    "0 9 workday * *",
    "0 9 1st-workday,3rd-workday * *",
    "0 9 last-workday 1-11 *",
    "0 9 30-or-last,15 * *",
    "0 0 29 2 *",
    "59 23 31 12 *",
]


@pytest.mark.parametrize("line", GOOD)
def test_a_cron_line_that_means_one_thing_is_kept(line):
    assert cron(line) == line


BAD = {
    "": "has 0 parts and must have 5",
    "0 9 * * mon *": "has 6 parts and must have 5",
    "60 9 * * mon": 'minute: "60" is not a number from 0 to 59',
    "0 24 * * mon": 'hour: "24" is not a number from 0 to 23',
    "0 9 0 * *": 'day: "0" is not a number from 1 to 31',
    "0 9 * 13 *": 'month: "13" is not a number from 1 to 12',
    "0 9 * sept *": 'month: "sept" is not a number from 1 to 12; did you mean "sep"?',
    "0 9 * * monday": 'day of the week: "monday" is not mon, tue, wed, thu, fri, sat or sun; did you mean "mon"?',
    "0 9 * * 0": 'day of the week: "0" means one day in some programs and another in others',
    "0 9 * * 1-5": 'day of the week: "1" means one day in some programs and another in others',
    "0 9 * * fri-mon": 'day of the week: "fri-mon" is no range from small to big',
    "0 9 * * */2": 'day of the week: "*/2" is no step',
    "0 9 * * mon-fri/2": 'day of the week: "mon-fri/2" is no step',
    "0 9 * jan-jun/2 *": 'month: "jan-jun/2" is no step',
    "0 9 * 1-jun *": 'month: "1-jun" is no range',
    "5/10 9 * * *": 'minute: "5/10" is more than one, and a bulletin comes out once on a day',
    "*/15 9 * * *": 'minute: "*/15" is more than one',
    "0 8-18/2 * * *": 'hour: "8-18/2" is more than one',
    "0 * * * *": 'hour: "*" is more than one',
    "0 9,17 * * mon": 'hour: "9,17" is more than one',
    "0, 9 * * *": 'minute: "0," is more than one',
    "-1 9 * * *": 'minute: "-1" is more than one',
    "0 9 5/10 * *": 'day: "5/10" is no step',
    "0 9 */0 * *": 'day: "*/0" is no step',
    "0 9 */31 * *": 'day: "*/31" is no step',
    "0 9 8-9/5 * *": 'day: "8-9/5" is no step',
    "0 9 30-10 * *": 'day: "30-10" is no range',
    "0 9 1--2 * *": 'day: "-2" is not a number',
    "0 9 1, * *": 'day: "" is not a number',
    "１ 9 * * *": "minute: ",
    "0 9 28-or-last * *": 'day: "or-last" is not a number',
    "0 9 5th-workday * *": 'day: "5th" is not a number',
    "0 9 30 2 *": "never happens: there is no such day in that month",
    "0 9 5th-mon * *": 'day: "5th" is not a number',
    "0 9 1st-monday * *": 'day: "1st" is not a number',
    "0 9 L * *": 'day: "l" is not a number',
    "1st-mon 9 * * *": 'minute: "1st-mon" is not a number',
    "0 9 1 * mon": "names a day of the month and a day of the week",
    "0 9 31 feb,apr *": "never happens",
    "@daily": "has 1 parts",
}


@pytest.mark.parametrize(("line", "said"), BAD.items(), ids=BAD)
def test_a_cron_line_that_may_mean_two_things_is_refused(line, said):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole sentence is looked at below
        cron(line)
    assert said in str(caught.value)


@given(st.text(alphabet="0123456789*/,- monjafelstwduri", max_size=20))
def test_any_cron_line_is_read_once_and_for_all_or_refused(text):
    try:
        line = cron(text)
    except ValueError:
        line = ""
    assert not line or cron(line) == line
