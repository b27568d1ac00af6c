"""Lookups: what services were asked about items, what they knew, and when to ask again."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import Connection, case, delete, func, insert, select

from bulletin.model import Item, Lookup, Service
from bulletin.store import tables
from bulletin.store.additions import lacks, learned
from bulletin.store.database import Database
from bulletin.store.marks import Marking, add_marks
from bulletin.store.rows import items_by_id, survivor_of
from bulletin.store.tables import EMPTY
from bulletin.store.tables import item as item_table
from bulletin.store.tables import lookup as table
from bulletin.store.words import write_words

WAITS: Final = (2, 4, 8, 16, 30)  # days to wait after the first, second ... time that nothing was found
GIVEN_UP: Final = timedelta(days=60)  # after an item was first seen: what no service knows by then, none will
_AT_ONCE = 200  # items that are read to see what they lack

Question = tuple[Item, Service]


def again_at(last: datetime, nothings: int) -> datetime:
    """Say when to ask again, after so many answers of "nothing found" (one at least), the last of them then."""
    return last + timedelta(days=WAITS[min(nothings, len(WAITS)) - 1])


class Lookups:
    """The questions that were put to services, and what came of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, lookup: Lookup) -> None:
        """Write down an answer: what it adds to the item, and what marks it makes; UnknownError for no such item."""
        with self._database.write() as connection:
            id_ = survivor_of(connection, lookup.item)
            asked = {"item": id_, "service": lookup.service, "at": lookup.at, "found": lookup.found is not None}
            connection.execute(insert(table).values(asked))
            if lookup.found:
                _add(connection, id_, lookup.found, lookup)
                marks = [Marking(id_, mark, lookup.service, lookup.at) for mark in lookup.found.marks]
                add_marks(connection, marks)

    def due(self, now: datetime, most: int, services: Sequence[Service] = tuple(Service)) -> list[Question]:
        """Give the questions to ask now, those about the newest items first.

        An item is asked about when it has a DOI, was first seen in the last 60 days and lacks what the service may
        know; once, and again after 2, 4, 8, 16 and 30 days as long as nothing is found. An answer that never came is
        no lookup.
        """
        with self._database.read() as connection:
            open_ = _open(connection, now, services)
            return list(islice(_wanting(connection, open_), most))


def _add(connection: Connection, id_: str, found: Item, lookup: Lookup) -> None:
    """Write what the item did not have, over what a service had added there before."""
    addition = tables.addition
    new = learned(items_by_id(connection, [id_])[id_], found, lookup.service)
    fields = [one.field for one in new]
    connection.execute(delete(addition).where(addition.c.item == id_, addition.c.field.in_(fields)))
    rows = [vars(one) | {"item": id_, "at": lookup.at} for one in new]
    if rows:
        connection.execute(insert(addition), rows)
        write_words(connection, [id_])


def _open(connection: Connection, now: datetime, services: Sequence[Service]) -> dict[str, list[Service]]:
    """Choose what may be asked, by item, the newest first: never asked, or nothing found and waited long enough."""
    recent = select(item_table.c.id).where(item_table.c.first_seen >= now - GIVEN_UP, item_table.c.doi != EMPTY)
    found = func.count(case((table.c.found.is_(True), 1)))
    told = select(table.c.item, table.c.service, func.count(), func.max(table.c.at), found)
    asked = connection.execute(told.where(table.c.item.in_(recent)).group_by(table.c.item, table.c.service))
    waiting = {(item, service) for item, service, times, at, found in asked if found or again_at(at, times) > now}
    standing = recent.where(item_table.c.merged_into.is_(None))
    newest_first = standing.order_by(item_table.c.first_seen.desc(), item_table.c.id)
    return {
        item: left
        for item in connection.execute(newest_first).scalars()
        if (left := [service for service in services if (item, service) not in waiting])
    }


def _wanting(connection: Connection, open_: dict[str, list[Service]]) -> Iterator[Question]:
    """Give those of the questions whose item lacks what the service may know; no more items are read than needed."""
    ids = list(open_)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        items = items_by_id(connection, some)
        for id_ in some:
            yield from ((items[id_], service) for service in open_[id_] if lacks(items[id_], service))
