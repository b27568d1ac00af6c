"""Lookups: whom to ask what, and when again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from papers import NOON, later, paper, shelve, shelve_one

from bulletin.model import DateSource, Item, Lookup, Service
from bulletin.store.lookups import again_at

CROSSREF, EUROPEPMC, UNPAYWALL = Service
BARE = paper(doi="10.5555/hands")
DAY = 24


def questions(store, days=0.0, most=99, services=tuple(Service)):
    return [(item.id, service) for item, service in store.lookups.due(later(days * DAY), most, services)]


def answer(store, item, found=None, days=0.0, service=CROSSREF):
    store.lookups.add(Lookup(item, service, later(days * DAY), found))


def test_an_item_with_a_doi_is_asked_about_wherever_it_may_be_known(store):
    id_ = shelve_one(store, BARE)
    assert questions(store) == [(id_, CROSSREF), (id_, EUROPEPMC), (id_, UNPAYWALL)]
    assert questions(store, services=[UNPAYWALL]) == [(id_, UNPAYWALL)]


def test_an_item_without_a_doi_is_not_asked_about(store):
    shelve_one(store, paper(guid="1"))
    assert questions(store) == []


def test_an_item_that_lacks_nothing_is_not_asked_about(store):
    full = replace(BARE, authors=("A",), summary="x" * 200, published=NOON, date_source=DateSource.UPDATED)
    id_ = shelve_one(store, replace(full, citation=replace(full.citation, journal="BMJ")))
    assert questions(store) == [(id_, UNPAYWALL)]


def test_a_question_comes_with_the_item_as_it_is_read(store):
    shelve_one(store, BARE)
    (item, _), *_ = store.lookups.due(NOON, 1)
    assert item == store.items.get(item.id)


def test_a_service_that_knew_the_item_is_not_asked_again(store):
    id_ = shelve_one(store, BARE)
    answer(store, id_, Item("", kind="Research"))
    assert questions(store, 50) == [(id_, EUROPEPMC), (id_, UNPAYWALL)]


def test_what_one_service_added_need_not_be_asked_of_another(store):
    id_ = shelve_one(store, replace(BARE, authors=("A",), summary="x" * 200, published=later(-1)))
    answer(store, id_, replace(BARE, citation=replace(BARE.citation, journal="BMJ")), service=EUROPEPMC)
    answer(store, id_, replace(BARE, published=later(-1)), service=UNPAYWALL)
    assert questions(store) == []


def test_where_nothing_was_found_the_next_question_waits_longer_each_time(store):
    id_ = shelve_one(store, BARE)
    asked = 0.0
    for wait in (2, 4, 8, 16):
        answer(store, id_, days=asked)
        assert questions(store, asked + wait - 0.1, services=[CROSSREF]) == []
        asked += wait
        assert questions(store, asked, services=[CROSSREF]) == [(id_, CROSSREF)]


def test_after_sixty_days_nobody_is_asked(store):
    id_ = shelve_one(store, BARE)
    assert questions(store, 60, services=[CROSSREF]) == [(id_, CROSSREF)]
    assert questions(store, 60.1) == []


@pytest.mark.parametrize(("nothings", "days"), [(1, 2), (2, 4), (3, 8), (4, 16), (5, 30), (6, 30), (99, 30)])
def test_the_wait_after_so_many_answers_of_nothing_found(nothings, days):
    assert again_at(NOON, nothings) - NOON == timedelta(days=days)


def test_the_newest_items_come_first_and_no_more_than_wanted(store):
    old, new = shelve_one(store, BARE), shelve_one(store, paper("New", doi="10.5555/new"), hours=1)
    assert questions(store, 1, services=[CROSSREF]) == [(new, CROSSREF), (old, CROSSREF)]
    assert questions(store, 1, most=4) == [*((new, service) for service in Service), (old, CROSSREF)]
    assert questions(store, 1, most=0) == []


def test_answers_about_a_merged_item_are_answers_about_the_one_that_stays(store):
    stays, goes = shelve_one(store, paper(url="https://x.org/1")), shelve_one(store, BARE, feed="pubmed", hours=1)
    answer(store, goes)
    shelve(store, replace(BARE, url="https://x.org/1"), feed="other", hours=2)
    assert questions(store, 1) == [(stays, EUROPEPMC), (stays, UNPAYWALL)]


def test_many_items_are_asked_about(store):
    shelve(store, *(paper(f"Trial {n}", doi=f"10.5555/{n}") for n in range(450)))
    assert len(questions(store, most=9999)) == 450 * len(Service)
