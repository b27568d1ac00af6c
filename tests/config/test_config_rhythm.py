"""Lengths of time and schedules, as librarians write them and as a scheduler reads them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config import load
from bulletin.config.cron import cron
from bulletin.config.rhythm import duration, month_day, week_day, zone


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
    "day", ["0", "29", "30", "31", "01", "1st", "first", "monday", "last weekday", "first  monday"]
)
def test_a_day_that_not_every_month_has_is_refused(day):
    with pytest.raises(ValueError, match="no day that every month has"):
        month_day(day)


@given(st.integers(1, 28))
def test_a_number_that_every_month_has_is_a_day(number):
    assert month_day(str(number)) == f"{number} * *"


def test_a_day_of_the_week_is_written_out():
    with pytest.raises(ValueError, match='"mon" is no day of the week; did you mean "monday"'):
        week_day("mon")


@pytest.mark.parametrize("name", ["Europe", "../Europe/London", "europe/london", "", "\0", "Europe/London "])
def test_a_time_zone_has_one_spelling_on_every_system(name):
    with pytest.raises(ValueError, match="is no time zone"):
        zone(name)


GOOD = [
    "0 9 * * mon",
    "*/15 8-18/2 1,15 jan,jul *",
    "0,30 9 * 3-5 *",
    "0 9 * * mon-fri",
    "0 9 * jan-mar mon,wed,fri",
    "0 9 1st-mon,3rd-mon * *",
    "0 9 last * *",
    "0 9 15,last-fri 2 *",
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
    "5/10 9 * * *": 'minute: "5/10" is no step',
    "*/0 9 * * *": 'minute: "*/0" is no step',
    "*/60 9 * * *": 'minute: "*/60" is no step',
    "8-9/5 9 * * *": 'minute: "8-9/5" is no step',
    "30-10 9 * * *": 'minute: "30-10" is no range',
    "1--2 9 * * *": 'minute: "-2" is not a number',
    "0, 9 * * *": 'minute: "" is not a number',
    "-1 9 * * *": 'minute: "" is not a number',
    "１ 9 * * *": "minute: ",
    "0 9 5th-mon * *": 'day: "5th" is not a number',
    "0 9 1st-monday * *": 'day: "1st" is not a number',
    "0 9 L * *": 'day: "l" is not a number',
    "1st-mon 9 * * *": 'minute: "1st" is not a number',
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
