"""A copy put in the place of a SQLite database that nobody uses; what was there is set aside whole."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bulletin.errors import StoreError
from bulletin.store.copying import free_name

_BUSY = "{file} is in use: stop bulletin run, serve, schedule, worker and whatever else works with it, then try again"
_BESIDE = ("-wal", "-shm", "-journal")  # what belongs to a database, and would be read into another one of its name


def put_back(file: Path, copy: Path, ending: str) -> Path | None:
    """Put a copy that lies in the same folder in the place of a database; gives where that one lies now, if any.

    Raises StoreError when the database is in use, or when the folder cannot be written. There is a whole database
    under the name at each moment.
    """
    if not file.exists():
        _move(file, copy)
        return None
    _close(file)
    aside = free_name(file, ending)
    try:
        _keep(file, aside)
        for beside in _BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{file}{beside}").rename(f"{aside}{beside}")
    except OSError as error:
        raise StoreError(f"{file} cannot be set aside ({error.strerror}); nothing was restored") from error
    _move(file, copy)
    return aside


def require_unused(file: Path) -> None:
    """Raise StoreError when a process, this one included, has the database open."""
    if file.exists():
        _close(file)


def _close(file: Path) -> None:
    """Take the file alone, which nobody can while another has it open, and empty its log into it.

    Of a damaged file nothing can be taken; it is set aside as it is, with its log.
    """
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
            for statement in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT"):
                connection.execute(statement)
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(_BUSY.format(file=file)) from error
    except sqlite3.DatabaseError:
        return


def _keep(file: Path, aside: Path) -> None:
    """Give a file a second name, so that there is one under the first all the time; where that cannot be, move it."""
    try:
        os.link(file, aside)
    except OSError:  # a file system without links
        file.rename(aside)


def _move(file: Path, copy: Path) -> None:
    try:
        copy.replace(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}); nothing was restored") from error
    with suppress(OSError):  # a folder that is no file, on Windows
        descriptor = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
