"""Two items become one: which of them stays, and what passes to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, or_, select, update

from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.rows import chunks

RULED = "ruled"  # what a row of decisions says that counts; another one takes back what was said before
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Ruling:
    """What editors ruled of an item."""

    topics: tuple[str, ...]  # of the ruling that counts; none discards it
    since: datetime  # the first ruling


_NONE = Ruling((), _NEVER)


def rulings(connection: Connection, ids: Collection[str]) -> dict[str, Ruling]:
    """Read what editors ruled of these items, by id; an item that nobody ruled on is absent."""
    ruling, found = tables.decision.c, dict[str, Ruling]()
    for chunk in chunks(ids):
        query = select(ruling.item, ruling.topics, ruling.at, ruling.says).where(ruling.item.in_(chunk))
        for item, topics, at, says in connection.execute(query.order_by(ruling.at, ruling.id)):
            if says == RULED:
                found[item] = Ruling(tuple(topics), found[item].since if item in found else at)
            else:
                found.pop(item, None)
    return found


def survivor(items: Collection[Item], ruled: Mapping[str, Ruling]) -> str:
    """Say who stays: what a person accepted first, else ruled on first, else the one seen first, else the lowest id.

    The rulings on the one that stays come first. So what was accepted must stay, or a discard would shadow that.
    """

    def rank(item: Item) -> tuple[bool, datetime, datetime, str]:
        ruling = ruled.get(item.id, _NONE)
        return not ruling.topics, ruling.since, item.first_seen or _NEVER, item.id

    return min(items, key=rank).id


def absorb(connection: Connection, loser: str, survivor: str) -> dict[str, list[list[Any]]]:
    """Give a survivor what a loser had; rulings and opinions stay where they were made and are read through.

    Says what went over: by table, what names each row.
    """
    item = tables.item
    gone = or_(item.c.id == loser, item.c.merged_into == loser)  # one step is enough to find the end of any chain
    moved = connection.execute(update(item).where(gone).values(merged_into=survivor).returning(item.c.id))
    return {
        "item": [[id_] for id_ in moved.scalars() if id_ != loser],
        "item_key": _pass_on(connection, tables.item_key, loser, survivor, "key"),
        "lookup": _pass_on(connection, tables.lookup, loser, survivor, "id"),
        "sighting": _pass_on(connection, tables.sighting, loser, survivor, "id", unique=("feed",)),
        "addition": _pass_on(connection, tables.addition, loser, survivor, "field", "service", unique=("field",)),
        "mark": _pass_on(connection, tables.mark, loser, survivor, "mark", "by", unique=("mark", "by")),
    }


def _pass_on(
    connection: Connection, table: Table, loser: str, survivor: str, *names: str, unique: Collection[str] = ()
) -> list[list[Any]]:
    """Let a loser's rows be the survivor's, but for those of which it has one already; gives what names them."""
    moving = table.c.item == loser
    if unique:
        theirs = table.alias()
        same = [theirs.c[name] == table.c[name] for name in unique]
        moving &= ~select(theirs.c.item).where(theirs.c.item == survivor, *same).exists()
    columns = [table.c[name] for name in names]
    return [
        [*row] for row in connection.execute(update(table).where(moving).values(item=survivor).returning(*columns))
    ]
