"""How much each feed brings, and how often: of the last year, so that the answer takes no longer as years pass."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy import CTE, Connection, Select, func, select

from bulletin.model import Activity
from bulletin.store.rows import standing
from bulletin.store.tables import edition, edition_item, item, sighting

_YEAR = timedelta(days=365)
_RECENT, _MONTH = 90, 30  # days
_ARRIVALS = 60  # of a feed, the newest, that tell how often it brings something
_seen = sighting.c


def activity(connection: Connection, now: datetime) -> dict[str, Activity]:
    """Say what each feed has brought, by feed id; its items, printed or not, are those of the last year."""
    year, recent = now - _YEAR, now - timedelta(days=_RECENT)
    again = Counter(connection.execute(_again(year)).scalars())
    printed = _by_feed(connection, _printed(year))
    return {
        row.feed: Activity(
            feed=row.feed,
            first_seen=row.first_seen,
            last_new=row.last_new,
            usual_gap=_usual_gap({at.date() for at in connection.execute(_arrivals(row.feed, year)).scalars()}),
            a_month=row.recent * _MONTH / _followed(row.first_seen, now),
            seen=row.seen - again[row.feed],
            printed=printed.get(row.feed, 0),
        )
        for row in connection.execute(_totals(year, recent))
    }


def followed(connection: Connection) -> dict[str, datetime]:
    """Say since when each feed has brought something, by feed id."""
    feeds = _feeds()
    first = select(func.min(_seen.seen_at)).where(_seen.feed == feeds.c.feed).scalar_subquery()
    return _by_feed(connection, select(feeds.c.feed, first).where(feeds.c.feed.is_not(None)))


def _feeds() -> CTE:
    """All feeds that brought something, and a row of NULL.

    From one to the next in the index, as no database goes by itself: else each sighting would be looked at.
    """
    first = select(func.min(_seen.feed).label("feed")).cte("feeds", recursive=True)
    after = select(func.min(_seen.feed)).where(_seen.feed > first.c.feed).scalar_subquery()
    return first.union_all(select(after).where(first.c.feed.is_not(None)))


def _totals(year: datetime, recent: datetime) -> Select[Any]:
    feeds = _feeds()

    def of_feed(told: Any, since: datetime | None = None) -> Any:  # noqa: ANN401 - any column of SQL
        query = select(told).where(_seen.feed == feeds.c.feed)
        return (query.where(_seen.seen_at >= since) if since else query).scalar_subquery()

    return select(
        feeds.c.feed,
        of_feed(func.min(_seen.seen_at)).label("first_seen"),
        of_feed(func.max(_seen.seen_at)).label("last_new"),
        of_feed(func.count(), year).label("seen"),
        of_feed(func.count(), recent).label("recent"),
    ).where(feeds.c.feed.is_not(None))


def _again(since: datetime) -> Select[Any]:
    """The feed of each sighting of what is another item now, which the same feed had brought too."""
    gone = (item.c.merged_into.is_not(None)) & (item.c.first_seen >= since) & (_seen.seen_at >= since)
    return select(_seen.feed).select_from(item.join(sighting)).where(gone)


def _printed(since: datetime) -> Select[Any]:
    """Count the items, by feed, that it has brought since then and that stand in an edition."""
    lately = select(edition.c.id).where(edition.c.day >= since.date())
    there = select(standing.label("item")).join_from(edition_item, item).where(edition_item.c.edition.in_(lately))
    stood = there.distinct().subquery()
    found = select(_seen.feed, func.count()).join_from(stood, sighting, _seen.item == stood.c.item)
    return found.where(_seen.seen_at >= since).group_by(_seen.feed)


def _arrivals(feed: str, since: datetime) -> Select[Any]:
    here = select(_seen.seen_at).where(_seen.feed == feed, _seen.seen_at >= since).distinct()
    return here.order_by(_seen.seen_at.desc()).limit(_ARRIVALS)


def _by_feed(connection: Connection, query: Select[Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _usual_gap(days: Iterable[date]) -> float | None:
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(days))]
    return float(median(gaps)) if gaps else None


def _followed(first_seen: datetime, now: datetime) -> int:
    """For how many of the last days the feed was there to bring something; a month at least, for a fair start."""
    return min(max((now - first_seen).days, _MONTH), _RECENT)
