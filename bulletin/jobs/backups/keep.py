"""Which backups are kept: those that tell how things stood in each of the last 24 hours and 30 days."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

HOURS, DAYS = 24, 30  # the one that is under way among them


def kept(made: Collection[datetime], now: datetime) -> set[datetime]:
    """Choose from when backups were made those that stay: the newest of each of the last 24 hours and 30 days.

    Where nothing was made in an hour or a day because nothing had changed, the one before it tells how things stood,
    and stays too. What was made later than now stays: a clock was wrong, and nobody knows when.
    """
    past = sorted(at for at in made if at <= now)
    places = (bisect_left(past, end) for end in _ends(now))
    newest = set(past[-1:])
    return newest | {past[place - 1] for place in places if place} | {at for at in made if at > now}


def _ends(now: datetime) -> Iterator[datetime]:
    """When hours and days were over, UTC, but for those under way."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    yield from (hour - timedelta(hours=n) for n in range(HOURS - 1))
    yield from (hour.replace(hour=0) - timedelta(days=n) for n in range(DAYS - 1))
