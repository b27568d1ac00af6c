"""The record: lines are only added, and a change of any of them is found."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import NOON, later
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tries import tries

from bulletin.errors import BulletinError
from bulletin.model import Deed


def write(store, count: int = 3) -> None:
    for number in range(count):
        who = ("ann@example.org", "bo@example.org")[number % 2]
        store.deeds.add(Deed(later(number), who, "approved", f"update-{number}", before="", after="sent"))


def change(store, statement: str) -> None:
    """Change the record as somebody could who has the database and has taken the triggers away."""
    with store._database.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER deed_no_update"))
            connection.execute(text("DROP TRIGGER deed_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER deed_stays ON deed"))
        connection.execute(text(statement))


def test_lines_come_back_newest_first_with_number_and_seal(store):
    write(store)
    newest, *_ = store.deeds.latest()
    assert (newest.id, newest.at, newest.who, newest.what) == (3, later(2), "ann@example.org", "update-2")
    assert len(newest.digest) == 64
    assert len({one.digest for one in store.deeds.latest()}) == 3


def test_lines_are_read_a_page_at_a_time_and_of_one_person(store):
    write(store, 5)
    assert [one.id for one in store.deeds.latest(most=2)] == [5, 4]
    assert [one.id for one in store.deeds.latest(before=4, most=2)] == [3, 2]
    assert [one.id for one in store.deeds.latest("bo@example.org")] == [4, 2]
    assert [one.id for one in store.deeds.all()] == [1, 2, 3, 4, 5]
    assert [one.id for one in store.deeds.all("bo@example.org")] == [2, 4]
    assert store.deeds.people() == ["ann@example.org", "bo@example.org"]


def test_a_long_record_is_read_whole(store, monkeypatch):
    monkeypatch.setattr("bulletin.store.deeds._BATCH", 2)
    write(store, 5)
    assert [one.id for one in store.deeds.all()] == [1, 2, 3, 4, 5]
    assert store.deeds.first_broken() is None


def test_an_empty_record_is_whole(store):
    assert store.deeds.first_broken() is None


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE deed SET after = 'kept' WHERE id = 2", 2),
        ("UPDATE deed SET who = 'bo@example.org' WHERE id = 1", 1),
        ("UPDATE deed SET at = '2026-11-02 13:00:00.000001' WHERE id = 2", 2),
        ("UPDATE deed SET digest = 'f' WHERE id = 3", 3),
        ("DELETE FROM deed WHERE id = 2", 3),
        ("UPDATE deed SET id = id + 10 WHERE id = 1", 2),
        ("INSERT INTO deed SELECT 0, at, who, did, what, before, after, digest FROM deed WHERE id = 3", 0),
    ],
)
def test_the_first_line_is_found_that_is_not_as_it_was(store, statement, first):
    write(store)
    assert store.deeds.first_broken() is None
    change(store, statement)
    assert store.deeds.first_broken().id == first


@pytest.mark.parametrize(
    "statement", ["UPDATE deed SET who = 'x'", "DELETE FROM deed", "DELETE FROM deed WHERE id = 1"]
)
def test_the_database_itself_refuses_to_change_a_line(store, statement):
    write(store)
    with (
        pytest.raises((DBAPIError, BulletinError), match="stays as it was written"),
        store._database.write() as writer,
    ):
        writer.execute(text(statement))
    assert [one.who for one in store.deeds.all()] == ["ann@example.org", "bo@example.org", "ann@example.org"]


def test_an_instant_is_sealed_as_it_is_stored(store):
    there = later(0.1234567).astimezone(timezone(timedelta(hours=5, minutes=30)))
    store.deeds.add(Deed(there, "ann@example.org", "approved", "update-1"))
    assert store.deeds.first_broken() is None
    assert store.deeds.latest()[0].at == there


@settings(max_examples=tries(10), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(), min_size=5, max_size=5))
def test_any_texts_are_sealed_as_they_are_stored(store, texts):
    store.deeds.add(Deed(NOON, *texts))
    assert store.deeds.first_broken() is None


def test_texts_cannot_move_from_one_column_to_the_next(store):
    store.deeds.add(Deed(NOON, "a", "b", "c"))
    store.deeds.add(Deed(NOON, "ab", "", "c"))
    first, second = store.deeds.all()
    assert replace(first, digest="", id=0) != replace(second, digest="", id=0)
    change(store, "UPDATE deed SET did = '', who = 'ab' WHERE id = 1")
    assert store.deeds.first_broken().id == 1
