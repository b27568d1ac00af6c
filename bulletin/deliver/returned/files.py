"""Emails from a folder of .eml files, as a mail server or a mail program puts them there; read, never changed."""

import stat
from collections.abc import Iterator
from pathlib import Path

from bulletin.errors import InputError

MOST_BYTES = 2 * 1024 * 1024


def in_folder(folder: Path) -> Iterator[bytes]:
    """Give every email of a folder, oldest first and as far as it may be long, one at a time.

    Subfolders, hidden files and links are left alone, and what cannot be opened stops no other. Raises InputError.
    """
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() == ".eml" and not path.name.startswith(".")]
    except OSError as error:
        raise InputError(f"no such folder, or not ours to open: {folder} (see BULLETIN_BOUNCES)") from error
    for path in sorted(names, key=_age):
        letter = _read(path)
        if letter:
            yield letter


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.lstat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def _read(path: Path) -> bytes:
    """The email; cut where it is too long, as all that counts stands at its beginning. Empty when it is no file."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError:
        return b""
