"""`bulletin restore`: what it says, what it refuses, and that the database of before is set aside whole."""

import gzip
import io
import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import editing
import newsroom
import pytest
from alembic import command
from alembic.config import Config

from bulletin import jobs
from bulletin.jobs import backups
from bulletin.jobs.turning import new_beat
from bulletin.store import open_store
from bulletin.store.database import Database

NAME = "bulletin-20261122T0930Z.tar.gz"


@pytest.fixture
def place(tmp_path):
    """A workspace with a backup of an hour ago and an item since; nobody works in it."""
    folder = tmp_path / "room"
    folder.mkdir()
    with editing.open_desk(folder, newsroom.Clock(editing.NOW)) as desk:
        assert desk.keys
        editing.shelve(desk, "Gowns", greener=0.9)
        backups.backup(desk)
        editing.shelve(desk, "Boilers", estates=0.9)
    return folder


@pytest.fixture
def file(place):
    return place / "backups" / NAME


def titles(file):
    with closing(sqlite3.connect(file)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM item ORDER BY title")]


def aside(place):
    return sorted(place.glob("bulletin.db.before-restore-*"))


def test_the_database_of_before_is_set_aside_and_the_copy_in_its_place(place, file, bulletin):
    code, said, _ = bulletin("restore", file, "--yes")
    assert code == 0
    assert titles(place / "bulletin.db") == ["Gowns"]
    (old,) = aside(place)
    assert titles(old) == ["Boilers", "Gowns"]
    assert f"kept as {old}" in said
    assert stat.S_IMODE((place / "bulletin.db").stat().st_mode) == 0o600
    assert [path.name for path in place.iterdir() if path.name.startswith(".backup-")] == []


def test_it_says_what_is_there_and_what_would_be_lost(place, file, bulletin):
    _, said, _ = bulletin("restore", file, "--yes")
    assert "made 22 November 2026, 09:30 UTC, with database release 00" in said
    assert ["items", "1", "2"] in [line.split() for line in said.splitlines()]
    assert "Nothing was sent since that it does not know." in said


def test_it_is_written_down(place, file, bulletin):
    bulletin("restore", file, "--yes")
    with jobs.open_desk(newsroom.settings(place)) as desk:
        told = desk.store.deeds.latest(most=1)[0]
    assert (told.who, told.did, told.what) == ("the command line", "restored a backup", NAME)


def test_for_machines_it_prints_one_object(place, file, bulletin):
    told = json.loads(bulletin("restore", file, "--yes", "--json")[1])
    assert told == {"file": str(file), "made": "2026-11-22T09:30:00Z", "aside": str(aside(place)[0])} | {
        "files": [],
        "held": "",
    }


def test_without_a_yes_nothing_changes(place, file, bulletin, monkeypatch):
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert bulletin("restore", file)[0] == 1
    assert titles(place / "bulletin.db") == ["Boilers", "Gowns"]
    assert aside(place) == []


def leave_in_log(place):
    """Change a row as a process does that is killed before it writes to the file itself."""
    before = (place / "bulletin.db").read_bytes()
    with closing(sqlite3.connect(place / "bulletin.db")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE item SET title = 'In the log'")
        connection.commit()
        log = (place / "bulletin.db-wal").read_bytes()
    (place / "bulletin.db").write_bytes(before)
    (place / "bulletin.db-wal").write_bytes(log)


def test_what_stands_in_the_log_only_is_set_aside_too(place, file, bulletin):
    """As after a crash: the newest rows are not in the file yet."""
    leave_in_log(place)
    assert bulletin("restore", file, "--yes")[0] == 0
    assert titles(aside(place)[0]) == ["In the log", "In the log"]
    assert titles(place / "bulletin.db") == ["Gowns"]


def test_a_damaged_database_is_set_aside_with_its_log_which_is_not_read_into_the_copy(place, file, bulletin):
    leave_in_log(place)
    (place / "bulletin.db").write_bytes(b"\xaa" * 99999)
    code, said, _ = bulletin("restore", file, "--yes")
    assert (code, ["items", "1", "none"] in [line.split() for line in said.splitlines()]) == (0, True)
    assert titles(place / "bulletin.db") == ["Gowns"]
    assert aside(place)[0].read_bytes() == b"\xaa" * 99999
    assert any(path.name.endswith("-wal") for path in aside(place))


def test_an_empty_folder_becomes_the_workspace(place, file, run_bulletin, tmp_path):
    new = tmp_path / "new"
    new.mkdir()
    done = run_bulletin("-C", new, "restore", file, "--yes")
    assert done.returncode == 0, done.stderr
    assert "These files are missing here and are put back: bulletins.yaml, feeds.yaml, secret.key" in done.stdout
    assert (new / "secret.key").read_bytes() == (place / "secret.key").read_bytes()
    assert stat.S_IMODE((new / "secret.key").stat().st_mode) == 0o600
    assert titles(new / "bulletin.db") == ["Gowns"]


def test_files_that_are_here_stay_and_are_named_when_they_differ(place, file, bulletin):
    (place / "topics" / "greener.yaml").write_text("heading: Greenest\nphrases: [gowns]\n", encoding="utf-8")
    _, said, _ = bulletin("restore", file, "--yes")
    assert "These files here are other than in the backup, and stay: topics/greener.yaml" in said
    assert "Greenest" in (place / "topics" / "greener.yaml").read_text(encoding="utf-8")


def test_a_bare_database_can_be_restored(place, tmp_path, bulletin):
    bare = tmp_path / "copy.db"
    with closing(sqlite3.connect(place / "bulletin.db")) as connection:
        connection.execute("VACUUM INTO ?", (str(bare),))
    with closing(sqlite3.connect(place / "bulletin.db")) as connection:
        connection.execute("UPDATE item SET title = 'Spoilt'")
        connection.commit()
    assert bulletin("restore", bare, "--yes")[0] == 0
    assert titles(place / "bulletin.db") == ["Boilers", "Gowns"]


# What is refused, with everything left as it was.


def released(url, name):
    """Make an empty database as an earlier release did."""
    config = Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    with closing(Database(url)) as database, database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, name)


def packed(file, **members):
    """An archive of these members."""
    with tarfile.open(file, "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


TOLD = {"made": "2026-11-22T09:30:00+00:00", "release": "0013", "database": "bulletin.db", "rows": {}, "files": {}}


def told(**changes):
    return json.dumps(TOLD | changes).encode()


def flip(file):
    content = bytearray(file.read_bytes())
    content[-6] ^= 1  # in the checksum
    file.write_bytes(content)


ZEROS = b"SQLite format 3\0" + b"\0" * 9999
DAMAGED = {
    "an empty file": (lambda file: file.write_bytes(b""), "is no database of bulletin"),
    "some text": (lambda file: file.write_text("hello " * 99, encoding="utf-8"), "is no backup of bulletin, or a"),
    "half of it": (lambda file: file.write_bytes(file.read_bytes()[:9000]), "is damaged, or no backup of bulletin"),
    "a flipped bit": (flip, "is damaged"),
    "another archive": (lambda file: packed(file, notes=b"x"), "is damaged, or no backup of bulletin"),
    "one that says nothing": (lambda file: packed(file, **{"backup.json": b"[]"}), "is damaged, or no backup"),
    "one that says a word": (lambda file: packed(file, **{"backup.json": b'"x"'}), "is damaged, or no backup"),
    "one of rows that are none": (
        lambda file: packed(file, **{"backup.json": told(rows="many")}),
        "is damaged, or no backup",
    ),
    "one without a database": (lambda file: packed(file, **{"backup.json": told()}), "holds no database"),
    "one with another's": (
        lambda file: packed(file, **{"backup.json": told(), "bulletin.db": b"PGDMP" + b"\0" * 99}),
        "is a backup of PostgreSQL, and BULLETIN_DATABASE_URL names SQLite: change that",
    ),
    "zeros": (lambda file: packed(file, **{"backup.json": told(), "bulletin.db": ZEROS}),
        "is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_backup_is_refused_in_words(place, file, bulletin, what):
    damage, words = DAMAGED[what]
    damage(file)
    code, _, said = bulletin("restore", file, "--yes")
    assert (code, said.count("\n")) == (2, 1)
    assert words in said
    assert titles(place / "bulletin.db") == ["Boilers", "Gowns"]
    assert aside(place) == []


def test_a_backup_of_a_later_release_is_refused(place, file, tmp_path, bulletin):
    later = tmp_path / "later.db"
    later.write_bytes((place / "bulletin.db").read_bytes())
    with closing(sqlite3.connect(later)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    code, _, said = bulletin("restore", later, "--yes")
    assert code == 1
    assert f"a later release of bulletin wrote {later}: update bulletin to open it" in said
    assert aside(place) == []


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(place, tmp_path, bulletin):
    old = tmp_path / "old.db"
    released(f"sqlite:///{old}", "0012")
    assert bulletin("restore", old, "--yes")[0] == 0
    with open_store(f"sqlite:///{place / 'bulletin.db'}") as store:
        assert store.beats.all() == []


def test_nothing_is_restored_under_a_process_that_shows_it_is_there(place, file, bulletin):
    now = datetime.now(UTC)
    with open_store(f"sqlite:///{place / 'bulletin.db'}") as store:
        beat = new_beat("schedule", now - timedelta(seconds=20))
        store.beats.show(beat)
    code, _, said = bulletin("restore", file, "--yes")
    assert code == 1
    assert "is in use: a schedule was there 2" in said
    assert "seconds ago: stop it first" in said
    with open_store(f"sqlite:///{place / 'bulletin.db'}") as store:
        store.beats.leave(beat.id)  # as it does when it is stopped
    assert bulletin("restore", file, "--yes")[0] == 0


def test_nothing_is_restored_under_a_process_that_has_the_file_open_and_idles(place, file, bulletin):
    with closing(sqlite3.connect(place / "bulletin.db")) as other:
        other.execute("SELECT count(*) FROM item").fetchone()
        code, _, said = bulletin("restore", file, "--yes")
        assert code == 1
        assert "bulletin.db is in use: stop bulletin run, serve, schedule, worker and whatever else" in said
        assert other.execute("SELECT count(*) FROM item").fetchone() == (2,)
    assert aside(place) == []


@pytest.mark.parametrize(
    "name", ["../out.yaml", "/out.yaml", "topics/../../out.yaml", "a\\b.yaml", "c:x.yaml", "x.sh"]
)
def test_a_backup_writes_nothing_but_what_a_workspace_has(tmp_path, file, run_bulletin, name):
    with tarfile.open(file) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    crafted = packed(tmp_path / "crafted.tar.gz", **members, **{name: b"mine"})
    new = tmp_path / "new"
    new.mkdir()
    run_bulletin("-C", new, "restore", crafted, "--yes")
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"mine"]
    assert written == []
    assert (new / "feeds.yaml").exists()


def test_links_in_a_backup_are_passed_over(tmp_path, file, run_bulletin):
    content = gzip.decompress(file.read_bytes())
    crafted = tmp_path / "crafted.tar"
    crafted.write_bytes(content)
    with tarfile.open(crafted, "a") as tar:
        link = tarfile.TarInfo("topics/out.yaml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    packed_again = tmp_path / "crafted.tar.gz"
    packed_again.write_bytes(gzip.compress(crafted.read_bytes()))
    new = tmp_path / "new"
    new.mkdir()
    assert run_bulletin("-C", new, "restore", packed_again, "--yes").returncode == 0
    assert not (new / "topics" / "out.yaml").is_symlink()
