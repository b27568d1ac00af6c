"""What everything stands on: the clock, the schedule, the disk, the database, the backup."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bulletin.errors import OutputError, StoreError
from bulletin.jobs import backups
from bulletin.jobs.desk import Desk
from bulletin.jobs.sanity import clock_trouble
from bulletin.model import Concern, Ended
from bulletin.render.words import day
from bulletin.store.turns import SILENT

LEAST_FREE = 1_000_000_000  # bytes
LEAST_SHARE = 0.05
BACKUP_EVERY = timedelta(hours=26)  # a day, and a machine that was off for a while

_START = "start it again: `bulletin run`, or the service that runs it"
_ROOM = "make room on it: the database and the backups need some"
_OFTEN = timedelta(days=30)


def standstill(desk: Desk) -> str:
    """Say in one line for editors that nothing runs by itself any more; empty while it does, or if it never did."""
    with suppress(StoreError):  # the page itself tells of that
        last = desk.store.beats.last("schedule")
        if last and clock_trouble(desk):
            return "Nothing runs by itself, because the clock of this machine is wrong; tell whoever runs this"
        if last and desk.now() - last > SILENT:
            return f"Nothing has run by itself since {moment(last)}; tell whoever runs this"
    return ""


def clock(desk: Desk) -> Iterator[Concern]:
    """A time of day that can hardly be right."""
    words, _, advice = clock_trouble(desk).partition(": ")
    if words:
        yield Concern("clock", words, advice)


def schedule(desk: Desk) -> Iterator[Concern]:
    """A schedule that shows no sign of life; one that was never there may be meant so."""
    last = desk.store.beats.last("schedule")
    if last is None:
        told = "`bulletin run` does what is due and serves the pages; `bulletin schedule` is for a machine without"
        yield Concern("schedule", "nothing runs by itself here", told, is_grave=False)
    elif desk.now() - last > SILENT:
        yield Concern("schedule", f"nothing has run by itself since {moment(last)}", _START, last)


def disk(desk: Desk) -> Iterator[Concern]:
    """Disks that are nearly full."""
    told: set[tuple[int, int]] = set()  # of one disk once
    for name, folder in (("disk", desk.config.folder), ("disk:backups", backups.place(desk.config))):
        free, total = _room(folder)
        if total and (free < LEAST_FREE or free < LEAST_SHARE * total) and (free, total) not in told:
            told.add((free, total))
            yield Concern(name, f"the disk of {folder} is nearly full: {free / 1e9:.1f} GB are free", _ROOM)


def database(desk: Desk) -> Iterator[Concern]:
    """A database in which the daily check found something wrong."""
    turns = desk.store.turns.list("check", desk.now() - _OFTEN)
    last = next((one for one in turns if one.is_over), None)
    if last and last.outcome is Ended.FAILED:
        how = "stop what runs here, then `bulletin restore` with the newest good backup"
        yield Concern("database", f"the check of the database failed: {last.words}", how, last.ended_at)


def backup(desk: Desk) -> Iterator[Concern]:
    """A backup that failed, is too old, or was never made."""
    turns = desk.store.turns.list("backup", desk.now() - BACKUP_EVERY)
    last = next((one for one in turns if one.is_over), None)
    newest, _ = newest_backup(desk)
    if last and last.outcome is Ended.FAILED:
        words = f"the last backup failed: {last.words}"
        yield Concern("backup", words, "mend that, then `bulletin backup` tries it at once", last.ended_at)
    elif last is None and (newest is None or desk.now() - newest > BACKUP_EVERY):
        words = f"the newest backup is of {moment(newest)}" if newest else "there is no backup"
        runs = desk.store.beats.last("schedule") is not None
        yield Concern("backup", words, "`bulletin backup` makes one", newest, is_grave=runs)


def newest_backup(desk: Desk) -> tuple[datetime | None, int]:
    """Say when the newest backup was made and how many bytes it has; None and 0: there is none."""
    known = []
    with suppress(OutputError):  # nobody may look there: then nothing is known of any
        known = backups.backups(backups.place(desk.config))
    return (known[0].at, known[0].size) if known else (None, 0)


def moment(at: datetime) -> str:
    """26 November 2026, 14:05 UTC."""
    return f"{day(at)}, {at:%H:%M} UTC"


def _room(folder: Path) -> tuple[int, int]:
    """Bytes that are free and bytes in all, on the disk of a folder or of where it will be; 0 and 0: nobody can tell.

    So it is of a network disk that is away, or a folder that nobody may look into: the backup itself tells of that.
    """
    try:
        there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        usage = shutil.disk_usage(there)
    except (OSError, StopIteration):
        return 0, 0
    return usage.free, usage.total
