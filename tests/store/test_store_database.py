"""Opening: where the database is, how it is set, and what goes wrong in plain words."""

import os
import sqlite3
import sys

import pytest
from papers import count_rows, paper, shelve, shelve_one
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bulletin.errors import StoreError
from bulletin.store import open_store
from bulletin.store.database import Database


def refusal(url):
    """Open what cannot be opened; gives the one line that says why."""
    with pytest.raises(StoreError) as caught:
        open_store(url)
    line = str(caught.value)
    assert "\n" not in line
    return line


@pytest.mark.parametrize("name", ["bulletin.db", "büro & co 100% (1).db", "with space/a.db"])
def test_a_database_is_made_where_the_address_says(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with open_store(f"sqlite:///{path}") as store:
        shelve_one(store)
    with open_store(f"sqlite:///{path.as_posix()}") as store:
        assert (len(store.items.list()), path.is_file()) == (1, True)


def test_percent_signs_in_an_address_spell_what_an_address_cannot_hold(tmp_path):
    open_store(f"sqlite:///{tmp_path.as_posix()}/100%25%20%23.db").close()
    assert (tmp_path / "100% #.db").is_file()


def test_a_relative_address_is_of_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///here.db").close()
    assert (tmp_path / "here.db").is_file()


def test_the_store_in_memory_is_a_store():
    with open_store("sqlite://") as store:
        shelve_one(store)
        assert len(store.items.list()) == 1


def test_sqlite_is_set_to_lose_nothing(tmp_path):
    settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with open_store(f"sqlite:///{tmp_path}/b.db") as store, store._database.write() as connection:
        assert {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in settings} == settings


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Notes for the next edition\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    assert "notes.txt is not a database: move it away" in refusal(f"sqlite:///{path.as_posix()}")
    assert path.read_bytes() == before


def test_a_damaged_database_is_told_from_a_missing_one(tmp_path):
    path = tmp_path / "b.db"
    with open_store(f"sqlite:///{path.as_posix()}") as store:
        shelve(store, *(paper(f"Trial {n}", guid=str(n)) for n in range(300)))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with (
        pytest.raises(StoreError, match=r"b\.db is damaged: restore it from a backup"),
        open_store(f"sqlite:///{path.as_posix()}") as store,
    ):
        store.items.list()


def test_a_missing_folder_is_told(tmp_path):
    url = f"sqlite:///{(tmp_path / 'none' / 'b.db').as_posix()}"
    assert f"cannot open {url.removeprefix('sqlite:///')}: make its folder" in refusal(url)


def test_a_database_that_can_only_be_read_is_told(tmp_path):
    with open_store(f"sqlite:///{tmp_path.as_posix()}/b.db") as store:
        with store._database.read() as connection:
            connection.exec_driver_sql("PRAGMA query_only = on")
        with pytest.raises(StoreError, match=r"b\.db can only be read: check who may write there"):
            shelve_one(store)


def test_a_full_disk_is_told_and_nothing_is_half_stored(tmp_path):
    with open_store(f"sqlite:///{tmp_path.as_posix()}/b.db") as store:
        before = count_rows(store)
        with store._database.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="the disk is full: make room"):
            shelve(store, *(paper(f"Trial {n}", guid=str(n), summary="x" * 999) for n in range(99)))
        assert count_rows(store) == before


@pytest.mark.skipif(os.name != "posix", reason="other systems keep permissions in another way")
def test_nobody_else_on_the_machine_reads_a_new_database(tmp_path):
    with open_store(f"sqlite:///{tmp_path.as_posix()}/b.db") as store:
        count_rows(store)
        assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.name != "b.db-shm"} == {
            "b.db": 0o600,
            "b.db-wal": 0o600,
        }


def test_the_permissions_of_a_database_that_is_there_stay(tmp_path):
    file = tmp_path / "b.db"
    file.touch()
    file.chmod(0o660)
    with open_store(f"sqlite:///{file.as_posix()}"):
        assert file.stat().st_mode & 0o777 == 0o660


