"""Recovery: what senders that are gone left open goes again, or is shown to a person; nothing is guessed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bulletin.model import Recovered, Sender, State
from bulletin.store.outbox.outcomes import finish, put_back
from bulletin.store.outbox.tables import attempt
from bulletin.store.outbox.tables import sender as table

_OPEN = attempt.c.ended_at.is_(None)
DOUBT = "its sender stopped while the mail server was taking it: nobody knows whether it did"


def enter(connection: Connection, one: Sender) -> None:
    """Write down that a process begins to send."""
    connection.execute(insert(table).values(**vars(one)))


def see(connection: Connection, one: Sender) -> None:
    """Write down that a sender is still there, also when others took it for gone meanwhile."""
    if not connection.execute(update(table).where(table.c.id == one.id).values(seen=one.seen)).rowcount:
        enter(connection, one)


def senders(connection: Connection) -> list[Sender]:
    """Read who sends, and who has something open although nobody knows of them any more."""
    known = [Sender(**row) for row in connection.execute(select(table).order_by(table.c.began)).mappings()]
    lost = select(attempt.c.sender, attempt.c.claimed_at).where(_OPEN, attempt.c.sender.not_in([x.id for x in known]))
    begun = {row.sender: row.claimed_at for row in connection.execute(lost)}
    return known + [Sender(id_, "", "", at, at) for id_, at in begun.items()]


def recover(connection: Connection, gone: Collection[str], now: datetime) -> Recovered:
    """End every open attempt of these senders, and strike them off.

    What was not handed yet waits again, since nothing of it was given away; what was is in doubt.
    """
    open_ = connection.execute(select(attempt).where(_OPEN, attempt.c.sender.in_(gone))).mappings().all()
    waiting = in_doubt = 0
    for row in open_:
        this = attempt.c.delivery == row["delivery"], attempt.c.number == row["number"]
        handed = attempt.c.handed_at.is_(None) if row["handed_at"] is None else attempt.c.handed_at.is_not(None)
        if connection.execute(update(attempt).where(*this, _OPEN, handed).values(ended_at=now)).rowcount != 1:
            continue
        if row["handed_at"] is None:
            put_back(connection, row["delivery"], row["claimed_at"], row["since"], now)
            waiting += 1
        else:
            finish(connection, row["delivery"], State.IN_DOUBT, now, DOUBT)
            in_doubt += 1
    connection.execute(delete(table).where(table.c.id.in_(gone)))
    return Recovered(waiting, in_doubt)
