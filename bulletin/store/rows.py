"""Items as rows and back, and where to look for an item that turned out to be another one."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Table, func, or_, select

from bulletin import identity
from bulletin.errors import UnknownError
from bulletin.model import Citation, DateFlag, DateSource, Item, Mark, Notice, Service
from bulletin.store import tables
from bulletin.store.additions import Addition, completed

_SHORT = 40  # letters of what was asked for that an error repeats; an id has 12
_CHUNK = 500  # values in one IN (...); old builds of SQLite take no more than 999
_CITATION = [field.name for field in fields(Citation)]
_ELSEWHERE = {*_CITATION, "merged_into", "notice_mark", "notice_doi"}
_PLAIN = [column.name for column in tables.item.columns if column.name not in _ELSEWHERE]
_GRAVEST_FIRST = [*Mark]
NOTHING: Mapping[str, Any] = MappingProxyType({})
_Value = TypeVar("_Value", str, int)
_Rows = defaultdict[str, list[tuple[Any, ...]]]

# The item that stands for an item's row today: itself, or the one that it was merged into (always in one step).
standing = func.coalesce(tables.item.c.merged_into, tables.item.c.id)


def covered(ids: Collection[str]) -> ColumnElement[bool]:
    """The rows of these items, and of those that were merged into them."""
    return or_(tables.item.c.id.in_(ids), tables.item.c.merged_into.in_(ids))


def chunks(values: Collection[_Value]) -> Iterator[list[_Value]]:
    """Cut values, sorted and each once, into lists that fit into one query."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def item_row(item: Item) -> dict[str, Any]:
    """Give the columns of an item."""
    mark, doi = (item.notice.mark, item.notice.doi) if item.notice else ("", "")
    beside = {"notice_mark": mark, "notice_doi": doi}
    return {name: getattr(item, name) for name in _PLAIN} | vars(item.citation) | beside


def told_items(connection: Connection, ids: Collection[str]) -> dict[str, Item]:
    """Read items just as the feeds told them: without keys, feeds, marks and additions."""
    queries = (select(tables.item).where(tables.item.c.id.in_(chunk)) for chunk in chunks(ids))
    return {row["id"]: item_of(row) for query in queries for row in connection.execute(query).mappings()}


def items_where(connection: Connection, condition: ColumnElement[bool]) -> list[Item]:
    """Read the items that stand for themselves and meet the condition, complete, in no order.

    What lies beside them is asked for by id, which costs the same however much lies beside others.
    """
    condition = condition & tables.item.c.merged_into.is_(None)
    rows = connection.execute(select(tables.item).where(condition)).mappings().all()
    ids, seen = [row["id"] for row in rows], tables.sighting.c
    keys = _beside(connection, ids, tables.item_key, "key")
    feeds = _beside(connection, ids, tables.sighting, "feed", order=(seen.seen_at, seen.id))
    marks = _beside(connection, ids, tables.mark, "mark")
    additions = _beside(connection, ids, tables.addition, "field", "value", "service")
    return [_complete(row, keys, feeds, marks, additions) for row in rows]


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


def survivor_of(connection: Connection, id_: str) -> str:
    """Say which item stands for this one today; UnknownError when there is none."""
    item = survivors(connection, [id_]).get(id_)
    if item is None:
        raise UnknownError(f"no item {id_[:_SHORT]}")
    return item


def _beside(
    connection: Connection, ids: Collection[str], table: Table, *names: str, order: tuple[Column[Any], ...] = ()
) -> _Rows:
    """Read what another table says of these items, by id."""
    query = select(table.c.item, *(table.c[name] for name in names)).order_by(*order)
    rows = _Rows(list)
    for chunk in chunks(ids):
        for item, *values in connection.execute(query.where(table.c.item.in_(chunk))):
            rows[item].append(tuple(values))
    return rows


def item_of(row: Mapping[str, Any] | RowMapping, beside: Mapping[str, Any] = NOTHING) -> Item:
    """Make an item of its columns and of what else is known of it."""
    changed = {
        "authors": tuple(row["authors"]),
        "categories": tuple(row["categories"]),
        "date_source": DateSource(row["date_source"]),
        "date_flag": DateFlag(row["date_flag"]),
    }
    return Item(
        **{name: row[name] for name in _PLAIN} | changed | {**beside},
        citation=Citation(**{name: row[name] for name in _CITATION}),
        notice=Notice(Mark(row["notice_mark"]), row["notice_doi"]) if row["notice_mark"] else None,
    )


def _complete(row: RowMapping, keys: _Rows, feeds: _Rows, marks: _Rows, additions: _Rows) -> Item:
    id_ = row["id"]
    known = {mark for (mark,) in marks.get(id_, ())}
    beside = {
        "keys": tuple(sorted((key for (key,) in keys.get(id_, ())), key=lambda key: (identity.strength(key), key))),
        "feeds": tuple(feed for (feed,) in feeds.get(id_, ())),
        "marks": tuple(mark for mark in _GRAVEST_FIRST if mark in known) if known else (),
    }
    item = item_of(row, beside)
    if id_ not in additions:  # nearly always
        return item
    return completed(item, [Addition(field, value, Service(service)) for field, value, service in additions[id_]])
