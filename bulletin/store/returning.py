"""What goes back to an item that is split off: what it had, and what came since and is surely its own."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select, update

from bulletin import identity
from bulletin.model import Item, Service
from bulletin.store import tables
from bulletin.store.passed import Passed
from bulletin.store.rows import chunks


def give_back(connection: Connection, passed: Passed, path: list[str], since: datetime) -> None:
    """Give an item what went over from it, wherever on the path it is by now, and what came since then."""
    _return_merged(connection, passed, path[-1])
    _return_named(connection, passed, path)
    _return_said(connection, passed, path)
    _follow_doi(connection, passed, path[-1], since)
    _follow_sightings(connection, passed, path[-1], since)
    if len(path) == 1:
        _follow_feeds(connection, passed, path[-1])


def _return_merged(connection: Connection, passed: Passed, stands: str) -> None:
    """What had been merged into the item before is merged into it again."""
    item = tables.item.c
    for chunk in chunks([id_ for (id_,) in passed.moved["item"]]):
        here = item.id.in_(chunk) & (item.merged_into == stands)
        connection.execute(update(tables.item).where(here).values(merged_into=passed.gone.id))


def _return_named(connection: Connection, passed: Passed, path: Collection[str]) -> None:
    """Keys, lookups and sightings, each named by something that no other row has."""
    for table, name in ((tables.item_key, "key"), (tables.lookup, "id"), (tables.sighting, "id")):
        names = [one for (one,) in passed.moved[table.name]]
        _give(connection, table, table.c.item.in_(path) & table.c[name].in_(names), passed)


def _return_said(connection: Connection, passed: Passed, path: list[str]) -> None:
    """Additions and marks: the first one on the path that says the same; the others have their own reasons."""
    for table in (tables.addition, tables.mark):
        names = ("field", "service") if table is tables.addition else ("mark", "by")
        for values in passed.moved[table.name]:
            same = [table.c[name] == value for name, value in zip(names, values, strict=True)]
            holders = connection.execute(select(table.c.item).where(table.c.item.in_(path), *same)).scalars().all()
            if holders:
                first = min(holders, key=path.index)
                here = (table.c.item == first) & and_(*same)
                _give(connection, table, here, passed)


def _follow_doi(connection: Connection, passed: Passed, stands: str, since: datetime) -> None:
    """What services and notices said since then of the DOI that leaves, they said of the item that goes with it."""
    doi, mark, item = passed.gone.doi, tables.mark, tables.item
    if not doi:
        return
    notices = select(item.c.id).where(item.c.notice_doi == doi)
    by: ColumnElement[bool] = mark.c.by.in_(notices)
    if not passed.stays.doi:
        by = or_(by, mark.c.by.in_([*Service]))
        asked = (tables.lookup.c.item == stands) & (tables.lookup.c.at >= since)
        _give(connection, tables.lookup, asked, passed)
        _give_new(connection, tables.addition, since, stands, passed, "field")
    _give_new(connection, mark, since, stands, passed, "mark", "by", where=by)


def _follow_sightings(connection: Connection, passed: Passed, stands: str, since: datetime) -> None:
    """A feed that brought the item since then for the first time, and not the other one, goes with its keys."""
    seen, keys = tables.sighting, tables.item_key
    new = select(seen).where(seen.c.item == stands, seen.c.seen_at > since)
    for row in connection.execute(new).all():
        known = identity.keys(Item(row.title, row.url, guid=row.guid), row.feed)
        if _is_of_gone(passed, row.title, known):
            _give_new(connection, seen, since, stands, passed, "feed", where=seen.c.id == row.id)
            theirs = [key for key in known if key not in passed.kept]
            _give(connection, keys, (keys.c.item == stands) & keys.c.key.in_(theirs), passed)


def _follow_feeds(connection: Connection, passed: Passed, stands: str) -> None:
    """New keys that hold inside one feed go with the item if only that has been seen there."""
    keys, seen = tables.item_key, tables.sighting
    theirs, ours = (
        {*connection.execute(select(seen.c.feed).where(seen.c.item == id_)).scalars()}
        for id_ in (passed.gone.id, stands)
    )
    owned = connection.execute(select(keys.c.key).where(keys.c.item == stands)).scalars()
    new = [key for key in owned if key not in passed.kept and identity.feed_of(key) in theirs - ours]
    for chunk in chunks(new):
        _give(connection, keys, keys.c.key.in_(chunk), passed)


def _is_of_gone(passed: Passed, title: str, keys: Collection[str]) -> bool:
    """Whether what a feed brought is the item that went, and surely not the one that stayed."""
    ours, theirs = {*keys} & passed.kept, {*keys} & {key for (key,) in passed.moved["item_key"]}
    if ours or theirs:
        return bool(theirs) and not ours
    told = identity.normal_title(title)
    return told == identity.normal_title(passed.gone.title) != identity.normal_title(passed.stays.title)


def _give(connection: Connection, table: Table, where: ColumnElement[bool], passed: Passed) -> None:
    connection.execute(update(table).where(where).values(item=passed.gone.id))


def _give_new(
    connection: Connection,
    table: Table,
    since: datetime,
    stands: str,
    passed: Passed,
    *unique: str,
    where: ColumnElement[bool] | None = None,
) -> None:
    """Give rows that were written since then, but for those of which the item has one already."""
    theirs, at = table.alias(), table.c["seen_at" if table is tables.sighting else "at"]
    same = [theirs.c[name] == table.c[name] for name in unique]
    there = select(theirs.c.item).where(theirs.c.item == passed.gone.id, *same).exists()
    moving = (table.c.item == stands) & (at >= since) & ~there
    _give(connection, table, moving if where is None else moving & where, passed)
