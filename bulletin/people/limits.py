"""Limits: how long to wait after failures, and when a session or a link is too old."""

from collections.abc import Sequence
from datetime import datetime, timedelta

ACCOUNT, ADDRESS = 5, 20  # failures in a window, for one account and for one network address (reference bar W6)
WINDOW = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)  # for so long a failure makes later waits longer
_DOUBLINGS = 3  # two hours at most, never for ever: nobody can lock a colleague out

IDLE, ABSOLUTE = timedelta(minutes=60), timedelta(hours=12)  # of a session (reference bar W2)
SEEN_EVERY = timedelta(minutes=5)  # how often it is written down that somebody is there
LINK, INVITATION, SECOND_STEP = timedelta(hours=1), timedelta(days=3), timedelta(minutes=10)


def wait(failures: Sequence[datetime], most: int, now: datetime) -> timedelta:
    """How long to wait before the next try; nothing while there is none too many.

    After every `most` failures of a day the window in which as many are allowed doubles, up to two hours.
    """
    latest = sorted(one for one in failures if one > now - REMEMBERED)
    if len(latest) < most:
        return timedelta()
    window = WINDOW * (1 << min(len(latest) // most - 1, _DOUBLINGS))
    return max(latest[-most] + window - now, timedelta())


def in_words(left: timedelta) -> str:
    """Minutes, rounded up: 1 minute, 15 minutes."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def is_over(began: datetime, last_seen: datetime, now: datetime) -> bool:
    """Whether a session is at its end."""
    return now >= began + ABSOLUTE or now >= last_seen + IDLE
