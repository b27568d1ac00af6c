"""The folder of backups: where it is, what lies there, and what goes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from errno import EDQUOT, ENOSPC
from pathlib import Path

from bulletin.errors import OutputError
from bulletin.jobs.backups.keep import kept
from bulletin.model import Config

ASIDE = ".backup-"  # how folders begin in which a backup is made
_FORM = "bulletin-%Y%m%dT%H%MZ.tar.gz"
_LEFT = timedelta(days=1)  # after which nobody works any more in what a crash left


@dataclass(frozen=True)
class Backup:
    """One backup; all that lie there were whole when they were made."""

    file: Path
    at: datetime
    size: int  # bytes


def place(config: Config) -> Path:
    """The folder for backups; a relative one is in the workspace."""
    return config.folder / (config.backups or "backups")


def name(at: datetime) -> str:
    """What the backup of a minute is called: bulletin-20261207T0900Z.tar.gz."""
    return at.astimezone(UTC).strftime(_FORM)


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; OutputError when nobody may look there."""
    with plainly(folder):
        if not folder.is_dir():
            return []
        found = ((path, _made(path)) for path in folder.iterdir())
        whole = [Backup(path, at, path.stat().st_size) for path, at in found if at]
    return sorted(whole, key=lambda one: one.at, reverse=True)


def tidy(folder: Path, now: datetime) -> int:
    """Let go of backups that are kept no longer, and of what a crash left half made; gives how many backups."""
    there = backups(folder)
    stay = kept([one.at for one in there], now)
    old = [one for one in there if one.at not in stay]
    with plainly(folder):
        for one in old:
            one.file.unlink(missing_ok=True)
        for left in folder.glob(f"{ASIDE}*"):
            if left.stat().st_mtime < (now - _LEFT).timestamp():
                shutil.rmtree(left, ignore_errors=True)
    return len(old)


def require_room(folder: Path, size: int) -> None:
    """Raise OutputError when so many bytes do not fit: a disk that a backup has filled is no place for a database."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise OutputError(
            f"there is no room for a backup in {folder}: it takes up to {megabytes(size)}, and {megabytes(free)} are"
            " free: make room, or name another folder with BULLETIN_BACKUPS; the backups that there are stay"
        )


def megabytes(size: int) -> str:
    """A size in words: 3.2 MB; what is less than 0.1 MB is told as that."""
    return f"{max(size / 1e6, 0.1):,.1f} MB"


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Say in words what keeps backups from being written; raises OutputError."""
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            why = "the disk is full: make room"
        elif isinstance(error, FileExistsError | NotADirectoryError):
            why = "it is no folder: name one"
        else:
            why = f"{error.strerror or error}: check who may write there, or name another with BULLETIN_BACKUPS"
        raise OutputError(f"no backup in {folder}: {why}; the backups that there are stay") from error


def to_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk itself; Windows does so with folders unasked."""
    with suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _made(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
