"""How much each feed brings, and how often."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlalchemy import Connection, Row, case, func, select

from bulletin.model import Activity
from bulletin.store.rows import standing
from bulletin.store.tables import edition_item, item, sighting

_YEAR = timedelta(days=365)
_RECENT, _MONTH = 90, 30  # days


def activity(connection: Connection, now: datetime) -> dict[str, Activity]:
    """Say what each feed has brought, by feed id, in two queries for all of them."""
    days, recent = defaultdict[str, set[date]](set), defaultdict[str, int](int)
    seen = sighting.c
    arrivals = select(seen.feed, seen.seen_at, func.count()).where(seen.seen_at >= now - _YEAR)
    for feed, at, count in connection.execute(arrivals.group_by(seen.feed, seen.seen_at)):
        days[feed].add(at.date())
        recent[feed] += count if now - at <= timedelta(days=_RECENT) else 0
    return {
        row.feed: Activity(
            feed=row.feed,
            first_seen=row.first_seen,
            last_new=row.last_new,
            usual_gap=_usual_gap(days[row.feed]),
            a_month=recent[row.feed] * _MONTH / _followed(row.first_seen, now),
            seen=row.seen,
            printed=row.printed,
        )
        for row in _totals(connection)
    }


def _totals(connection: Connection) -> Iterable[Row[tuple[str, datetime, datetime, int, int]]]:
    printed = select(standing).select_from(edition_item.join(item))
    return connection.execute(
        select(
            sighting.c.feed,
            func.min(sighting.c.seen_at).label("first_seen"),
            func.max(sighting.c.seen_at).label("last_new"),
            func.count(standing.distinct()).label("seen"),
            func.count(case((standing.in_(printed), standing)).distinct()).label("printed"),
        )
        .select_from(sighting.join(item))
        .group_by(sighting.c.feed)
    )


def _usual_gap(days: Iterable[date]) -> float | None:
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(days))]
    return float(median(gaps)) if gaps else None


def _followed(first_seen: datetime, now: datetime) -> int:
    """For how many of the last days the feed was there to bring something; a month at least, for a fair start."""
    return min(max((now - first_seen).days, _MONTH), _RECENT)
