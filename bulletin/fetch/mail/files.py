"""Letters from a folder of .eml files, as a mail program saves them."""

import stat
from pathlib import Path

from bulletin.errors import FetchError
from bulletin.fetch.mail.bounds import LETTER_BYTES, MOST_LETTERS, VISIT_BYTES
from bulletin.fetch.mail.post import Post, note
from bulletin.model import Trouble, Validators


def letters(folder: Path) -> Post:
    """Give the newest letters of a folder, oldest first; its subfolders, hidden files and links are left alone.

    A file that is too big or cannot be opened stops no other; when that is so for all of them, FetchError says so.
    Nothing is remembered of a folder, so that a letter counts whenever it comes into it and however old it is.
    """
    there = _newest(folder)
    read: list[bytes] = []
    looked_at, room = 0, VISIT_BYTES
    for path in there[:MOST_LETTERS]:
        letter = _read(path)
        if read and len(letter) > room:
            break
        looked_at += 1
        room -= len(letter)
        read += [letter] if letter else []
    if there and not read:
        raise FetchError(
            f"none of the {looked_at} letters in {folder} can be read: are they over 2 MiB, or not ours to open?",
            Trouble.UNREADABLE,
        )
    return Post(tuple(reversed(read)), Validators(), note(looked_at - len(read), len(there) - looked_at))


def _newest(folder: Path) -> list[Path]:
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() == ".eml" and not path.name.startswith(".")]
    except (OSError, ValueError) as error:
        raise FetchError(f"no such folder, or not ours to open: {folder}", Trouble.NOT_FOUND) from error
    aged = [(age, path.name, path) for path in names if (age := _age(path)) is not None]
    return [path for _, _, path in sorted(aged, reverse=True)]


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
