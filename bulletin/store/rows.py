"""Items as rows and back, and where to look for an item that turned out to be another one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from bulletin import identity
from bulletin.model import Citation, DateFlag, DateSource, Item
from bulletin.store import tables

_CHUNK = 500  # values in one IN (...); old builds of SQLite take no more than 999
_CITATION = [field.name for field in fields(Citation)]
_PLAIN = [column.name for column in tables.item.columns if column.name not in {*_CITATION, "merged_into"}]

# The item that stands for an item's row today: itself, or the one that it was merged into (always in one step).
standing = func.coalesce(tables.item.c.merged_into, tables.item.c.id)


def chunks(values: Collection[str]) -> Iterator[list[str]]:
    """Cut values, sorted and each once, into lists that fit into one query."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def item_row(item: Item) -> dict[str, Any]:
    """Give the columns of an item."""
    return {name: getattr(item, name) for name in _PLAIN} | asdict(item.citation)


def items_where(connection: Connection, condition: ColumnElement[bool]) -> list[Item]:
    """Read the items that stand for themselves and meet the condition, complete, in no order."""
    condition = condition & tables.item.c.merged_into.is_(None)
    chosen = select(tables.item.c.id).where(condition)
    keys, feeds = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for item, key in connection.execute(
        select(tables.item_key.c.item, tables.item_key.c.key).where(tables.item_key.c.item.in_(chosen))
    ):
        keys[item].append(key)
    seen = tables.sighting.c
    for item, feed in connection.execute(
        select(seen.item, seen.feed).where(seen.item.in_(chosen)).order_by(seen.seen_at, seen.id)
    ):
        feeds[item].append(feed)
    rows = connection.execute(select(tables.item).where(condition)).mappings()
    return [_item(row, keys[row["id"]], feeds[row["id"]]) for row in rows]


def items_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Item]:
    """Read items by id; under the id of an item that was merged lies the one that stands for it."""
    now = survivors(connection, ids)
    found = {
        item.id: item
        for chunk in chunks(set(now.values()))
        for item in items_where(connection, tables.item.c.id.in_(chunk))
    }
    return {id_: found[survivor] for id_, survivor in now.items()}


def survivors(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Say for each id that exists which item stands for it today."""
    return {
        id_: survivor
        for chunk in chunks(ids)
        for id_, survivor in connection.execute(select(tables.item.c.id, standing).where(tables.item.c.id.in_(chunk)))
    }


def _item(row: RowMapping, keys: list[str], feeds: list[str]) -> Item:
    return Item(
        **{name: row[name] for name in _PLAIN}
        | {
            "authors": tuple(row["authors"]),
            "categories": tuple(row["categories"]),
            "date_source": DateSource(row["date_source"]),
            "date_flag": DateFlag(row["date_flag"]),
        },
        citation=Citation(**{name: row[name] for name in _CITATION}),
        keys=tuple(sorted(keys, key=lambda key: (identity.strength(key), key))),
        feeds=tuple(feeds),
    )
