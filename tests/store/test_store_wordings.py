"""Wordings: every one stays, the latest counts, and empty ones give the item its source's words back."""

import pytest
from papers import NOON, count_rows, edition, later, paper, shelve_anew

from bulletin.errors import UnknownError
from bulletin.model import Wording
from bulletin.store import Pair


@pytest.fixture
def items(store):
    return shelve_anew(store, paper("One", guid="1"), paper("Two", guid="2"))


def reword(store, item, title="", summary="", hours=0.0):
    words = Wording(item.id, title, summary, "ann", later(hours))
    with store.sittings.sit() as sitting:
        sitting.reword(words)
    return words


def test_words_come_back_as_they_were_written(store, items):
    made = reword(store, items[0], "Hände", "“Three wards”\n<b>β</b>")
    assert store.sittings.wordings([one.id for one in items]) == {items[0].id: made}
    assert store.sittings.wordings([]) == {}


def test_the_latest_words_count_and_the_earlier_ones_stay(store, items):
    reword(store, items[0], "First", "Text")
    latest = reword(store, items[0], "", "Other text")
    assert store.sittings.wordings([items[0].id]) == {items[0].id: latest}
    assert count_rows(store)["wording"] == 2


def test_empty_words_are_none(store, items):
    reword(store, items[0], "First")
    reword(store, items[0])
    assert store.sittings.wordings([items[0].id]) == {}


def test_an_edition_is_printed_in_them_and_the_item_keeps_its_own(store, items):
    made = reword(store, items[0], "Own")
    store.editions.save(edition("2026-11-02", 1, *items), NOON)
    first, second = store.editions.get("update-2026-11-02").sections[0].items
    assert (first.wording, first.item.title, second.wording) == (made, "One", None)


@pytest.mark.parametrize(("hours", "title"), [(-1, None), (0, "Early"), (1, "Early"), (2, "Late"), (3, "Late")])
def test_an_edition_is_read_in_the_words_of_a_moment(store, items, hours, title):
    reword(store, items[0], "Early", hours=0)
    reword(store, items[0], "Late", hours=2)
    store.editions.save(edition("2026-11-02", 1, items[0]), NOON)
    (placed,) = store.editions.get("update-2026-11-02", worded=later(hours)).sections[0].items
    assert (placed.wording and placed.wording.title) == title


@pytest.mark.parametrize("reworded", [0, 1])
def test_items_that_became_one_have_the_words_of_either(store, items, reworded):
    reword(store, items[reworded], "Own")
    store.items.join([Pair(items[1].id, items[0].id)], later(1))
    stays = store.items.get(items[0].id)
    assert store.sittings.wordings([stays.id])[stays.id].title == "Own"


def test_of_both_the_words_for_the_one_that_stands_come_first(store, items):
    reword(store, items[0], "The first")
    reword(store, items[1], "The second")
    store.items.join([Pair(items[1].id, items[0].id)], later(1))
    stays = store.items.get(items[0].id)
    expected = "The first" if stays.id == items[0].id else "The second"
    assert store.sittings.wordings([stays.id])[stays.id].title == expected


def test_there_are_no_words_for_nothing(store):
    with pytest.raises(UnknownError):
        reword(store, paper("Nothing", id="nothing"))
