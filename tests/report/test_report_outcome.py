"""The page of what came of it: the same numbers in words, pictures and tables, whatever titles are called."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reader import Page

from bulletin import report
from bulletin.model import State
from bulletin.model.outcomes import Came, EditionCame, HeadingRead, ItemRead, Reached, Readers, told

HOSTILE = "</svg></style><script>alert(1)</script>\" onload='x' &amp; \x00\u202e"
MANAGERS = Reached(
    "managers", "Managers", {State.SENT: 90, State.FAILED: 3, State.SUPPRESSED: 7}, 2, {"had left": 7}, 4, 1
)
NURSES = Reached("nurses", "Nurses", {State.SENT: 10, State.IN_DOUBT: 1, State.WAITING: 5})


def edition(month: int = 11, *lists: Reached, title: str = "Wexbridge Update") -> EditionCame:
    items = (
        ItemRead("a", f"{title}: gowns", "https://example.org/a", "Workforce", told([12]), 3),
        ItemRead("b", "Net zero", "https://example.org/b", "Sustainable Healthcare", told([2]), 0),
    )
    headings = (
        HeadingRead("Workforce", 1, told([12]), 3),
        HeadingRead("Sustainable Healthcare", 1, told([2]), 0),
    )
    day = date(2026, month, 2)
    return EditionCame(
        f"update-{day}", "update", title, day, month, lists, items, headings, told([12, 2]), is_counted=True
    )


def came(*editions: EditionCame, year: int | None = 2026) -> Came:
    readers = (Readers("Wexbridge Update", "Managers", 90), Readers("Wexbridge Update", "Nurses", 10, is_least=True))
    headings = editions[0].headings if editions else ()
    return Came("The year 2026", "Wexbridge Library", editions, readers, 95, headings, told([12, 2]), year)


YEAR = came(edition(10, MANAGERS), edition(11, MANAGERS, NURSES))
ONE = came(edition(11, MANAGERS, NURSES), year=None)


@pytest.mark.parametrize(
    "found", [YEAR, ONE, came(edition(11), year=None), came()], ids=["year", "one", "no-lists", "none"]
)
def test_a_page_stands_alone_with_every_tag_in_its_place(found):
    page = Page(report.outcome(found))
    assert page.trouble == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.named_by) <= set(page.ids)


def words(found: Came) -> str:
    return " ".join(" ".join(Page(report.outcome(found)).words).split())


def test_the_page_of_an_edition_tells_its_lists():
    said = words(ONE)
    for told_ in (
        "Managers",
        "Nurses",
        "Of 116 emails, 98 were delivered.",
        "1 email is in doubt",
        "5 emails are still",
    ):
        assert told_ in said


def test_the_page_of_a_year_tells_its_months_and_editions():
    said = words(YEAR)
    for told_ in (
        "sent 2 editions in 2026",
        "October",
        "November",
        "Wexbridge Update, 2 October",
        "at least 95",
        "had left",
    ):
        assert told_ in said


def test_small_numbers_of_clicks_stand_nowhere():
    hidden = came(replace(edition(11, MANAGERS), headings=(HeadingRead("Workforce", 1, told([3]), 0),)), year=None)
    assert "fewer than 5" in words(hidden)
    assert words(hidden) == words(
        came(replace(edition(11, MANAGERS), headings=(HeadingRead("Workforce", 1, told([1]), 0),)), year=None)
    )


def test_where_clicks_are_not_counted_there_is_no_column_of_them():
    quiet = came(replace(edition(11, MANAGERS), is_counted=False), year=None)
    assert "Clicks were not counted." in words(quiet)
    assert "fewer than 5" not in words(quiet)


def test_an_edition_that_was_sent_by_hand_says_so():
    assert "Nothing of it went out from here" in words(came(edition(11), year=None))


def test_a_year_without_editions_says_so():
    assert "Wexbridge Library approved no edition in 2026." in words(came())


@pytest.mark.parametrize("found", [YEAR, ONE])
def test_titles_cannot_break_out(found):
    hostile = edition(11, replace(MANAGERS, name=HOSTILE, reasons={HOSTILE: 1}), title=HOSTILE)
    page = Page(report.outcome(replace(found, title=HOSTILE, library=HOSTILE, editions=(hostile,))))
    assert page.trouble == []


@given(st.lists(st.dictionaries(st.sampled_from(list(State)), st.integers(0, 10_000)), min_size=1, max_size=3))
def test_what_the_pictures_draw_is_all_there_is(states):
    lists = [Reached(f"l{number}", f"List {number}", one) for number, one in enumerate(states)]
    assert sum(one.delivered + one.failed + one.in_doubt + one.held_back + one.under_way for one in lists) == sum(
        one.people for one in lists
    )
    assert Page(report.outcome(came(edition(11, *lists), year=None))).trouble == []
