"""Reading the shelves."""

from datetime import datetime
from itertools import count

import pytest
from papers import later, paper, shelve_anew

from bulletin.model import DateSource


@pytest.fixture
def shelf(store):
    """Three items, by title: `dated` yesterday, `old` last month, and `undated`, seen at noon."""
    guids = count()
    dated = {"date_source": DateSource.PUBLISHED}
    shelved = shelve_anew(
        store,
        paper("old", guid=str(next(guids)), published=later(-24 * 30), **dated),
        paper("undated", guid=str(next(guids))),
        paper("dated", guid=str(next(guids)), published=later(-24), **dated),
    )
    return {item.title: item for item in shelved}


def titles(items):
    return [item.title for item in items]


def test_the_newest_date_comes_first(store, shelf):
    assert titles(store.items.list()) == ["undated", "dated", "old"]


def test_items_since_a_day_are_by_their_own_date_or_the_day_we_saw_them(store, shelf):
    assert titles(store.items.list(since=later(-24))) == ["undated", "dated"]


def test_items_can_be_listed_by_id(store, shelf):
    assert titles(store.items.list(ids=[shelf["old"].id, shelf["undated"].id, "no such"])) == ["undated", "old"]
    assert store.items.list(ids=[]) == []


def test_both_ways_to_choose_count_together(store, shelf):
    assert titles(store.items.list(since=later(-24), ids=[shelf["old"].id, shelf["dated"].id])) == ["dated"]


def test_a_listed_item_is_complete(store, shelf):
    assert store.items.list() == [store.items.get(shelf[name].id) for name in ("undated", "dated", "old")]
    assert store.items.get(shelf["old"].id) == shelf["old"]


def test_an_unknown_item_is_none(store):
    assert store.items.get("no such") is None


def test_a_day_without_a_zone_is_refused(store):
    with pytest.raises(Exception, match="no time zone"):
        store.items.list(since=datetime(2026, 11, 2))  # noqa: DTZ001 - the mistake under test
