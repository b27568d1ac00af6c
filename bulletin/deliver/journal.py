"""The journal of what was handed to the mail server, a file beside the database.

A database that comes back from a backup knows less than was sent since; this file tells what (reference bar D4). So
it goes into no backup of the database, and it holds nobody's address.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bulletin.errors import OutputError

FILE = "sent.journal"
RECENT = timedelta(hours=24)
_FORM = "%Y-%m-%dT%H:%M:%SZ"
_LINE = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\d{1,18}) (\d{1,9}) ([0-9a-f]{16})\n")
# Windows would write two letters for a line's end, and no line would be one when it is read.
_ADDING = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 16  # bytes that are read first, from the end; about a thousand lines


@dataclass(frozen=True)
class Noted:
    """One message that was handed over: when, which delivery, which attempt, and the mark of its Message-ID."""

    at: datetime
    delivery: int
    number: int
    mark: str

    def __str__(self) -> str:
        """The line that stands for it."""
        return f"{self.at.astimezone(UTC).strftime(_FORM)} {self.delivery} {self.number} {self.mark}\n"


def mark(message_id: str) -> str:
    """16 hexadecimal letters that stand for a Message-ID."""
    return sha256(message_id.encode("utf-8", "replace")).hexdigest()[:16]


class Journal:
    """The journal of one workspace; any number of processes write to it at once, a line each time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def note(self, at: datetime, number: int, handed: Iterable[tuple[int, str]]) -> None:
        """Add a line for each delivery of one message: its id and its Message-ID, without angle brackets.

        To be called when `handed` is committed and before the content is given away. Raises OutputError: what cannot
        be noted must not be sent.
        """
        lines = "".join(str(Noted(at, delivery, number, mark(message_id))) for delivery, message_id in handed)
        try:
            descriptor = os.open(self._path, _ADDING, 0o600)
            try:
                written = os.write(descriptor, lines.encode())
            finally:
                os.close(descriptor)
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written ({error.strerror}), so nothing is sent") from error
        if written != len(lines):  # a disk that is full in the middle of a line
            raise OutputError(f"{self._path} cannot be written (the disk is full), so nothing is sent")

    def recent(self) -> tuple[Noted, ...]:
        """The lines of the newest 24 hours that it tells of, however long ago; nothing when there is no journal."""
        size = _BLOCK
        while True:
            content, is_all = self._tail(size)
            found = tuple(_read(content))
            after = max((one.at for one in found), default=datetime.max.replace(tzinfo=UTC)) - RECENT
            if is_all or (found and found[0].at < after):
                return tuple(one for one in found if one.at >= after)
            size *= 8

    def all(self) -> tuple[Noted, ...]:
        """Every line."""
        return tuple(_read(self._tail(0)[0]))

    def drop(self, gone: Collection[Noted]) -> None:
        """Write it anew without these lines; raises OutputError, and leaves it as it is then.

        To be called while nobody sends: a line that came meanwhile would be lost.
        """
        lines, part = {str(one).encode() for one in gone}, self._path.with_name(f"{FILE}.part")
        content = b"".join(line for line in self._tail(0)[0].splitlines(keepends=True) if line not in lines)
        try:
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(f"{self._path} cannot be written anew ({error.strerror})") from error

    def _tail(self, size: int) -> tuple[bytes, bool]:
        """The last bytes, and whether they are all; 0 means all."""
        try:
            with self._path.open("rb") as file:
                length = file.seek(0, os.SEEK_END)
                start = max(0, length - size) if size else 0
                file.seek(start)
                return file.read(), start == 0
        except FileNotFoundError:
            return b"", True
        except OSError as error:
            raise OutputError(f"{self._path} cannot be read ({error.strerror}), so nothing is sent") from error


def _read(content: bytes) -> Iterator[Noted]:
    """The whole lines; what a crash cut off in the middle was not given away either."""
    for when, delivery, number, told in _LINE.findall(content):
        try:
            at = datetime.strptime(when.decode(), _FORM).replace(tzinfo=UTC)
        except ValueError:  # a day that there is not
            continue
        yield Noted(at, int(delivery), int(number), told.decode())