def test_no_error_repeats_what_was_to_be_written(store):
    with pytest.raises(DBAPIError) as caught, store._database.write() as connection:
        connection.execute(text("INSERT INTO editor (id, name) VALUES ('a', :secret)"), {"secret": "s3cret"})
    assert "INSERT INTO editor" in str(caught.value)
    assert "s3cret" not in str(caught.value).replace(str(caught.value.orig), "")


def test_a_sqlite_that_cannot_search_is_told(tmp_path):
    with (
        open_store(f"sqlite:///{tmp_path.as_posix()}/b.db") as store,
        pytest.raises(StoreError, match="SQLite cannot search texts"),
        store._database.write() as connection,
    ):
        connection.exec_driver_sql("CREATE VIRTUAL TABLE words USING fts4711(words)")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "bulletin.db",
        "mysql://ann:secret@host/name",
        "sqlite+aiosqlite:///b.db",
        "postgresql://ann:secret@host:port/name",
        "postgresql+psycopg2://ann:secret@host/name",
        "sqlite://secret.db",
        "sqlite:///secret.db?timeout=abc",
        "sqlite:////what is secret?/bulletin.db",
        "postgresql://ann:secret@host/name?plugin=none",
        "postgresql://ann:secret@host/name?host=a&host=b&port=1&port=2&port=3",
        "postgresql://ann@127.0.0.1:1/name?passwort=secret",
    ],
)
def test_an_address_of_no_database_is_refused_without_repeating_it(url):
    line = refusal(url)
    assert "BULLETIN_DATABASE_URL must look like sqlite:///file.db or postgresql://" in line
    assert "secret" not in line


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal("postgresql://host/name") == 'PostgreSQL needs its driver: pip install "psycopg[binary]"'


def test_a_server_that_does_not_answer_is_told_without_the_password():
    line = refusal("postgresql://ann:s3cret@127.0.0.1:1/news")
    assert line.startswith("cannot work with postgresql+psycopg://ann:***@127.0.0.1:1/news: ")
    assert "refused" in line
    assert "s3cret" not in line


def test_a_password_is_hidden_wherever_the_server_repeats_it(postgres):
    there = postgres.set(database="s3cret", password="s3cret").render_as_string(hide_password=False)
    line = refusal(there)
    assert 'database "***" does not exist' in line


def test_a_user_without_permission_is_told(postgres, new_schema):
    url = new_schema()
    schema = url.rpartition("%3D")[2]
    with open_store(url) as store, store._database.write() as connection:
        connection.execute(text("DROP ROLE IF EXISTS reader"))
        connection.execute(text("CREATE ROLE reader LOGIN"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO reader"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader"))
    with open_store(url.replace("postgres:@", "reader:@").replace("postgres@", "reader@")) as store:
        assert store.items.list() == []
        with pytest.raises(StoreError, match="gives no permission: its owner must let this user"):
            shelve_one(store)


def test_an_option_may_hold_a_password_and_is_never_repeated():
    assert "s3cret" not in refusal("postgresql://ann@127.0.0.1:1/news?password=s3cret")


FOREIGN = "is not a bulletin database: name another with BULLETIN_DATABASE_URL"


def test_a_database_of_another_program_is_told_and_left_alone(url):
    database = Database(url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE item (name TEXT)"))
    assert FOREIGN in refusal(url)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == ["item"]
    database.close()


def test_a_database_that_lost_a_table_is_told(store, url):
    with store._database.write() as connection:
        connection.execute(text("DROP TABLE visit"))
    with open_store(url) as again, pytest.raises(StoreError, match=FOREIGN):
        again.visits.latest()


def test_a_mistake_of_ours_is_heard_as_it_is(store):
    with pytest.raises(DBAPIError, match="no_such_column"), store._database.read() as connection:
        connection.execute(text("SELECT no_such_column FROM item"))


def test_a_row_that_is_there_already_is_a_mistake_of_ours(store):
    row = "('e', 'b', 1, '2026-11-02', '2026-10-01', '2026-11-02')"
    with pytest.raises(IntegrityError), store._database.write() as connection:
        connection.execute(text(f"INSERT INTO edition VALUES {row}, {row}"))


def test_after_closing_the_file_is_free(tmp_path):
    path = tmp_path / "b.db"
    open_store(f"sqlite:///{path.as_posix()}").close()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.rollback()
    other.close()
    path.unlink()
