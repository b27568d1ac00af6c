"""Decisions: editors' rulings, one row each; a correction is a newer row."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, insert, select, true

from bulletin.model import Decision
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.merging import RULED
from bulletin.store.rows import chunks, covered, standing, survivor_of

_ruling = tables.decision


class Says(StrEnum):
    """What a row of decisions says; the latest one of an item counts."""

    RULED = RULED
    UNSURE = "unsure"  # an editor wants to come back to it: no ruling counts
    WITHDRAWN = "withdrawn"  # as if nobody had ruled


class Decisions:
    """The editors' rulings: every one stays, the latest wins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decision: Decision) -> None:
        """Write down a ruling on an item, or on the one that stands for it; UnknownError when there is none."""
        with self._database.write() as connection:
            add_ruling(connection, decision)

    def latest(self, items: Collection[str] | None = None) -> dict[str, Decision]:
        """Give the ruling that counts for each item that has one, by item id: all, or those with these ids.

        Where items were merged, the rulings on the one that stands come first, then those on the others.
        """
        return self.standing(items)[0]

    def standing(self, items: Collection[str] | None = None) -> tuple[dict[str, Decision], dict[str, Decision]]:
        """Give the rulings that count, and who is not sure since when where nobody has ruled, both by item id."""
        with self._database.read() as connection:
            rows = latest_rows(connection, items)
        ruled = {item: decision for item, (says, decision) in rows.items() if says is Says.RULED}
        return ruled, {item: decision for item, (says, decision) in rows.items() if says is Says.UNSURE}


def add_ruling(connection: Connection, decision: Decision, says: Says = Says.RULED) -> None:
    """Write down a ruling, a doubt, or that there is none any more; UnknownError for no such item."""
    item = survivor_of(connection, decision.item)
    row = {"item": item, "topics": decision.topics, "editor": decision.editor, "at": decision.at, "says": says}
    connection.execute(insert(_ruling).values(row))


def latest_rows(connection: Connection, items: Collection[str] | None) -> dict[str, tuple[Says, Decision]]:
    """Read the last word on each item, by the id of the item that stands."""
    if items is None:
        return _rows(connection, true())
    return {item: row for chunk in chunks(items) for item, row in _rows(connection, covered(chunk)).items()}


def _rows(connection: Connection, where: ColumnElement[bool]) -> dict[str, tuple[Says, Decision]]:
    weakest_first = (tables.item.c.merged_into.is_(None), _ruling.c.at, _ruling.c.id)
    columns = standing, _ruling.c.topics, _ruling.c.editor, _ruling.c.at, _ruling.c.says
    query = select(*columns).join_from(_ruling, tables.item).where(where).order_by(*weakest_first)
    return {
        item: (Says(says), Decision(item, tuple(topics), editor, at))
        for item, topics, editor, at, says in connection.execute(query)
    }
