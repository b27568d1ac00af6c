"""The inside of an edition: its sections, what they print and what they had no room for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from bulletin.model import Edition, Item, Placed, Section
from bulletin.store.rows import items_by_id, survivors
from bulletin.store.tables import edition_held_over, edition_item, edition_section
from bulletin.store.wordings import latest_wordings

_Rows = list[dict[str, Any]]


def add_sections(connection: Connection, edition: Edition) -> None:
    """Write the sections of an edition in their order, empty ones too."""
    headings: _Rows = []
    printed: _Rows = []
    held_over: _Rows = []
    for number, section in enumerate(edition.sections):
        here = {"edition": edition.id, "section": number}
        headings.append(here | {"topic": section.topic, "heading": section.heading})
        for position, placed in enumerate(section.items):
            words = {"see_also": placed.see_also, "note": placed.note, "pick": placed.pick}
            printed.append(here | {"position": position, "item": placed.item.id, **words})
        for position, item in enumerate(section.held_over):
            held_over.append(here | {"position": position, "item": item.id})
    for table, rows in ((edition_section, headings), (edition_item, printed), (edition_held_over, held_over)):
        if rows:
            connection.execute(insert(table), rows)


def remove_sections(connection: Connection, edition: str) -> None:
    """Take the sections of an edition away."""
    for table in (edition_item, edition_held_over, edition_section):
        connection.execute(delete(table).where(table.c.edition == edition))


def sections(
    connection: Connection, edition: str, *, outline: bool = False, worded: datetime | None = None
) -> tuple[Section, ...]:
    """Read the sections of an edition, with the items as they are known today; in outline, with their ids alone.

    `worded`: the moment whose words of the library's own are wanted; None: today's.
    Two items that have become one since then are given once: printed rather than held over, and in the first place.
    """
    headings, printed, held_over = (
        connection.execute(select(table).where(table.c.edition == edition).order_by(*table.primary_key)).all()
        for table in (edition_section, edition_item, edition_held_over)
    )
    ids = {row.item for row in (*printed, *held_over)}
    items = _ids_alone(connection, ids) if outline else items_by_id(connection, ids)
    wordings = latest_wordings(connection, [item.id for item in items.values()], worded)
    inside, outside = defaultdict[int, list[Placed]](list), defaultdict[int, list[Item]](list)
    given: set[str] = set()
    for row, item in _each_once(printed, items, given):
        placed = Placed(item, tuple(row.see_also), row.note, row.pick, wordings.get(item.id))
        inside[row.section].append(placed)
    for row, item in _each_once(held_over, items, given):
        outside[row.section].append(item)
    return tuple(
        Section(row.topic, row.heading, tuple(inside[row.section]), tuple(outside[row.section])) for row in headings
    )


def _ids_alone(connection: Connection, ids: Collection[str]) -> dict[str, Item]:
    """Read which items stand for these today, and nothing else of them: to lay out a draft it takes no more."""
    return {id_: Item("", id=survivor) for id_, survivor in survivors(connection, ids).items()}


def _each_once(
    places: Iterable[Row[Any]], items: Mapping[str, Item], given: set[str]
) -> Iterator[tuple[Row[Any], Item]]:
    """Give the places whose item was not given yet, and the item."""
    for place in places:
        item = items[place.item]
        if item.id not in given:
            given.add(item.id)
            yield place, item
