"""What was missed: the sample, and the interval around what it says."""

import pytest
from classify_kit import decision, item
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.classify import estimate, nearest, sample

IDS = [f"{n:012x}" for n in range(400)]


def test_the_sample_is_the_same_each_time_whatever_the_order():
    assert sample(IDS, 20) == sample(IDS[::-1], 20)


def test_one_more_item_changes_the_sample_by_one_at_most():
    assert len(set(sample(IDS, 20)) - set(sample([*IDS, "new"], 20))) <= 1


def test_the_sample_prefers_neither_old_nor_new():
    """Of 400 items in a row, half of a sample of 100 is expected in the first half; 30 to 70 is six deviations."""
    assert 30 <= len({*sample(IDS, 100)} & {*IDS[:200]}) <= 70


def test_fewer_items_than_wanted_are_all_taken():
    assert sorted(sample(IDS[:3], 20)) == IDS[:3]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1.0),
        (3, 50, 0.0125, 0.1655),
    ],
)
def test_the_interval_is_that_of_the_tables(k, n, low, high):
    """Clopper and Pearson's 95 % limits, as published tables of exact binomial intervals have them."""
    found = estimate(1_000_000, n, k)
    assert found.low / 1_000_000 == pytest.approx(low, abs=1e-4)
    assert found.high / 1_000_000 == pytest.approx(high, abs=1e-4)


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_the_interval_holds_the_estimate_and_what_is_known(looked_at, data):
    belonged = data.draw(st.integers(0, looked_at))
    nowhere = looked_at + data.draw(st.integers(0, 1000))
    found = estimate(nowhere, looked_at, belonged)
    assert belonged <= found.low <= found.missed <= found.high <= nowhere - (looked_at - belonged)


def test_when_all_are_judged_nothing_is_guessed():
    found = estimate(40, 40, 7)
    assert (found.low, found.missed, found.high) == (7, 7, 7)


@pytest.mark.parametrize(("nowhere", "looked_at", "belonged"), [(5, 0, 0), (5, 6, 1), (5, 3, 4), (5, 3, -1)])
def test_an_impossible_sample_is_refused(nowhere, looked_at, belonged):
    with pytest.raises(ValueError, match="a sample cannot have"):
        estimate(nowhere, looked_at, belonged)


PAST = [
    decision(item("Heat pumps at Ely", name="a"), "green"),
    decision(item("Chess at Ely", name="b")),
    decision(item("Canteen opens", name="c"), "staff"),
]


def test_the_nearest_decisions_come_first_and_strangers_not_at_all():
    found = nearest(item("A heat pump for Ely"), PAST)
    assert [one.item.id for one in found] == ["a", "b"]
    assert found[0].decision.topics == ("green",)
    assert 1 >= found[0].likeness > found[1].likeness > 0


def test_an_item_is_not_near_itself():
    assert [one.item.id for one in nearest(PAST[0][0], PAST)] == ["b"]


@pytest.mark.parametrize("title", ["", "the of and", "…"], ids=repr)
def test_what_says_nothing_is_near_nothing(title):
    assert nearest(item(title), PAST) == []
    assert nearest(item("Heat"), [decision(item(title, name="x"))]) == []


def test_without_decisions_nothing_is_near():
    assert nearest(item("Heat pumps"), []) == []
