"""What holds for every text, every topic and every batch."""

from dataclasses import replace

import pytest
from classify_kit import GREEN, NOON, TOPICS, decision, item, look, scores
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.classify import THRESHOLD, suggest
from bulletin.model import Topic

VOCABULARY = [
    *["net", "zero", "carbon", "footprints", "recycling", "green", "plan", "financial", "sustainability", "team"],
    *[
        "climate",
        "nurses",
        "staffing",
        "budget",
        "RAAC",
        "buildings",
        "the",
        "of",
        "and",
        "–",
        ".",
        ":",
        "<p>",
        "</p>",
    ],
    *["<em>", "&amp;", "2040", "libraries", "savings", "waste", "theatre", "report"],
]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=25).map(" ".join)
ITEMS = st.lists(st.tuples(TEXTS, TEXTS), max_size=5).map(
    lambda texts: [item(title, summary, name=f"i{n}", feeds=("f",)) for n, (title, summary) in enumerate(texts)]
)
PHRASES = st.lists(st.one_of(TEXTS, TEXTS.map(lambda text: text + "*"), st.text(max_size=12)), max_size=4).map(tuple)
WILD = st.builds(
    Topic, st.uuids().map(str), st.just("H"), PHRASES, PHRASES, PHRASES, st.one_of(st.none(), st.just(0.0))
)
PAST = [decision(item("Heat pumps save waste", name="p1"), "green"), decision(item("Nurses budget", name="p2"))]


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text(), st.lists(WILD, min_size=1, max_size=3))
def test_any_text_gets_scores_from_0_to_1(title, summary, topics):
    for suggestion in look(item(title, summary), topics).values():
        assert 0 <= suggestion.score <= 1


@settings(max_examples=30, deadline=None)
@given(ITEMS, st.lists(WILD, max_size=3), st.booleans())
def test_the_reasons_sum_to_the_score_strongest_first(items, wild, taught):
    topics = [*(replace(topic, threshold=0.0) for topic in TOPICS), *wild]
    for opinion in suggest(items, topics, PAST if taught else (), {"f": ("green",)}, NOON):
        for suggestion in opinion.suggestions:
            weights = [reason.weight for reason in suggestion.because]
            assert sum(weights) == pytest.approx(suggestion.score)
            assert len(weights) <= 8
            named = weights[:-1] if suggestion.because[-1].words.endswith(("other words", "other word")) else weights
            assert named == sorted(named, key=lambda weight: -abs(weight))


@settings(max_examples=30, deadline=None)
@given(ITEMS)
def test_nothing_below_its_threshold_is_suggested_and_nothing_above_is_left_out(items):
    for one, opinion in zip(items, suggest(items, TOPICS, PAST, {}, NOON), strict=True):
        expected = {topic for topic, score in scores(one, decided=PAST).items() if score >= THRESHOLD}
        assert {suggestion.topic for suggestion in opinion.suggestions} == expected


@settings(max_examples=30, deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_items_topics_and_decisions_changes_nothing(items, random):
    shuffled = [random.sample(list(one), len(one)) for one in (items, TOPICS, PAST)]
    straight = suggest(items, TOPICS, PAST, {}, NOON)
    assert sorted(suggest(*shuffled, {}, NOON), key=lambda opinion: opinion.item) == straight


@settings(max_examples=30, deadline=None)
@given(ITEMS)
def test_an_opinion_does_not_depend_on_the_items_beside_it(items):
    together = suggest(items, TOPICS, PAST, {}, NOON)
    assert together == [opinion for one in items for opinion in suggest([one], TOPICS, PAST, {}, NOON)]


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.sampled_from(GREEN.not_phrases))
def test_a_forbidden_phrase_is_as_good_as_a_full_stop(text, forbidden):
    with_it = f"{text} . {forbidden.replace('*', 's')} . {text}"
    without = f"{text} . . {text}"
    assert scores(item(with_it))["green"] == scores(item(without))["green"]


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_hint_never_makes_a_suggestion_out_of_nothing(text):
    one = item(text, feeds=("f",))
    hinted = scores(one, hints={"f": ("green",)})["green"]
    plain = scores(one)["green"]
    assert (hinted > 0) == (plain > 0)
    assert hinted >= plain
