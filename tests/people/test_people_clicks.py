"""Whose clicks count: people's, and not those of programs that open everything."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.outcomes import Click, told
from bulletin.people.clicks import people_only

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)


def clicks(*seconds: float, mark: str = "a") -> list[Click]:
    """One mark that asks for one item after the other, at these seconds after noon."""
    return [Click(f"item{number}", mark, NOON + timedelta(seconds=at)) for number, at in enumerate(seconds)]


@pytest.mark.parametrize(
    ("seconds", "size", "counts"),
    [
        ((0, 2, 4, 6, 8), 40, 0),  # five within ten seconds
        ((0, 2, 4, 6, 10), 40, 0),
        ((0, 2, 4, 6, 11), 40, 5),
        ((0, 1, 2, 3), 40, 4),
        ((0, 100, 200, 300, 302, 304, 306, 308), 40, 0),  # the burst may come late, and takes all with it
        ((0, 15, 30, 45, 60), 8, 0),  # more than half of it within a minute
        ((0, 15, 30, 45, 61), 8, 5),
        ((0, 15, 30, 45), 8, 4),  # half of it
        ((0, 1), 2, 2),  # both of two: a person does that
        ((0, 1, 2), 3, 0),
        ((0,), 1, 1),
        ((), 0, 0),
    ],
)
def test_machines_ask_for_much_in_a_short_time(seconds, size, counts):
    assert sum(people_only(clicks(*seconds), size).values()) == counts


def test_a_machine_takes_nothing_from_people():
    both = clicks(0, 1, 2, 3, 4, mark="machine") + clicks(0, mark="person")
    assert people_only(both, 40) == {("item0", DAY): 1}


def test_one_mark_counts_an_item_once_a_day_and_others_count_too():
    again = [*clicks(0), *clicks(50), *clicks(60, mark="b")]
    assert people_only(again, 40) == {("item0", DAY): 2}


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 86_399)), max_size=60), st.integers(0, 20)
)
def test_in_whatever_order_they_come_the_count_is_the_same_and_never_more_than_the_clicks(raw, size):
    all_ = [
        Click(f"item{item}", f"mark{mark}", NOON.replace(hour=0) + timedelta(seconds=at)) for item, mark, at in raw
    ]
    found = people_only(all_, size)
    assert found == people_only(reversed(all_), size)
    asked = Counter((one.item, one.mark) for one in all_)
    assert sum(found.values()) <= len(asked)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([], "fewer than 5"),
        ([0], "fewer than 5"),
        ([4], "fewer than 5"),
        ([5], "5"),
        ([1234], "1,234"),
        ([10, 2], "at least 10"),
        ([10, 3, 4], "at least 15"),
        ([1, 1, 1, 1], "fewer than 5"),
        ([2, 3], "at least 5"),
        ([6, 7], "13"),
        ([27, 0], "at least 27"),
        ([4, 4, 4, 4, 4], "at least 15"),
    ],
)
def test_small_numbers_are_hidden_and_so_is_what_would_give_them_away(counts, words):
    assert str(told(counts)) == words


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_no_sum_tells_a_hidden_part(counts):
    """Whoever knows all that is told knows of no hidden part more than that it is one of several numbers."""
    shown = told(counts)
    hidden = [count for count in counts if count < 5]
    open_ = sum(count for count in counts if count >= 5)
    if hidden and shown.number:
        fits = [
            total
            for total in range(4 * len(hidden) + 1)
            if str(told([open_, *_split(total, len(hidden))])) == str(shown)
        ]
        assert len(fits) > 1


def _split(total: int, parts: int) -> list[int]:
    """So many numbers below five with this sum."""
    return [min(4, max(0, total - 4 * place)) for place in range(parts)]
