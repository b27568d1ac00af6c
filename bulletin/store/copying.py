"""A copy of a SQLite file, taken while others may use it."""

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from bulletin.errors import StoreError

PATIENCE = 5.0  # seconds to wait for somebody who has the file alone
_AT_ONCE = 4096  # pages that are copied before others get a turn: 16 MB


def copy_file(file: Path, ending: str) -> Path:
    """Copy a database as it was last committed to `file` + `ending` in its folder, and give the path of the copy.

    A copy that is there already stays: then the name gets a number. StoreError when the copy cannot be written whole.
    """
    copy = free_name(file, ending)
    part = copy.with_name(copy.name + ".part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        shutil.copymode(file, part)
        write_copy(file, part)
        part.replace(copy)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot copy {file} to {copy} before changing it: {error}; nothing was changed") from error
    return copy


def free_name(file: Path, ending: str) -> Path:
    """A name beside a file that nothing has yet: its own with this ending, and a number if need be."""
    names = (file.with_name(f"{file.name}{ending}{f'-{n}' if n else ''}") for n in count())
    return next(path for path in names if not path.exists())


def write_copy(file: Path, target: Path) -> None:
    """Copy a database as it was last committed; raises sqlite3.Error.

    By SQLite's backup API, page by page: as quick as `cp`, where VACUUM INTO takes a third longer, and what is wrong
    with the copy is wrong with the database. It reads in one transaction, so that it need not begin anew when others
    write; and it asks first, because the API itself waits for ever for somebody who has the file alone.
    """
    with (
        closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_AT_ONCE, sleep=0.0)
