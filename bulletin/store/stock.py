"""What shelving reads before it decides, and writes after it: each in as few statements as it takes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.rows import chunks, item_row

Row = dict[str, Any]
ByFeed = defaultdict[str, dict[str, Any]]  # by item and feed


def owners(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """Give the item that has each key, by key; a key that nobody has is absent."""
    key, item = tables.item_key.c.key, tables.item_key.c.item
    queries = (select(key, item).where(key.in_(chunk)) for chunk in chunks(keys))
    return {key: item for query in queries for key, item in connection.execute(query)}


def guids(connection: Connection, items: Collection[str]) -> ByFeed:
    """Give what each feed called each of these items, by item and feed."""
    seen, found = tables.sighting.c, ByFeed(dict)
    for chunk in chunks(items):
        query = select(seen.item, seen.feed, seen.guid).where(seen.item.in_(chunk))
        for item, feed, guid in connection.execute(query):
            found[item][feed] = guid
    return found


def ids_in_use(connection: Connection, ids: Collection[str]) -> set[str]:
    """Give those of the ids that items have, merged ones too."""
    item = tables.item.c.id
    queries = (select(item).where(item.in_(chunk)) for chunk in chunks(ids))
    return {id_ for query in queries for id_ in connection.execute(query).scalars()}


def add_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Write rows, if there are any."""
    if listed := list(rows):
        connection.execute(insert(table), listed)


def change_items(connection: Connection, items: Iterable[Item]) -> None:
    """Write items that are known in a new form over the old one."""
    if rows := [item_row(item) | {"known": item.id} for item in items]:
        for row in rows:
            del row["id"]  # to set it to itself would look up everything that points to it
        connection.execute(update(tables.item).where(tables.item.c.id == bindparam("known")), rows)
