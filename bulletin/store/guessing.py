"""What must have passed from an item to the one that it went into, where no release wrote that down yet.

Told from the rows as they stand: the item that went has kept its words, and a sighting says what a feed brought.
Filled blanks other than DOI, address, identifier and summary cannot be told from what the item had itself, nor whose
lookups and additions are whose: these stay with the item that stands.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select

from bulletin import identity
from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.passed import Passed
from bulletin.store.rows import told_items

_SURE = ("doi", "url", "guid")  # what both have alike, only one of them can have brought


def guessed(connection: Connection, joining: RowMapping, stands: str) -> Passed:
    """Give what went over with an item, as far as can be told."""
    seen, keys, mark = tables.sighting, tables.item_key, tables.mark
    rows = told_items(connection, [joining["item"], joining["into"], stands])
    gone, now = rows[joining["item"]], rows[stands]
    stays = replace(_without(now, gone), id=joining["into"], first_seen=rows[joining["into"]].first_seen)
    seen_there = connection.execute(select(seen).where(seen.c.item == stands)).all()
    theirs = [row for row in seen_there if _reads_like(row, gone, now)]
    owned = {*connection.execute(select(keys.c.key).where(keys.c.item == stands)).scalars()}
    going = owned & _keys(gone, theirs)
    before = select(tables.joining.c.item).where(tables.joining.c.into == gone.id)
    said = select(mark.c.mark, mark.c.by).where(mark.c.item == stands, mark.c.by == gone.id)
    moved: dict[str, list[Any]] = {
        "item": [[id_] for id_ in connection.execute(before).scalars()],
        "item_key": [[key] for key in sorted(going)],
        "sighting": [[row.id] for row in theirs],
        "mark": [[*row] for row in connection.execute(said)],
        "lookup": [],
        "addition": [],
    }
    return Passed(stays, gone, frozenset(owned - going), moved)


def _without(now: Item, gone: Item) -> Item:
    """Take from an item what it can only have from the one that went."""
    blank: dict[str, Any] = {name: "" for name in _SURE if getattr(gone, name) == getattr(now, name)}
    if now.summary == gone.summary and now.summary_feed == gone.summary_feed != now.source:
        blank |= {"summary": "", "summary_feed": ""}
    return replace(now, **blank)


def _reads_like(row: Row[Any], gone: Item, now: Item) -> bool:
    title, theirs, ours = (identity.normal_title(text) for text in (row.title, gone.title, now.title))
    if theirs != ours and title in (theirs, ours):
        return title == theirs
    return bool(row.url) and row.url == gone.url


def _keys(gone: Item, seen: Collection[Row[Any]]) -> set[str]:
    """Give the keys that an item has in the feeds that brought it, and those of what they brought."""
    feeds = {gone.source, *(row.feed for row in seen)}
    known = {key for feed in feeds for key in identity.keys(gone, feed)}
    return known | {key for row in seen for key in identity.keys(Item(row.title, row.url, guid=row.guid), row.feed)}
