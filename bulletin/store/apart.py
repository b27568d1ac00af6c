"""What must stay apart: an editor said that two items are not one thing, and no likeness unsays it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bulletin.store.rows import chunks
from bulletin.store.tables import apart, item

Couple = frozenset[str]  # the ids of two items that stand


def couples(connection: Connection) -> set[Couple]:
    """Read which items must stay apart, each pair by the ids of those that stand for them today."""
    return {couple for couple, _ in _couples(connection)}


def renamed(apart: Iterable[Couple], gone: str, stays: str) -> set[Couple]:
    """Give what must stay apart once an item has become another one."""
    return {frozenset(stays if id_ == gone else id_ for id_ in couple) for couple in apart}


def together(ids: Iterable[str], apart: Collection[Couple]) -> list[str]:
    """Give those of these items that may be one: the first one, and what must stay apart from none before it."""
    found: list[str] = []
    for id_ in ids:
        if not any(frozenset((id_, other)) in apart for other in found):
            found.append(id_)
    return found


def keep_apart(connection: Connection, one: str, others: Iterable[str], editor: str, at: datetime) -> None:
    """Write down that an item is none of these others."""
    rows = [{"one": one, "other": other, "editor": editor, "at": at} for other in others]
    connection.execute(insert(apart), rows)


def let_together(connection: Connection, one: str, other: str) -> None:
    """Forget that two items that stand must stay apart."""
    lifted = [str(id_) for couple, id_ in _couples(connection) if couple == {one, other}]
    for chunk in chunks(lifted):
        connection.execute(delete(apart).where(apart.c.id.in_(map(int, chunk))))


def _couples(connection: Connection) -> list[tuple[Couple, int]]:
    one, other = item.alias("one"), item.alias("two")
    ids = (func.coalesce(side.c.merged_into, side.c.id) for side in (one, other))
    query = select(apart.c.id, *ids).select_from(
        apart.join(one, one.c.id == apart.c.one).join(other, other.c.id == apart.c.other)
    )
    return [(frozenset(both), id_) for id_, *both in connection.execute(query)]
