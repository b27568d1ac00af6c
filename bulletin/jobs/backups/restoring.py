"""Restoring: a backup in the place of the database, which is set aside; nothing is sent before somebody says yes."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bulletin.errors import InputError, OutputError, StoreError
from bulletin.jobs.backups import archive
from bulletin.jobs.backups.folder import ASIDE, to_disk
from bulletin.people.secretkey import FILE as SECRET
from bulletin.store import (
    SILENT,
    copies,
    file_of,
    fill,
    is_empty,
    put_back,
    refuse_later,
    require_unused,
    signs_of_life,
    write_copy,
)

_FILLED = (
    "the database is not empty, and what is in it stays: make an empty one (createdb), name it with"
    " BULLETIN_DATABASE_URL, and restore into that"
)


@dataclass(frozen=True)
class Found:
    """A backup that was taken apart and found whole."""

    file: Path
    made: datetime
    rows: Mapping[str, int]  # how many each table has
    files: Mapping[str, bytes]  # those of librarians, and the secret, by path in the workspace
    copy: Path  # the database
    release: str  # its last migration


@contextmanager
def opened(file: Path, url: str) -> Iterator[Found]:
    """Take a backup apart, beside the database at this address, and look it over; what is not used goes at the end.

    A bare SQLite file does as well. Raises InputError when it is damaged, none of ours or of the other kind of
    database, StoreError when a later release wrote it, and OutputError.
    """
    here = file_of(url)
    try:
        with tempfile.TemporaryDirectory(dir=here.parent if here else None, prefix=ASIDE) as aside:
            found = _take_apart(file, Path(aside) / "database")
            _require_kind(found, "SQLite" if here else "PostgreSQL")
            if here:
                found = _looked_over(found)
            refuse_later(found.release or None, str(file))
            yield found
    except OSError as error:
        raise OutputError(f"{error.filename or file}: {error.strerror or error}; nothing was restored") from error


def rows_here(url: str) -> Mapping[str, int] | None:
    """How many rows each table has of the SQLite database that is here; None: there is none, or none to be read."""
    here = file_of(url)
    try:
        return copies.counts(here) if here and here.exists() else None
    except StoreError:
        return None


def require_free(url: str, now: datetime) -> None:
    """Raise StoreError when a process uses the SQLite database, or InputError when there are rows in PostgreSQL's."""
    here = file_of(url)
    if here is None:
        if not is_empty(url):
            raise InputError(_FILLED)
        return
    if here.exists():
        for beat in signs_of_life(url, now - SILENT):
            ago = round((now - beat.seen).total_seconds())
            raise StoreError(
                f"{here} is in use: a {beat.kind} was there {ago} seconds ago: stop it first"
                f" (if it was killed: wait until {SILENT.seconds} seconds are over)"
            )
        require_unused(here)


def restore(found: Found, url: str, now: datetime) -> Path | None:
    """Put a backup in the place of the database at this address; gives where that one lies now, None: there was none.

    Raises as `require_free` does, and StoreError when it cannot be put there: then all is as it was.
    """
    require_free(url, now)
    here = file_of(url)
    if here is None:
        fill(url, found.copy)
        return None
    found.copy.chmod(0o600)
    to_disk(found.copy)
    return put_back(here, found.copy, f".before-restore-{now.astimezone(UTC):%Y%m%dT%H%MZ}")


def lacking(found: Found, folder: Path) -> tuple[list[str], list[str]]:
    """The files of a backup that the workspace lacks, and those that it has in other words."""
    there = archive.workspace_files(folder)
    lack = [name for name in found.files if name not in there]
    differ = [name for name, content in found.files.items() if there.get(name, content) != content]
    return lack, differ


def put_files(found: Found, folder: Path, names: list[str]) -> None:
    """Write these files of a backup into a workspace that lacks them; raises OutputError."""
    for name in names:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600 if name == SECRET else 0o644, exist_ok=False)
            path.write_bytes(found.files[name])
        except OSError as error:
            raise OutputError(f"{path} cannot be written ({error.strerror}): check who may write there") from error


def _take_apart(file: Path, copy: Path) -> Found:
    if not archive.is_packed(file):
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        try:
            write_copy(file, copy)
        except sqlite3.Error as error:
            raise InputError(f"{file} is no backup of bulletin, or a damaged one ({error}): take another") from error
        return Found(file, made, {}, {}, copy, "")
    contents, files = archive.unpack(file, copy)
    return Found(file, contents.made, contents.rows, files, copy, contents.release)


def _require_kind(found: Found, kind: str) -> None:
    with found.copy.open("rb") as file:
        theirs = "SQLite" if file.read(15) == b"SQLite format 3" else "PostgreSQL"
    if theirs != kind:
        raise InputError(f"{found.file} is a backup of {theirs}, and BULLETIN_DATABASE_URL names {kind}: change that")


def _looked_over(found: Found) -> Found:
    """What a copy of a SQLite database says itself; raises InputError when it is not sound, or none of ours."""
    if words := copies.flaw(found.copy, thorough=True):
        raise InputError(f"{found.file} is damaged ({words}): take another backup")
    release = copies.release(found.copy)
    if not release:
        raise InputError(f"{found.file} is no database of bulletin: take another backup")
    return replace(found, rows=copies.counts(found.copy), release=release)
