"""Editions: a draft replaces a draft, history keeps its headings, nothing is printed twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from papers import NOON, count_rows, decide, edition, later, paper, shelve_anew

from bulletin.errors import StoreError
from bulletin.model import Edition, Placed, Section
from bulletin.store import EditionRow

LONG_AGO = NOON - timedelta(days=900)


@pytest.fixture
def items(store):
    return tuple(shelve_anew(store, *(paper(f"Trial number {n}", guid=str(n)) for n in range(4))))


def save(store, *editions):
    for each in editions:
        store.editions.save(each, NOON)


def test_an_edition_comes_back_as_it_was_composed(store, items):
    sections = (
        Section("policy", "Policy", (Placed(items[2], ("safety", "estates")), Placed(items[0])), (items[3],)),
        Section("estates", "Estates"),
        Section("safety", "Patient Safety", (Placed(items[1]),)),
    )
    composed = Edition("update-2026-11-02", "update", 7, date(2026, 11, 2), date(2026, 9, 28), sections)
    assert store.editions.save(composed, NOON) == composed
    assert store.editions.get(composed.id) == composed


def test_an_edition_without_sections_is_an_edition(store):
    empty = replace(edition("2026-11-02", 1), sections=())
    save(store, empty)
    assert store.editions.get(empty.id) == empty


def test_an_unknown_edition_is_none(store):
    assert store.editions.get("update-1999-01-01") is None


def test_a_draft_replaces_the_draft_of_its_day_and_keeps_its_number(store, items):
    save(store, edition("2026-11-02", 4, *items[:3], held_over=items[3:]))
    again = store.editions.save(edition("2026-11-02", 9, items[3]), later(1))
    assert again == edition("2026-11-02", 4, items[3]) == store.editions.get(again.id)
    rows = count_rows(store)
    assert [rows[f"edition{part}"] for part in ("", "_section", "_item", "_held_over")] == [1, 1, 1, 0]


def test_saving_leaves_other_editions_alone(store, items):
    others = [edition("2026-11-02", 1, items[0], bulletin="other"), edition("2026-10-05", 1, items[1])]
    save(store, *others, edition("2026-11-02", 2, items[0]), edition("2026-11-02", 2, items[2]))
    assert [store.editions.get(other.id) for other in others] == others


def test_a_number_that_another_day_has_taken_is_refused(store, items):
    save(store, edition("2026-11-02", 1, items[0]))
    with pytest.raises(StoreError, match="update-2026-11-02 has taken number 1: compose update-2026-11-09 again"):
        save(store, edition("2026-11-09", 1))
    assert store.editions.get("update-2026-11-09") is None


def test_the_list_shows_the_newest_day_first(store, items):
    save(
        store, edition("2026-10-05", 1, *items[:2]), edition("2026-11-02", 2), edition("2026-10-07", 1, bulletin="b")
    )
    assert [row.id for row in store.editions.list()] == ["update-2026-11-02", "b-2026-10-07", "update-2026-10-05"]
    row = EditionRow("update-2026-10-05", "update", 1, date(2026, 10, 5), date(2026, 10, 1), NOON, size=2)
    assert store.editions.list("update")[1] == row
    assert store.editions.list("none") == []


@pytest.mark.parametrize(
    ("day", "number"),
    [("2026-11-02", 5), ("2026-11-09", 6), ("2026-01-01", 6)],
    ids=["its draft's own", "one more than the highest", "also for an earlier day"],
)
def test_the_next_number_is(store, day, number):
    save(store, edition("2026-10-05", 3), edition("2026-11-02", 5), edition("2026-11-02", 80, bulletin="other"))
    assert store.editions.next_number("update", date.fromisoformat(day)) == number


def test_the_first_number_is_one(store):
    assert store.editions.next_number("update", date(2026, 11, 2)) == 1


def test_what_other_editions_of_the_bulletin_print_is_printed(store, items):
    one, two, three, four = items
    save(store, edition("2026-10-05", 1, one, held_over=(four,)), edition("2026-11-02", 2, two))
    save(store, edition("2026-10-05", 1, three, bulletin="other"))
    assert store.editions.printed("update", "update-2026-11-02") == {one.id}
    assert store.editions.printed("update", "") == {one.id, two.id}


def ids(*items):
    return {item.id for item in items}


def held_over(store, day, bulletin="update"):
    return store.editions.held_over(bulletin, date.fromisoformat(day), LONG_AGO)


def test_what_any_earlier_edition_had_no_room_for_is_held_over(store, items):
    save(store, edition("2026-10-05", 1, held_over=items[:1]), edition("2026-10-12", 2, held_over=items[1:3]))
    assert held_over(store, "2026-10-19") == ids(*items[:3])


def test_what_the_last_edition_says_nothing_of_is_held_over_all_the_same(store, items):
    """Its heading may have been taken out for once, or the machine may have suggested nothing for it."""
    save(store, edition("2026-10-05", 1, held_over=items[:1]), edition("2026-10-12", 2, items[1]))
    assert held_over(store, "2026-10-19") == ids(items[0])


def test_composing_an_earlier_day_again_loses_nothing_that_it_holds_over(store, items):
    save(store, edition("2026-10-05", 1, items[0]), edition("2026-10-12", 2, items[1], held_over=items[2:3]))
    save(store, edition("2026-10-05", 1, items[0], held_over=items[3:]))
    assert held_over(store, "2026-10-19") == ids(items[2], items[3])


def test_what_only_the_machine_chose_waits_until_it_is_old(store, items):
    save(store, edition("2026-10-05", 1, held_over=items[:2]))
    decide(store, items[1].id, "safety")
    assert store.editions.held_over("update", date(2026, 10, 12), NOON + timedelta(days=400)) == ids(items[1])


def test_an_edition_of_more_than_a_year_ago_holds_nothing_over(store, items):
    save(store, edition("2025-10-05", 1, held_over=items[:1]), edition("2025-12-07", 2, held_over=items[1:2]))
    assert held_over(store, "2026-10-12") == ids(items[1])


def test_before_the_first_edition_nothing_is_held_over(store, items):
    save(store, edition("2026-10-05", 1, held_over=items))
    assert held_over(store, "2026-10-05") == frozenset()
    assert held_over(store, "2026-10-12", "other") == frozenset()


def test_what_was_printed_after_all_is_not_held_over(store, items):
    save(store, edition("2026-09-07", 1, items[0]), edition("2026-10-05", 2, held_over=items[:3]))
    save(store, edition("2026-11-02", 3, items[1]))
    assert held_over(store, "2026-10-12") == ids(items[2])


def test_composing_a_day_again_finds_the_same_held_over(store, items):
    save(store, edition("2026-10-05", 1, held_over=items[:2]))
    before = held_over(store, "2026-10-12")
    save(store, edition("2026-10-12", 2, *items[:2]))
    assert held_over(store, "2026-10-12") == before == ids(*items[:2])


def test_a_draft_that_is_taken_back_is_gone_with_all_that_hangs_on_it(store, items):
    save(store, edition("2026-10-05", 1, items[0], held_over=items[1:]))
    assert store.editions.remove("update-2026-10-05")
    assert (store.editions.get("update-2026-10-05"), store.editions.list()) == (None, [])
    rows = count_rows(store)
    assert [rows[f"edition{part}"] for part in ("", "_section", "_item", "_held_over")] == [0] * 4


def test_what_a_draft_printed_may_be_printed_again_when_it_is_taken_back(store, items):
    save(store, edition("2026-10-05", 1, held_over=items[:1]), edition("2026-10-12", 2, items[0]))
    store.editions.remove("update-2026-10-12")
    assert store.editions.printed("update", "") == frozenset()
    assert held_over(store, "2026-10-19") == ids(items[0])


@pytest.mark.parametrize(("gone", "next_number"), [("2026-10-12", 2), ("2026-10-05", 3)], ids=["last", "first"])
def test_after_a_draft_is_taken_back_the_next_number_follows_the_highest_that_is_left(store, gone, next_number):
    save(store, edition("2026-10-05", 1), edition("2026-10-12", 2))
    store.editions.remove(f"update-{gone}")
    assert store.editions.next_number("update", date(2026, 10, 19)) == next_number


def test_taking_a_draft_back_leaves_other_editions_alone(store, items):
    others = [edition("2026-10-05", 1, items[0]), edition("2026-10-12", 1, items[1], bulletin="other")]
    save(store, *others, edition("2026-10-12", 2, items[1]))
    store.editions.remove("update-2026-10-12")
    assert [store.editions.get(other.id) for other in others] == others


def test_there_is_no_draft_to_take_back_twice(store):
    save(store, edition("2026-10-05", 1))
    assert [store.editions.remove("update-2026-10-05") for _ in range(2)] == [True, False]
