"""Laying the duties of an approval: all of them in the transaction of the yes, or none."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bulletin.model import Frozen, Laid, Laying, State
from bulletin.store.outbox.tables import delivery, due, ending, message


def lay(connection: Connection, approval: int, edition: str, bulletin: str, laying: Laying, at: datetime) -> None:
    """Write down who gets what of an edition; nobody stands in it twice (UNIQUE edition and recipient)."""
    freeze(connection, laying.messages)
    for one in laying.deliveries:
        id_ = connection.execute(insert(delivery).values(_row(approval, edition, bulletin, one))).inserted_primary_key
        number = id_[0] if id_ else 0
        if one.suppressed:
            over = {"state": State.SUPPRESSED, "at": at, "words": one.suppressed, "by": ""}
            connection.execute(insert(ending).values(delivery=number, **over))
        else:
            connection.execute(insert(due).values(delivery=number, at=one.due))


def freeze(connection: Connection, messages: tuple[Frozen, ...]) -> None:
    """Keep messages by their digests, each once."""
    wanted = {one.digest: one for one in messages}
    kept = connection.execute(select(message.c.digest).where(message.c.digest.in_(wanted))).scalars().all()
    new = [vars(one) for digest, one in wanted.items() if digest not in kept]
    if new:
        connection.execute(insert(message), new)


def _row(approval: int, edition: str, bulletin: str, one: Laid) -> dict[str, object]:
    is_person = not one.recipient.startswith("@")
    return {
        "approval": approval,
        "edition": edition,
        "bulletin": bulletin,
        "list": one.list,
        "recipient": one.recipient,
        "subscriber": one.recipient if is_person else None,
        "address": one.address,
        "name": one.name,
        "message": one.message,
        "message_id": one.message_id,
        "gathers": one.gathers,
    }
