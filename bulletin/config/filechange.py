"""A change to one file: seen line by line before it is made, and made at one blow or not at all."""

import difflib
import os
import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from bulletin.errors import ChangedError, OutputError

_CONTEXT = 2  # lines around a change
_ONE_BY_ONE = Lock()  # a file is compared and replaced by one thread at a time


@dataclass(frozen=True)
class Change:
    """What a file holds and what it shall hold; `before` is None for a file that is not there yet."""

    folder: Path
    file: Path  # relative to the folder
    before: bytes | None
    after: bytes

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The difference, line by line: + in, - out, a space for what stays around it, @ for what is left out."""
        old, new = (raw.decode("utf-8-sig").splitlines() for raw in (self.before or b"", self.after))
        told = list(difflib.unified_diff(old, new, n=_CONTEXT, lineterm=""))[2:]
        return tuple(("@", "…") if line.startswith("@@") else (line[0], line[1:]) for line in told)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would change."""
        return self.before == self.after


def digest(raw: bytes) -> str:
    """Return what tells the bytes of a file from any others: SHA-256 in hex."""
    return sha256(raw).hexdigest()


def write(change: Change) -> None:
    """Put what a file shall hold in the place of what it holds, with the same permissions.

    Leaves what is there and raises ChangedError when that is not `before` any more, OutputError when it cannot be
    written.
    """
    path = (change.folder / change.file).resolve()  # of a link, what it leads to
    name = change.file.as_posix()
    try:
        with _ONE_BY_ONE:
            if _content(path, name) != change.before:
                raise ChangedError(f"{name} was changed by somebody else meanwhile: try again")
            _replace(path, change.after, keep_mode=change.before is not None)
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror or error}") from error


def _content(path: Path, name: str) -> bytes | None:
    """Return what is in a file; None when there is none."""
    try:
        with path.open("r+b") as file:  # what may not be written may not be replaced either
            return file.read()
    except FileNotFoundError:
        if path.parent.is_dir():
            return None
        raise OutputError(f"{name} cannot be written: there is no folder for it") from None


def _replace(path: Path, content: bytes, *, keep_mode: bool) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".bulletin-") as aside:
        new = Path(aside) / path.name
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # or a power cut may leave an empty file under the old name
        if keep_mode:
            shutil.copymode(path, new)
        new.replace(path)
