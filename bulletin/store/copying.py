"""A copy of a SQLite file, taken while others may use it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from bulletin.errors import StoreError


def copy_file(file: Path, ending: str) -> Path:
    """Copy a database as it was last committed to `file` + `ending` in its folder, and give the path of the copy.

    A copy that is there already stays: then the name gets a number. StoreError when the copy cannot be written whole.
    """
    copy = next(path for path in _names(file, ending) if not path.exists())
    part = copy.with_name(copy.name + ".part")
    try:
        _copy(file, part)
        part.replace(copy)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot copy {file} to {copy} before changing it: {error}; nothing was changed") from error
    return copy


def _names(file: Path, ending: str) -> Iterator[Path]:
    return (file.with_name(f"{file.name}{ending}{f'-{n}' if n else ''}") for n in count())


def _copy(file: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    shutil.copymode(file, part)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
