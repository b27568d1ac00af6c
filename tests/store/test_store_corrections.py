"""What notices say of items that approved editions printed is told by the first edition that follows."""

from dataclasses import replace
from datetime import date

import pytest
from papers import NOON, edition, later, paper, shelve_anew

from bulletin.model import Approval, Email, Mark

FIRST, SECOND, THIRD = "update-2026-11-02", "update-2026-11-09", "update-2026-11-16"


@pytest.fixture
def items(store):
    return shelve_anew(store, paper("One", guid="1"), paper("Two", guid="2"), paper("Three", guid="3"))


def save(store, day, number, *items):
    return store.editions.save(edition(day, number, *items), NOON)


def approve(store, name, hours):
    store.approvals.add(Approval(0, name, "d", "eve", later(hours), (Email(name, "all", "s", "h", "t", b"m"),)))


def told(store, name):
    return [(one.item.title, one.day, one.item.marks) for one in store.editions.get(name).corrections]


def test_a_retraction_is_told_once_in_the_edition_after_it(store, items):
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    save(store, "2026-11-09", 2, items[1])
    assert told(store, SECOND) == []
    store.items.mark(items[0].id, Mark.RETRACTED, "notice", later(2))
    assert told(store, SECOND) == [("One", date(2026, 11, 2), (Mark.RETRACTED,))]
    assert store.editions.outline(SECOND).corrections == ()
    approve(store, SECOND, 3)
    save(store, "2026-11-16", 3, items[2])
    assert told(store, THIRD) == []
    assert told(store, SECOND) == [("One", date(2026, 11, 2), (Mark.RETRACTED,))]


def test_what_was_marked_before_it_was_approved_is_no_correction(store, items):
    store.items.mark(items[0].id, Mark.CORRECTED, "notice", NOON)
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    save(store, "2026-11-09", 2, items[1])
    assert told(store, SECOND) == []


def test_what_nobody_approved_was_never_sent_and_is_not_corrected(store, items):
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    store.items.mark(items[0].id, Mark.RETRACTED, "notice", later(2))
    save(store, "2026-11-09", 2, items[1])
    store.approvals.end(FIRST, later(3), "eve", "taken back")
    assert told(store, SECOND) == []


def test_an_approved_edition_tells_what_was_known_then(store, items):
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    save(store, "2026-11-09", 2, items[1])
    approve(store, SECOND, 2)
    store.items.mark(items[0].id, Mark.RETRACTED, "notice", later(3))
    assert told(store, SECOND) == []
    save(store, "2026-11-16", 3, items[2])
    assert told(store, THIRD) == [("One", date(2026, 11, 2), (Mark.RETRACTED,))]


def test_two_marks_of_one_item_are_one_correction_and_the_newest_edition_comes_first(store, items):
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    save(store, "2026-11-09", 2, items[1])
    approve(store, SECOND, 2)
    for item, mark in ((items[0], Mark.RETRACTED), (items[0], Mark.CORRECTED), (items[1], Mark.CONCERN)):
        store.items.mark(item.id, mark, "notice", later(3))
    save(store, "2026-11-16", 3, items[2])
    assert [one[0] for one in told(store, THIRD)] == ["Two", "One"]


def test_another_bulletin_has_nothing_to_correct(store, items):
    save(store, "2026-11-02", 1, items[0])
    approve(store, FIRST, 1)
    store.items.mark(items[0].id, Mark.RETRACTED, "notice", later(2))
    other = replace(edition("2026-11-09", 1, items[1]), id="digest-2026-11-09", bulletin="digest")
    store.editions.save(other, NOON)
    assert told(store, "digest-2026-11-09") == []
