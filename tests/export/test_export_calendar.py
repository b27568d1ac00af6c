"""An event as a calendar file: icalendar reads back what was written, and nothing else comes in."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from bulletin.export.calendar import event
from bulletin.model import PrintedBlock

STAMP = date(2026, 12, 7)


def block(starts="2026-12-10 12:30", ends="", title="Lunch", place="", url=""):
    return PrintedBlock("event", 1, title, url, place, "", "", (), "", starts, ends)


def read(content):
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return found


def made(told, words="", zone="Europe/London"):
    return read(event(told, words, "update-2026-12-07-1@example.nhs.uk", STAMP, zone))


@pytest.mark.parametrize(
    ("starts", "zone", "instant"),
    [
        ("2026-12-10 12:30", "Europe/London", datetime(2026, 12, 10, 12, 30, tzinfo=UTC)),
        ("2026-07-10 12:30", "Europe/London", datetime(2026, 7, 10, 11, 30, tzinfo=UTC)),
        ("2026-12-10 12:30", "Asia/Tokyo", datetime(2026, 12, 10, 3, 30, tzinfo=UTC)),
    ],
)
def test_an_event_starts_when_the_clock_of_its_zone_says(starts, zone, instant):
    assert made(block(starts), zone=zone).decoded("dtstart") == instant


def test_whole_days_end_with_the_day_behind_them():
    found = made(block("2026-12-10", "2026-12-11"))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2026, 12, 10), date(2026, 12, 12))
    assert "dtend" not in made(block("2026-12-10"))


def test_the_same_event_is_the_same_bytes_and_has_one_name():
    first, again = (event(block(), "", "a@b", STAMP, "Europe/London") for _ in range(2))
    assert first == again
    assert read(first)["uid"] == "a@b"
    assert read(first).decoded("dtstamp") == datetime(2026, 12, 7, tzinfo=UTC)


HOSTILE = ["a; b, c\\n\nDTSTART:19700101", "END:VEVENT\r\nBEGIN:VALARM", "é 🙂 " * 60, "{{7*7}} %s =?utf-8?q?x?="]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_come_back_and_stay_words(words):
    line = " ".join(words.split())
    content = event(block(title=line, place=line, url="https://x.org/?a=b;c"), words, "a@b", STAMP, "Europe/London")
    found = read(content)
    assert (str(found["summary"]), str(found["location"])) == (line, line)
    assert str(found["description"]) == words.replace("\r\n", "\n")
    assert str(found["url"]) == "https://x.org/?a=b;c"
    assert [one.name for one in Calendar.from_ical(content).walk()] == ["VCALENDAR", "VEVENT"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_without_a_start_there_is_no_event():
    with pytest.raises(ValueError, match="has no start"):
        made(block(""))
