"""Joining: what was found to be one thing elsewhere becomes one, as it does in shelving."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import NOON, clear, count_rows, decide, edition, later, paper, shelve, shelve_one
from tries import tries

from bulletin.errors import UnknownError
from bulletin.model import Citation, DateSource, Item, Mark, Notice, Service
from bulletin.model import Lookup as Answer
from bulletin.store import Pair

ONE = paper("Ward staffing and falls", url="https://x.org/1", guid="1", summary="Falls fell.")
OTHER = paper("Staffing of wards and falls: a study", url="https://y.org/2", guid="2", kind="Research")
PREPRINT = paper(
    "Staffing and falls",
    doi="10.1101/2026.01",
    guid="p",
    published=later(-99),
    date_source=DateSource.PUBLISHED,
    summary="A preprint.",
    citation=Citation("medRxiv"),
)
PAPER = paper(
    "Staffing, falls and harm",
    doi="10.5555/falls",
    guid="q",
    published=later(-9),
    date_source=DateSource.PUBLISHED,
    citation=Citation("BMJ", "7"),
)


@pytest.fixture
def two(store):
    """Two items that look like two, the first seen first: ids."""
    return shelve_one(store, ONE, feed="news"), shelve_one(store, OTHER, feed="journal", hours=1)


@pytest.fixture
def both(store):
    """A preprint and its paper: ids."""
    return shelve_one(store, PREPRINT, feed="medrxiv"), shelve_one(store, PAPER, feed="bmj", hours=1)


def test_two_items_become_one_that_knows_what_both_knew(store, two):
    assert store.items.join([Pair(*two)], NOON) == 1
    (item,) = store.items.list()
    assert (item.id, item.title, item.summary, item.kind) == (two[0], ONE.title, ONE.summary, "Research")
    assert (item.feeds, item.first_seen) == (("news", "journal"), NOON)
    assert store.items.get(two[1]) == item


def test_whoever_brings_either_of_them_again_finds_the_one_that_stays(store, two):
    store.items.join([Pair(*two)], NOON)
    before = count_rows(store)
    for item, feed in ((ONE, "news"), (OTHER, "journal")):
        assert shelve(store, item, feed=feed, hours=5).all == (two[0],)
    assert count_rows(store) == before | {"visit": before["visit"] + 2}
    assert shelve(store, OTHER, feed="third", hours=6).all == (two[0],)


def test_the_one_that_a_person_ruled_on_stays(store, two):
    decide(store, two[1], "safety", hours=3)
    store.items.join([Pair(*two)], NOON)
    assert store.items.get(two[0]).id == two[1]
    assert store.decisions.latest().keys() == {two[1]}


def test_what_was_printed_was_printed(store, two):
    store.editions.save(edition("2026-11-02", 1, store.items.get(two[1])), NOON)
    store.items.join([Pair(*two)], NOON)
    assert store.editions.printed("update", "") == {two[0]}


def test_a_pair_that_is_one_already_is_left_alone(store, two):
    assert store.items.join([Pair(*two), Pair(*reversed(two))], NOON) == 1
    assert store.items.join([Pair(*two)], NOON) == 0
    assert store.items.join([Pair(two[0], two[0])], NOON) == 0
    assert store.items.join([], NOON) == 0


def test_pairs_make_chains(store, two):
    third = shelve_one(store, paper("Falls", url="https://z.org/3"), feed="third", hours=2)
    assert store.items.join([Pair(two[1], third), Pair(third, two[0])], NOON) == 2
    assert {store.items.get(id_).id for id_ in (*two, third)} == {two[0]}


def test_two_dois_are_never_joined(store, both):
    assert store.items.join([Pair(*both)], NOON) == 0
    assert len(store.items.list()) == 2


def test_a_doi_that_another_pair_brought_counts_too(store, both):
    bare = shelve_one(store, ONE, feed="news", hours=2)
    assert store.items.join([Pair(bare, both[0]), Pair(bare, both[1])], NOON) == 1
    assert store.items.get(bare).doi == PREPRINT.doi


def test_a_notice_is_never_joined_with_what_it_concerns(store, two):
    notice = shelve_one(store, paper("Correction: Ward staffing", guid="n", notice=Notice(Mark.CORRECTED)), hours=2)
    assert store.items.join([Pair(two[0], notice), Pair(notice, two[1], is_preprint=True)], NOON) == 0


def test_an_unknown_item_is_refused_and_nothing_is_joined(store, two):
    with pytest.raises(UnknownError, match="no item nothing"):
        store.items.join([Pair(*two), Pair(two[0], "nothing")], NOON)
    assert len(store.items.list()) == 2


def test_a_preprint_becomes_its_paper_and_keeps_its_id(store, both):
    assert store.items.join([Pair(*both, is_preprint=True)], NOON) == 1
    (item,) = store.items.list()
    told = (item.id, item.title, item.doi, item.published, item.citation, item.source)
    assert told == (both[0], PAPER.title, PAPER.doi, PAPER.published, PAPER.citation, "bmj")
    assert (item.summary, item.summary_feed) == (PREPRINT.summary, "medrxiv")
    assert (item.first_seen, item.feeds) == (NOON, ("medrxiv", "bmj"))


def test_a_paper_that_stays_keeps_its_own_words(store, both):
    decide(store, both[1], "safety")
    store.items.join([Pair(*both, is_preprint=True)], NOON)
    (item,) = store.items.list()
    assert (item.id, item.title, item.doi) == (both[1], PAPER.title, PAPER.doi)


def test_preprint_and_paper_are_found_by_both_dois(store, both):
    store.items.join([Pair(*both, is_preprint=True)], NOON)
    before = store.items.list()
    for feed in ("medrxiv", "bmj", "third"):
        for item in (PREPRINT, PAPER):
            assert shelve(store, item, feed=feed, hours=5).all == (both[0],)
    (item,) = store.items.list()
    assert replace(item, feeds=before[0].feeds, keys=before[0].keys) == before[0]


def test_a_preprint_never_speaks_for_its_paper(store, both):
    store.items.join([Pair(*both, is_preprint=True)], NOON)
    store.items.shelve(replace(shelve(store).visit, feed="medrxiv"), [PREPRINT], rank={"medrxiv": 0, "bmj": 1})
    assert store.items.list()[0].title == PAPER.title


def test_what_was_added_to_both_is_read_for_the_one_that_stays(store, both):
    store.lookups.add(Answer(both[1], Service.CROSSREF, NOON, Item("", authors=("A. Adams",))))
    store.items.join([Pair(*both, is_preprint=True)], NOON)
    assert store.items.get(both[0]).authors == ("A. Adams",)


THIRD = paper("Staffing, falls and harm", doi="10.5555/third", guid="t")
SECOND_PREPRINT = paper("Staffing and falls", doi="10.48550/arxiv.2601.1", guid="x")


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "in another run"])
@pytest.mark.parametrize("second", [THIRD, SECOND_PREPRINT], ids=["two papers", "two preprints"])
def test_a_preprint_never_joins_two_papers_nor_a_paper_two_preprints(store, both, at_once, second):
    third = shelve_one(store, second, feed="third", hours=2)
    pairs = [Pair(*both, is_preprint=True)]
    more = Pair(both[0], third, is_preprint=True) if second is THIRD else Pair(third, both[1], is_preprint=True)
    if at_once:
        assert store.items.join([*pairs, more], NOON) == 1
    else:
        assert (store.items.join(pairs, NOON), store.items.join([more], NOON)) == (1, 0)
    assert {item.doi for item in store.items.list()} == {PAPER.doi, second.doi}


def test_a_preprint_without_a_doi_never_joins_two_papers(store, both):
    bare = shelve_one(store, replace(PREPRINT, doi="", url="https://arxiv.org/abs/1"), feed="arxiv", hours=2)
    third = shelve_one(store, THIRD, feed="third", hours=3)
    pairs = [Pair(bare, both[1], is_preprint=True), Pair(bare, third, is_preprint=True)]
    assert store.items.join(pairs, NOON) == 1


def test_what_editors_ruled_differently_on_is_never_joined(store, two):
    decide(store, two[0])
    decide(store, two[1], "safety", hours=1)
    third = shelve_one(store, paper("Falls", url="https://z.org/3"), feed="third", hours=2)
    assert store.items.join([Pair(*two), Pair(third, two[0]), Pair(third, two[1])], NOON) == 1
    assert {id_: store.decisions.latest()[id_].topics for id_ in two} == {two[0]: (), two[1]: ("safety",)}


def test_what_editors_ruled_alike_on_is_joined(store, two):
    decide(store, two[0], "safety", "policy")
    decide(store, two[1], "policy", "safety", hours=1)
    assert store.items.join([Pair(*two)], NOON) == 1


def test_each_joining_is_kept_with_its_reason(store, two, both):
    why = {"reason": "same words", "score": 0.93, "because": "titles 93% alike"}
    third = shelve_one(store, paper("Falls", url="https://z.org/3"), feed="third", hours=2)
    store.items.join([Pair(two[1], third, **why)], NOON)
    store.items.join([Pair(*two, **why), Pair(*both, is_preprint=True, reason="preprint and paper")], later(1))
    joinings = store.items.joinings()
    assert [(one.title, one.url) for one in joinings[two[0]]] == [
        ("Falls", "https://z.org/3"),
        (OTHER.title, OTHER.url),
    ]
    assert {(one.reason, one.score, one.because) for one in joinings[two[0]]} == {tuple(why.values())}
    assert [(one.title, one.reason) for one in joinings[both[0]]] == [(PREPRINT.title, "preprint and paper")]


SHELVED = [
    ("news", ONE),
    ("journal", OTHER),
    ("medrxiv", PREPRINT),
    ("bmj", PAPER),
    ("pubmed", replace(ONE, url="", guid="7", doi="10.5555/other")),
]


@pytest.mark.slow
@settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.permutations(range(len(SHELVED))),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=6),
)
def test_whatever_is_joined_nothing_is_new_the_second_time(store, order, joins):
    clear(store)
    ids = {place: shelve_one(store, SHELVED[place][1], feed=SHELVED[place][0], hours=place) for place in order}
    joined = store.items.join([Pair(ids[one], ids[other], preprint) for one, other, preprint in joins], NOON)
    assert len(store.items.list()) == len(SHELVED) - joined
    for place, id_ in ids.items():
        feed, item = SHELVED[place]
        assert shelve(store, item, feed=feed, hours=9).all == (store.items.get(id_).id,)
    assert len(store.items.list()) == len(SHELVED) - joined
    keys = [key for item in store.items.list() for key in item.keys]
    assert len(keys) == len(set(keys))
