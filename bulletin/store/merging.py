"""Two items become one: which of them stays, and what passes to it."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, or_, select, update

from bulletin.model import Item
from bulletin.store import tables

_NEVER = datetime.max.replace(tzinfo=UTC)


def survivor(connection: Connection, items: Collection[Item]) -> str:
    """Say who stays: the one that a person ruled on first, else the one seen first, else the lowest id."""
    ruling = tables.decision.c
    ids = [item.id for item in items]
    first = select(ruling.item, func.min(ruling.at)).where(ruling.item.in_(ids)).group_by(ruling.item)
    ruled = dict(connection.execute(first).all())
    return min(items, key=lambda item: (ruled.get(item.id, _NEVER), item.first_seen or _NEVER, item.id)).id


def absorb(connection: Connection, loser: str, survivor: str) -> None:
    """Give a survivor what a loser had; rulings and opinions stay where they were made and are read through."""
    item = tables.item
    gone = or_(item.c.id == loser, item.c.merged_into == loser)  # one step is enough to find the end of any chain
    connection.execute(update(item).where(gone).values(merged_into=survivor))
    _pass_on(connection, tables.item_key, loser, survivor)
    _pass_on(connection, tables.lookup, loser, survivor)
    _pass_on(connection, tables.sighting, loser, survivor, "feed")
    _pass_on(connection, tables.addition, loser, survivor, "field")
    _pass_on(connection, tables.mark, loser, survivor, "mark", "by")


def _pass_on(connection: Connection, table: Table, loser: str, survivor: str, *unique: str) -> None:
    """Let a loser's rows be the survivor's, but for those of which the survivor has one already."""
    moving = table.c.item == loser
    if unique:
        theirs = table.alias()
        same = [theirs.c[name] == table.c[name] for name in unique]
        moving &= ~select(theirs.c.item).where(theirs.c.item == survivor, *same).exists()
    connection.execute(update(table).where(moving).values(item=survivor))
