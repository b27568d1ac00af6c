"""One engine for SQLite and PostgreSQL: one writer at a time, readers that see one moment, errors in plain words."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final
from urllib.parse import unquote

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bulletin.errors import StoreError
from bulletin.store.copying import copy_file

PATIENCE: Final = 5  # seconds to wait for another writer
_ANSWER_WITHIN = 10  # seconds for a PostgreSQL server to answer
_WRITERS = 0x62756C6C  # the number of the PostgreSQL lock that all writers share: "bull"

_LOOK = "BULLETIN_DATABASE_URL must look like sqlite:///file.db or postgresql://user:password@host/name"
_WAIT = "another bulletin command is writing; try again in a moment"
_FULL = "the disk is full: make room, then try again; nothing was half stored"
_READ_ONLY = "{place} can only be read: check who may write there"
_FOREIGN = "{place} is not a bulletin database: name another with BULLETIN_DATABASE_URL"
_SENTENCES = {  # by a pattern in what the driver says, in lower case
    "database is locked": _WAIT,
    "lock timeout": _WAIT,
    "file is not a database": "{place} is not a database: move it away, or name another with BULLETIN_DATABASE_URL",
    "malformed": "{place} is damaged: restore it from a backup",
    "unable to open database file": "cannot open {place}: make its folder, or check who may write there",
    "readonly database": _READ_ONLY,
    "read-only transaction": _READ_ONLY,
    "disk is full": _FULL,
    "no space left": _FULL,
    "disk i/o error": "cannot read or write {place}: check the disk, which may be full",
    "no such module": "this Python's SQLite cannot search texts (it lacks FTS5): use another Python, or PostgreSQL",
    "^no such table": _FOREIGN,
    "^relation .* does not exist": _FOREIGN,
    "^(table|index|relation) .* already exists": _FOREIGN,
    "^invalid connection option": _LOOK,
    "permission denied": "{place} gives no permission: its owner must let this user create and change tables",
}


class Database:
    """The one door to the database; StoreError for all that a person can do something about."""

    def __init__(self, url: str) -> None:
        self._url = _address(url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        if self._is_sqlite and self._url.database:
            _keep_to_oneself(Path(self._url.database))
        try:
            # Errors go into the log, and what is written may be secret: their words leave the values out.
            self._engine = create_engine(self._url, hide_parameters=True, **self._settings())
        except ModuleNotFoundError as error:
            raise StoreError('PostgreSQL needs its driver: pip install "psycopg[binary]"') from error
        except ArgumentError as error:
            raise StoreError(_LOOK) from error
        if self._is_sqlite:
            event.listen(self._engine, "connect", _prepare)
            event.listen(self._engine, "begin", _begin)
            self._readers = self._engine.execution_options(reading=True)
        else:
            self._readers = self._engine.execution_options(isolation_level="REPEATABLE READ")

    def _settings(self) -> dict[str, object]:
        if self._is_sqlite:  # without isolation_level None, pysqlite begins when it likes, and updates are lost
            return {"connect_args": {"isolation_level": None, "timeout": PATIENCE}}
        return {"connect_args": {"connect_timeout": _ANSWER_WITHIN}, "pool_pre_ping": True}

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database and waits for nobody."""
        with self._plain_errors(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection that is alone in writing; everything is stored at the end, or nothing.

        PostgreSQL writers queue at one advisory lock, as SQLite's do by nature: one rule for both, and unlike
        serialisable transactions nothing has to be tried again. A library's writes are few and short.
        """
        with self._plain_errors(), self._engine.begin() as connection:
            if not self._is_sqlite:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
            yield connection

    def wipe(self) -> bool:
        """Empty SQLite's write-ahead log, in which pages stand as they were; False when a reader held that up.

        What is removed from the file itself is overwritten at once (secure_delete). On PostgreSQL that is the work of
        its own VACUUM.
        """
        if not self._is_sqlite:
            return True
        with self._plain_errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            row = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            connection.exec_driver_sql("BEGIN")
        return not row[0]

    def copy(self, ending: str) -> None:
        """Copy a SQLite file as it was last committed to one beside it, named with this ending; nothing else is one.

        The copy of a PostgreSQL database is its server's business. StoreError when it cannot be written.
        """
        if self.file:
            copy_file(self.file, ending)

    def driver_arguments(self) -> dict[str, Any]:
        """What PostgreSQL's driver is called with to reach it, password included; nothing for SQLite."""
        return {} if self._is_sqlite else dict(self._engine.dialect.create_connect_args(self._url)[1])

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def address(self) -> URL:
        """Where it is, with the password."""
        return self._url

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite's, and not PostgreSQL's."""
        return self._is_sqlite

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None: it is in memory, or PostgreSQL's."""
        return _file(self._url)

    def in_words(self, said: str) -> str | None:
        """A sentence for people in place of what a driver says; None where there is none."""
        for pattern, sentence in _SENTENCES.items():
            if re.search(pattern, said.lower()):
                return sentence.format(place=self._place)
        return None

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            line = self._sentence(error)
            if line is None:  # a bug of ours: it must be heard
                raise
            raise StoreError(line) from error

    def _sentence(self, error: DBAPIError) -> str | None:
        said = str(error.orig).strip()
        if sentence := self.in_words(said):
            return sentence
        if self._is_sqlite or not isinstance(error, OperationalError):
            return None
        reason = said.splitlines()[0].replace(self._url.password or "\0", "***")
        return f"cannot work with {self._place}: {reason}"

    @property
    def _place(self) -> str:
        """Name the database without a password, which may also stand among the options."""
        return str(self._url.database) if self._is_sqlite else self._url.set(query={}).render_as_string()


def file_of(url: str) -> Path | None:
    """The file of a SQLite database by its address, whether it is there or not; None for any other database."""
    return _file(_address(url))


def _file(address: URL) -> Path | None:
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def _address(url: str) -> URL:
    """Read a database address; what was given is never repeated, as it may hold a password.

    A path is read here because SQLAlchemy 2.0 leaves percent signs as they stand and 2.1 decodes them. It takes no
    options: a question mark in it is most likely part of a name, and what follows must not get lost.
    """
    if url == "sqlite://" or (url.startswith("sqlite:///") and "?" not in url):
        return URL.create("sqlite", database=unquote(url.removeprefix("sqlite://")[1:]))
    with suppress(ArgumentError, ValueError):  # ValueError: a port that is no number
        address = make_url(url)
        if address.drivername in ("postgresql", "postgresql+psycopg"):
            return address.set(drivername="postgresql+psycopg")
    raise StoreError(_LOOK)


def _keep_to_oneself(file: Path) -> None:
    """Make a file that is not there yet, for its owner alone: it holds what second steps at log-in share.

    SQLite gives the same permissions to what it puts beside it. Whatever forbids making it, SQLite tells better.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    _write_ahead(connection)
    for setting in ("synchronous = FULL", "foreign_keys = on", "secure_delete = on"):
        connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a file to WAL; of two who do so at once SQLite refuses one on the spot, so that one tries again."""
    until = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at once, because one that is wanted only after reading may be refused."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
