"""Queues: what waits for an editor outside of any edition, on both databases."""

from datetime import timedelta

import pytest
from papers import NOON, decide, later, look, paper, shelve_anew

from bulletin.model import Because, Classification, Decision, Suggestion
from bulletin.store import Pair, Waiting

LONG_AGO = NOON - timedelta(days=90)


def near_miss(item, topic, score):
    return Suggestion(item.id, topic, score, (Because("ward", score),))


@pytest.fixture
def items(store):
    """Five items: one suggested, one bare, two that missed safety, one that nobody looked at; the last is newest."""
    shelved = shelve_anew(store, *(paper(f"Trial number {n}", guid=str(n), published=later(n)) for n in range(5)))
    suggested, bare, miss, near = shelved[:4]
    store.suggestions.add(
        [
            look(suggested.id, Suggestion(suggested.id, "safety", 0.9, ())),
            look(bare.id),
            Classification(miss.id, (), "recipe", 0, NOON, (near_miss(miss, "safety", 0.3),)),
            Classification(near.id, (), "recipe", 0, NOON, (near_miss(near, "safety", 0.4),)),
        ]
    )
    return shelved


def bare(store, limit=10):
    return list(store.queues.needs_heading(LONG_AGO, limit))


def test_what_was_looked_at_and_belongs_nowhere_needs_a_heading_the_newest_first(store, items):
    assert bare(store) == [items[3].id, items[2].id, items[1].id]
    assert bare(store, limit=1) == [items[3].id]


def test_near_misses_are_listed_the_nearest_first_and_no_more_than_the_best(store, items):
    assert store.queues.near(LONG_AGO, 5) == [(items[3].id, "safety"), (items[2].id, "safety")]
    assert store.queues.near(LONG_AGO, 1) == [(items[3].id, "safety")]


def test_the_queues_are_counted_as_they_are_listed(store, items):
    assert store.queues.counts(LONG_AGO, 1) == Waiting(needs_heading=3, unsure=0, near=1)


def test_a_ruling_takes_an_item_out_of_the_queues(store, items):
    decide(store, items[3].id, "safety")
    decide(store, items[1].id)
    assert bare(store) == [items[2].id]
    assert store.queues.near(LONG_AGO, 5) == [(items[2].id, "safety")]


def test_a_ruling_that_was_taken_back_brings_it_in_again(store, items):
    decide(store, items[1].id, "safety")
    with store.sittings.sit() as sitting:
        sitting.withdraw_ruling(items[1].id, "ann", later(1))
    assert items[1].id in bare(store)


def test_what_somebody_is_not_sure_about_waits_in_a_queue_of_its_own(store, items):
    with store.sittings.sit() as sitting:
        sitting.doubt(items[1].id, "ann", later(1))
    assert list(store.queues.unsure(LONG_AGO, 10)) == [items[1].id]
    assert items[1].id not in bare(store)
    assert store.queues.counts(LONG_AGO, 5).unsure == 1


def test_a_later_look_counts_and_an_earlier_one_does_not(store, items):
    store.suggestions.add([look(items[1].id, Suggestion(items[1].id, "safety", 0.8, ()), hours=2)])
    assert items[1].id not in bare(store)


def test_what_is_old_by_its_own_date_waits_for_nobody(store, items):
    (old,) = shelve_anew(store, paper("From 1999", guid="old", published=LONG_AGO - timedelta(days=1)))
    store.suggestions.add([look(old.id)])
    assert old.id not in bare(store)


def test_a_ruling_on_what_was_merged_into_an_item_counts_for_it(store, items):
    store.decisions.add(Decision(items[2].id, (), "ann", later(1)))
    store.items.join([Pair(items[1].id, items[2].id)], later(2))
    standing = store.items.get(items[1].id).id
    assert standing not in bare(store)
