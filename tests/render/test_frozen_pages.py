"""A page that is kept comes back to the letter, whatever a later release has added, and shows what came out since."""

import json
from dataclasses import fields, replace
from typing import get_args, get_type_hints

import pytest
import sample_edition as sample
from hypothesis import given
from hypothesis import strategies as st

from bulletin import render
from bulletin.model import (
    Brand,
    Citation,
    Colours,
    Contact,
    Heading,
    Library,
    Line,
    Logo,
    Mark,
    Page,
    Paragraph,
    Piece,
    Printed,
    PrintedBlock,
    PrintedCorrection,
)

NOUNS = [
    Page,
    Heading,
    Printed,
    Library,
    Citation,
    PrintedBlock,
    PrintedCorrection,
    Paragraph,
    Line,
    Piece,
    Brand,
    Colours,
    Logo,
    Contact,
]
PAGE = render.web_page(sample.RICH, sample.BULLETIN, sample.HOUSE, public=False)


def kept(page):
    """What is read of a page that a database kept."""
    return json.loads(json.dumps(render.told(page)))


def titles(page):
    return [item.title for heading in page.headings for item in heading.items]


def test_a_page_comes_back_to_the_letter():
    assert render.page_of(kept(PAGE)) == PAGE


@given(st.data(), st.sampled_from(sorted(get_type_hints(Page))))
def test_any_page_comes_back(data, name):
    """Field by field: a whole page made up at once is too much."""
    page = replace(PAGE, **{name: data.draw(st.from_type(get_type_hints(Page)[name]))})
    assert render.page_of(kept(page)) == page


def without(told, name):
    return {key: value for key, value in told.items() if key != name}


@pytest.mark.parametrize("name", [field.name for field in fields(Page)])
def test_what_an_old_page_misses_is_blank(name):
    found = render.page_of(without(kept(PAGE), name))
    if name == "library":
        assert found == replace(PAGE, library=Library("", ""))
    else:
        assert found == replace(PAGE, **{name: type(getattr(PAGE, name))()})


def test_what_an_old_item_misses_is_blank_and_what_nobody_knows_is_left_out():
    told = kept(PAGE)
    for heading in told["headings"]:
        heading["colour"] = "red"
        heading["items"] = [without(item, "summary") | {"rating": [5]} for item in heading["items"]]
    found = render.page_of(told | {"mood": {"good": True}})
    assert titles(found) == titles(PAGE)
    assert {item.summary for heading in found.headings for item in heading.items} == {""}


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [None], [[7]], {"x": {}}, True])
@pytest.mark.parametrize("name", [field.name for field in fields(Page)])
def test_no_odd_value_breaks_a_page_and_none_is_let_in(name, odd):
    found = render.page_of(kept(PAGE) | {name: odd})
    assert type(getattr(found, name)) is type(getattr(PAGE, name))
    assert replace(found, **{name: getattr(PAGE, name)}) == PAGE


@pytest.mark.parametrize("noun", NOUNS)
def test_a_page_is_made_only_of_what_can_be_kept(noun):
    for kind in get_type_hints(noun).values():
        inner = get_args(kind)[0] if get_args(kind) else kind
        assert inner in {str, int, bool, *NOUNS}


def test_what_came_out_since_stands_before_the_title_and_in_the_preheader():
    marks = [(Mark.RETRACTED, Mark.CORRECTED), *[()] * (len(titles(PAGE)) - 1)]
    found = render.with_marks(PAGE, marks)
    assert titles(found) == [f"[Retracted] {titles(PAGE)[0]}", *titles(PAGE)[1:]]
    assert found.preheader.startswith(f"[Retracted] {PAGE.preheader[:20]}")


def test_what_came_out_besides_stands_beside_the_source_once():
    first = replace(PAGE.headings[0].items[0], title="[Corrected] Gowns", flags=("Preprint", "Expression of concern"))
    heading = replace(PAGE.headings[0], items=(first,))
    (found,) = render.with_marks(replace(PAGE, headings=(heading,)), [tuple(Mark)]).headings[0].items
    assert (found.title, found.flags) == ("[Retracted] [Corrected] Gowns", ("Preprint", "Expression of concern"))


def test_without_marks_everything_stays_as_it_was():
    odd = replace(PAGE, preheader="As it was then")
    assert render.with_marks(odd, [()] * len(titles(PAGE))) == render.with_marks(odd, []) == odd


@pytest.mark.parametrize(
    ("title", "marks", "shown"),
    [
        ("[Retracted] Gowns", [Mark.RETRACTED], "[Retracted] Gowns"),
        ("Withdrawn: Gowns", [Mark.RETRACTED], "Withdrawn: Gowns"),
        ("[Corrected] Gowns", [Mark.RETRACTED, Mark.CORRECTED], "[Retracted] [Corrected] Gowns"),
        ("[Expression of concern] Gowns", [Mark.CONCERN], "[Expression of concern] Gowns"),
        ("Retracted trials in medicine", [Mark.RETRACTED], "[Retracted] Retracted trials in medicine"),
    ],
)
def test_a_mark_is_shown_once(title, marks, shown):
    heading = replace(PAGE.headings[0], items=(replace(PAGE.headings[0].items[0], title=title),))
    assert titles(render.with_marks(replace(PAGE, headings=(heading,)), [marks])) == [shown]


def test_an_item_is_found_by_what_is_printed_of_it():
    item = replace(
        PAGE.headings[0].items[0], summary="Its summary.", note="Our note.", doi="10.5555/x", also_from=("Other",)
    )
    title, words = render.said(item)
    assert title == item.title
    for printed in (item.title, item.source, item.kind, "Other", "Its summary.", "Our note.", "10.5555/x"):
        assert printed in words
