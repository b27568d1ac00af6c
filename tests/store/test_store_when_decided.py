"""What stood at an item when an editor decided: the last look before the first ruling."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import clear, decide, later, look, paper, shelve
from tries import tries

from bulletin.model import Suggestion
from bulletin.store import Pair


@pytest.fixture
def items(store):
    return shelve(store, paper("One", guid="1"), paper("Two", guid="2")).new


def looked(store, item, hours, *topics):
    made = look(item, *(Suggestion(item, topic, 0.75, ()) for topic in topics), hours=hours)
    store.suggestions.add([made])
    return made


def test_the_last_look_before_the_decision_counts(store, items):
    looked(store, items[0], 0, "policy")
    stood = looked(store, items[0], 1, "safety", "policy")
    decide(store, items[0], "policy", hours=2)
    looked(store, items[0], 3, "digital")
    assert store.suggestions.when_decided() == {items[0]: stood}


def test_a_look_that_suggested_nothing_is_one_too(store, items):
    looked(store, items[0], 0, "policy")
    stood = looked(store, items[0], 1)
    decide(store, items[0], "policy", hours=2)
    assert store.suggestions.when_decided() == {items[0]: stood}


def test_a_correction_does_not_change_what_stood_there(store, items):
    stood = looked(store, items[0], 0, "policy")
    decide(store, items[0], "policy", hours=1)
    looked(store, items[0], 2)
    decide(store, items[0], "safety", hours=3)
    assert store.suggestions.when_decided() == {items[0]: stood}


def test_an_item_that_was_decided_before_the_first_look_is_absent(store, items):
    decide(store, items[0], "policy", hours=1)
    looked(store, items[0], 1, "policy")
    looked(store, items[1], 0, "policy")
    assert store.suggestions.when_decided() == {}


def test_of_merged_items_the_looks_at_the_one_that_stands_come_first(store, items):
    stood = looked(store, items[0], 0, "policy")
    looked(store, items[1], 1, "safety")
    decide(store, items[0], "policy", hours=2)
    store.items.join([Pair(*items)], later(3))
    assert store.suggestions.when_decided() == {items[0]: stood}


def test_a_look_at_what_was_merged_counts_where_there_is_no_other(store, items):
    looked(store, items[1], 0, "safety")
    decide(store, items[0], "policy", hours=2)
    store.items.join([Pair(*items)], later(3))
    (stood,) = store.suggestions.when_decided().values()
    assert (stood.item, [one.topic for one in stood.suggestions]) == (items[0], ["safety"])


def test_the_first_ruling_on_any_of_the_merged_items_counts(store, items):
    looked(store, items[0], 1, "policy")
    decide(store, items[1], "policy", hours=0)
    decide(store, items[0], "policy", hours=2)
    store.items.join([Pair(*items)], later(3))
    assert store.suggestions.when_decided() == {}


EVENTS = st.lists(st.tuples(st.sampled_from(["look", "decide"]), st.integers(0, 1)), max_size=10)


@settings(
    max_examples=tries(10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(EVENTS)
def test_it_is_what_stood_there_as_the_rows_came_in(store, events):
    clear(store)
    items = shelve(store, paper("One", guid="1"), paper("Two", guid="2")).new
    stood, told = {}, {}
    for hours, (what, which) in enumerate(events):
        item = items[which]
        if what == "look":
            stood[item] = looked(store, item, hours, f"topic-{hours}")
        else:
            decide(store, item, "policy", hours=hours)
            told.setdefault(item, stood.get(item))
    assert store.suggestions.when_decided() == {item: made for item, made in told.items() if made}
