"""How much came back from one reader, and when it is too much (reference bar R14).

A hard bounce counts 1 and a soft one a half, at most one of them a day, the larger; the sum halves with every 90 days
in which nothing came back. It is too much at 5, or when emails of two editions came back hard: an address that does
not exist is not tried for months, and one bad day of a mail server is forgiven where one edition was under way.
"""

from collections.abc import Iterable
from datetime import date, datetime

from bulletin.model import Bounce, BounceKind

LIMIT = 5.0
_WEIGHTS = {BounceKind.HARD: 1.0, BounceKind.SOFT: 0.5}
_QUIET = 90  # days
_HARD_EDITIONS = 2


def score(bounces: Iterable[Bounce], now: datetime) -> float:
    """The sum of what came back, in any order, as it stands at a moment."""
    days: dict[date, float] = {}
    for one in bounces:
        if one.kind in _WEIGHTS:
            days[one.at.date()] = max(days.get(one.at.date(), 0.0), _WEIGHTS[one.kind])
    total, last = 0.0, now.date()
    for day, weight in sorted(days.items()):
        total = _faded(total, (day - last).days) + weight
        last = day
    return _faded(total, (now.date() - last).days)


def is_too_much(bounces: Iterable[Bounce], now: datetime) -> bool:
    """Whether nothing should be sent there any more until somebody has looked at it."""
    known = tuple(bounces)
    hard = {one.edition for one in known if one.kind is BounceKind.HARD}
    return len(hard) >= _HARD_EDITIONS or score(known, now) >= LIMIT


def _faded(total: float, days: int) -> float:
    return total * 0.5 ** (max(0, days) // _QUIET)
