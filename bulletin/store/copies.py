"""What lies in a SQLite file: whether it is sound, how many rows it has, whether another one says the same."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from threading import Timer

from bulletin.errors import StoreError
from bulletin.store.copying import PATIENCE

# What the machine writes for itself from minute to minute: an hour with nothing else is an hour without news.
_CHATTER = {"beat", "lease"}
_TURNS = {"turn": "id", "turn_try": "turn", "turn_end": "turn"}
_OF_EDITIONS = "SELECT id FROM turn WHERE schedule LIKE '%:%'"  # the other turns are those of tasks
_SHORT = 200  # letters of what SQLite says


def flaw(file: Path, *, thorough: bool, within: float = 0) -> str:
    """Say what is wrong with a database; empty when nothing is, or nothing was found within so many seconds (0: all).

    The quick look does not ask whether the indexes say what the tables do; the thorough one takes twice as long.
    """
    with closing(sqlite3.connect(file, timeout=PATIENCE, check_same_thread=False)) as connection:
        end = Timer(within, connection.interrupt)
        if within:
            end.start()
        try:
            return next(_flaws(connection, thorough), "")[:_SHORT]
        except sqlite3.DatabaseError as error:
            return "" if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT else str(error)
        finally:
            end.cancel()
            if within:
                end.join()


def _flaws(connection: sqlite3.Connection, thorough: bool) -> Iterator[str]:
    for (words,) in connection.execute(f"PRAGMA {'integrity' if thorough else 'quick'}_check(1)"):
        if words != "ok":
            yield " ".join(str(words).split())
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} names a row of {parent} that is not there"


def counts(file: Path) -> dict[str, int]:
    """How many rows each table has; StoreError when this is no database, or one that cannot be read."""
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
            return {table: _count(connection, table) for table in _tables(connection)}
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file} is damaged, or no database ({error})") from error


def release(file: Path) -> str:
    """The name of the last migration that a database has seen; empty when it is none of ours."""
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(found[0]) if found else ""
    except sqlite3.DatabaseError:
        return ""


def tell_the_same(one: Path, other: Path) -> bool:
    """Whether two databases hold the same rows, but for what the machine writes for itself; raises sqlite3.Error."""
    with closing(sqlite3.connect(one)) as here, closing(sqlite3.connect(other)) as there:
        tables = _tables(here)
        return tables == _tables(there) and all(
            mine == theirs
            for table in tables
            if table not in _CHATTER
            for mine, theirs in zip_longest(here.execute(_rows(table)), there.execute(_rows(table)))
        )


def same_counts(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether two databases may hold the same rows, told by how many each table has."""
    apart = _CHATTER | set(_TURNS)
    return {name: n for name, n in one.items() if name not in apart} == {
        name: n for name, n in other.items() if name not in apart
    }


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own: not SQLite's, not those of which FTS5 makes its index."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    found = dict(connection.execute(query + " ORDER BY name").fetchall())
    indexes = [name for name, sql in found.items() if sql.upper().startswith("CREATE VIRTUAL")]
    return [name for name in found if not any(name == index or name.startswith(f"{index}_") for index in indexes)]


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - a name from the file


def _rows(table: str) -> str:
    where = f" WHERE {_TURNS[table]} IN ({_OF_EDITIONS})" if table in _TURNS else ""
    return f'SELECT * FROM "{table}"{where}'  # noqa: S608 - a name from the file
