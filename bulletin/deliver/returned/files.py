"""Emails from a folder of .eml files, as a mail server or a mail program puts them there; read, never changed."""

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bulletin.errors import InputError

MOST_BYTES = 2 * 1024 * 1024


def in_folder(folder: Path, after: datetime) -> Iterator[bytes]:
    """Give the emails of a folder that were written after a moment, oldest first, one at a time, cut at 2 MiB.

    Subfolders, hidden files and links are left alone, and what cannot be opened stops no other. Raises InputError.
    """
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() == ".eml" and not path.name.startswith(".")]
    except OSError as error:
        raise InputError(f"no such folder, or not ours to open: {folder} (see BULLETIN_BOUNCES)") from error
    aged = [(age, path.name, path) for path in names if (age := _age(path)) > after.timestamp()]
    for _, _, path in sorted(aged):
        letter = _read(path)
        if letter:
            yield letter


def _age(path: Path) -> float:
    """When a file was written, in seconds since 1970; 0 when it is gone or is no plain file, as a link or a pipe."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_mtime if stat.S_ISREG(found.st_mode) else 0


def _read(path: Path) -> bytes:
    """The email; cut where it is too long, as all that counts stands at its beginning."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        return b""
