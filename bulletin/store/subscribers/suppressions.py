"""Suppressions: addresses that get nothing any more, known by keyed hashes alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, true

from bulletin.model import Deed, Suppression, Why
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.subscribers.tables import suppression as table

_ANY = true()
# Of two reasons for one address the heavier stays: a complaint must not be forgotten because somebody left later.
_WEIGHT = {
    why: weight for weight, why in enumerate((Why.LEFT_ALL, Why.BOUNCED, Why.ERASED, Why.DESK, Why.COMPLAINED))
}


class Suppressions:
    """Who must not be written to; `marks` are those of one address, under the newest secret first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, marks: Sequence[str]) -> Suppression | None:
        """Why this address gets nothing; None: it may be written to."""
        with self._database.read() as connection:
            return suppressed(connection, marks)

    def all(self) -> dict[str, Suppression]:
        """Every suppression by its mark."""
        with self._database.read() as connection:
            return read_suppressions(connection)

    def among(self, marks: Mapping[str, Sequence[str]]) -> dict[str, Suppression]:
        """What stands against some addresses, told with their marks, by address; the others are left out."""
        every = [mark for theirs in marks.values() for mark in theirs]
        with self._database.read() as connection:
            found = read_suppressions(connection, table.c.mark.in_(every))
        stopped = {
            email: heaviest(found[mark] for mark in theirs if mark in found) for email, theirs in marks.items()
        }
        return {email: one for email, one in stopped.items() if one}

    def counts(self) -> Counter[Why]:
        """How many addresses get nothing, by the reason."""
        query = select(table.c.why, func.count()).group_by(table.c.why)
        with self._database.read() as connection:
            return Counter({Why(why): count for why, count in connection.execute(query)})

    def add(self, marks: Sequence[str], one: Suppression, deed: Deed) -> bool:
        """Suppress an address; False when it was for this reason or a heavier one already, and nothing changed."""
        with self._database.write() as connection:
            is_new = suppress(connection, marks, one)
            if is_new:
                append(connection, deed)
            return is_new

    def lift(self, marks: Sequence[str], deed: Deed) -> Suppression | None:
        """Let an address be written to again; gives what stood against it, None when nothing did."""
        with self._database.write() as connection:
            gone = suppressed(connection, marks)
            if gone:
                lift(connection, marks)
                append(connection, deed)
            return gone


def suppressed(connection: Connection, marks: Sequence[str]) -> Suppression | None:
    """Why an address gets nothing, by the heaviest reason; None: it may be written to."""
    rows = connection.execute(select(table).where(table.c.mark.in_(marks))).mappings()
    return heaviest(map(_suppression, rows))


def heaviest(found: Iterable[Suppression]) -> Suppression | None:
    """The one that counts of those that stand against one address; None for none."""
    return max(found, key=lambda one: _WEIGHT[one.why], default=None)


def read_suppressions(connection: Connection, condition: ColumnElement[bool] = _ANY) -> dict[str, Suppression]:
    """Every suppression that meets a condition, by its mark."""
    return {row["mark"]: _suppression(row) for row in connection.execute(select(table).where(condition)).mappings()}


def suppress(connection: Connection, marks: Sequence[str], one: Suppression) -> bool:
    """Suppress an address, unless it is for this reason or a heavier one already; tells whether anything changed."""
    known = suppressed(connection, marks)
    if known and _WEIGHT[known.why] >= _WEIGHT[one.why]:
        return False
    lift(connection, marks)
    connection.execute(insert(table).values(asdict(one)))
    return True


def lift(connection: Connection, marks: Collection[str]) -> None:
    """Let an address be written to again."""
    connection.execute(delete(table).where(table.c.mark.in_(marks)))


def _suppression(row: RowMapping) -> Suppression:
    return Suppression(**{**row, "why": Why(row["why"])})
