"""Migrations: forward only, to exactly the tables that the code knows."""

import sqlite3
import stat
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from papers import NOON, count_rows, shelve_one
from sqlalchemy import column, insert, inspect, table, text

import bulletin.store as store_room
from bulletin.errors import StoreError
from bulletin.model import Origin, Outcome, Suggestion, Visit
from bulletin.store import open_store
from bulletin.store.database import Database
from bulletin.store.migrate import HEAD
from bulletin.store.tables import metadata

# What the databases make of the table item_words, each in its own way: FTS5's tables, or generated columns.
PARTS = ("", "_config", "_data", "_docsize", "_idx")
SEARCHED = {f"item_{kind}{part}" for kind in ("stems", "starts") for part in PARTS}
GENERATED = {"stems", "starts", "ix_item_words_stems", "ix_item_words_starts"}


def differences(connection):
    """Where the tables of a database are not those that the code knows; of ix_item_date SQLite tells nothing."""

    def is_ours(_, name, kind, *__):
        return name not in (SEARCHED if kind == "table" else GENERATED)

    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_ours})
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*expression-based index.*ix_item_date")
        return compare_metadata(context, metadata)


def test_an_empty_database_gets_exactly_the_tables_that_the_code_knows(store):
    with store._database.read() as connection:
        assert differences(connection) == []
        found = {*inspect(connection).get_table_names()} - SEARCHED
        assert found == {*metadata.tables, "alembic_version"}


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


BLANK = ("date_flag", "summary", "kind", "journal", "volume", "number", "pages", "language", "guid", "summary_feed")
FIRST_RELEASE = {
    "visit": {"feed": "bmj", "at": NOON, "outcome": "failed", "url": "https://x.org", "message": "broken"}
    | {"seen": 0, "new": 0},
    "item": {"id": "a1", "title": "Gowns", "url": "", "doi": "10.5555/gowns", "date_source": "first seen"}
    | {"authors": ["A. Adams"], "categories": [], "free": True, "first_seen": NOON, "source": "bmj"}
    | dict.fromkeys(BLANK, ""),
    "item_key": {"key": "doi:10.5555/gowns", "item": "a1"},
    "classification": {"id": 1, "item": "a1", "recipe": "r1", "trained_on": 0, "at": NOON},
    "suggestion": {"classification": 1, "rank": 0, "topic": "green", "score": 0.75, "because": []},
    "sighting": {"item": "a1", "feed": "bmj", "seen_at": NOON, "guid": "", "title": "Gowns", "url": ""},
}


def make_first_release(url):
    """Make a database as the first release left it, with a visit and an item."""
    database, config = Database(url), Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, row in FIRST_RELEASE.items():
            columns = [column(key, metadata.tables[name].c[key].type) for key in row]
            connection.execute(insert(table(name, *columns)).values(row))
    database.close()


@pytest.fixture
def old_file(tmp_path):
    """The file of a database of the first release."""
    path = tmp_path / "my bulletin.db"
    make_first_release(f"sqlite:///{path.as_posix()}")
    return path


def copies(path):
    return sorted(other.name for other in path.parent.iterdir() if other.name.startswith(f"{path.name}.before"))


def test_a_database_of_the_first_release_is_opened_and_lost_nothing(url):
    make_first_release(url)
    with open_store(url) as store:
        visit = Visit("bmj", NOON, Outcome.FAILED, "https://x.org", message="broken")
        assert store.visits.latest() == {"bmj": visit}
        (item,) = store.items.list()
        assert (item.title, item.doi, item.first_seen, item.feeds) == ("Gowns", "10.5555/gowns", NOON, ("bmj",))
        assert (item.authors, item.free, item.keys) == (("A. Adams",), True, ("doi:10.5555/gowns",))
        assert (item.notice, item.free_url, item.marks, item.added) == (None, "", (), ())
        (look,) = store.suggestions.latest().values()
        assert look.suggestions == (Suggestion("a1", "green", 0.75, (), Origin.TOPIC_FILE),)
        assert look.near == ()
        assert store.search.find("adams gowns").ids == (item.id,)
        with store._database.read() as connection:
            assert differences(connection) == []


def test_a_file_is_copied_before_it_is_changed(old_file):
    old_file.chmod(0o640)
    open_store(f"sqlite:///{old_file.as_posix()}").close()
    copy = old_file.with_name(f"my bulletin.db.before-{HEAD}")
    assert copies(old_file) == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(old_file.stat().st_mode)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT title FROM item").fetchall() == [("Gowns",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_what_was_not_written_to_the_file_yet_is_in_the_copy(old_file):
    with sqlite3.connect(old_file) as other:
        other.execute("UPDATE item SET title = 'In the log'")
        other.commit()
        open_store(f"sqlite:///{old_file.as_posix()}").close()
    other.close()
    with sqlite3.connect(old_file.with_name(f"my bulletin.db.before-{HEAD}")) as connection:
        assert connection.execute("SELECT title FROM item").fetchall() == [("In the log",)]
    connection.close()


def test_an_earlier_copy_stays(old_file):
    copy = old_file.with_name(f"my bulletin.db.before-{HEAD}")
    copy.write_bytes(b"precious")
    open_store(f"sqlite:///{old_file.as_posix()}").close()
    assert copies(old_file) == [copy.name, f"{copy.name}-1"]
    assert copy.read_bytes() == b"precious"


def test_half_a_copy_is_made_anew(old_file):
    copy = old_file.with_name(f"my bulletin.db.before-{HEAD}")
    copy.with_name(f"{copy.name}.part").write_bytes(b"half a copy " * 999)
    open_store(f"sqlite:///{old_file.as_posix()}").close()
    assert copies(old_file) == [copy.name]
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT title FROM item").fetchall() == [("Gowns",)]
    connection.close()


def test_a_new_database_and_a_current_one_are_not_copied(tmp_path):
    path = tmp_path / "b.db"
    for _ in range(2):
        open_store(f"sqlite:///{path.as_posix()}").close()
    assert copies(path) == []


def test_without_a_copy_nothing_is_changed(old_file, monkeypatch):
    def fail(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("bulletin.store.copying.shutil.copymode", fail)
    with pytest.raises(StoreError, match=r"cannot copy .*my bulletin\.db to .*before-\d+ .*; nothing was changed"):
        open_store(f"sqlite:///{old_file.as_posix()}")
    assert copies(old_file) == []
    with sqlite3.connect(old_file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    connection.close()


def test_four_who_open_an_old_file_at_once_copy_it_once(old_file):
    def open_and_count(_):
        with open_store(f"sqlite:///{old_file.as_posix()}") as store:
            return len(store.items.list())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_count, range(4))) == [1] * 4
    assert copies(old_file) == [f"my bulletin.db.before-{HEAD}"]
