"""Items: what the feeds brought, each thing once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, func, or_, select, true

from bulletin.model import Item, Mark, Visit
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.joining import Joining, Pair, Refusal, join, join_by_hand, joinings
from bulletin.store.marks import Marking, add_marks, apply_notices, is_open_notice, marks_of
from bulletin.store.rows import chunks, items_by_id, items_where, survivor_of
from bulletin.store.shelving import Document, shelve
from bulletin.store.splitting import split
from bulletin.store.visits import add_visits

NO_RANK: Mapping[str, int] = MappingProxyType({})  # no feed's word counts more than another's


@dataclass(frozen=True)
class Intake:
    """What one document brought to the shelves: ids, each once, in document order."""

    visit: Visit  # as it was stored: `seen` and `new` are filled in
    all: tuple[str, ...]  # the items of the document
    new: tuple[str, ...]  # those that nobody had brought before
    merged: tuple[str, ...]  # items that turned out to be another one


class Items:
    """The shelves: items with their keys and sightings, and what notices say of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def shelve(self, visit: Visit, items: Sequence[Item], rank: Mapping[str, int] = NO_RANK) -> Intake:
        """Put the items of one document where they belong, and write down the visit: all of it, or nothing.

        What a feed says of a known item fills what is blank, and replaces what a feed said that comes after it by
        `rank` (0 and up, by feed id); a feed without a rank replaces nothing and is not replaced.
        The visit comes last, so that validators never say "seen" of items that were lost.
        """
        return self.shelve_all([(visit, items)], rank)[0]

    def shelve_all(
        self, documents: Sequence[tuple[Visit, Sequence[Item]]], rank: Mapping[str, int] = NO_RANK
    ) -> list[Intake]:
        """Shelve several documents, as `shelve` would one after the other, but all of them or none."""
        if not documents:
            return []
        arrived = [Document.of(*document) for document in documents]
        with self._database.write() as connection:
            shelved = shelve(connection, arrived, rank)
            intakes = [
                Intake(replace(visit, seen=len(items), new=len(placed.new)), placed.all, placed.new, placed.merged)
                for (visit, items), placed in zip(documents, shelved, strict=True)
            ]
            add_visits(connection, [intake.visit for intake in intakes])
        return intakes

    def join(self, pairs: Sequence[Pair], at: datetime) -> int:
        """Make the items of each pair one, all of it or nothing, and say how many of them went.

        UnknownError for an id that no item has. Of two items the one that a person accepted stays, else that was
        ruled on, else the one seen first. Never joined are two DOIs, unless they are a preprint and its paper, whose
        words then count; nor a notice and what is none; nor items on which editors ruled differently.
        """
        with self._database.write() as connection:
            return join(connection, pairs, at)

    def join_by_hand(self, pair: Pair, at: datetime) -> Refusal | None:
        """Make two items one because an editor says so, whoever kept them apart; or say why that cannot be."""
        with self._database.write() as connection:
            return join_by_hand(connection, pair, at)

    def split(self, item: str, editor: str, at: datetime) -> str:
        """Let an item that was joined into another one stand for itself again, and give the id of that other one.

        No likeness joins the two again; a merge by hand does. UnknownError for no such item, InputError for one that
        was not joined by likeness or by hand.
        """
        with self._database.write() as connection:
            return split(connection, item, editor, at)

    def joinings(self, items: Collection[str] | None = None) -> dict[str, tuple[Joining, ...]]:
        """Give what was joined into each item and why, by item id, of all or of these.

        An item that nothing went into is absent.
        """
        with self._database.read() as connection:
            if items is None:
                return joinings(connection)
            return {item: told for chunk in chunks(items) for item, told in joinings(connection, chunk).items()}

    def mark(self, item: str, mark: Mark, by: str, at: datetime) -> None:
        """Mark an item, once, by a notice (its id) or a service (its name); UnknownError for no such item."""
        with self._database.write() as connection:
            add_marks(connection, [Marking(survivor_of(connection, item), mark, by, at)])

    def marks(self, items: Collection[str]) -> dict[str, tuple[Mark, ...]]:
        """Give what is said by now of these items, or of those that stand for them, the gravest first."""
        with self._database.read() as connection:
            return marks_of(connection, items)

    def apply_notices(self, at: datetime) -> int:
        """Mark what notices with a DOI concern, whichever came first, and say how many marks are new."""
        with self._database.write() as connection:
            return apply_notices(connection, at)

    def notices_without_doi(self, since: datetime) -> list[Item]:
        """List the notices first seen since then that name no DOI and have marked nothing yet, the newest first."""
        with self._database.read() as connection:
            return _newest_first(items_where(connection, is_open_notice() & (tables.item.c.first_seen >= since)))

    def first_seen_since(self, at: datetime) -> list[Item]:
        """Read the items that were first seen then or later, the newest date first."""
        with self._database.read() as connection:
            return _newest_first(items_where(connection, tables.item.c.first_seen >= at))

    def newest(self, most: int, since: datetime) -> Sequence[Item]:
        """Read the newest items that are dated `since` or later, no more than so many, the newest date first."""
        item = tables.item.c
        query = select(item.id).where(_date() >= since, item.merged_into.is_(None)).order_by(_date().desc())
        with self._database.read() as connection:
            ids = connection.execute(query.limit(most)).scalars().all()
            return _newest_first(items_by_id(connection, ids).values())

    def placeable(self, since: datetime) -> Sequence[Item]:
        """Read the items dated `since` or later that were ever suggested for a topic or ruled on, or what was joined.

        Nothing else can have a place in an edition, and most of what feeds bring has none.
        """
        item, child = tables.item, tables.item.alias()
        members = select(child.c.id).where((child.c.id == item.c.id) | (child.c.merged_into == item.c.id))
        look, best, ruling = tables.classification, tables.suggestion, tables.decision
        suggested = select(best.c.rank).join(look, look.c.id == best.c.classification)
        places = (
            suggested.where(look.c.item.in_(members.correlate(item))).exists(),
            select(ruling.c.id).where(ruling.c.item.in_(members.correlate(item))).exists(),
        )
        with self._database.read() as connection:
            return _newest_first(items_where(connection, (_date() >= since) & or_(*places)))

    def list(self, since: datetime | None = None, ids: Collection[str] | None = None) -> list[Item]:
        """Read items, the newest date first: all, those dated `since` or later, or those with these ids."""
        with self._database.read() as connection:
            if ids is None:
                found = items_where(connection, true() if since is None else _date() >= since)
            else:
                found = [*items_by_id(connection, ids).values()]
        each_once = {item.id: item for item in found if since is None or item.date >= since}
        return _newest_first(each_once.values())

    def get(self, item: str) -> Item | None:
        """Read one item by id; the id of an item that was merged gives the one that stands for it."""
        with self._database.read() as connection:
            return items_by_id(connection, [item]).get(item)


def _date() -> ColumnElement[datetime]:
    return func.coalesce(tables.item.c.published, tables.item.c.first_seen)


def _newest_first(items: Collection[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.date, item.id), reverse=True)
