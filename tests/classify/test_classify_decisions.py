"""Decisions teach: what editors chose pulls, what they refused pushes, and phrases wear out only slowly."""

import pytest
from classify_kit import TOPICS, decision, item, look, scores, words
from hypothesis import given, settings
from hypothesis import strategies as st

PUMPS = "Heat pumps replace boilers in the old laundry"


def past(title: str, *topics: str, times: int = 1) -> list:
    return [decision(item(title, name=f"past {n} {topics}"), *topics) for n in range(times)]


def test_items_like_those_that_editors_chose_are_suggested_in_time():
    assert look(item("Boilers give way to heat pumps")) == {}
    decided = past(PUMPS, "green", times=6)
    assert set(look(item("Boilers give way to heat pumps"), decided=decided)) == {"green"}


def test_what_comes_from_decisions_only_says_so():
    because = look(item("Heat pumps"), decided=past(PUMPS, "green", times=6))["green"].because
    assert "Heat pumps (from decisions)" in words(because)


def test_one_decision_does_not_carry_a_heading_far():
    assert look(item("Heat and light"), decided=past(PUMPS, "green")) == {}


@pytest.mark.parametrize("ruling", [(), ("staff",)], ids=["discarded", "put elsewhere"])
def test_a_refusal_lowers_the_score_of_what_is_like_it(ruling):
    one = item("Recycling quiz of the week")
    before = scores(one)["green"]
    once = scores(one, decided=past("Recycling quiz", *ruling))["green"]
    often = scores(one, decided=past("Recycling quiz", *ruling, times=10))["green"]
    assert before > once > often


def test_a_phrase_that_editors_keep_refusing_loses_its_heading():
    assert look(item("Recycling quiz"), decided=past("Recycling quiz", times=40)) == {}


def test_a_topic_with_three_decisions_leans_on_its_phrases():
    decided = past(PUMPS, "green", times=3)
    assert scores(item("Net zero"), decided=decided)["green"] == pytest.approx(
        scores(item("Net zero"))["green"], abs=0.02
    )
    assert words(look(item("Net zero"), decided=decided)["green"].because)[0] == "net zero"


def test_words_that_stand_in_every_decision_point_nowhere():
    decided = [
        decision(item(f"Quarterly digest of {word}", name=word), topic)
        for n, word in enumerate(["apples", "pears", "plums", "quinces", "medlars", "sloes", "figs", "grapes"])
        for topic in [TOPICS[n % 4].id]
    ]
    assert max(scores(item("Quarterly digest"), decided=decided).values()) < 0.1


def test_a_forbidden_phrase_teaches_nothing():
    decided = past("Team climate", "green", times=20)
    assert scores(item("Team climate"), decided=decided)["green"] == 0


def test_a_decision_for_a_topic_that_is_gone_counts_as_otherwise_decided():
    one = item("Recycling quiz of the week")
    gone, discarded = past("Recycling quiz", "no-more"), past("Recycling quiz")
    assert scores(one, decided=gone) == scores(one, decided=discarded)


TITLES = st.sampled_from(
    [PUMPS, "Net zero and the carbon footprint", "Recycling quiz", "Nurses stay", "Staff retention"]
)
RULINGS = st.lists(st.sampled_from([topic.id for topic in TOPICS]), max_size=2, unique=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TITLES, RULINGS), max_size=8), TITLES)
def test_one_more_refusal_never_raises_the_score_of_the_same_text(history, title):
    decided = [decision(item(text, name=f"past {n}"), *topics) for n, (text, topics) in enumerate(history)]
    before = scores(item(title), decided=decided)
    after = scores(item(title), decided=[*decided, decision(item(title, name="new"))])
    assert all(after[topic] <= before[topic] + 1e-9 for topic in before)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TITLES, RULINGS), max_size=8), TITLES)
def test_one_more_choice_never_lowers_the_score_of_a_text_that_nobody_refused(history, title):
    unanimous = [(text, topics) for text, topics in history if text != title or "green" in topics]
    decided = [decision(item(text, name=f"past {n}"), *topics) for n, (text, topics) in enumerate(unanimous)]
    before = scores(item(title), decided=decided)["green"]
    after = scores(item(title), decided=[*decided, decision(item(title, name="new"), "green")])["green"]
    assert after >= before - 1e-9
