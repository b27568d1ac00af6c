"""Laying the duties of an approval: all of them in the transaction of the yes, or none."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bulletin.model import Frozen, Laid, Laying, State
from bulletin.store.outbox.tables import delivery, due, ending, list_page, message
from bulletin.store.rows import chunks
from bulletin.store.subscribers.tables import subscriber


def lay(connection: Connection, approval: int, edition: str, bulletin: str, laying: Laying, at: datetime) -> None:
    """Write down who gets what of an edition; nobody stands in it twice (UNIQUE edition and recipient).

    Who was erased since the duties were thought out is not among them.
    """
    freeze(connection, laying.messages)
    for name, page in laying.pages.items():
        connection.execute(insert(list_page).values(approval=approval, list=name, page=page))
    known = _known(connection, [one.recipient for one in laying.deliveries if _is_person(one)])
    laid = [one for one in laying.deliveries if not _is_person(one) or one.recipient in known]
    if laid:
        _lay(connection, [_row(approval, edition, bulletin, one) for one in laid], laid, at)


def freeze(connection: Connection, messages: Collection[Frozen]) -> None:
    """Keep messages by their digests, each once."""
    wanted = {one.digest: one for one in messages}
    kept: set[str] = set()
    for chunk in chunks(list(wanted)):
        kept.update(connection.execute(select(message.c.digest).where(message.c.digest.in_(chunk))).scalars())
    new = [vars(one) for digest, one in wanted.items() if digest not in kept]
    if new:
        connection.execute(insert(message), new)


def _lay(connection: Connection, rows: list[dict[str, object]], laid: list[Laid], at: datetime) -> None:
    """Write the rows of thousands of people in a few statements: others want to write too."""
    connection.execute(insert(delivery), rows)
    own = select(delivery.c.recipient, delivery.c.id).where(delivery.c.approval == rows[0]["approval"])
    numbers = {row.recipient: row.id for row in connection.execute(own)}
    numbered = [(numbers[one.recipient], one) for one in laid]
    waits: list[dict[str, Any]] = [{"delivery": id_, "at": one.due} for id_, one in numbered if not one.suppressed]
    over: dict[str, Any] = {"state": State.SUPPRESSED, "at": at, "by": ""}
    ended = [{**over, "delivery": id_, "words": one.suppressed} for id_, one in numbered if one.suppressed]
    for table, values in ((due, waits), (ending, ended)):
        if values:
            connection.execute(insert(table), values)


def _known(connection: Connection, people: list[str]) -> frozenset[str]:
    query = select(subscriber.c.id)
    found = (connection.execute(query.where(subscriber.c.id.in_(chunk))).scalars() for chunk in chunks(people))
    return frozenset(id_ for some in found for id_ in some)


def _is_person(one: Laid) -> bool:
    return not one.recipient.startswith("@")


def _row(approval: int, edition: str, bulletin: str, one: Laid) -> dict[str, object]:
    return {
        "approval": approval,
        "edition": edition,
        "bulletin": bulletin,
        "list": one.list,
        "recipient": one.recipient,
        "subscriber": one.recipient if _is_person(one) else None,
        "address": one.address,
        "name": one.name,
        "message": one.message,
        "message_id": one.message_id,
        "gathers": one.gathers,
    }
