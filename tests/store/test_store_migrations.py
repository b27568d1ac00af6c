"""Migrations: forward only, to exactly the tables that the code knows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from papers import count_rows, shelve_one
from sqlalchemy import inspect, text

from bulletin.errors import StoreError
from bulletin.store import open_store
from bulletin.store.database import Database
from bulletin.store.tables import metadata


def test_an_empty_database_gets_exactly_the_tables_that_the_code_knows(store):
    with store._database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_opening_again_changes_nothing(store, url):
    shelve_one(store)
    before = count_rows(store)
    with open_store(url) as again:
        assert count_rows(again) == before


def test_a_database_of_a_later_release_is_refused_and_left_alone(store, url):
    with store._database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="a later release of bulletin wrote this database: update bulletin"):
        open_store(url)
    with store._database.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(url, monkeypatch):
    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(KeyboardInterrupt):
        open_store(url)
    monkeypatch.undo()
    database = Database(url)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()
    with open_store(url) as store:
        assert store.items.count() == 0


def test_four_may_open_an_empty_database_at_once(url):
    def open_and_count(_):
        with open_store(url) as store:
            return store.items.count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_count, range(4))) == [0] * 4
