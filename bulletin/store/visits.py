"""Visits: one row for each fetch of a feed, with what the server gave to ask it again with."""

from dataclasses import asdict

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, func, insert, select, true

from bulletin.model import Outcome, Validators, Visit
from bulletin.store.database import Database
from bulletin.store.tables import visit as table


class Visits:
    """What came of going to the feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> dict[str, Visit]:
        """Give the last visit to each feed, by feed id."""
        return {visit.feed: visit for visit in self._latest(true(), table.c.feed)}

    def validators(self) -> dict[tuple[str, str], Validators]:
        """Give what to ask each feed with, by feed id and address: from the last good visit there that brought any.

        A visit that failed never counts: what it brought was not shelved.
        """
        brought = table.c.etag.is_not(None) | table.c.last_modified.is_not(None)
        good = brought & (table.c.outcome != Outcome.FAILED)
        return {(visit.feed, visit.url): visit.validators for visit in self._latest(good, table.c.feed, table.c.url)}

    def record(self, visit: Visit) -> None:
        """Write down a visit that brought no items: it failed, or nothing had changed."""
        with self._database.write() as connection:
            add_visit(connection, visit)

    def _latest(self, condition: ColumnElement[bool], *by: Column[str]) -> list[Visit]:
        last = select(func.max(table.c.id)).where(condition).group_by(*by)
        with self._database.read() as connection:
            rows = connection.execute(select(table).where(table.c.id.in_(last))).mappings()
            return [_visit(row) for row in rows]


def add_visit(connection: Connection, visit: Visit) -> None:
    """Write a visit inside a transaction that has already written what it brought."""
    row = asdict(visit)
    connection.execute(insert(table).values(row.pop("validators") | row))


def _visit(row: RowMapping) -> Visit:
    return Visit(
        feed=row["feed"],
        at=row["at"],
        outcome=Outcome(row["outcome"]),
        url=row["url"],
        validators=Validators(row["etag"], row["last_modified"]),
        message=row["message"],
        seen=row["seen"],
        new=row["new"],
    )
