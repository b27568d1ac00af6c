"""Urgent editions: those that came off the schedule, each with the items that it was made for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bulletin.store.database import Database
from bulletin.store.rows import chunks, survivors
from bulletin.store.turntables import urgent

URGENT = select(urgent.c.edition)  # their ids


@dataclass(frozen=True)
class UrgentRow:
    """What an urgent edition was made for, by whom and when."""

    edition: str
    items: tuple[str, ...]  # by their ids, in the order in which they were named
    editor: str
    at: datetime


class Urgents:
    """The mark of an urgent edition; it comes and goes with its draft."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, edition: str) -> UrgentRow | None:
        """Give what an edition was made for, by the ids of the items that stand today; None: it is not urgent."""
        with self._database.read() as connection:
            row = connection.execute(select(urgent).where(urgent.c.edition == edition)).mappings().one_or_none()
            if row is None:
                return None
            found = UrgentRow(row["edition"], tuple(row["items"]), row["editor"], row["at"])
            today = survivors(connection, found.items)
        return replace(found, items=tuple(dict.fromkeys(today[one] for one in found.items if one in today)))

    def among(self, editions: Collection[str]) -> frozenset[str]:
        """Give which of these editions are urgent."""
        with self._database.read() as connection:
            queries = (select(urgent.c.edition).where(urgent.c.edition.in_(chunk)) for chunk in chunks(editions))
            return frozenset(name for query in queries for name in connection.execute(query).scalars())


def is_urgent(connection: Connection, edition: str) -> bool:
    """Whether an edition is urgent."""
    return connection.execute(select(urgent.c.edition).where(urgent.c.edition == edition)).first() is not None


def mark_urgent(connection: Connection, row: UrgentRow) -> None:
    """Write down what an urgent edition is made for, over what it was made for before."""
    unmark(connection, row.edition)
    connection.execute(insert(urgent).values({**vars(row), "items": [*row.items]}))


def unmark(connection: Connection, edition: str) -> None:
    """Forget that an edition was urgent: it is taken back."""
    connection.execute(delete(urgent).where(urgent.c.edition == edition))
