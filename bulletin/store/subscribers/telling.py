"""All that is kept of one person, found by walking the tables, so that none can be forgotten.

A row is theirs if it names them, stands under their address or its mark, or belongs to a row that is theirs, however
many foreign keys lie between (UK GDPR, articles 15 and 20).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from bulletin.store.database import Database
from bulletin.store.peopletables import deed
from bulletin.store.subscribers.tables import sign_up, subscriber, suppression
from bulletin.store.tables import metadata

Rows = dict[str, list[dict[str, Any]]]  # by table; instants as in ISO 8601


class Telling:
    """What is kept of somebody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, id_: str, email: str, marks: Sequence[str]) -> Rows:
        """Every row of theirs, by table, without the tables that hold none."""
        with self._database.read() as connection:
            found = {table.name: _rows(connection, table, theirs) for table, theirs in walk(id_, email, marks)}
        return {name: rows for name, rows in found.items() if rows}


def walk(id_: str, email: str, marks: Sequence[str]) -> list[tuple[Table, ColumnElement[bool]]]:
    """The tables that may hold something of a person, and which of their rows are that person's."""
    theirs: dict[Table, ColumnElement[bool]] = {
        subscriber: subscriber.c.id == id_,
        sign_up: sign_up.c.email == email,
        suppression: suppression.c.mark.in_(marks),
        deed: deed.c.what == id_,  # the record names people by their ids
    }
    for table in metadata.sorted_tables:  # what is pointed to comes before what points
        of_theirs = [
            key.parent.in_(select(key.column).where(theirs[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table in theirs and key.column.table is not table
        ]
        if of_theirs:
            theirs[table] = or_(*of_theirs)
    return [*theirs.items()]


def _rows(connection: Connection, table: Table, theirs: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(table).where(theirs).order_by(*table.primary_key.columns)
    return [{name: _told(value) for name, value in row.items()} for row in connection.execute(query).mappings()]


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
