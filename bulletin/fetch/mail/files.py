"""Letters from a folder of .eml files, as a mail program saves them."""

import stat
from pathlib import Path

from bulletin.errors import FetchError
from bulletin.fetch.mail.bounds import LETTER_BYTES, MOST_LETTERS, VISIT_BYTES
from bulletin.model import Trouble


def letters(folder: Path) -> tuple[bytes, ...]:
    """Give the newest letters of a folder, oldest first; its subfolders, hidden files and links are left alone.

    A file that is too big or cannot be opened stops no other; when that is so for all of them, FetchError says so.
    """
    newest = _newest(folder)
    read: list[bytes] = []
    room = VISIT_BYTES
    for path in newest:
        letter = _read(path)
        room -= len(letter)
        if room < 0:
            break
        if letter:
            read.append(letter)
    if newest and not read:
        raise FetchError(
            f"none of the {len(newest)} letters in {folder} can be read: are they over 2 MiB, or not ours to open?",
            Trouble.UNREADABLE,
        )
    return tuple(reversed(read))


def _newest(folder: Path) -> list[Path]:
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() == ".eml" and not path.name.startswith(".")]
    except (OSError, ValueError) as error:
        raise FetchError(f"no such folder, or not ours to open: {folder}", Trouble.NOT_FOUND) from error
    aged = [(age, path.name, path) for path in names if (age := _age(path)) is not None]
    return [path for _, _, path in sorted(aged, reverse=True)[:MOST_LETTERS]]


def _age(path: Path) -> int | None:
    """When a file was written; None when it is gone or is no plain file, as a link or a pipe."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_mtime_ns if stat.S_ISREG(found.st_mode) else None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            letter = file.read(LETTER_BYTES + 1)
    except OSError:
        return b""
    return letter if len(letter) <= LETTER_BYTES else b""
