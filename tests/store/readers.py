"""Readers on lists, and what was sent to them, as rows; small, for tests of the store."""

from datetime import datetime

from papers import NOON
from sqlalchemy import Boolean, Integer, insert

from bulletin.model import Consent, Deed, Did, Subscriber, Subscription, Way
from bulletin.store import Store
from bulletin.store.columns import PlainText, UtcDateTime
from bulletin.store.desktables import approval
from bulletin.store.outbox import tables
from bulletin.store.tables import metadata

MANAGERS, NURSES = ("update", "managers"), ("update", "nurses")
ADA = "ada@example.nhs.uk"


def told(did: Did = Did.JOINED, way: Way = Way.DESK, at: datetime = NOON) -> Consent:
    return Consent("", "", did, way, "ann@example.nhs.uk", "asked at the desk", at)


def deed(did: str = "did something", what: str = "") -> Deed:
    return Deed(NOON, "ann@example.nhs.uk", did, what)


def reader(id_: str = "ada", email: str = ADA, *places, **more) -> Subscriber:
    lists = tuple(Subscription(*place, NOON) for place in places or (MANAGERS,))
    return Subscriber(id_, email, added_at=NOON, subscriptions=lists, **more)


def add(store: Store, one: Subscriber) -> Subscriber:
    store.subscribers.add(one, [told()])
    return store.subscribers.get(one.id)


def approve(store: Store, edition: str = "update-2026-11-02", at: datetime = NOON) -> int:
    """An approval without emails; gives its number."""
    with store._database.write() as connection:
        values = {"edition": edition, "digest": "d", "editor": "ann", "at": at}
        return connection.execute(insert(approval).values(values)).inserted_primary_key[0]


def lay(store: Store, number: int, one: Subscriber | None, edition: str = "update-2026-11-02", **more) -> int:
    """A delivery that stands nowhere yet; gives its number."""
    recipient = one.id if one else "@managers"
    values = {
        "approval": number,
        "edition": edition,
        "bulletin": "update",
        "list": "managers",
        "recipient": recipient,
        "subscriber": one.id if one else None,
        "address": one.email if one else "all@example.nhs.uk",
        "name": one.name if one else "",
        "message": "m1",
        "message_id": f"{edition}.{recipient}@library.example",
        "gathers": False,
    }
    with store._database.write() as connection:
        if not connection.execute(tables.message.select().where(tables.message.c.digest == "m1")).first():
            connection.execute(insert(tables.message).values(digest="m1", subject="Update", mime=b"Subject: Update"))
        return connection.execute(insert(tables.delivery).values(values | more)).inserted_primary_key[0]


_BLANK = {PlainText: "", UtcDateTime: NOON, Integer: 0, Boolean: False}


def put(store: Store, table: str, **values) -> None:
    """One row; what it needs and is not told is empty, nought or noon."""
    needed = [one for one in metadata.tables[table].columns if not one.nullable and one.name != "id"]
    blank = {one.name: _BLANK[type(one.type)] for one in needed if one.name not in values}
    with store._database.write() as connection:
        connection.execute(insert(metadata.tables[table]).values(blank | values))


def end(store: Store, number: int, state: str = "sent", at: datetime = NOON) -> None:
    put(store, "ending", delivery=number, state=state, at=at)


def tried(store: Store, number: int, **more) -> None:
    put(store, "attempt", **{"delivery": number, "number": 1} | more)
