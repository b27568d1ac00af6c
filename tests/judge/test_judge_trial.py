"""Whole trials on sets that are small enough to see through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.classify.judge import judge, judge_shots
from bulletin.classify.judge.draw import draw, part
from bulletin.model import Example

WORDS = {
    "greener": ["carbon", "waste", "recycling", "emissions", "solar", "climate"],
    "workforce": ["nurses", "rota", "retention", "recruitment", "staffing", "pay"],
    "digital": ["records", "software", "portal", "app", "cyber", "data"],
}


def texts(copies, *, several=False, start=0):
    """So many texts of each label, no two alike; with `several`, some have two labels and some none."""
    found = []
    for n in range(start, start + copies):
        for label, words in WORDS.items():
            chosen = [words[(n + step) % 6] for step in range(4)]
            found.append(Example(f"{label}{n}", f"{chosen[0]} {chosen[1]}", " ".join(chosen), (label,)))
        if several:
            found.append(Example(f"two{n}", "", f"carbon {WORDS['digital'][n % 6]} waste software", TWO))
            found.append(Example(f"none{n}", "", f"museum opening hours {n}"))
    return found


TWO = ("digital", "greener")
TEST = texts(3, start=20)


def test_what_is_easy_is_judged_well():
    found = judge(texts(8), TEST)
    assert (found.single, found.train, found.test, found.pool) == (True, 24, 9, 0)
    assert found.figures.accuracy == found.figures.micro_f1 == found.figures.lrap == 1.0
    assert found.confusions == ()
    assert {one.label: (one.support, one.trained_on) for one in found.labels} == dict.fromkeys(WORDS, (3, 8))
    assert found.figures.fit_seconds > 0
    assert found.figures.predict_per_second > 0


def test_labels_that_know_nothing_of_the_texts_give_chance():
    names = sorted(WORDS)
    shuffled = [
        Example(one.id, one.title, one.text, (names[(n * 7 + n // 3) % 3],)) for n, one in enumerate(texts(12))
    ]
    assert judge(shuffled, texts(6, start=20)).figures.accuracy < 0.7


def test_texts_may_have_several_labels_or_none():
    found = judge(texts(8, several=True), texts(3, several=True, start=20))
    assert not found.single
    assert found.figures.accuracy is None
    assert found.figures.micro_f1 > 0.8


def test_one_text_with_two_labels_in_the_test_is_enough_to_have_no_accuracy():
    found = judge(texts(8), [*TEST, Example("two", "", "carbon software", TWO)])
    assert found.figures.accuracy is None
    assert found.figures.micro_f1 == pytest.approx(2 * 10 / (11 + 10))


def test_a_label_that_nobody_taught_counts_against_us():
    new = Example("new", "", "carbon", ("finance",))
    assert judge(texts(8), [*TEST, new]).figures.accuracy == 0.9
    found = judge(texts(8, several=True), [*TEST, new])
    assert [one.label for one in found.labels if one.threshold is None] == ["finance"]


def test_where_labels_exclude_each_other_none_has_a_threshold():
    for found in (judge(texts(8), TEST), judge_shots(texts(8), TEST, (), 2, 2)):
        assert {one.threshold for one in found.labels} == {None}
        assert not found.has_thresholds
    assert judge_shots(texts(8, several=True), TEST, (), 4, 2).has_thresholds


def test_the_learning_curve_ends_with_the_whole():
    found = judge(texts(8), TEST, learning=True)
    assert [one.examples for one in found.learning] == [3, 6, 12, 24]
    assert found.learning[-1].micro_f1 == found.figures.micro_f1


def test_few_examples_are_drawn_for_each_seed():
    found = judge_shots(texts(8), TEST, (), 2, 3)
    assert (found.train, found.test, found.shots.examples, found.shots.seeds) == (6, 9, 2, 3)
    assert {one.support for one in found.labels} == {3}
    assert found.shots.deviations["accuracy"] >= 0.0


def test_what_belongs_nowhere_is_drawn_too():
    train = [example for example in texts(8, several=True) if example.labels in ((), ("greener",))]
    test = [example for example in texts(4, several=True, start=20) if example.labels in ((), ("greener",))]
    found = judge_shots(train, test, (), 4, 2)
    assert found.train == 8
    assert found.figures.micro_f1 > 0.8


def test_the_same_seeds_give_the_same_judgement():
    one, other = (judge_shots(texts(8), TEST, texts(5), 2, 2) for _ in range(2))
    assert (one.figures.accuracy, one.labels, one.coverage) == (other.figures.accuracy, other.labels, other.coverage)


def test_without_a_label_there_is_nothing_to_learn():
    with pytest.raises(ValueError, match="no label"):
        judge([Example("1", "", "a")], TEST)


@pytest.mark.parametrize(
    "train",
    [
        pytest.param([Example("1", "", "a", ("x",))], id="one text"),
        pytest.param([Example("1", "", "a", ("x",)), Example("2", "", "b", ("y",))], id="one text a label"),
        pytest.param([Example(str(n), "", "same", (("x", "y")[n % 2],)) for n in range(10)], id="all alike"),
        pytest.param([Example(str(n), "", "", (("x", "y")[n % 2],)) for n in range(6)], id="all empty"),
        pytest.param([Example("1", "", "a", ("x", "y")), Example("2", "", "b")], id="several labels"),
    ],
)
def test_however_little_there_is_to_learn_there_is_a_judgement(train):
    found = judge(train, [Example("t", "", "a", ("x",)), Example("u", "", "", ("y",))], learning=True)
    assert 0 <= found.figures.micro_f1 <= 1


NOWHERE = "nowhere"
EXAMPLES = st.lists(
    st.builds(
        Example, st.uuids().map(str), st.just(""), st.just("a"), st.frozensets(st.sampled_from("abcd")).map(tuple)
    ),
    max_size=30,
)


@given(EXAMPLES, st.integers(1, 5), st.integers(0, 3))
def test_a_draw_has_so_many_examples_of_each_label_or_all(examples, shots, seed):
    drawn = draw(examples, shots, seed)
    assert drawn == draw(examples, shots, seed)
    for label in ("a", "b", "c", "d", NOWHERE):
        there, taken = (sum(label in (one.labels or (NOWHERE,)) for one in some) for some in (examples, drawn))
        assert taken >= min(shots, there)
    assert len({one.id for one in drawn}) == len(drawn)
    if all(len(one.labels) == 1 for one in examples):
        assert all(sum(label in one.labels for one in drawn) <= shots for label in "abcd")


def test_other_seeds_draw_others():
    assert len({tuple(one.id for one in draw(texts(8), 2, seed)) for seed in range(5)}) > 1


def test_a_greater_part_holds_every_smaller_one():
    parts = [{one.id for one in part(texts(8), share)} for share in (1 / 8, 1 / 4, 1 / 2, 1.0)]
    assert [len(one) for one in parts] == [3, 6, 12, 24]
    assert parts[0] < parts[1] < parts[2] < parts[3]
