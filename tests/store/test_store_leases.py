"""Leases: a thing is in one pair of hands at a time, and does not stay in those of somebody who is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


def test_what_is_free_is_taken_and_what_is_in_other_hands_is_not(store):
    assert store.leases.take({"a", "b"}, "ann", NOW, LATER) == {"a", "b"}
    assert store.leases.take({"b", "c"}, "bob", NOW, LATER) == {"c"}


def test_what_is_freed_may_be_taken(store):
    store.leases.take({"a", "b"}, "ann", NOW, LATER)
    store.leases.take({"c"}, "bob", NOW, LATER)
    store.leases.free("ann")
    assert store.leases.take({"a", "b", "c"}, "eve", NOW, LATER) == {"a", "b"}


def test_a_lease_ends_with_its_time(store):
    store.leases.take({"a"}, "ann", NOW, LATER)
    assert store.leases.take({"a"}, "bob", LATER - MINUTE, LATER) == set()
    assert store.leases.take({"a"}, "bob", LATER, LATER + MINUTE) == {"a"}


def test_a_lease_of_a_clock_that_was_far_ahead_is_none(store):
    ahead = NOW + timedelta(days=40)
    store.leases.take({"a"}, "ann", ahead, ahead + 10 * MINUTE)
    assert store.leases.take({"a"}, "bob", NOW, LATER) == {"a"}


def test_a_lease_of_a_clock_that_is_a_little_ahead_is_one(store):
    store.leases.take({"a"}, "ann", NOW + MINUTE, LATER + MINUTE)
    assert store.leases.take({"a"}, "bob", NOW, LATER) == set()


def test_a_lease_that_is_renewed_goes_on(store):
    store.leases.take({"a"}, "ann", NOW, LATER)
    store.leases.renew("ann", LATER + MINUTE)
    assert store.leases.take({"a"}, "bob", LATER, LATER + MINUTE) == set()


def test_whoever_is_known_to_be_gone_has_nothing_in_hand(store):
    store.leases.take({"a", "b"}, "ann", NOW, LATER)
    store.leases.take({"c"}, "bob", NOW, LATER)
    assert store.leases.take({"a", "c"}, "eve", NOW, LATER, lambda who: who == "ann") == {"a"}
    assert store.leases.take({"b"}, "eve", NOW, LATER) == {"b"}


def test_of_many_who_come_at_once_one_gets_each_thing(store):
    names = {f"host:{number}.example.org:443" for number in range(20)}
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda who: store.leases.take(names, who, NOW, LATER), ("ann", "bob", "eve", "joe")))
    assert sorted(name for some in taken for name in some) == sorted(names)
