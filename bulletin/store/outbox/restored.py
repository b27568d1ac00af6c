"""A database that came back from a backup, and what was sent since that it does not know (reference bar D4)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from bulletin.model import Deed, Reply, State
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.outbox.halts import MACHINE
from bulletin.store.outbox.tables import attempt, delivery, due, ending, halt, member
from bulletin.store.rows import chunks

OLDER = "this database is older than what was sent"  # how the reason of the halt begins, which a yes alone ends

_HELD = halt.c.ended_at.is_(None) & halt.c.why.startswith(OLDER)
_IN_HAND = attempt.c.ended_at.is_(None) & attempt.c.handed_at.is_(None)
_OPEN = attempt.alias()
_IS_WAITING = or_(
    exists().where(due.c.delivery == delivery.c.id),
    exists().where(_OPEN.c.delivery == delivery.c.id, _OPEN.c.ended_at.is_(None), _OPEN.c.handed_at.is_(None)),
)


class Restored:
    """What the database knows of what was handed over, and the hold where that is too little."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def handed(self, deliveries: Collection[int]) -> dict[tuple[int, int], str]:
        """The Message-IDs of these deliveries by id and number of each attempt that was handed over."""
        lead = func.coalesce(member.c.lead, delivery.c.id)
        query = select(delivery.c.id, attempt.c.number, delivery.c.message_id)
        query = query.outerjoin(member, member.c.delivery == delivery.c.id).join(attempt, attempt.c.delivery == lead)
        query = query.where(attempt.c.handed_at.is_not(None))
        with self._database.read() as connection:
            return {
                (int(row.id), int(row.number)): str(row.message_id)
                for chunk in chunks(deliveries)
                for row in connection.execute(query.where(delivery.c.id.in_(chunk)))
            }

    def waiting(self) -> dict[int, tuple[str, int]]:
        """The Message-IDs of what is yet to be given away, by delivery, each with how often that was done."""
        many = func.count(attempt.c.handed_at)
        query = select(delivery.c.id, delivery.c.message_id, many).where(_IS_WAITING)
        query = query.outerjoin(attempt, attempt.c.delivery == delivery.c.id)
        query = query.group_by(delivery.c.id, delivery.c.message_id)
        with self._database.read() as connection:
            return {int(id_): (str(told), int(times)) for id_, told, times in connection.execute(query)}

    def is_used(self) -> bool:
        """Whether any email was ever to be sent."""
        with self._database.read() as connection:
            return connection.execute(select(delivery.c.id).limit(1)).first() is not None

    def accepted(self) -> datetime | None:
        """When somebody said yes last; None: never."""
        query = select(func.max(halt.c.ended_at)).where(halt.c.why.startswith(OLDER))
        with self._database.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def hold(self, why: str, at: datetime) -> None:
        """Halt everything, so that an ordinary `resume` does not end it; a second time is once."""
        row = {"edition": "", "at": at, "by": "", "why": why, "is_final": True, "ended_by": ""}
        with self._database.write() as connection:
            if not connection.execute(update(halt).where(_HELD).values(why=why)).rowcount:
                connection.execute(insert(halt).values(row))
                append(connection, Deed(at, MACHINE, "held the sending", "all editions", "", why))

    def is_held(self) -> bool:
        """Whether everything is halted for want of a yes."""
        with self._database.read() as connection:
            return connection.execute(select(halt.c.id).where(_HELD)).first() is not None

    def accept(self, sent: Collection[int], words: str, deed: Deed) -> int:
        """End the halt; what waits of these deliveries is over as sent. Gives how many those were."""
        over = {"state": State.SENT, "at": deed.at, "words": words, "by": deed.who}
        with self._database.write() as connection:
            done = [number for number in sent if _take(connection, number, deed.at, words)]
            for number in done:
                connection.execute(insert(ending).values(delivery=number, **over))
            connection.execute(update(halt).where(_HELD).values(ended_at=deed.at, ended_by=deed.who))
            append(connection, deed)
        return len(done)


def _take(connection: Connection, number: int, at: datetime, words: str) -> bool:
    """Take a delivery from what waits, or out of the hands of a sender that the backup remembers; False: too late."""
    if connection.execute(delete(due).where(due.c.delivery == number)).rowcount:
        return True
    given_up = {"ended_at": at, "reply": Reply.ABANDONED, "words": words}
    theirs = update(attempt).where(attempt.c.delivery == number, _IN_HAND).values(given_up)
    return bool(connection.execute(theirs).rowcount)
