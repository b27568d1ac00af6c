"""Decisions: editors' rulings, one row each; a correction is a newer row."""

from sqlalchemy import insert, select

from bulletin.model import Decision
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.rows import standing, survivor_of

_ruling = tables.decision


class Decisions:
    """The editors' rulings: every one stays, the latest wins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decision: Decision) -> None:
        """Write down a ruling on an item, or on the one that stands for it; UnknownError when there is none."""
        with self._database.write() as connection:
            item = survivor_of(connection, decision.item)
            connection.execute(
                insert(_ruling).values(item=item, topics=decision.topics, editor=decision.editor, at=decision.at)
            )

    def latest(self) -> dict[str, Decision]:
        """Give the ruling that counts for each item, by item id.

        Where items were merged, the rulings on the one that stands come first, then those on the others.
        """
        weakest_first = (tables.item.c.merged_into.is_(None), _ruling.c.at, _ruling.c.id)
        query = select(standing, _ruling.c.topics, _ruling.c.editor, _ruling.c.at).join_from(_ruling, tables.item)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(*weakest_first)).all()
        return {item: Decision(item, tuple(topics), editor, at) for item, topics, editor, at in rows}
