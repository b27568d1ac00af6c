"""Outcomes: what became of an attempt, told in time or late, and what a person made of a doubt or a failure."""

from datetime import datetime

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, delete, insert, select, update

from bulletin.model import Answer, Claim, Halt, Reply, State, Upshot
from bulletin.store.outbox.halts import add_halt, is_cancelled, strike
from bulletin.store.outbox.tables import attempt, delivery, due, ending
from bulletin.store.outbox.together import lead_of, part
from bulletin.store.prepared import Prepared

_THIS = attempt.c.delivery == bindparam("of"), attempt.c.number == bindparam("try")
_ANSWER = ("reply", "code", "status", "words")
_TOLD: dict[str, BindParameter[str]] = {name: bindparam(f"the_{name}") for name in _ANSWER}
_CLOSE = Prepared(
    update(attempt).where(*_THIS, attempt.c.ended_at.is_(None)).values(ended_at=bindparam("now"), **_TOLD)
)
_LEARN = update(attempt).where(*_THIS, attempt.c.handed_at.is_not(None), attempt.c.reply == "").values(**_TOLD)
_NEWER = select(attempt.c.number).where(attempt.c.delivery == bindparam("of"), attempt.c.number > bindparam("try"))
_OVER = Prepared(insert(ending))


def end(connection: Connection, claim: Claim, answer: Answer, upshot: Upshot, now: datetime) -> None:
    """Write down what came of an attempt; what was taken for lost meanwhile is settled by what is known now."""
    told = {f"the_{name}": getattr(answer, name) for name in _ANSWER}
    this = {"of": claim.delivery, "try": claim.number}
    if _CLOSE.run(connection, **this, **told, now=now):
        _conclude(connection, claim, upshot, now)
    elif answer.reply is not Reply.UNKNOWN and connection.execute(_LEARN, {**this, **told}).rowcount:
        _settle_late(connection, claim, upshot, now)
    if upshot.holds:
        add_halt(connection, Halt(0, "", now, "", upshot.holds))
    if upshot.strike:
        strike(connection, claim.edition, upshot.strike, now)


def put_back(connection: Connection, number: int, at: datetime, since: datetime | None, now: datetime) -> None:
    """Let a delivery wait for its next try; of an edition that was cancelled it is over instead."""
    row = connection.execute(select(delivery).where(delivery.c.id == number)).mappings().one()
    if is_cancelled(connection, row["edition"]):
        if row["together"]:
            part(connection, number, now)
        finish(connection, number, State.CANCELLED, now, "cancelled while it was tried")
    else:
        connection.execute(insert(due).values(delivery=number, at=at, since=since))


def finish(connection: Connection, number: int, state: State, at: datetime, words: str, by: str = "") -> None:
    """Write down how a delivery ended."""
    _OVER.run(connection, delivery=number, state=state, at=at, words=words, by=by)


def settle(connection: Connection, number: int, state: State, *, again: bool, by: str, at: datetime) -> bool:
    """End a doubt or a failure (`state`) as a person says: it goes again, or counts as sent.

    False when it does not stand so any more.
    """
    lead = lead_of(connection, number)
    here = ending.c.delivery == lead, ending.c.state == state
    if again:
        ended = connection.execute(delete(ending).where(*here)).rowcount
        if ended:
            put_back(connection, lead, at, None, at)
        return bool(ended)
    told = {"state": State.SENT, "at": at, "by": by, "words": "treated as sent"}
    return bool(connection.execute(update(ending).where(*here).values(told)).rowcount)


def _conclude(connection: Connection, claim: Claim, upshot: Upshot, now: datetime) -> None:
    if upshot.state.is_over:
        finish(connection, claim.delivery, upshot.state, now, upshot.words)
    else:
        put_back(connection, claim.delivery, upshot.due or now, claim.since, now)


def _settle_late(connection: Connection, claim: Claim, upshot: Upshot, now: datetime) -> None:
    """An answer came of an attempt that was in doubt: evidence wins over a doubt, and over a second try to come."""
    stands = connection.execute(select(ending).where(ending.c.delivery == claim.delivery)).mappings().first()
    if stands:
        newer = connection.execute(_NEWER, {"of": claim.delivery, "try": claim.number}).first()
        if _is_doubt(stands) and (upshot.state is State.SENT or not newer):
            connection.execute(delete(ending).where(ending.c.delivery == claim.delivery))
            _conclude(connection, claim, upshot, now)
    elif upshot.state is State.SENT:
        waits = connection.execute(delete(due).where(due.c.delivery == claim.delivery)).rowcount
        if waits:
            finish(connection, claim.delivery, State.SENT, now, upshot.words)


def _is_doubt(stands: RowMapping) -> bool:
    return stands["state"] == State.IN_DOUBT and not stands["by"]
