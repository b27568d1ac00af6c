"""Handing over: the last look at everything that forbids it, and the line that says that it is about to happen."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, literal, select, update

from bulletin.model import Claim
from bulletin.store.outbox.claims import UNWANTED
from bulletin.store.outbox.halts import HALTED
from bulletin.store.outbox.tables import attempt
from bulletin.store.prepared import Prepared
from bulletin.store.subscribers.tables import suppression


def hand(connection: Connection, taken: Claim, now: datetime) -> bool:
    """Write down that its content is about to be given away; False when it must not be.

    Somebody took the attempt for lost, the sending was stopped, or the reader left at the last moment.
    """
    marks = {f"mark_{place}": mark for place, mark in enumerate(taken.marks)}
    told = {"lead": taken.delivery, "of": taken.number, "of_edition": taken.edition, "now": now}
    return _hand(len(marks)).run(connection, **told, **marks) == 1


@cache
def _hand(marks: int) -> Prepared:
    """The statement for addresses with so many marks: one for each secret."""
    suppressed = suppression.c.mark.in_([bindparam(f"mark_{place}") for place in range(marks)])
    return Prepared(
        update(attempt)
        .where(
            attempt.c.delivery == bindparam("lead"),
            attempt.c.number == bindparam("of"),
            attempt.c.ended_at.is_(None),
            attempt.c.handed_at.is_(None),
            literal("").not_in(HALTED),
            bindparam("of_edition").not_in(HALTED),
            ~UNWANTED.exists(),
            ~select(suppression.c.mark).where(suppressed).exists(),
        )
        .values(handed_at=bindparam("now"))
    )
