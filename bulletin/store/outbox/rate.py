"""How fast mail may go: so many a minute and a day over all senders, and slower for a while when a server asks."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from bulletin.model import Pace, Reply
from bulletin.store.outbox.tables import attempt

_BREATH, _LONGEST = timedelta(minutes=1), timedelta(minutes=15)  # reference bar R12: at least a minute
_LOOK_BACK = 16  # attempts

_SLOWED = select(func.max(attempt.c.ended_at)).where(attempt.c.reply == Reply.SLOWER)
_LATEST = select(attempt.c.reply).order_by(attempt.c.claimed_at.desc()).limit(_LOOK_BACK)
_NTH = select(attempt.c.claimed_at).order_by(attempt.c.claimed_at.desc()).limit(1).offset(bindparam("n"))


def wait_until(connection: Connection, now: datetime, pace: Pace, anew: datetime | None = None) -> datetime | None:
    """Say before which instant nothing may be sent; None: it may go now.

    What a server asked for before `anew` is forgotten, because a person wants to try.
    """
    found = [
        _slowed_until(connection, now, anew),
        _free_at(connection, pace.a_minute, timedelta(minutes=1)),
        _free_at(connection, pace.a_day, timedelta(days=1)),
    ]
    return max((one for one in found if one and one > now), default=None)


def _free_at(connection: Connection, most: int, span: timedelta) -> datetime | None:
    """When one more is within so many a span of time; every attempt counts, whatever came of it."""
    nth = connection.execute(_NTH, {"n": most - 1}).scalar() if most else None
    return nth + span if nth else None


def _slowed_until(connection: Connection, now: datetime, anew: datetime | None) -> datetime | None:
    """A minute after a server asked for slowness; each time it asks again twice that, but never over 15 minutes.

    Once it takes a message, all is forgotten.
    """
    slowed = connection.execute(_SLOWED).scalar()
    if slowed is None or slowed + _LONGEST <= now or (anew and slowed < anew):
        return None
    times = 0
    for reply in connection.execute(_LATEST).scalars():
        if reply == Reply.TAKEN:
            break
        times += reply == Reply.SLOWER
    return slowed + min(_BREATH * 2 ** (times - 1), _LONGEST) if times else None
