"""An edition with some of its headings: nothing that is not in the whole one, and all counts and words right."""

from dataclasses import replace

import pytest
import sample_edition as sample
from email_reader import Document
from hypothesis import given
from hypothesis import strategies as st

from bulletin import render
from bulletin.lint import lint
from bulletin.model import Severity

AUDIENCE = replace(sample.AUDIENCE, delivery="individual")
RICH = sample.numbered(sample.RICH)
WHOLE = render.page(RICH, sample.BULLETIN, AUDIENCE, sample.HOUSE)
NAMES = tuple(sample.HEADINGS.values())
SOME = ("Finance and productivity", "Workforce and wellbeing", "Sustainable Healthcare")


def ids(page):
    return [item.id for heading in page.headings for item in heading.items]


def with_pointer(page, title, *see_also):
    """The page, whose item of this title belongs under other headings too."""
    headings = tuple(
        replace(
            heading,
            items=tuple(replace(one, see_also=see_also) if one.title == title else one for one in heading.items),
        )
        for heading in page.headings
    )
    return replace(page, headings=headings)


def some(page=WHOLE, names=SOME):
    return render.chosen(page, names, len(NAMES))


def test_only_the_chosen_headings_stand_there_in_print_order():
    assert [heading.name for heading in some().headings] == list(SOME)
    assert [heading.anchor for heading in some().headings] == ["heading-1", "heading-2", "heading-3"]


def test_all_headings_chosen_are_the_page_itself():
    assert some(names=NAMES) is WHOLE


@given(st.sets(st.sampled_from(NAMES)))
def test_every_item_is_one_of_the_whole_page_and_stands_once(names):
    page = some(names=tuple(name for name in NAMES if name in names))
    assert len(ids(page)) == len(set(ids(page))) == page.count
    assert set(ids(page)) <= set(ids(WHOLE))
    plain = {item.id: replace(item, see_also=()) for heading in WHOLE.headings for item in heading.items}
    for heading in page.headings:
        for item in heading.items:
            assert replace(item, see_also=()) == plain[item.id]


@given(st.sets(st.sampled_from(NAMES)))
def test_nothing_that_belongs_under_a_chosen_heading_is_missing(names):
    page = some(names=tuple(name for name in NAMES if name in names))
    wanted = {
        item.id
        for heading in WHOLE.headings
        for item in heading.items
        if heading.name in names or names & set(item.see_also)
    }
    assert set(ids(page)) == wanted


def test_an_item_that_belongs_under_a_chosen_heading_too_moves_there():
    first = WHOLE.headings[0].items[0]
    page = some(with_pointer(WHOLE, first.title, "Digital and data", "Workforce and wellbeing"))
    there = next(heading for heading in page.headings if heading.name == "Workforce and wellbeing")
    assert (there.items[-1].id, there.items[-1].see_also) == (first.id, ())


def test_a_chosen_heading_that_has_items_of_other_headings_alone_stands_there():
    first = WHOLE.headings[0].items[0]
    page = some(with_pointer(WHOLE, first.title, "Estates"), ("Estates", "Finance and productivity"))
    assert [(heading.name, len(heading.items)) for heading in page.headings[:1]] == [("Estates", 1)]


def test_an_item_points_to_no_heading_that_is_not_there():
    page = some()
    for heading in page.headings:
        assert all(set(item.see_also) <= set(SOME) - {heading.name} for item in heading.items)


def test_counts_and_words_are_those_of_what_is_there():
    page = some()
    assert [len(heading.items) for heading in page.headings] == [0, 3, 2]
    assert (page.count, page.size) == (5, "5 items under 2 headings")
    assert page.preheader.startswith(page.headings[1].items[0].title[:30])
    assert page.chosen == "You chose 3 of 10 headings"
    assert page.subject == WHOLE.subject


def test_who_is_named_at_the_foot_is_whoever_is_printed():
    assert WHOLE.credits == tuple(
        sorted({item.foot_credit for heading in WHOLE.headings for item in heading.items} - {""})
    )
    assert WHOLE.credits == ("Department of Health and Social Care", "NHS England news")
    assert some().credits == ()
    assert some(names=("Urgent care and flow",)).credits == ("NHS England news",)


def test_what_editors_wrote_and_corrections_stay():
    page = some()
    assert (page.blocks, page.corrections, page.intro) == (WHOLE.blocks, WHOLE.corrections, WHOLE.intro)


@pytest.mark.parametrize("template", ["default", "brief", "plain"])
def test_the_email_says_what_was_chosen_and_how_to_change_it(template):
    audience = replace(AUDIENCE, template=template)
    email = render.email_of(some(), RICH, audience, sample.HOUSE)
    (way,) = [link for link in Document(email.html).all("a") if link.text == "change what you get"]
    assert way.get("href") == WHOLE.change_link
    assert "You chose 3 of 10 headings" in email.html
    assert "You chose 3 of 10 headings" in email.text


@pytest.mark.parametrize("template", ["default", "brief", "plain"])
def test_the_linter_finds_no_fault(template):
    audience = replace(AUDIENCE, template=template)
    email = render.email_of(some(), RICH, audience, sample.HOUSE)
    assert [one for one in lint(email.mime) if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("template", ["default", "brief", "plain"])
def test_all_headings_chosen_give_the_same_bytes(template):
    audience = replace(AUDIENCE, template=template)
    whole = render.email(RICH, sample.BULLETIN, audience, sample.HOUSE)
    assert render.email_of(some(names=NAMES), RICH, audience, sample.HOUSE).mime == whole.mime
