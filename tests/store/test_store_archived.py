"""What readers see of what was approved: kept as it is, and searched by the words that stand there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import NOON, count_rows, edition, later
from sqlalchemy.exc import IntegrityError

from bulletin.model import Approval, Email
from bulletin.store import Form, Line, line, look

DRAFT = "update-2026-11-02"
EMAILS = (Email(DRAFT, "all", "Subject", "<p>", "text", b"mime"),)
PAGE = {"title": "Hände \0 \ud83d \u202e 🙂", "number": 7, "headings": [{"items": [{"free": True}]}], "none": None}
PUBLIC = Form(
    is_public=True, page=PAGE, lines=(line("a1", "Gowns", "Gowns Feed A"), line("b2", "Falls", "Falls Journal"))
)
STAFF = Form(
    is_public=False,
    page={"title": "Staff"},
    lines=(line("a1", "Gowns", "Gowns Feed A"), line("b2", "Falls", "Falls withheld")),
)


@pytest.fixture
def draft(store):
    return store.editions.save(edition("2026-11-02", 1), NOON)


def approve(store, digest="d1", forms=(PUBLIC, STAFF)):
    with store.sittings.sit() as sitting:
        return sitting.approve(Approval(0, DRAFT, digest, "eve", NOON, EMAILS), forms).id


def test_the_forms_come_back_as_they_were_to_each_kind_of_reader(store, draft):
    given = approve(store)
    assert store.archived.forms([given], public=True) == {given: PUBLIC}
    assert store.archived.forms([given], public=False) == {given: STAFF}
    assert store.archived.lines([given], public=True) == {given: PUBLIC.lines}
    assert store.archived.lines([given], public=False) == {given: STAFF.lines}
    assert store.archived.sizes([given]) == {given: 2}


def test_of_what_was_approved_without_forms_there_are_none(store, draft):
    given = approve(store, forms=())
    assert store.archived.forms([given, 99], public=True) == store.archived.lines([given], public=False) == {}
    assert store.archived.sizes([given]) == store.archived.sizes([]) == {}


def test_who_approves_the_same_twice_leaves_the_first_forms(store, draft):
    given = approve(store)
    assert approve(store, forms=(STAFF, replace(STAFF, is_public=True))) == given
    assert store.archived.forms([given], public=True) == {given: PUBLIC}


def test_each_approval_of_an_edition_has_forms_of_its_own(store, draft):
    first = approve(store)
    store.approvals.end(DRAFT, later(1), "ann", "why")
    second = approve(store, "d2", (STAFF, replace(STAFF, is_public=True)))
    assert store.archived.forms([first, second], public=True) == {
        first: PUBLIC,
        second: replace(STAFF, is_public=True),
    }


def test_an_approval_that_fails_leaves_no_forms(store, draft):
    with pytest.raises(IntegrityError):
        approve(store, forms=(PUBLIC, STAFF, STAFF))
    assert count_rows(store)["archived"] == count_rows(store)["approval"] == 0


TOLD = line("a", "Reusable gowns", 'Reusable gowns. Health Journal: "Net-zero" cafés, nurse staffing. 10.5555/abc.1')


@pytest.mark.parametrize(
    "question",
    [
        "gowns",
        "GOWNS reusable",
        "cafe",
        "café",
        "net-zero",
        '"net zero"',
        "staff*",
        "staf",
        "nurses ",
        "nets ",
        "gown ",
        "10.5555/ABC.1",
        "https://doi.org/10.5555/abc.1",
        "journal, gowns!",
    ],
)
def test_what_stands_there_is_found(question):
    assert look(question, {7: [TOLD]}) == [(7, 0)]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "  ",
        '"',
        "()",
        "%",
        "_",
        "gowns masks",
        '"zero net"',
        "staf ",
        "owns",
        "g",
        "reu ",
        "\0",
        "🙂",
        "g%s",
        "*",
    ],
)
def test_what_does_not_stand_there_is_not_found(question):
    assert look(question, {7: [TOLD]}) == []


def test_the_title_counts_most_and_then_the_order_of_the_shelf():
    one, two, three = line("a", "Masks", "Masks gowns"), line("b", "Gowns", "Gowns"), line("c", "Caps", "Caps gowns")
    assert look("gowns", {9: [one, two], 3: [three, line("d", "Old gowns", "Old gowns")]}) == [
        (9, 1),
        (3, 1),
        (9, 0),
        (3, 0),
    ]


def test_an_item_that_stands_there_twice_is_found_where_it_first_has_the_words():
    new, old = line("a", "Fewer falls", "Fewer falls"), line("a", "Falls on wards", "Falls on wards")
    assert look("falls", {9: [new], 3: [old]}) == [(9, 0)]
    assert look("wards", {9: [new], 3: [old]}) == [(3, 0)]


@given(st.text(), st.text())
def test_no_question_and_no_words_break_it(question, words):
    assert look(question, {1: [line("a", words, words)]}) in ([], [(1, 0)])


@given(st.text(min_size=1))
def test_whatever_is_printed_is_found_by_its_own_words(words):
    cut = line("a", "", words).words.split()
    assert bool(look(f'"{" ".join(cut[:9])}"', {1: [line("a", "", words)]})) is bool(cut)


def test_a_line_of_another_release_is_read_as_far_as_it_goes(store, draft):
    given = approve(store)
    with store._database.write() as connection:
        connection.exec_driver_sql("""UPDATE archived SET lines = '[{"item": "a1", "colour": "red"}]'""")
    assert store.archived.lines([given], public=True) == {given: (Line("a1", "", ""),)}
