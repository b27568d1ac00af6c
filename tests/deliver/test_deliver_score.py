"""How much came back from one reader, and when it is too much."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.deliver.score import is_too_much, score
from bulletin.model import Bounce, BounceKind

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
KINDS = {"h": BounceKind.HARD, "s": BounceKind.SOFT, "o": BounceKind.OTHER, "l": BounceKind.LEAVE}


def history(told: str) -> list[Bounce]:
    """`h:10:a s:3:b`: a hard bounce 10 days ago about edition a, a soft one 3 days ago about edition b."""
    return [
        Bounce(KINDS[kind], edition, NOW - timedelta(days=int(days)))
        for kind, days, edition in (one.split(":") for one in told.split())
    ]


@pytest.mark.parametrize(
    ("told", "total", "is_off"),
    [
        ("", 0, False),
        ("h:0:a", 1, False),
        ("s:0:a", 0.5, False),
        ("h:0:a h:0:a", 1, False),  # one a day
        ("s:0:a h:0:a", 1, False),  # the larger
        ("h:0:a s:0:a s:0:b", 1, False),
        ("h:1:a h:0:a", 2, False),  # one edition
        ("h:30:a h:0:b", 2, True),  # two editions
        ("h:400:a h:0:b", 1.0625, True),  # however long between: nobody ever got anything there
        ("h:30:a s:0:b", 1.5, False),
        ("h:0:a h:0:b", 1, True),
        ("h:4:a h:3:a h:2:a h:1:a", 4, False),
        ("h:4:a h:3:a h:2:a h:1:a h:0:a", 5, True),
        (" ".join(f"s:{day}:e{day}" for day in range(9)), 4.5, False),
        (" ".join(f"s:{day}:e{day}" for day in range(10)), 5, True),
        ("h:89:a", 1, False),
        ("h:90:a", 0.5, False),
        ("h:179:a", 0.5, False),
        ("h:180:a", 0.25, False),
        ("s:180:a s:90:b", 0.375, False),  # a half, halved, and a half; halved again
        ("s:120:a s:60:b s:0:c", 1.5, False),  # never quiet for long enough
        ("o:0:a o:1:b l:2:c", 0, False),  # what counts nothing
        ("o:0:a h:3:b", 1, False),
    ],
)
def test_the_score(told, total, is_off):
    assert (score(history(told), NOW), is_too_much(history(told), NOW)) == (total, is_off)


BOUNCES = st.builds(
    Bounce,
    st.sampled_from(list(BounceKind)),
    st.sampled_from("abc"),
    st.integers(0, 2000).map(lambda hours: NOW - timedelta(hours=hours)),
)


@given(st.lists(BOUNCES, max_size=20), st.randoms())
def test_the_order_in_which_things_came_back_is_nothing_to_the_score(bounces, chance):
    mixed = list(bounces)
    chance.shuffle(mixed)
    assert score(mixed, NOW) == score(bounces, NOW)


@given(st.lists(BOUNCES, max_size=20), BOUNCES)
def test_one_more_never_makes_it_less(bounces, more):
    assert score([*bounces, more], NOW) >= score(bounces, NOW)
    assert is_too_much([*bounces, more], NOW) >= is_too_much(bounces, NOW)


@given(st.lists(BOUNCES, max_size=20), st.integers(0, 1000))
def test_quiet_never_makes_it_more(bounces, days):
    assert score(bounces, NOW + timedelta(days=days)) <= score(bounces, NOW)
