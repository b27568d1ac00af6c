"""Somebody's own data: all of it in one file, and none of it any more."""

import json
from typing import Any

from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed, record
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.jobs.subscribers.membership import THEMSELVES
from bulletin.model import Subscriber, Suppression, Way, Why


def export(desk: Desk, subscriber: Subscriber, by: str = THEMSELVES) -> dict[str, Any]:
    """All that is kept of somebody, for JSON: what it is about, then every row of theirs by table.

    Who looks at their own data is not written down: their page only shows it, and to show something changes nothing.
    """
    if by != THEMSELVES:
        record(desk, by, "took out the data of a reader", subscriber.id)
    rows = desk.store.telling.of(subscriber.id, subscriber.email, marks_of(desk, subscriber.email))
    return {"library": desk.config.library.name, "taken_out": desk.now().isoformat(), "kept": rows}


def in_json(told: dict[str, Any]) -> str:
    """The same as text that people and programs read."""
    return json.dumps(told, ensure_ascii=False, indent=2)


def erase(desk: Desk, subscriber: Subscriber, way: Way = Way.ERASURE, by: str = THEMSELVES) -> bool:
    """Forget somebody; a keyed hash of the address stays, so that no file puts them back.

    What was sent stays countable under a hash that leads to nobody. They may join again by themselves. Raises
    UnknownError for who was erased already. False: of a SQLite database a trace may stand in its files until the next
    `bulletin forget`, because somebody else was reading.
    """
    marks = marks_of(desk, subscriber.email)
    recipient = f"erased:{desk.keys.mark('erased', subscriber.id)[:32]}"
    stop = Suppression(marks[0], Why.ERASED, desk.now(), by)
    line = deed(desk, by, "erased a reader", subscriber.id, after=str(way))
    if not desk.store.erasing.erase(subscriber, recipient, marks, stop, line):
        raise UnknownError("there is no such reader: perhaps they were erased")
    return desk.store.wipe()
