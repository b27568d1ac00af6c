"""Shelving documents: everything is read in a few queries, decided in memory, and only what is new is written."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Self

from sqlalchemy import Connection

from bulletin import identity
from bulletin.model import Item, Visit
from bulletin.store import stock, tables
from bulletin.store.apart import couples, renamed, together
from bulletin.store.marks import Marking, add_marks
from bulletin.store.match import Known, filled, homes, retold
from bulletin.store.merging import absorb, rulings, survivor
from bulletin.store.rows import item_row, told_items
from bulletin.store.words import write_words


@dataclass(frozen=True)
class Document:
    """What one visit brought, ready to be shelved."""

    visit: Visit
    items: Sequence[Item]  # with keys and source

    @classmethod
    def of(cls, visit: Visit, items: Sequence[Item]) -> Self:
        """Make one from what was read; half the work of shelving, for which nobody else should have to wait."""
        return cls(visit, [_arrived(item, visit.feed) for item in items])


@dataclass(frozen=True)
class Placed:
    """Where the items of a document went; each id once, in the order of the document."""

    all: tuple[str, ...]
    new: tuple[str, ...]
    merged: tuple[str, ...]  # items that turned out to be another one


def shelve(connection: Connection, documents: Sequence[Document], rank: Mapping[str, int]) -> list[Placed]:
    """Put the items of documents in their places, as if one document came after the other.

    By `rank`, the place of each feed in feeds.yaml, a feed's words give way to those of one that stands before it.

    Together they cost less. But when items turn out to be one, what the later documents find there depends on what
    the earlier ones have written, so then it is done in order.
    """
    shelf = Shelf(connection, documents, rank)
    placed = shelf.place()
    if len(documents) > 1 and any(document.merged for document in placed):
        return [placed for document in documents for placed in shelve(connection, [document], rank)]
    shelf.write()
    return placed


class Shelf:
    """The known items that some documents may meet, and what the documents change about them.

    Every key has one owner, and the owner of a DOI has that DOI, or was joined with what has it; so an item that is
    like no owner of its keys has a key of its own, by which it is found the next time.
    """

    def __init__(self, connection: Connection, documents: Sequence[Document], rank: Mapping[str, int]) -> None:
        self._connection = connection
        self._documents = documents
        self._rank = rank
        items = [item for document in documents for item in document.items]
        self._owner = stock.owners(connection, {key for item in items for key in item.keys})  # by key
        self._stored_keys = frozenset(self._owner)
        self._known = told_items(connection, set(self._owner.values()))
        self._before = dict(self._known)
        self._guids = stock.guids(connection, self._known)
        likely = self._likely_ids(items)
        self._free = likely - stock.ids_in_use(connection, likely)
        self._new: dict[str, Item] = {}
        self._sightings: dict[tuple[str, str], stock.Row] = {}  # by item and feed
        self._stated: list[Marking] = []
        self._apart = couples(connection)
        self._merged: dict[str, str] = {}  # loser -> survivor

    def place(self) -> list[Placed]:
        """Decide where each item belongs; nothing is written yet."""
        return [self._shelve(document) for document in self._documents]

    def write(self) -> None:
        """Write what has changed."""
        last = self._new | self._known  # a new item in the form that it has now, even if it was merged
        stock.add_rows(self._connection, tables.item, (item_row(last[id_]) for id_ in self._new))
        for loser, stays in self._merged.items():
            absorb(self._connection, loser, stays)
        changed = [item for id_, item in self._known.items() if id_ in self._before and item != self._before[id_]]
        stock.change_items(self._connection, changed)
        keys = ({"key": key, "item": id_} for key, id_ in self._owner.items() if key not in self._stored_keys)
        stock.add_rows(self._connection, tables.item_key, keys)
        stock.add_rows(self._connection, tables.sighting, self._new_sightings())
        write_words(self._connection, {*self._new, *self._merged.values(), *(item.id for item in changed)})
        stated = ((self._standing(marking.item), marking) for marking in self._stated)
        add_marks(self._connection, [replace(marking, item=id_, by=id_) for id_, marking in stated])

    def _likely_ids(self, items: Iterable[Item]) -> set[str]:
        """Make the ids that new items will most likely get."""
        first = (next((key for key in item.keys if key not in self._owner), None) for item in items)
        return {_id(key) for key in first if key}

    def _shelve(self, document: Document) -> Placed:
        new, feed = len(self._new), document.visit.feed
        met: dict[str, None] = {}  # in the order of the document
        for item in document.items:
            met[self._place(document, item, met)] = None
        for id_ in met:  # the next document finds what this one has brought
            if (id_, feed) in self._sightings:
                self._guids[id_][feed] = self._sightings[id_, feed]["guid"]
        added = (id_ for id_ in [*self._new][new:] if id_ not in self._merged)
        return Placed(tuple(dict.fromkeys(map(self._standing, met))), tuple(added), tuple(self._merged))

    def _place(self, document: Document, item: Item, met: Collection[str]) -> str:
        feed = document.visit.feed
        found = together(homes(self._candidates(feed, item, met), item), self._apart)
        home = self._as_one(found) if found else self._add(item, document.visit)
        known = self._known[home]
        self._known[home] = (retold if self._outranks(document, item, known) else filled)(known, item)
        self._stated += _stated(document, item, self._known[home])
        for key in item.keys:
            self._owner.setdefault(key, home)
        if feed not in self._guids[home]:
            self._sightings.setdefault((home, feed), _sighting(document.visit, item))
        return home

    def _outranks(self, document: Document, item: Item, known: Item) -> bool:
        """Whether an item speaks for a known one from now on."""
        place = self._rank.get(known.source, -1)
        return self._rank.get(document.visit.feed, place) < place and not _is_other_form(item, known)

    def _candidates(self, feed: str, item: Item, met: Collection[str]) -> list[Known]:
        shared: dict[str, list[str]] = {}  # keys by id, in the order of the keys: strongest first
        for key in item.keys:
            if owner := self._owner.get(key):
                shared.setdefault(owner, []).append(key)
        return [
            Known(
                self._known[id_],
                guid=self._guids[id_].get(feed, ""),
                exact=any(map(identity.exact, keys)),
                by_doi=identity.strength(keys[0]) == 0,
                met=id_ in met,
            )
            for id_, keys in shared.items()
        ]

    def _add(self, item: Item, visit: Visit) -> str:
        own_key = next(key for key in item.keys if key not in self._owner)
        item = replace(item, id=self._free_id(own_key), first_seen=visit.at)
        self._new[item.id] = self._known[item.id] = item
        return item.id

    def _free_id(self, key: str) -> str:
        ids = (_id(f"{key}\n{n}" if n else key) for n in count())
        return next(id_ for id_ in ids if not self._is_taken(id_))

    def _is_taken(self, id_: str) -> bool:
        return id_ in self._new or not (id_ in self._free or not stock.ids_in_use(self._connection, [id_]))

    def _as_one(self, ids: Sequence[str]) -> str:
        if len(ids) == 1:
            return ids[0]
        stays = survivor([self._known[id_] for id_ in ids], rulings(self._connection, ids))
        for loser in ids:
            if loser != stays:
                self._merge(loser, stays)
        return stays

    def _merge(self, loser: str, survivor: str) -> None:
        self._merged[loser] = survivor
        self._apart = renamed(self._apart, loser, survivor)
        self._known[survivor] = filled(self._known[survivor], self._known.pop(loser))
        self._owner = {key: survivor if id_ == loser else id_ for key, id_ in self._owner.items()}
        for id_, feed in [*self._sightings]:
            if id_ == loser:
                self._sightings.setdefault((survivor, feed), self._sightings.pop((id_, feed)))

    def _standing(self, id_: str) -> str:
        while id_ in self._merged:
            id_ = self._merged[id_]
        return id_

    def _new_sightings(self) -> list[stock.Row]:
        """Give the sightings that are not stored; a merge can have brought one."""
        stored = stock.guids(self._connection, {id_ for id_, _ in self._sightings}) if self._merged else {}
        return [
            row | {"item": id_} for (id_, feed), row in self._sightings.items() if feed not in stored.get(id_, ())
        ]


def _arrived(item: Item, feed: str) -> Item:
    keys = item.keys or identity.keys(item, feed)
    return replace(item, keys=keys, source=feed, summary_feed=feed if item.summary else "")


def _is_other_form(item: Item, known: Item) -> bool:
    """Whether an item is the preprint of the known paper: it never speaks for it, and its record is another one."""
    return bool(item.doi and known.doi and item.doi != known.doi)


def _stated(document: Document, item: Item, told: Item) -> list[Marking]:
    """Give the marks that an item bears by its own record: a notice that comes as its paper marks that."""
    if _is_other_form(item, told):
        return []
    noticed = (item.notice.mark,) if item.notice and not told.notice else ()
    return [Marking(told.id, mark, told.id, document.visit.at) for mark in (*item.marks, *noticed)]


def _sighting(visit: Visit, item: Item) -> stock.Row:
    return {"feed": visit.feed, "seen_at": visit.at, "guid": item.guid, "title": item.title, "url": item.url}


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
