"""Suggestions and decisions: everything stays, the latest counts."""

import pytest
from papers import NOON, count_rows, decide, later, look, paper, shelve

from bulletin.errors import UnknownError
from bulletin.model import Because, Classification, Decision, Origin, Suggestion


@pytest.fixture
def items(store):
    return shelve(store, paper("One", guid="1"), paper("Two", guid="2")).new


def suggestion(item, topic="safety", score=0.75):
    return Suggestion(item, topic, score, (Because("never event", 1.5), Because("the feed’s hint", -0.25)))


def test_a_look_comes_back_as_it_was_made(store, items):
    suggestions = (
        suggestion(items[0]),
        suggestion(items[0], "policy", 0.5),
        Suggestion(items[0], "estates", 0.1, ()),
    )
    near = (Suggestion(items[0], "finance", 0.08, (), Origin.DECISIONS), suggestion(items[0], "digital", 0.05))
    made = Classification(items[0], suggestions, "r1", 40, NOON, near)
    store.suggestions.add([made])
    assert store.suggestions.latest() == {items[0]: made}


def test_an_item_without_suggestions_was_looked_at_all_the_same(store, items):
    store.suggestions.add([look(items[0])])
    assert store.suggestions.latest() == {items[0]: look(items[0])}


def test_an_item_that_was_never_looked_at_is_absent(store, items):
    store.suggestions.add([])
    assert store.suggestions.latest() == {}


def test_the_last_look_counts_even_when_it_suggests_nothing(store, items):
    store.suggestions.add([look(items[0], suggestion(items[0])), look(items[1], suggestion(items[1]))])
    store.suggestions.add([look(items[0], hours=1)])
    latest = store.suggestions.latest()
    assert (latest[items[0]].suggestions, latest[items[1]].suggestions) == ((), (suggestion(items[1]),))


def test_of_two_looks_at_one_moment_the_later_row_counts(store, items):
    store.suggestions.add([look(items[0]), look(items[0], suggestion(items[0]))])
    assert store.suggestions.latest()[items[0]].suggestions == (suggestion(items[0]),)


def test_the_last_looks_are_counted_by_topic(store, items):
    store.suggestions.add([look(items[0], suggestion(items[0]), suggestion(items[0], "policy"))])
    store.suggestions.add([look(items[1], suggestion(items[1]))])
    assert store.suggestions.counts(NOON) == {"safety": 2, "policy": 1}
    store.suggestions.add([look(items[0], hours=1)])
    assert store.suggestions.counts(NOON) == {"safety": 1}


def test_what_an_earlier_look_missed_is_forgotten(store, items):
    store.suggestions.add([Classification(items[0], (), "r1", 0, NOON, (suggestion(items[0]),))])
    store.suggestions.add([look(items[0], hours=1)])
    assert store.suggestions.latest()[items[0]].near == ()


def test_each_look_keeps_its_own_suggestions(store, items):
    looks = [look(item, suggestion(item, f"topic-{n}")) for n, item in enumerate(items * 300)]
    store.suggestions.add(looks)
    assert {item: made.suggestions for item, made in store.suggestions.latest().items()} == {
        items[0]: (suggestion(items[0], "topic-598"),),
        items[1]: (suggestion(items[1], "topic-599"),),
    }
    assert count_rows(store)["classification"] == 600


def test_a_decision_comes_back_as_it_was_made(store, items):
    made = Decision(items[0], ("policy", "safety"), "Ann O’Neill", NOON)
    store.decisions.add(made)
    assert store.decisions.latest() == {items[0]: made}


def test_the_latest_decision_wins_and_the_earlier_ones_stay(store, items):
    decide(store, items[0], "policy")
    decide(store, items[0], hours=1)
    assert store.decisions.latest() == {items[0]: Decision(items[0], (), "ann", later(1))}
    assert count_rows(store)["decision"] == 2


def test_the_moment_of_a_decision_counts_not_that_of_its_writing(store, items):
    decide(store, items[0], "policy", hours=2)
    decide(store, items[0], "safety", hours=1)
    assert store.decisions.latest()[items[0]].topics == ("policy",)


def test_of_two_decisions_at_one_moment_the_second_wins(store, items):
    decide(store, items[0], "policy")
    decide(store, items[0], "safety")
    assert store.decisions.latest()[items[0]].topics == ("safety",)


def test_a_decision_on_nothing_is_refused(store):
    with pytest.raises(UnknownError, match="no item 123456789abc"):
        decide(store, "123456789abc", "policy")
    assert count_rows(store)["decision"] == 0


def test_however_long_the_id_of_nothing_is_its_refusal_is_short(store):
    with pytest.raises(UnknownError) as caught:
        decide(store, "x" * 5000, "policy")
    assert str(caught.value) == f"no item {'x' * 40}"
