"""From release to release: earlier databases open, later ones are refused, a full disk spoils none (bar D5)."""

import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import editing
import newsroom
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import bulletin.store as store_room
from bulletin.errors import OutputError, StoreError
from bulletin.jobs import backups
from bulletin.store import open_store
from bulletin.store.database import Database
from bulletin.store.migrate import HEAD

RELEASES = sorted(path.name[:4] for path in (Path(store_room.__file__).parent / "migrations/versions").glob("0*.py"))
DAY = "2026-11-22 09:30:00.000000"


def released(file, name):
    """Make a database as an earlier release did, with an item that all of them can hold."""
    config = Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    with closing(Database(f"sqlite:///{file}")) as database, database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        columns = {row[1]: row[3] for row in connection.exec_driver_sql("PRAGMA table_info(item)")}
        given = {
            "id": "a1",
            "title": "Gowns",
            "first_seen": DAY,
            "free": 1,
            "date_source": "first seen",
            "authors": "[]",
            "categories": "[]",
        }
        values = [given.get(name, "" if is_wanted else None) for name, is_wanted in columns.items()]
        connection.exec_driver_sql(f"INSERT INTO item VALUES ({', '.join('?' * len(columns))})", tuple(values))
        command.upgrade(config, name)
    return file


def release(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


@pytest.mark.parametrize("name", RELEASES)
def test_the_database_of_each_release_opens_in_this_one(tmp_path, name):
    file = released(tmp_path / "bulletin.db", name)
    with open_store(f"sqlite:///{file}") as store:
        assert [item.title for item in store.items.list()] == ["Gowns"]
        assert len(store.search.find("gowns").ids) == 1
        assert store.whole.check(thorough=True) == ""
    assert release(file) == HEAD
    assert (tmp_path / f"bulletin.db.before-{HEAD}").exists() == (name != HEAD)


def test_these_are_all_releases():
    scripts = ScriptDirectory(str(Path(store_room.__file__).with_name("migrations")))
    assert [script.revision for script in scripts.walk_revisions()] == RELEASES[::-1]


# A database of a later release.

COMMANDS = (
    "approve update-2026-11-22 --by eve@example.nhs.uk", "backup", "blocks list update-2026-11-22",
    "bounces list", "classify", "compose", "decide a1 greener --by eve@example.nhs.uk", "deliver",
    "editors list", "enrich", "export update-2026-11-22 --as ris", "feeds", "fetch", "forget", "items",
    "items add https://example.org/", "links update-2026-11-22", "lint update-2026-11-22", "outbox",
    "outbox doubts", "render", "report", "run --port 0", "schedule", "serve --port 0", "status",
    "subscribers", "why a1", "withdraw update-2026-11-22", "worker",
)  # fmt: skip


@pytest.fixture
def place(tmp_path):
    """A workspace whose database a later release wrote."""
    folder = newsroom.workspace(tmp_path, "http://127.0.0.1:9/a")
    with closing(sqlite3.connect(folder / "bulletin.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    return folder


@pytest.mark.parametrize("typed", COMMANDS)
def test_a_database_of_a_later_release_is_refused_by_each_command(place, bulletin, typed):
    before = (place / "bulletin.db").read_bytes()
    code, out, said = bulletin(*typed.split())
    assert (code, out) == (1, "")
    assert said == "bulletin: a later release of bulletin wrote this database: update bulletin to open it\n"
    assert (place / "bulletin.db").read_bytes() == before


# A full disk: a small one of memory, where this system lets us have one.


@pytest.fixture
def disk(tmp_path):
    """Make a disk of so many bytes; gives what makes it."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def small(size):
        mount = shutil.which("mount")
        made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
        if not made or made.returncode:
            pytest.skip("no small disk can be had here: it takes root on Linux")
        return folder

    yield small
    with suppress(FileNotFoundError):
        subprocess.run(["umount", folder], check=False, capture_output=True)


def fill(folder, leave):
    """Leave so many bytes free."""
    with (folder / "filler").open("wb") as file:
        file.write(b"x" * max(shutil.disk_usage(folder).free - leave, 0))


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (10_000, "check the disk, which may be full"),  # not even for what SQLite shares between processes
        (60_000, "cannot copy .*full.*; nothing was changed"),
        (0, "the disk is full: make room"),  # the copy finds room, and what is changed does not
    ],
)
def test_a_disk_that_is_full_spoils_no_database_that_is_brought_up_to_date(disk, room, words):
    folder = disk("4m")
    file = released(folder / "bulletin.db", "0011")
    size = file.stat().st_size
    fill(folder, room or size + 80_000)
    with pytest.raises(StoreError, match=words):
        open_store(f"sqlite:///{file}")
    assert not list(folder.glob("*.part"))
    (folder / "filler").unlink()
    assert release(file) == "0011"
    with open_store(f"sqlite:///{file}") as store:
        assert [item.title for item in store.items.list()] == ["Gowns"]


@pytest.mark.parametrize("room", [0, 300_000, 760_000])
def test_a_backup_on_a_disk_that_fills_up_leaves_nothing_half_made(disk, tmp_path, monkeypatch, room):
    """In the middle of the copy, or of the archive; that nothing was begun without room is left out."""
    monkeypatch.setattr("bulletin.jobs.backups.making.require_room", lambda *_: None)
    folder = disk("4m")
    work = tmp_path / "room"
    work.mkdir()
    with editing.open_desk(work, newsroom.Clock(editing.NOW)) as desk:
        first = backups.backup(desk, folder).file
        with desk.store._database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO failure (mark, at) SELECT hex(randomblob(400000)), '2026-11-22 09:30:00.000000'"
            )
        fill(folder, room)
        with pytest.raises((OutputError, StoreError), match="the disk is full: make room"):
            backups.backup(desk, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([first.name, "filler"])
