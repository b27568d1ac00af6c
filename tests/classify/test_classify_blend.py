"""Where decisions are many, they rule; where they are few, the topic file does; and either way nothing is hidden."""

import math
from dataclasses import replace

import pytest
from classify_kit import ESTATES, GREEN, NOON, STAFF, TOPICS, decision, item, look, scores
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.classify import suggest
from bulletin.model import Aim, Origin, Topic

PUMPS = [
    "Heat pumps for {}",
    "A heat pump in {} pays back",
    "How {} swapped boilers for heat pumps",
    "{}: pumps, not gas",
]
OTHERS = ["Chess club of {} wins", "{} opens a canteen", "Parking at {} to cost more", "A portrait of {} is unveiled"]
PLACES = ["Abbott", "Birch", "Carrow", "Drum", "Ely", "Fenn", "Garth", "Holm", "Ives", "Jarrow", "Kyle", "Lund"]


def past(chosen: int, otherwise: int, topic: str = "green") -> list:
    """Decisions on heat pumps, which no topic file knows, and on what belongs nowhere."""
    texts = [(PUMPS, (topic,))] * chosen + [(OTHERS, ())] * otherwise
    return [
        decision(item(frames[n % 4].format(PLACES[n % 12]) + f" {n}", name=f"past {n:04}"), *topics)
        for n, (frames, topics) in enumerate(texts)
    ]


def test_with_few_decisions_the_topic_file_decides():
    suggestion = look(item("Net zero in theatres"), decided=past(3, 3))["green"]
    assert suggestion.decided_by is Origin.TOPIC_FILE


def test_with_many_decisions_they_find_what_no_file_knows_and_say_so():
    one = item("Boilers make way for heat pumps in Meadow")
    assert look(one) == {}
    suggestion = look(one, decided=past(40, 40))["green"]
    assert suggestion.decided_by is Origin.DECISIONS
    assert any("(from decisions)" in reason.words and "pump" in reason.words for reason in suggestion.because)


def test_each_topic_goes_at_its_own_pace():
    decided = past(40, 40)
    suggestions = look(item("Heat pumps in hospital buildings"), decided=decided)
    assert {name: one.decided_by for name, one in suggestions.items()} == {
        "green": Origin.DECISIONS,
        "estates": Origin.TOPIC_FILE,
    }


def test_a_phrase_still_counts_where_decisions_never_met_it():
    decided = past(20, 20)
    assert scores(item("Net zero"), decided=decided)["green"] > scores(item("Chess"), decided=decided)["green"]


def test_words_against_are_shown_with_those_for():
    auctions = [decision(item(f"Furniture at auction {n}", name=f"auction {n}")) for n in range(30)]
    low = [replace(GREEN, threshold=0.0), *TOPICS[1:]]
    because = look(item("Heat pumps for Ely, boilers at auction"), low, past(30, 30) + auctions)["green"].because
    assert any(reason.weight < 0 and "auction" in reason.words for reason in because)


@pytest.mark.parametrize("title", ["Heat pumps in Ely", "Net zero", "Chess", "", "ヒートポンプ", "ꙮ 42"], ids=repr)
def test_where_both_speak_the_reasons_sum_to_the_score_too(title):
    low = [replace(topic, threshold=0.0) for topic in TOPICS]
    for suggestion in look(item(title), low, past(12, 12)).values():
        assert sum(reason.weight for reason in suggestion.because) == pytest.approx(suggestion.score)
        assert len(suggestion.because) <= 8


@pytest.mark.parametrize("title", ["", "…", "ヒートポンプ", "Zzyzx qwfp"], ids=repr)
def test_what_has_no_word_that_anybody_knows_gets_no_heading_however_often_one_is_chosen(title):
    assert look(item(title), decided=past(90, 10)) == {}


def test_the_same_decisions_in_any_order_teach_the_same():
    decided, waiting = past(12, 12), [item("Heat pumps in Ely", name="one"), item("Chess", name="two")]
    straight = suggest(waiting, TOPICS, decided, {}, NOON)
    turned = suggest(waiting[::-1], TOPICS[::-1], decided[::-1], {}, NOON)
    assert turned[::-1] == straight


