"""The database as a whole: copied while it is in use, checked, counted, and put back."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, inspect, select

from bulletin.errors import StoreError
from bulletin.model import Beat
from bulletin.store import copies, pgtools
from bulletin.store.beats import Beats
from bulletin.store.copying import write_copy
from bulletin.store.database import Database
from bulletin.store.migrate import HEAD
from bulletin.store.tables import metadata

FILE, DUMP = "bulletin.db", "bulletin.dump"  # what a copy is called, of SQLite and of PostgreSQL


class Whole:
    """What can be said of, and done with, a database as one thing."""

    release = HEAD  # the name of the last migration

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None: it has none, or is one of PostgreSQL."""
        return self._database.file

    @property
    def copy_name(self) -> str:
        """What a copy of it is called."""
        return FILE if self._database.is_sqlite else DUMP

    @property
    def size(self) -> int:
        """Bytes that a copy of a SQLite file takes at most; 0: not known."""
        files = [self.file, Path(f"{self.file}-wal")] if self.file else []
        return sum(path.stat().st_size for path in files if path.exists())

    def copy(self, target: Path) -> None:
        """Write a copy that is as it was last committed, and look it over.

        Raises StoreError when it cannot be made, or is damaged as what it was made of must be then.
        """
        if self._database.is_sqlite:
            self._copy_file(target)
        else:
            pgtools.dump(self._database.address, self._schema(), target)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self._database.read() as connection:
            query = [(table.name, select(func.count()).select_from(table)) for table in metadata.sorted_tables]
            return {name: connection.execute(one).scalar_one() for name, one in query}

    def check(self, *, thorough: bool, within: float = 0) -> str:
        """Say what is wrong with a SQLite file; empty when nothing is, or nothing was found within so many seconds.

        PostgreSQL looks after its own files.
        """
        words = copies.flaw(self.file, thorough=thorough, within=within) if self.file else ""
        return f"{self.file} is damaged ({words})" if words else ""

    def _copy_file(self, target: Path) -> None:
        if self.file is None:
            raise StoreError("a database in memory cannot be backed up: name a file with BULLETIN_DATABASE_URL")
        try:
            write_copy(self.file, target)
        except sqlite3.Error as error:
            raise StoreError(
                self._database.in_words(str(error)) or f"{self.file} cannot be copied: {error}"
            ) from error
        if words := copies.flaw(target, thorough=False):
            raise StoreError(f"{self.file} is damaged ({words})")

    def _schema(self) -> str:
        with self._database.read() as connection:
            return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())


def is_empty(url: str) -> bool:
    """Whether a database has no tables yet; raises StoreError."""
    with closing(Database(url)) as database, database.read() as connection:
        return not inspect(connection).get_table_names()


def fill(url: str, dump: Path) -> None:
    """Fill an empty PostgreSQL database from a dump, all of it or nothing; raises StoreError."""
    with closing(Database(url)) as database:
        pgtools.restore(database.address, dump)


def signs_of_life(url: str, since: datetime) -> list[Beat]:
    """Which processes showed since an instant that they work with a database; none when it cannot be read."""
    with closing(Database(url)) as database, suppress(StoreError):
        return Beats(database).alive(since)
    return []
