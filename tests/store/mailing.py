"""An approved edition and the people on its list: what the ledger's tests need."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from papers import NOON, edition
from sqlalchemy import select

from bulletin.model import (
    Answer,
    Approval,
    Claim,
    Email,
    Frozen,
    Laid,
    Laying,
    Pace,
    Reply,
    Sender,
    State,
    Subscriber,
    Subscription,
    Upshot,
)
from bulletin.store import Store
from bulletin.store.outbox.claims import Terms
from bulletin.store.outbox.laying import lay
from bulletin.store.subscribers.people import add_subscriber

FREE = Pace(a_minute=0, a_day=0)
MIME = b"From: Library <library@example.nhs.uk>\r\nSubject: Hello\r\n\r\nHello.\r\n"
TAKEN = Answer(Reply.TAKEN, 250)


def marks_of(address: str) -> tuple[str, ...]:
    return (f"mark of {address}", f"old mark of {address}")


def terms(sender: str = "s1", pace: Pace = FREE, edition: str = "") -> Terms:
    return Terms(sender, pace, marks_of, edition)


def reader(number: int, address: str = "", lists: tuple[str, ...] = ("update",)) -> Subscriber:
    places = tuple(Subscription(bulletin, "all", NOON) for bulletin in lists)
    return Subscriber(f"{number:016x}", address or f"ok{number}@example.org", added_at=NOON, subscriptions=places)


def lay_edition(
    store: Store,
    readers: list[Subscriber],
    day: str = "2026-11-02",
    bulletin: str = "update",
    due: datetime = NOON,
    mime: bytes = MIME,
    **more: object,
) -> str:
    """Approve an edition of nothing, laid for these readers; who is not there yet is added. Gives its id."""
    name = f"{bulletin}-{day}"
    digest = sha256(mime).hexdigest()
    store.editions.save(edition(day, int(day[-2:]), bulletin=bulletin), NOON)
    yes = store.approvals.add(
        Approval(0, name, digest, "eve", NOON, (Email(name, "all", "Hello", "<p>", "text", mime),))
    )
    laid = tuple(
        replace(Laid("all", one.id, one.email, one.name, digest, f"{name}.{one.id}@example.nhs.uk", due), **more)  # type: ignore[arg-type]
        for one in readers
    )
    known = {one.id for one in store.subscribers.all()}
    with store._database.write() as connection:
        for one in readers:
            if one.id not in known:
                add_subscriber(connection, one, ())
        lay(connection, yes.id, name, bulletin, Laying((Frozen(digest, "Hello", mime),), laid), NOON)
    return name


def sender(id_: str = "s1", machine: str = "m", process: str = "p", at: datetime = NOON) -> Sender:
    return Sender(id_, machine, process, at, at)


def claim(store: Store, now: datetime = NOON, **more: object) -> Claim:
    """Take the next delivery, which must be there."""
    taken = store.outbox.claim(terms(**more), now)  # type: ignore[arg-type]
    assert isinstance(taken, tuple)
    return taken[0]


def finish(store: Store, taken: Claim, reply: Reply, upshot: Upshot, now: datetime = NOON, code: int = 0) -> None:
    store.outbox.end(taken, Answer(reply, code), upshot, now)


def send(store: Store, now: datetime = NOON, **more: object) -> Claim:
    """Take the next delivery, hand it over, and have it taken."""
    taken = claim(store, now, **more)
    assert store.outbox.hand(taken, now)
    finish(store, taken, Reply.TAKEN, Upshot(State.SENT), now)
    return taken


def states(store: Store, name: str) -> dict[str, int]:
    return {state.value: count for state, count in store.outbox.states(name).items()}


def whole(store: Store) -> Counter[str]:
    """All states, read by SQL alone."""
    with store._database.read() as connection:
        query = "SELECT state, count(*) FROM delivery_state GROUP BY state"
        return Counter(dict(map(tuple, connection.exec_driver_sql(query))))


def rows(store: Store, table) -> list[dict[str, object]]:
    with store._database.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]
