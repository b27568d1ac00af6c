"""Items: what the feeds brought, each thing once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, true

from bulletin.model import Item, Visit
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.rows import items_by_id, items_where
from bulletin.store.shelving import Shelf
from bulletin.store.visits import add_visit


@dataclass(frozen=True)
class Intake:
    """What one document brought to the shelves."""

    visit: Visit  # as it was stored: `seen` and `new` are filled in
    new: tuple[str, ...]  # ids of items that nobody had brought before, in document order
    merged: tuple[str, ...]  # ids of items that turned out to be another one


class Items:
    """The shelves: items with their keys and sightings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def shelve(self, visit: Visit, items: Sequence[Item], outranked: Collection[str] = ()) -> Intake:
        """Put the items of one document where they belong, and write down the visit: all of it, or nothing.

        What a feed says of a known item fills what is blank, and replaces what the feeds in `outranked` (ids) said.
        The visit comes last, so that validators never say "seen" of items that were lost.
        """
        with self._database.write() as connection:
            new, merged = Shelf(connection, visit, items, frozenset(outranked)).store()
            visit = replace(visit, seen=len(items), new=len(new))
            add_visit(connection, visit)
        return Intake(visit, tuple(new), tuple(merged))

    def list(self, since: datetime | None = None, ids: Collection[str] | None = None) -> list[Item]:
        """Read items, the newest date first: all, those dated `since` or later, or those with these ids."""
        with self._database.read() as connection:
            if ids is None:
                date = func.coalesce(tables.item.c.published, tables.item.c.first_seen)
                found = items_where(connection, true() if since is None else date >= since)
            else:
                found = [*items_by_id(connection, ids).values()]
        each_once = {item.id: item for item in found if since is None or item.date >= since}
        return sorted(each_once.values(), key=lambda item: (item.date, item.id), reverse=True)

    def get(self, item: str) -> Item | None:
        """Read one item by id; the id of an item that was merged gives the one that stands for it."""
        with self._database.read() as connection:
            return items_by_id(connection, [item]).get(item)
