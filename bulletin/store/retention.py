"""Retention: what was sent to whom is kept for a time, then as numbers alone (UK GDPR, article 5(1)(e))."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from bulletin.model import State
from bulletin.store.database import Database
from bulletin.store.desktables import approval
from bulletin.store.outbox.tables import (
    attempt,
    bounce,
    delivery,
    delivery_count,
    delivery_state,
    due,
    ending,
    member,
    message,
)
from bulletin.store.subscribers.tables import sign_up

_MOVING = tuple(state for state in State if not state.is_over)


@dataclass(frozen=True)
class Forgotten:
    """What was forgotten."""

    editions: tuple[str, ...] = ()  # ids of those of which the numbers alone are left
    deliveries: int = 0
    bounces: int = 0
    sign_ups: int = 0  # that nobody confirmed in time


class Retention:
    """Lets go of what is older than it need be."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, before: datetime, now: datetime) -> Forgotten:
        """Count what was approved before an instant and let its deliveries go; sign-ups go when their time is over.

        An edition goes as a whole, once nothing of it moves any more. Its counts stay as they were.
        """
        with self._database.write() as connection:
            editions = _old(connection, before)
            numbers = select(delivery.c.id).where(delivery.c.edition.in_(editions))
            _count(connection, editions)
            _free_others(connection, numbers)
            kept = _messages(connection, numbers)
            old_bounce = or_(bounce.c.delivery.in_(numbers), bounce.c.at < before)
            bounces = connection.execute(delete(bounce).where(old_bounce)).rowcount
            for rows in (member, due, attempt, ending):
                connection.execute(delete(rows).where(rows.c.delivery.in_(numbers)))
            gone = connection.execute(delete(delivery).where(delivery.c.edition.in_(editions))).rowcount
            _drop(connection, kept)
            late = connection.execute(delete(sign_up).where(sign_up.c.until < now)).rowcount
            return Forgotten(tuple(editions), gone, bounces, late)


def _old(connection: Connection, before: datetime) -> Sequence[str]:
    """The editions that were approved before an instant, and of which nothing moved since.

    What the journal of the last year names is so still known (a run holds where it is not).
    """
    latest = select(delivery.c.edition).join(approval, approval.c.id == delivery.c.approval)
    latest = latest.group_by(delivery.c.edition).having(func.max(approval.c.at) < before)
    lead = func.coalesce(member.c.lead, delivery.c.id)
    ended = select(delivery.c.edition).outerjoin(member, member.c.delivery == delivery.c.id)
    ended = ended.join(ending, ending.c.delivery == lead).where(ending.c.at >= before)
    state = delivery_state.c
    moving = select(state.edition).where(state.edition.in_(latest), state.state.in_(_MOVING))
    query = latest.where(delivery.c.edition.not_in(moving), delivery.c.edition.not_in(ended))
    return connection.execute(query.order_by(delivery.c.edition)).scalars().all()


def _count(connection: Connection, editions: Collection[str]) -> None:
    """Keep how many deliveries of each list were in which state."""
    what = delivery_state.c.edition, delivery_state.c.list, delivery_state.c.state
    query = select(*what, func.count()).where(what[0].in_(editions)).group_by(*what)
    rows = [dict(zip(("edition", "list", "state", "people"), row, strict=True)) for row in connection.execute(query)]
    if rows:
        connection.execute(insert(delivery_count), rows)


def _free_others(connection: Connection, numbers: Select[Any]) -> None:
    """Let what went in one email with what goes now stand for itself, as it ended."""
    columns = "state", "at", "words", "by"
    query = select(member.c.delivery, *(ending.c[name] for name in columns))
    query = query.join(ending, ending.c.delivery == member.c.lead)
    query = query.where(member.c.lead.in_(numbers), member.c.delivery.not_in(numbers))
    rows = [{**row} for row in connection.execute(query).mappings()]
    if rows:
        connection.execute(delete(member).where(member.c.delivery.in_([row["delivery"] for row in rows])))
        connection.execute(insert(ending), rows)


def _messages(connection: Connection, numbers: Select[Any]) -> set[str]:
    """The digests of what these deliveries brought."""
    found: set[str] = set()
    for column in (delivery.c.message, delivery.c.together):
        query = select(column).where(delivery.c.id.in_(numbers), column.is_not(None)).distinct()
        found.update(connection.execute(query).scalars())
    return found


def _drop(connection: Connection, digests: Collection[str]) -> None:
    """Let messages go that no delivery brings any more."""
    used = select(delivery.c.message).union(select(delivery.c.together).where(delivery.c.together.is_not(None)))
    connection.execute(delete(message).where(message.c.digest.in_(digests), message.c.digest.not_in(used)))
