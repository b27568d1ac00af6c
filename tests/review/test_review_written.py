"""What was typed about a block becomes the block, or its mistakes, each with its field."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Block, BlockKind, When
from bulletin.review import block_of, fields_of, token_of
from bulletin.review.written import when

TENTH = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-12-10", When(TENTH)),
        ("2026-12-10 12:30", When(TENTH, time(12, 30))),
        ("2026-12-10T09:05:00", When(TENTH, time(9, 5))),
        ("10 December 2026", When(TENTH)),
        ("10th dec 2026, 9am", When(TENTH, time(9))),
        ("Thursday 10 December 2026, 12.30pm", When(TENTH, time(12, 30))),
        ("10 December 2026 12am", When(TENTH, time(0))),
        ("10 December 2026 midday", When(TENTH, time(12))),
        ("10 December 2026, 00:00", When(TENTH, time(0))),
    ],
)
def test_days_are_read_as_people_write_them(typed, read):
    assert when(typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("10/12/2026", "is no date"),
        ("2026-02-30", "is no day of the calendar"),
        ("10 Demember 2026", "is no day of the calendar"),
        ("2026-12-10 25:00", "is no time of the day"),
        ("2026-12-10 13pm", "is no time of the day"),
        ("2026-12-10 9", "is no time"),
        ("2026-12-10 midnight", "midnight begins a day and ends one"),
        ("9" * 400, "is no date"),
        ("9999-12-31", "write a year from 2000 to 2199"),
        ("10 December 0026, 9am", "write a year from 2000 to 2199"),
    ],
)
def test_what_is_no_day_is_told_in_words(typed, said):
    with pytest.raises(ValueError, match=said):
        when(typed)


@given(
    st.dates(date(2000, 1, 1), date(2199, 12, 31)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
)
def test_what_is_printed_of_a_day_is_read_again(day, clock):
    told = When(day, clock)
    assert when(str(told)) == When.of(str(told)) == told


def mistakes(kind, **told):
    return {mistake.field: mistake.words for mistake in block_of(1, kind, told)[1]}


@pytest.mark.parametrize(
    ("kind", "told", "field", "said"),
    [
        ("intro", {}, "text", "an introduction needs a text"),
        ("news", {"text": "x"}, "title", "give it a title"),
        ("event", {"title": "x"}, "starts", "say on which day it starts"),
        ("event", {"title": "x", "starts": "soon"}, "starts", "is no date"),
        ("event", {"title": "x", "starts": "2026-12-10", "ends": "2026-12-09"}, "ends", "ends before it starts"),
        ("event", {"title": "x", "starts": "2026-12-10 10:00", "ends": "2026-12-10"}, "ends", "or for neither"),
        ("news", {"title": "x" * 201}, "title", "has 201 letters, and 200 is the most"),
        ("tool", {"title": "x", "text": "y" * 5001}, "text", "has 5,001 letters, and 5,000 is the most"),
        ("tool", {"title": "x", "link": "javascript:alert(1)"}, "link", "begins with https://"),
        ("tool", {"title": "x", "link": "https://["}, "link", "begins with https://"),
        ("intro", {"title": "x", "text": "y"}, "title", "an introduction has no field 'title'"),
        ("news", {"title": "x", "place": "Room 1"}, "place", "news has no field 'place'"),
        ("funding", {"title": "x", "closes": "never"}, "closes", "is no date"),
    ],
)
def test_every_mistake_names_its_field(kind, told, field, said):
    assert said in mistakes(BlockKind(kind), **told)[field]


def test_a_block_without_mistakes_is_what_was_typed():
    told = {
        "title": "  A  lunch ",
        "text": " Come.\n\n- all ",
        "starts": "2026-12-10 12:30",
        "ends": "2026-12-10 13:30",
    }
    block, wrong = block_of(3, BlockKind.EVENT, told | {"link": "https://x.org", "place": "Room 1"})
    at = When(TENTH, time(12, 30)), When(TENTH, time(13, 30))
    assert not wrong
    assert block == Block(3, BlockKind.EVENT, "A lunch", "Come.\n\n- all", "https://x.org", "Room 1", *at)


def test_only_what_closes_has_a_closing_day():
    assert [kind.value for kind in BlockKind if "closes" in fields_of(kind)] == ["consultation", "funding"]


def test_the_token_changes_with_every_word():
    block = Block(1, BlockKind.NEWS, "a")
    assert token_of(block) == token_of(Block(1, BlockKind.NEWS, "a")) != token_of(Block(1, BlockKind.NEWS, "a", "b"))
