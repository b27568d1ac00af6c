"""Backing up: a whole copy of rows, files and secret, looked over before it counts (reference bar D3)."""

import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import BulletinError
from bulletin.jobs.backups import archive
from bulletin.jobs.backups.folder import ASIDE, Backup, backups, name, place, plainly, require_room, tidy, to_disk
from bulletin.jobs.desk import Desk
from bulletin.jobs.sanity import clock_trouble
from bulletin.store import counts, same_counts, tell_the_same


@dataclass(frozen=True)
class Backed:
    """What a backup came to."""

    file: Path
    size: int  # bytes
    is_new: bool  # False: nothing has changed since this one was made
    removed: int = 0  # older ones that went


def backup(desk: Desk, to: Path | None = None) -> Backed:
    """Back up into the folder for backups, where older ones then go, or into another, where nothing does.

    None go while the time of day can hardly be right.

    Nothing is written when nothing has changed since the newest one there, but for what the machine writes for
    itself. Raises StoreError when the database cannot be copied or is damaged, and OutputError when the backup cannot
    be written; older backups stay then, and nothing half made.
    """
    folder = to or place(desk.config)
    with plainly(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_room(folder, 2 * desk.store.whole.size)
        with tempfile.TemporaryDirectory(dir=folder, prefix=ASIDE) as aside:
            done = _backup(desk, folder, Path(aside))
    lets_go = done.is_new and to is None and not clock_trouble(desk)  # else all are too old at once
    removed = tidy(folder, desk.now()) if lets_go else 0
    return Backed(done.file, done.size, done.is_new, removed)


def _backup(desk: Desk, folder: Path, aside: Path) -> Backed:
    whole, now = desk.store.whole, desk.now()
    copy, part = aside / whole.copy_name, aside / name(now)
    copy.touch(mode=0o600)
    whole.copy(copy)
    files = archive.workspace_files(desk.config.folder)
    rows = counts(copy) if whole.file else whole.counts()
    contents = archive.Contents(now, whole.release, whole.copy_name, rows, archive.digests(files))
    last = next(iter(backups(folder)), None)
    if last and whole.file and _says_the_same(last, contents, copy, aside / "last"):
        return Backed(last.file, last.size, is_new=False)
    archive.pack(part, contents, files, copy)
    to_disk(part)
    made = part.replace(folder / part.name)
    to_disk(folder)
    return Backed(made, made.stat().st_size, is_new=True)


def _says_the_same(last: Backup, now: archive.Contents, copy: Path, scratch: Path) -> bool:
    """Whether the newest backup holds what the copy does; one that is damaged does not."""
    try:
        then = archive.look(last.file)
        alike = (then.release, then.database, then.files) == (now.release, now.database, now.files)
        if not alike or not same_counts(then.rows, now.rows):
            return False
        archive.unpack(last.file, scratch)
        return tell_the_same(copy, scratch)
    except (BulletinError, sqlite3.Error):
        return False
    finally:
        scratch.unlink(missing_ok=True)  # room that the backup may need
