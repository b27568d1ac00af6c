"""Backups at a terminal and by themselves: what lies there, what stays, what is said when it cannot be (bar D3)."""

import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import editing
import newsroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin import jobs
from bulletin.errors import OutputError, StoreError
from bulletin.jobs import backups
from bulletin.jobs.backups.folder import ASIDE
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, new_beat, turn
from bulletin.model import Ended

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAME = "bulletin-20261122T0930Z.tar.gz"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        (tmp_path / "brands").mkdir()
        (tmp_path / "brands" / "mine.svg").write_text("<svg>", encoding="utf-8")
        assert desk.keys  # which makes secret.key
        yield desk


@pytest.fixture
def place(desk):
    """The workspace of that desk, and nobody at it."""
    desk.store.close()
    return desk.config.folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def titles(file):
    with closing(sqlite3.connect(file)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM item ORDER BY title")]


def damage(folder):
    """Damage a page of the items, as a disk may."""
    path = folder / "bulletin.db"
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item'").fetchone()
    content = bytearray(path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xaa" * 4096
    path.write_bytes(content)


def run(desk, name):
    """One turn of a task; gives what it came to, as the rows tell it."""
    task = next(one for one in TASKS if one.name == name)
    turn(desk, task, Shift(new_beat("schedule", desk.now())))
    return desk.store.turns.newest([name])[name]


def test_a_backup_unpacked_by_hand_is_a_workspace(desk, tmp_path):
    done = backups.backup(desk)
    assert done.file == tmp_path / "backups" / NAME
    with tarfile.open(done.file) as tar:
        tar.extractall(tmp_path / "by hand", filter="data")
    with jobs.open_desk(newsroom.settings(tmp_path / "by hand")) as again:
        assert [item.title for item in again.store.items.list()] == ["Gowns"]
    assert (tmp_path / "by hand" / "secret.key").read_bytes() == (tmp_path / "secret.key").read_bytes()
    assert (tmp_path / "by hand" / "brands" / "mine.svg").read_text(encoding="utf-8") == "<svg>"


def test_nobody_else_may_read_it(desk, tmp_path):
    file = backups.backup(desk).file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_journal_of_what_was_sent_is_in_no_backup(desk, tmp_path):
    (tmp_path / "sent.journal").write_text("", encoding="utf-8")
    with tarfile.open(backups.backup(desk).file) as tar:
        assert "sent.journal" not in tar.getnames()
        assert "secret.key" in tar.getnames()


def test_what_was_committed_last_is_in_it_though_others_are_writing(desk, tmp_path):
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET title = 'Half done'")
        file = backups.backup(desk).file
    with tarfile.open(file) as tar:
        tar.extract("bulletin.db", tmp_path / "out", filter="data")
    assert titles(tmp_path / "out" / "bulletin.db") == ["Gowns"]


def test_an_hour_without_news_makes_no_backup_though_the_machine_wrote_about_itself(desk, clock):
    first = backups.backup(desk)
    clock.now += HOUR
    desk.store.beats.show(new_beat("schedule", clock.now))
    assert run(desk, "backup").words == f"nothing has changed since {NAME} was made"
    assert run(desk, "forget").outcome is Ended.SKIPPED
    assert backups.backup(desk) == backups.Backed(first.file, first.size, is_new=False)


CHANGES = {
    "a row is added": "INSERT INTO urgent (edition, items, editor, at) VALUES ('', '', '', ?)",
    "a row is changed": "UPDATE item SET first_seen = ?",
    "an edition had its turn": "INSERT INTO turn (schedule, period, due) VALUES ('draft:digest', '', ?)",
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_hour_with_news_makes_a_backup(desk, clock, what):
    backups.backup(desk)
    clock.now += HOUR
    with desk.store._database.write() as connection:
        connection.exec_driver_sql(CHANGES[what], ("2026-11-01 00:00:00.000000",))
    assert backups.backup(desk).is_new


def test_a_changed_file_is_news_too(desk, clock, tmp_path):
    backups.backup(desk)
    clock.now += HOUR
    (tmp_path / "brands" / "mine.svg").write_text("<b>", encoding="utf-8")
    assert backups.backup(desk).is_new


def test_a_newest_backup_that_is_damaged_does_not_count(desk, clock):
    file = backups.backup(desk).file
    file.write_bytes(file.read_bytes()[:-2000])
    clock.now += HOUR
    assert backups.backup(desk).is_new


def test_a_month_of_hours_leaves_a_day_of_hours_and_a_month_of_days(desk, clock, tmp_path):
    backups.backup(desk)
    file = tmp_path / "backups" / NAME
    for hours in range(1, 24 * 40):
        at = clock.now - hours * HOUR
        os.link(file, file.with_name(f"bulletin-{at:%Y%m%dT%H%MZ}.tar.gz"))
    file.with_name("notes.txt").write_text("mine", encoding="utf-8")
    clock.now += HOUR
    editing.shelve(desk, "Boilers", estates=0.9)
    done = backups.backup(desk)
    there = backups.backups(file.parent)
    assert done.removed == 24 * 40 + 1 - len(there)
    assert len(there) == 24 + 28  # the last hour of yesterday is also its day
    assert there[0].file == done.file
    assert file.with_name("notes.txt").exists()


def test_elsewhere_nothing_is_let_go(desk, clock, tmp_path):
    stick = tmp_path / "stick"
    for _ in range(3):
        editing.shelve(desk, f"News of {clock.now}")
        assert backups.backup(desk, stick).removed == 0
        clock.now += 40 * DAY
    assert len(names(stick)) == 3


def test_a_clock_that_is_far_ahead_lets_no_backup_go(desk, clock):
    for _ in range(3):
        desk.store.beats.show(new_beat("schedule", clock.now))
        editing.shelve(desk, f"News of {clock.now}")
        backups.backup(desk)
        clock.now += DAY
    clock.now += 400 * DAY
    editing.shelve(desk, "News of another year")
    assert backups.backup(desk).removed == 0


def test_a_backup_is_packed_when_the_one_that_it_was_held_against_takes_no_room_any_more(desk, clock, monkeypatch):
    backups.backup(desk)
    clock.now += HOUR
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET title = 'Boilers'")
    beside, pack = [], backups.making.archive.pack
    monkeypatch.setattr(
        backups.making.archive, "pack", lambda part, *of: (beside.extend(names(part.parent)), pack(part, *of))
    )
    assert backups.backup(desk).is_new
    assert beside == ["bulletin.db"]


LAST = datetime(2026, 12, 7, 9, 20, tzinfo=UTC)
moments = st.integers(-90 * 1440, 1000).map(lambda minutes: LAST + timedelta(minutes=minutes))


@given(st.sets(moments, max_size=80))
def test_for_each_hour_and_day_that_is_over_it_is_known_how_things_stood(made):
    stay = backups.kept(made, LAST)
    past = {at for at in made if at <= LAST}
    ends = [LAST.replace(minute=0) - n * HOUR for n in range(23)] + [
        LAST.replace(hour=0, minute=0) - n * DAY for n in range(29)
    ]
    assert stay <= made
    assert made - past <= stay
    assert len(stay & past) <= 24 + 30
    for end in [*ends, LAST + timedelta(seconds=1)]:
        assert max((at for at in past if at < end), default=None) == max(
            (at for at in stay & past if at < end), default=None
        )


@given(st.sets(moments, max_size=80))
def test_to_choose_twice_changes_nothing(made):
    stay = backups.kept(made, LAST)
    assert backups.kept(stay, LAST) == stay


# What may go wrong: it is named in words, older backups stay, and nothing half made.


@pytest.fixture
def older(desk, clock):
    """A desk with one backup, and something new since."""
    backups.backup(desk)
    clock.now += HOUR
    editing.shelve(desk, "Boilers", estates=0.9)
    return desk


def test_a_backup_that_does_not_fit_is_not_begun(older, tmp_path, monkeypatch):
    monkeypatch.setattr("bulletin.jobs.backups.folder.shutil.disk_usage", lambda _: mock_usage(1000))
    with pytest.raises(
        OutputError, match=r"no room for a backup in .*backups: it takes up to 1\.\d MB, and 0\.1 MB are"
    ):
        backups.backup(older)
    assert names(tmp_path / "backups") == [NAME]


def mock_usage(free):
    return type("Usage", (), {"free": free})


@pytest.mark.parametrize("step", ["sqlite3.connect", "tarfile.open"])
def test_a_disk_that_fills_up_meanwhile_leaves_what_there_was(older, tmp_path, monkeypatch, step):
    """As far as it comes: into the middle of the copy, or of the archive."""
    with monkeypatch.context() as patch:
        if step == "sqlite3.connect":
            patch.setattr("bulletin.store.whole.write_copy", full_for_sqlite)
        else:
            patch.setattr("bulletin.jobs.backups.archive.tarfile.TarFile.addfile", full_for_tar)
        told = run(older, "backup")
    assert told.outcome is Ended.FAILED
    assert "the disk is full: make room" in told.words
    assert names(tmp_path / "backups") == [NAME]


def full_for_sqlite(_, target):
    target.write_bytes(b"half")
    raise sqlite3.OperationalError("database or disk is full")


def full_for_tar(tar, *_):
    tar.fileobj.write(b"half")
    raise OSError(28, "No space left on device")


def test_a_folder_that_nobody_may_write_to_is_named(older, tmp_path, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bulletin.jobs.backups.making.tempfile.TemporaryDirectory", forbidden)
    with pytest.raises(OutputError, match="Permission denied: check who may write there, or name another"):
        backups.backup(older)


def test_a_file_is_no_folder_for_backups(older, tmp_path):
    with pytest.raises(OutputError, match=r"no backup in .*bulletin\.db: it is no folder: name one"):
        backups.backup(older, tmp_path / "bulletin.db")


def test_a_database_that_somebody_has_alone_is_waited_for_only_so_long(older, tmp_path, monkeypatch):
    monkeypatch.setattr("bulletin.store.copying.PATIENCE", 0.05)
    older.store.close()
    with closing(sqlite3.connect(tmp_path / "bulletin.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another bulletin command is writing; try again"):
            backups.backup(older)
    assert names(tmp_path / "backups") == [NAME]


def test_a_damaged_database_is_not_backed_up(older, tmp_path):
    older.store.wipe()
    older.store.close()
    damage(tmp_path)
    with pytest.raises(StoreError, match=r"bulletin\.db is damaged"):
        backups.backup(older)
    assert names(tmp_path / "backups") == [NAME]


def test_what_a_crash_left_half_made_goes_after_a_day(older, clock, tmp_path):
    left = [tmp_path / "backups" / f"{ASIDE}{name}" for name in ("old", "new")]
    for path, at in zip(left, (clock.now - 2 * DAY, clock.now), strict=True):
        path.mkdir()
        os.utime(path, (at.timestamp(), at.timestamp()))
    backups.backup(older)
    assert [path.exists() for path in left] == [False, True]


# Looking whether the database is sound.


def test_a_sound_database_is_said_to_be_so(desk):
    backups.require_sound(desk)
    told = run(desk, "check")
    assert (told.outcome, told.words) == (Ended.DONE, "the database is sound")


def test_a_damaged_database_is_named_at_the_start_with_the_newest_good_backup(older, tmp_path):
    older.store.wipe()
    older.store.close()
    damage(tmp_path)
    with pytest.raises(StoreError, match=rf"bulletin\.db is damaged \(.*\): stop .* bulletin restore .*{NAME}"):
        backups.require_sound(older)


@pytest.mark.parametrize("command", ["serve", "run", "schedule"])
def test_nothing_starts_with_a_damaged_database(older, place, bulletin, command):
    damage(place)
    code, _, said = bulletin(command, *(["--port", "0"] if command != "schedule" else []))
    assert (code, said.count("\n")) == (1, 1)
    assert f"stop everything and restore the newest good backup: bulletin restore {place / 'backups' / NAME}" in said


def test_without_a_backup_that_is_said(desk, tmp_path):
    desk.store.wipe()
    desk.store.close()
    damage(tmp_path)
    with pytest.raises(StoreError, match=r"there is no backup in .*backups; ask whoever backs up this machine"):
        backups.check(desk)


def test_the_daily_look_finds_what_the_quick_one_leaves_out(desk):
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        index = (
            "UPDATE sqlite_master SET sql = replace(sql, '(first_seen)', '(title)') WHERE name = 'ix_item_first_seen'"
        )
        assert connection.exec_driver_sql(index).rowcount == 1
    backups.require_sound(desk)
    told = run(desk, "check")
    assert told.outcome is Ended.FAILED
    assert "row 1 missing from index ix_item_first_seen" in told.words
