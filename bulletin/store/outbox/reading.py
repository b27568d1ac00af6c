"""Looking into the ledger: how each delivery stands, and what came of its last try."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, literal, select

from bulletin.model import Delivery, State
from bulletin.store.outbox.halts import HALTED
from bulletin.store.outbox.tables import attempt, delivery, delivery_state, due, ending, member


def stands(connection: Connection, edition: str, states: Collection[State], most: int) -> list[Delivery]:
    """Read deliveries in these states, of one edition or of all when none is given, in the order they were laid."""
    query = _query().where(delivery_state.c.state.in_([*states])).order_by(delivery.c.id).limit(most)
    if edition:
        query = query.where(delivery.c.edition == edition)
    return [_delivery(dict(row)) for row in connection.execute(query).mappings()]


def stand(connection: Connection, number: int) -> Delivery | None:
    """Read one delivery."""
    row = connection.execute(_query().where(delivery.c.id == number)).mappings().first()
    return _delivery(dict(row)) if row else None


def brought_to(connection: Connection, subscriber: str, most: int) -> list[Delivery]:
    """Read what was laid for one person, by id; the newest first."""
    query = _query().where(delivery.c.subscriber == subscriber).order_by(delivery.c.id.desc()).limit(most)
    return [_delivery(dict(row)) for row in connection.execute(query).mappings()]


def next_due(connection: Connection, edition: str = "") -> datetime | None:
    """When something is due next that is not held; of one edition, or of all."""
    query = select(func.min(due.c.at)).join(delivery, delivery.c.id == due.c.delivery)
    query = query.where(delivery.c.edition.not_in(HALTED), literal("").not_in(HALTED))
    return connection.execute(query.where(delivery.c.edition == edition) if edition else query).scalar()


def _query() -> Select[Any]:
    """Each delivery with its state and, of itself or of what leads it, its end, its next try and its last one."""
    lead = func.coalesce(member.c.lead, delivery.c.id)
    tries = attempt.alias()
    last = select(func.max(tries.c.number)).where(tries.c.delivery == lead).correlate(delivery, member)
    told = [getattr(attempt.c, name) for name in ("number", "code", "status", "words", "claimed_at", "handed_at")]
    return (
        select(
            delivery,
            delivery_state.c.state,
            due.c.at.label("due"),
            ending.c.at.label("over_at"),
            ending.c.words.label("over_words"),
            attempt.c.ended_at.label("tried_at"),
            *told,
        )
        .join(delivery_state, delivery_state.c.delivery == delivery.c.id)
        .outerjoin(member, member.c.delivery == delivery.c.id)
        .outerjoin(due, due.c.delivery == lead)
        .outerjoin(ending, ending.c.delivery == lead)
        .outerjoin(attempt, and_(attempt.c.delivery == lead, attempt.c.number == last.scalar_subquery()))
    )


def _delivery(row: dict[str, Any]) -> Delivery:
    names = ("id", "edition", "bulletin", "list", "recipient", "address", "name", "message", "message_id", "due")
    moments = (row["over_at"], row["tried_at"], row["handed_at"], row["claimed_at"], row["due"])
    return Delivery(
        **{name: row[name] for name in names},
        state=State(row["state"]),
        at=next(one for one in moments if one),
        tries=row["number"] or 0,
        words=row["over_words"] or row["words"] or "",
        code=row["code"] or 0,
        status=row["status"] or "",
    )