def test_what_is_rejected_near_the_threshold_is_a_near_miss():
    weak = item("A report", "<p>Backlog maintenance and much else that fills the page of a long summary</p>")
    strict = [replace(ESTATES, threshold=scores(weak)["estates"] + 0.01), STAFF]
    [opinion] = suggest([weak], strict, (), {}, NOON)
    assert opinion.suggestions == ()
    assert [near.topic for near in opinion.near] == ["estates"]
    assert opinion.near[0].because


def test_what_no_word_speaks_for_is_no_near_miss():
    [opinion] = suggest([item("Chess")], TOPICS, (), {}, NOON)
    assert opinion.near == ()


@pytest.mark.parametrize(
    ("fewer", "more"), [(Aim.FEWER_WRONG, Aim.BALANCED), (Aim.BALANCED, Aim.FEWER_MISSED)], ids=str
)
@pytest.mark.parametrize("decided", [[], past(30, 60)], ids=["without decisions", "with decisions"])
def test_the_aim_says_how_much_is_suggested(fewer, more, decided):
    shelf = [
        item(f"{a} {b}", name=f"{a} {b}") for a in ("Recycling", "Pumps", "Gas", "Chess") for b in (*PLACES, "zero")
    ]
    few, many = (
        {one.item for one in suggest(shelf, [replace(GREEN, aim=aim), STAFF], decided, {}, NOON) if one.suggestions}
        for aim in (fewer, more)
    )
    assert few <= many


def test_the_threshold_of_the_file_stands_above_aim_and_decisions():
    strict = replace(GREEN, threshold=1.0, aim=Aim.FEWER_MISSED)
    assert look(item("Heat pumps in Ely"), [strict, STAFF], past(30, 30)) == {}


def contradictory() -> list:
    return [decision(item(PUMPS[0], name=f"c{n}"), *(["green"] * (n % 2))) for n in range(40)]


def identical() -> list:
    return [decision(item("The same", name=f"s{n}"), *(["green"] if n < 20 else [])) for n in range(40)]


def empty() -> list:
    return [decision(item("", name=f"e{n}"), *(["green"] if n < 20 else [])) for n in range(40)]


def huge() -> list:
    return [decision(item("Pumps", "pump " * 200_000, name="huge"), "green"), *past(12, 12)]


def any_script() -> list:
    texts = ["ヒートポンプの導入", "المضخات الحرارية", "热泵取代锅炉", "😀 🏥", "\ud800 half", "Θερμότητα"]
    return [decision(item(texts[n % 6], name=f"l{n}"), *(["green"] if n % 6 < 3 else [])) for n in range(48)]


def vanished() -> list:
    return [*past(12, 12, "no-more"), *past(0, 0)]


def always() -> list:
    return past(40, 0)


@pytest.mark.parametrize(
    "decided", [contradictory, identical, empty, huge, any_script, vanished, always], ids=lambda made: made.__name__
)
@pytest.mark.parametrize("topics", [TOPICS, [GREEN], [Topic("green", "Green"), STAFF]], ids=["all", "one", "bare"])
def test_whatever_was_decided_scores_are_numbers_from_0_to_1(decided, topics):
    low = [replace(topic, threshold=0.0) for topic in topics]
    waiting = [item(text, name=text[:9]) for text in ("Heat pumps", "", "The same", "热泵", "x" * 100_000)]
    for opinion in suggest(waiting, low, decided(), {}, NOON):
        for one in (*opinion.suggestions, *opinion.near):
            assert 0 <= one.score <= 1
            assert all(math.isfinite(reason.weight) for reason in one.because)


def test_a_topic_that_is_gone_is_not_suggested_however_often_it_was_chosen():
    assert look(item("Heat pumps in Ely"), decided=past(40, 40, "no-more")) == {}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*PUMPS, *OTHERS, "Net zero {}"]), min_size=1, max_size=4), st.integers(8, 14))
def test_laws_hold_with_many_decisions_as_with_none(titles, many):
    waiting = [item(title.format("Ely"), name=f"w{n}") for n, title in enumerate(titles)]
    for opinion in suggest(waiting, TOPICS, past(many, many), {}, NOON):
        found = [one.score for one in opinion.suggestions]
        assert found == sorted(found, reverse=True)
        assert {one.topic for one in opinion.suggestions}.isdisjoint(one.topic for one in opinion.near)
