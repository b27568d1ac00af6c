"""Wordings: the library's own titles and summaries, a row each time that somebody changes them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, select, true

from bulletin.model import Wording
from bulletin.store import tables
from bulletin.store.rows import chunks, covered, standing, survivor_of

_wording = tables.wording


def add_wording(connection: Connection, wording: Wording) -> None:
    """Write down other words for an item; empty ones give it back the source's own. UnknownError for no item."""
    row = vars(wording) | {"item": survivor_of(connection, wording.item)}
    connection.execute(insert(_wording).values(row))


def latest_wordings(
    connection: Connection, items: Collection[str], until: datetime | None = None
) -> dict[str, Wording]:
    """Read the words that count for each of these items, by id, or those that did at a moment.

    An item in its source's own words is absent.
    """
    then = true() if until is None else _wording.c.at <= until
    columns = standing, _wording.c.title, _wording.c.summary, _wording.c.editor, _wording.c.at
    weakest_first = (tables.item.c.merged_into.is_(None), _wording.c.id)
    found: dict[str, Wording] = {}
    for chunk in chunks(items):
        query = select(*columns).join_from(_wording, tables.item).where(covered(chunk), then)
        for row in connection.execute(query.order_by(*weakest_first)):
            found[row[0]] = Wording(*row)
    return {item: words for item, words in found.items() if words.title or words.summary}
