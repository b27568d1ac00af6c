"""A folder that stands for a mail server: each mail becomes a file, which any mail program opens."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Self

from bulletin.deliver.line import go_on
from bulletin.deliver.mail import Mail
from bulletin.model import Answer, Reply

_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*<([^<>\s]{1,200})>[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_STRANGE = re.compile(r"[^A-Za-z0-9.@_+-]")


class Folder:
    """The folder, which is made when the first mail comes; any thread and any number of processes may send."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_away = False  # as a mail server that nobody reaches

    def __enter__(self) -> Self:
        """Give the folder."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Nothing is left open."""

    def send(
        self,
        sender: str,
        recipient: str,
        message: bytes,
        before_data: Callable[[], bool] = go_on,
        envelope_id: str = "",
    ) -> Answer:
        """Write one mail under the name of its Message-ID, whole or not at all; the same mail twice is one file.

        As `Line.send`: a folder that cannot be written to is an answer that stops everything, and raises nothing.
        """
        if refused := Mail(sender, recipient, message, envelope_id).unfit():
            return refused
        if not before_data():
            return Answer(Reply.ABANDONED)
        try:
            self._write(message)
        except OSError as error:
            fault = f"{self._path} cannot be written to ({error.strerror or error}), see BULLETIN_SMTP_URL"
            return Answer(Reply.STOP, words=fault)
        return Answer(Reply.TAKEN, 250)

    def _write(self, message: bytes) -> None:
        """Put the file in its place when all of it is on the disk; it is its owner's alone."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._path, prefix=".", suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
                file.close()  # Windows moves no file that is open
                part.replace(self._path / f"{_name(message)}.eml")
            except OSError:
                file.close()
                with suppress(OSError):
                    part.unlink()
                raise


def _name(message: bytes) -> str:
    """The Message-ID in letters that a file's name may have anywhere; else a digest of the mail."""
    found = _MESSAGE_ID.search(message.partition(b"\r\n\r\n")[0] + b"\r")
    named = _STRANGE.sub("_", found[1].decode("ascii", "replace")).lstrip(".") if found else ""
    return named or sha256(message).hexdigest()
