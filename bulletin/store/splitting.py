"""Splitting: an item that was joined into another one by mistake stands for itself again.

What went over goes back. What came since then follows the words: a sighting goes with the item that it reads like.
What one cannot tell stays where it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from itertools import pairwise

from sqlalchemy import Connection, RowMapping, delete, select, update

from bulletin import identity
from bulletin.errors import InputError, UnknownError
from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.apart import keep_apart
from bulletin.store.guessing import guessed
from bulletin.store.match import filled
from bulletin.store.passed import Passed
from bulletin.store.returning import give_back
from bulletin.store.rows import survivor_of, told_items
from bulletin.store.stock import change_items
from bulletin.store.unfilling import Words, has_words_of_other, undone
from bulletin.store.words import write_words

_SHORT = 40  # letters of what was asked for that an error repeats
_NEVER_JOINED = (
    "{title!r} was never joined with another item by likeness or by hand: what has the same DOI, or the same address "
    "and title, is one thing and cannot be split"
)


def split(connection: Connection, gone: str, editor: str, at: datetime) -> str:
    """Let an item that was joined into another one stand for itself, and keep the two apart; gives the other's id.

    UnknownError for no such item, InputError for one that was not joined.
    """
    joining = _joining(connection, gone)
    path = _path(connection, joining)
    passed = Passed.of(joining["passed"]) if joining["passed"] else guessed(connection, joining, path[-1])
    connection.execute(update(tables.item).where(tables.item.c.id == gone).values(merged_into=None))
    give_back(connection, passed, path, joining["at"])
    _part_words(connection, passed, path)
    _part_dois(connection, gone, path[-1])
    connection.execute(delete(tables.joining).where(tables.joining.c.item == gone))
    keep_apart(connection, gone, dict.fromkeys((path[0], path[-1])), editor, at)
    write_words(connection, {gone, *path})
    return path[-1]


def _joining(connection: Connection, gone: str) -> RowMapping:
    query = select(tables.joining).where(tables.joining.c.item == gone)
    found = connection.execute(query).mappings().one_or_none()
    if found is None:
        item = told_items(connection, [gone]).get(gone)
        if item is None:
            raise UnknownError(f"no item {gone[:_SHORT]}")
        raise InputError(_NEVER_JOINED.format(title=item.title))
    return found


def _path(connection: Connection, joining: RowMapping) -> list[str]:
    """Give the items into which one went, and what that went into in its turn, up to the one that stands."""
    path, end = [joining["into"]], survivor_of(connection, joining["into"])
    while path[-1] != end:
        further = select(tables.joining.c.into).where(tables.joining.c.item == path[-1])
        path.append(connection.execute(further).scalar_one_or_none() or end)
    return path


def _part_words(connection: Connection, passed: Passed, path: list[str]) -> None:
    """Take from each item on the path what it has from the one that went, and give that its own words again."""
    rows, words = told_items(connection, [*path, passed.gone.id]), Words.of(passed)
    further = _records(connection, path)
    changed = {path[0]: undone(rows[path[0]], words)}
    for before, id_ in pairwise(path):
        if before in further:
            record = further[before]
            _rewrite(connection, replace(record, gone=undone(record.gone, words)))
            words = words.filled_into(record.stays)
        changed[id_] = undone(rows[id_], words)
    changed[passed.gone.id], now = passed.gone, rows[path[-1]]
    if has_words_of_other(
        now, words, at_joining=passed.spoke
    ):  # then the one that went has them, in their newest form
        changed |= {path[-1]: words.own, passed.gone.id: undone(now, words.turned())}
    _write(connection, changed, rows)
    rest = _members(connection, path[-1])
    _write(connection, {path[-1]: reduce(filled, rest, changed[path[-1]])}, rows)


def _part_dois(connection: Connection, gone: str, stands: str) -> None:
    """Let each of the two own the DOI that it has; one that both learned since then is its owner's alone."""
    keys, rows = tables.item_key, told_items(connection, (gone, stands))
    for item, other in ((rows[gone], rows[stands]), (rows[stands], rows[gone])):
        key = identity.keys(Item("", doi=item.doi), "")[0]
        theirs = keys.c.key == key
        if item.doi and item.doi != other.doi:
            here = theirs & keys.c.item.in_((gone, stands))
            connection.execute(update(keys).where(here).values(item=item.id))
        elif item.doi and connection.execute(select(keys.c.item).where(theirs)).scalar() != item.id:
            change_items(connection, [replace(item, doi="")])


def _records(connection: Connection, path: list[str]) -> dict[str, Passed]:
    """Read what passed from each item on the path to the next one, by its id, where that is on record."""
    query = select(tables.joining.c.item, tables.joining.c.passed).where(tables.joining.c.item.in_(path[:-1]))
    return {id_: Passed.of(told) for id_, told in connection.execute(query) if told}


def _rewrite(connection: Connection, passed: Passed) -> None:
    """Correct what is on record: an item that is split later on must not get back what never was its own."""
    table = tables.joining
    connection.execute(update(table).where(table.c.item == passed.gone.id).values(passed=passed.told()))


def _members(connection: Connection, id_: str) -> list[Item]:
    """Give what else was merged into an item: its words may fill the blanks that are left now."""
    query = select(tables.item.c.id).where(tables.item.c.merged_into == id_)
    told = told_items(connection, connection.execute(query).scalars().all())
    return [told[member] for member in sorted(told)]


def _write(connection: Connection, changed: Mapping[str, Item], rows: Mapping[str, Item]) -> None:
    change_items(
        connection, [replace(item, id=id_, first_seen=rows[id_].first_seen) for id_, item in changed.items()]
    )
