"""Shelving one document: everything is read in a few queries, decided in memory, and only what is new is written."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import Connection, func, insert, or_, select, update

from bulletin import identity
from bulletin.model import Item, Visit
from bulletin.store import tables
from bulletin.store.match import Known, filled, homes, retold
from bulletin.store.rows import chunks, item_row, items_by_id

_NEVER = datetime.max.replace(tzinfo=UTC)


class Shelf:
    """The known items that one document may meet, and what the document changes about them.

    Every key has one owner, and a DOI's owner has that DOI; so an item that is like no owner of its keys has a key of
    its own, by which it is found the next time.
    """

    def __init__(
        self, connection: Connection, visit: Visit, items: Sequence[Item], outranked: Collection[str]
    ) -> None:
        self._connection = connection
        self._outranked = outranked
        self._visit = visit
        self._arrived = [_arrived(item, visit.feed) for item in items]
        self._owner = self._stored_owners()  # id of the item that has a key, by key
        self._stored_keys = frozenset(self._owner)
        self._known = items_by_id(connection, set(self._owner.values()))
        self._before = dict(self._known)
        self._guids = self._stored_guids(self._known)  # what this feed called each item before
        self._met: set[str] = set()
        self._new: dict[str, Item] = {}
        self._sightings: dict[str, Item] = {}
        self._merged: dict[str, str] = {}  # loser -> survivor

    def store(self) -> tuple[list[str], list[str]]:
        """Put each item in its place; give the ids of the new items and of those merged into others."""
        for item in self._arrived:
            self._place(item)
        self._write()
        return [id_ for id_ in self._new if id_ not in self._merged], list(self._merged)

    def _stored_owners(self) -> dict[str, str]:
        key, item = tables.item_key.c.key, tables.item_key.c.item
        wanted = {key for item in self._arrived for key in item.keys}
        queries = (select(key, item).where(key.in_(chunk)) for chunk in chunks(wanted))
        return {key: item for query in queries for key, item in self._connection.execute(query)}

    def _stored_guids(self, ids: Collection[str]) -> dict[str, str]:
        seen = tables.sighting.c
        ours = select(seen.item, seen.guid).where(seen.feed == self._visit.feed)
        queries = (ours.where(seen.item.in_(chunk)) for chunk in chunks(ids))
        return {item: guid for query in queries for item, guid in self._connection.execute(query)}

    def _place(self, item: Item) -> None:
        found = homes(self._candidates(item), item)
        home = self._as_one(found) if found else self._add(item)
        retell = self._known[home].source in self._outranked
        self._known[home] = (retold if retell else filled)(self._known[home], item)
        for key in item.keys:
            self._owner.setdefault(key, home)
        self._met.add(home)
        if home not in self._guids:
            self._sightings.setdefault(home, item)

    def _candidates(self, item: Item) -> list[Known]:
        exact: dict[str, bool] = {}  # by id, in the order of the keys: strongest first
        for key in item.keys:
            if owner := self._owner.get(key):
                exact[owner] = exact.get(owner, False) or identity.exact(key)
        return [
            Known(replace(self._known[id_], guid=self._guids.get(id_, "")), is_exact, id_ in self._met)
            for id_, is_exact in exact.items()
        ]

    def _add(self, item: Item) -> str:
        own_key = next(key for key in item.keys if key not in self._owner)
        item = replace(item, id=self._free_id(own_key), first_seen=self._visit.at)
        self._new[item.id] = self._before[item.id] = self._known[item.id] = item
        return item.id

    def _free_id(self, key: str) -> str:
        tries = (f"{key}\n{n}" if n else key for n in count())
        ids = (hashlib.sha256(text.encode()).hexdigest()[:12] for text in tries)
        return next(id_ for id_ in ids if not self._is_taken(id_))

    def _is_taken(self, id_: str) -> bool:
        stored = select(tables.item.c.id).where(tables.item.c.id == id_)
        return id_ in self._new or self._connection.execute(stored).first() is not None

    def _as_one(self, ids: Sequence[str]) -> str:
        """Merge items: the one that a person ruled on first stays, else the one seen first, else the lowest id."""
        if len(ids) == 1:
            return ids[0]
        ruling = tables.decision.c
        first = select(ruling.item, func.min(ruling.at)).where(ruling.item.in_(ids)).group_by(ruling.item)
        ruled = dict(self._connection.execute(first).all())
        survivor = min(ids, key=lambda id_: (ruled.get(id_, _NEVER), self._known[id_].first_seen or _NEVER, id_))
        for loser in ids:
            if loser != survivor:
                self._merge(loser, survivor)
        return survivor

    def _merge(self, loser: str, survivor: str) -> None:
        self._merged[loser] = survivor
        self._known[survivor] = filled(self._known[survivor], self._known.pop(loser))
        self._owner = {key: survivor if id_ == loser else id_ for key, id_ in self._owner.items()}
        if loser in self._sightings:
            self._sightings.setdefault(survivor, self._sightings.pop(loser))

    def _write(self) -> None:
        if self._new:
            self._connection.execute(insert(tables.item), [item_row(item) for item in self._new.values()])
        for loser, survivor in self._merged.items():
            _absorb(self._connection, loser, survivor)
        for id_, item in self._known.items():
            if item != self._before[id_]:
                row = update(tables.item).where(tables.item.c.id == id_)
                self._connection.execute(row.values(item_row(item)))
        self._write_keys()
        self._write_sightings()

    def _write_keys(self) -> None:
        rows = [{"key": key, "item": id_} for key, id_ in self._owner.items() if key not in self._stored_keys]
        if rows:
            self._connection.execute(insert(tables.item_key), rows)

    def _write_sightings(self) -> None:
        stored = self._stored_guids(self._sightings)  # again, because a merge can have brought one
        rows = [
            {
                "item": id_,
                "feed": self._visit.feed,
                "seen_at": self._visit.at,
                "guid": item.guid,
                "title": item.title,
                "url": item.url,
            }
            for id_, item in self._sightings.items()
            if id_ not in stored
        ]
        if rows:
            self._connection.execute(insert(tables.sighting), rows)


def _arrived(item: Item, feed: str) -> Item:
    keys = item.keys or identity.keys(item, feed)
    return replace(item, keys=keys, source=feed, summary_feed=feed if item.summary else "")


def _absorb(connection: Connection, loser: str, survivor: str) -> None:
    """Give a survivor what a loser had; rulings and opinions stay where they were made and are read through."""
    item, key, seen = tables.item, tables.item_key, tables.sighting
    gone = or_(item.c.id == loser, item.c.merged_into == loser)  # one step is enough to find the end of any chain
    connection.execute(update(item).where(gone).values(merged_into=survivor))
    connection.execute(update(key).where(key.c.item == loser).values(item=survivor))
    theirs = select(seen.c.feed).where(seen.c.item == survivor)
    moving = (seen.c.item == loser) & seen.c.feed.not_in(theirs)
    connection.execute(update(seen).where(moving).values(item=survivor))
