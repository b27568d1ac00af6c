"""What editors wrote is printed as plain words, its days as people say them."""

from dataclasses import replace
from datetime import date, time

import pytest
import sample_edition as sample

from bulletin import render
from bulletin.model import Archive, Block, BlockKind, Schedule, When
from bulletin.render import words
from bulletin.render.blocks import clock, span

EVENT = Block(4, BlockKind.EVENT, "Lunch", "Bring **food**.", "https://x.org", "Room 1", When(date(2026, 12, 10)))


def page(*blocks, **bulletin):
    house = replace(sample.HOUSE, base_url="https://desk.example.org/")
    edition = replace(sample.RICH, blocks=blocks)
    return render.web_page(edition, replace(sample.BULLETIN, **bulletin), house, public=True)


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-12-10", "", "Thursday 10 December 2026"),
        ("2026-12-10", "2026-12-10", "Thursday 10 December 2026"),
        ("2026-12-10 12:30", "", "Thursday 10 December 2026, 12:30pm"),
        ("2026-12-10 09:00", "2026-12-10 12:00", "Thursday 10 December 2026, 9am to midday"),
        ("2026-12-10 22:00", "2026-12-11 00:00", "10 December 2026, 10pm to 11 December 2026, midnight"),
        ("2026-12-10", "2026-12-12", "10 to 12 December 2026"),
        ("2026-11-30", "2026-12-02", "30 November to 2 December 2026"),
        ("2026-12-31", "2027-01-01", "31 December 2026 to 1 January 2027"),
    ],
)
def test_days_are_said_as_people_say_them(starts, ends, said):
    assert span(When.of(starts), When.of(ends)) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [((0, 0), "midnight"), ((0, 5), "12:05am"), ((12, 0), "midday"), ((12, 1), "12:01pm"), ((23, 59), "11:59pm")],
)
def test_times_are_said_as_people_say_them(at, said):
    assert clock(time(*at)) == said


def test_an_introduction_takes_the_place_of_the_standing_one():
    own = Block(1, BlockKind.INTRO, text="Dear all\n\nSee [this](https://x.org/).")
    assert page(own, intro="As always").intro == "Dear all See this (https://x.org/)."
    assert page(intro="As always").intro == "As always"


def test_a_block_is_plain_words_and_only_http_links():
    (found,) = page(
        replace(EVENT, title="A\u202eB\n<b>", link="javascript:alert(1)", closes=When(date(2026, 12, 1)))
    ).blocks
    assert (found.title, found.url, found.closes, found.place) == ("AB <b>", "", "1 December 2026", "Room 1")


def test_a_calendar_file_is_linked_where_everybody_may_fetch_it():
    there = "https://desk.example.org/read/update/update-2026-12-07?as=ics&event=4"
    assert [one.calendar_link for one in page(EVENT, archive=Archive.PUBLIC).blocks] == [
        there.replace("update-2026-12-07", sample.RICH.id).replace("read/update", f"read/{sample.BULLETIN.id}")
    ]
    assert page(EVENT, archive=Archive.STAFF).blocks[0].calendar_link == ""
    assert page(replace(EVENT, kind=BlockKind.NEWS), archive=Archive.PUBLIC).blocks[0].calendar_link == ""


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("0 9 1st-mon * *", "No items this month."),
        ("0 9 last * *", "No items this month."),
        ("0 9 31-or-last * *", "No items this month."),
        ("0 9 last-workday * *", "No items this month."),
        ("0 9 1 */3 *", "No items this time."),
        ("0 9 1-15 * *", "No items this time."),
        ("0 9 1,15 * *", "No items this time."),
        ("0 9 * * mon", "No items this week."),
        ("0 9 * * mon,thu", "No items this time."),
        ("0 9 * * *", "No items today."),
        ("0 9 * * mon-fri", "No items today."),
        ("0 9 workday * *", "No items today."),
    ],
)
def test_an_empty_heading_says_so_in_the_rhythm_of_the_bulletin(cron, said):
    assert words.nothing(replace(sample.BULLETIN, schedule=Schedule(cron, "Europe/London"))) == said


def test_a_fortnight_is_neither_a_week_nor_a_month():
    schedule = Schedule("0 9 * * tue", "Europe/London", fortnight=date(2026, 12, 1))
    assert words.nothing(replace(sample.BULLETIN, schedule=schedule)) == "No items this time."
