"""Urgent editions in the database: the mark comes and goes with the draft, and follows items that are merged."""

from dataclasses import replace

import pytest
from papers import NOON, edition, later, paper, shelve_anew

from bulletin.store import Pair, UrgentRow

NAME = "update-2026-11-02"


@pytest.fixture
def hands(store):
    (found,) = shelve_anew(store, paper("Hands", url="https://example.org/hands"))
    return found


def save(store, *items):
    drafted = replace(edition("2026-11-02", 1, *items), is_urgent=True)
    row = UrgentRow(NAME, tuple(item.id for item in items), "eve", NOON)
    store.editions.save(drafted, NOON, None, row)
    return row


def test_an_edition_is_urgent_from_when_it_is_kept_so(store, hands):
    row = save(store, hands)
    assert store.urgent.get(NAME) == row
    assert store.editions.get(NAME).is_urgent is True
    assert store.editions.outline(NAME).is_urgent is True


def test_an_edition_that_is_kept_anew_stays_urgent(store, hands):
    save(store, hands)
    stood = store.editions.outline(NAME)
    store.editions.save(edition("2026-11-02", 1), later(1), stood)
    assert store.editions.get(NAME).is_urgent is True


def test_what_is_taken_back_was_never_urgent(store, hands):
    save(store, hands)
    store.editions.remove(NAME)
    assert store.urgent.get(NAME) is None
    store.editions.save(edition("2026-11-02", 1), later(1))
    assert store.editions.get(NAME).is_urgent is False


def test_urgent_editions_are_listed_apart_from_the_newest(store, hands):
    store.editions.save(edition("2026-11-01", 2), NOON)
    save(store, hands)
    assert [row.id for row in store.editions.newest()] == ["update-2026-11-01"]
    assert [row.id for row in store.editions.urgent()] == [NAME]
    assert store.urgent.among([NAME, "update-2026-11-01"]) == {NAME}
    assert store.urgent.among([]) == frozenset()


def test_an_item_that_went_into_another_is_that_one(store, hands):
    (other,) = shelve_anew(store, paper("Hands washed", url="https://example.org/washed"))
    save(store, hands, other)
    store.items.join_by_hand(Pair(hands.id, other.id, reason="an editor"), later(1))
    assert len(store.urgent.get(NAME).items) == 1
