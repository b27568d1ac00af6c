"""Erasing a person: their rows go, what was sent stays countable, and nothing leads from it to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, delete, func, insert, select, true, update

from bulletin.model import Deed, Reply, State, Subscriber, Suppression
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.outbox.tables import attempt, bounce, delivery, due, ending
from bulletin.store.subscribers.suppressions import suppress
from bulletin.store.subscribers.tables import consent, sign_up, subscription
from bulletin.store.subscribers.tables import subscriber as table

_WORDS = "asked to be forgotten"
_ANY = true()


class Erasing:
    """Forgets people who ask for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def erase(self, one: Subscriber, recipient: str, marks: Sequence[str], stop: Suppression, deed: Deed) -> bool:
        """Remove a person's rows, and put `recipient` in their place where something was sent to them.

        What waits for them ends as suppressed, also what a sender has in hand and has not begun to give away; what it
        is giving away at this moment ends as the mail server answers. `stop` stands against their address from now
        on. False: they were erased meanwhile, and nothing was done.
        """
        with self._database.write() as connection:
            if not connection.execute(select(table.c.id).where(table.c.id == one.id)).first():
                return False
            theirs = select(delivery.c.id).where(delivery.c.subscriber == one.id)
            numbers = [*connection.execute(theirs).scalars()]
            _stop(connection, numbers, stop.at)
            _blank(connection, numbers, one.email)
            gone = {"subscriber": None, "words": ""}
            connection.execute(update(bounce).where(bounce.c.subscriber == one.id).values(gone))
            gone = {"subscriber": None, "address": "", "name": "", "recipient": recipient}
            connection.execute(update(delivery).where(delivery.c.subscriber == one.id).values(gone))
            for rows in (consent, subscription):
                connection.execute(delete(rows).where(rows.c.subscriber == one.id))
            connection.execute(delete(sign_up).where(sign_up.c.email == one.email))
            connection.execute(delete(table).where(table.c.id == one.id))
            suppress(connection, marks, stop)
            append(connection, deed)
        return True


def _stop(connection: Connection, numbers: Sequence[int], at: datetime) -> None:
    """End what waits, and what a sender holds but has not begun to give away."""
    in_hand = attempt.c.ended_at.is_(None) & attempt.c.handed_at.is_(None)
    waiting = [
        *_among(connection, due.c.delivery, numbers),
        *_among(connection, attempt.c.delivery, numbers, in_hand),
    ]
    over = {"state": State.SUPPRESSED, "at": at, "words": _WORDS, "by": ""}
    for number in waiting:
        connection.execute(delete(due).where(due.c.delivery == number))
        given_up = {"ended_at": at, "reply": Reply.ABANDONED, "words": _WORDS}
        connection.execute(update(attempt).where(attempt.c.delivery == number, in_hand).values(given_up))
        connection.execute(insert(ending).values(delivery=number, **over))


def _among(
    connection: Connection, column: Column[int], numbers: Sequence[int], condition: ColumnElement[bool] = _ANY
) -> list[int]:
    return [*connection.execute(select(column).where(column.in_(numbers), condition)).scalars()]


def _blank(connection: Connection, numbers: Sequence[int], email: str) -> None:
    """Take out words in which a mail server named the person; nothing of ours puts an address there."""
    for rows in (attempt, ending, bounce):
        named = func.lower(rows.c.words).contains(email, autoescape=True)
        connection.execute(update(rows).where(rows.c.delivery.in_(numbers), named).values(words=""))
