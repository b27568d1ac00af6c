"""Migrations: forward only, to exactly the tables that the code knows."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from papers import count_rows, shelve_one
from sqlalchemy import inspect, text

import bulletin.store as store_room
from bulletin.errors import StoreError
from bulletin.store import open_store
from bulletin.store.database import Database
from bulletin.store.migrate import HEAD
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
        assert store.items.list() == []


def test_four_may_open_an_empty_database_at_once(url):
    def open_and_list(_):
        with open_store(url) as store:
            return store.items.list()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_list, range(4))) == [[]] * 4


def test_the_newest_migration_is_the_one_that_a_current_database_is_known_by():
    scripts = Path(store_room.__file__).with_name("migrations")
    assert ScriptDirectory(str(scripts)).get_current_head() == HEAD


def test_a_current_database_is_opened_without_alembic(tmp_path):
    """It takes a quarter of the time in which a command starts."""
    url = f"sqlite:///{tmp_path / 'bulletin.db'}"
    open_store(url).close()
    code = "import sys, bulletin.store as s; s.open_store(sys.argv[1]).close(); sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, url], check=False).returncode == 0
