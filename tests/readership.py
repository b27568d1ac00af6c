"""Readers on the lists of a small newsroom, and the links in their emails."""

from datetime import datetime

import newsroom
from sqlalchemy import insert

from bulletin.jobs import Desk, subscribers
from bulletin.model import Subscriber, Way
from bulletin.people import personal
from bulletin.store.columns import PlainText, UtcDateTime
from bulletin.store.tables import metadata

MANAGERS, NURSES, OTHERS = ("update", "managers"), ("update", "nurses"), ("other", "others")
EVERYTHING = ("", "")
ANN = "ann.otter@example.nhs.uk"
MASKED = "a…r@example.nhs.uk"
_MORE = """\
      - id: nurses
        name: Ward nurses
        from: Wexbridge Library <library@example.nhs.uk>
        delivery: individual
        sign_up: example.nhs.uk
        language: cy
  - id: other
    title: Another Update
    headings: [greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    lists:
      - id: others
        name: Others
        from: Wexbridge Library <library@example.nhs.uk>
        delivery: individual
        sign_up: anyone
"""
BULLETINS = newsroom.BULLETINS.rstrip("\n") + "\n        delivery: individual\n" + _MORE


def join(desk: Desk, email: str = ANN, *places) -> Subscriber:
    """Somebody on these lists, by default on all of them."""
    return subscribers.join(desk, email, places or (MANAGERS, NURSES, OTHERS), Way.DESK, "in a test").subscriber


def leave_link(desk: Desk, reader: Subscriber, place=MANAGERS) -> str:
    return f"/leave/{personal.token(desk.keys, 'leave', reader.id, *place)}"


def choices_link(desk: Desk, reader: Subscriber) -> str:
    return f"/choices/{personal.token(desk.keys, 'choices', reader.id)}"


def on(desk: Desk, reader: Subscriber) -> list[tuple[str, str]]:
    """The lists that somebody is on now."""
    found = desk.store.subscribers.get(reader.id)
    return [(one.bulletin, one.list) for one in found.places]


def rows(desk: Desk) -> str:
    """All that is kept in the database."""
    with desk.store._database.read() as connection:
        return "\n".join(connection.connection.iterdump())


def mailed(desk: Desk, reader: Subscriber, at: datetime) -> None:
    """Write down that an email began to go to somebody."""
    with desk.store._database.write() as connection:

        def put(table: str, **values: object) -> None:
            blank = {PlainText: "", UtcDateTime: at}
            needed = [one for one in metadata.tables[table].columns if not one.nullable]
            empty = {one.name: blank.get(type(one.type), 0) for one in needed}
            connection.execute(insert(metadata.tables[table]).values(empty | values))

        put("approval", id=1)
        put("message", digest="m", mime=b"")
        put("delivery", id=1, approval=1, message="m", subscriber=reader.id)
        put("attempt", delivery=1, number=1, handed_at=at)
