"""Doubts and rulings taken back: as if nobody had ruled, and everything stays on record."""

import pytest
from papers import count_rows, decide, later, look, paper, shelve

from bulletin.store import Pair


@pytest.fixture
def items(store):
    return shelve(store, paper("One", guid="1"), paper("Two", guid="2")).new


def say(store, item, word, hours=1.0):
    with store.sittings.sit() as sitting:
        (sitting.doubt if word == "unsure" else sitting.withdraw_ruling)(item, "bob", later(hours))


BOTH = pytest.mark.parametrize("word", ["unsure", "withdrawn"])


@BOTH
def test_a_ruling_that_was_taken_back_is_none(store, items, word):
    decide(store, items[0], "policy")
    say(store, items[0], word)
    assert store.decisions.latest() == store.decisions.latest([items[0]]) == {}
    assert count_rows(store)["decision"] == 2


@BOTH
def test_a_ruling_after_that_counts(store, items, word):
    say(store, items[0], word)
    made = decide(store, items[0], "policy", hours=2)
    assert store.decisions.standing() == ({items[0]: made}, {})


def test_who_is_not_sure_is_told_with_the_moment(store, items):
    decide(store, items[1], "policy")
    say(store, items[0], "unsure")
    ruled, unsure = store.decisions.standing()
    assert list(ruled) == [items[1]]
    assert {item: (one.editor, one.at) for item, one in unsure.items()} == {items[0]: ("bob", later(1))}


def test_a_doubt_that_was_taken_back_is_none(store, items):
    say(store, items[0], "unsure")
    say(store, items[0], "withdrawn", 2)
    assert store.decisions.standing() == ({}, {})


@BOTH
def test_what_was_thought_when_it_was_decided_is_nothing_once_that_is_taken_back(store, items, word):
    store.suggestions.add([look(items[0])])
    decide(store, items[0], "policy", hours=1)
    assert list(store.suggestions.when_decided()) == [items[0]]
    say(store, items[0], word, 2)
    assert store.suggestions.when_decided() == {}
    store.suggestions.add([look(items[0], hours=3)])
    decide(store, items[0], "policy", hours=4)
    assert store.suggestions.when_decided()[items[0]].at == later(3)


@BOTH
def test_two_items_of_which_one_lost_its_ruling_may_become_one(store, items, word):
    decide(store, items[0], "policy")
    decide(store, items[1], "safety")
    assert store.items.join([Pair(*items)], later(2)) == 0
    say(store, items[0], word)
    assert store.items.join([Pair(*items)], later(2)) == 1
    assert {item: one.topics for item, one in store.decisions.latest().items()} == {items[1]: ("safety",)}


@BOTH
def test_the_ruling_that_counts_decides_who_stays_of_two(store, items, word):
    say(store, items[0], word, 0)
    decide(store, items[1], hours=1)
    store.items.join([Pair(*items)], later(2))
    assert store.items.get(items[0]).id == items[1]
    assert store.decisions.latest()[items[1]].topics == ()
