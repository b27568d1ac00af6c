"""Where runs of visits begin and end, as queries.

A place is a feed and an address of it. In a place the last row is found by its index, so what is told of a feed costs
the same however long its log is; only the failures since the last good visit are counted.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Label,
    ScalarSelect,
    Select,
    case,
    column,
    func,
    select,
    true,
    union,
    values,
)

from bulletin.model import Outcome, Trouble
from bulletin.store.columns import PlainText
from bulletin.store.tables import EMPTY, visit

GOOD = visit.c.outcome != Outcome.FAILED
BROUGHT = GOOD & (visit.c.etag.is_not(None) | visit.c.last_modified.is_not(None) | (visit.c.digest != EMPTY))
_NOT_GONE = visit.c.trouble != Trouble.GONE


def last_ids(condition: ColumnElement[bool], feeds: Collection[str] | None = None) -> Select[Any]:
    """Give the id of the last visit in each place, or each of these feeds, that meets a condition; null: none."""
    place = _places(feeds)
    return select(_last_in(place, condition)).select_from(place)


def run_ends(asked: Sequence[tuple[str, str]]) -> Select[Any]:
    """Tell of each feed among pairs of feed and address, from its visits to all of these addresses together.

    Columns: feed, last and good (ids), failures, failing_since, gone_since.
    """
    place = values(column("feed", PlainText), column("url", PlainText), name="asked").data([*asked]).cte("asked")
    last, good, other = (func.max(_last_in(place, condition)) for condition in (true(), GOOD, _NOT_GONE))
    named = last.label("last"), good.label("good"), other.label("other")
    end = select(place.c.feed, *named).group_by(place.c.feed).cte("ends")
    failed = _in(place) & (visit.c.id > func.coalesce(end.c.good, 0))
    gone = case((visit.c.id > func.coalesce(end.c.other, 0), visit.c.at))
    return (
        select(
            end.c.feed,
            end.c.last,
            end.c.good,
            func.count(visit.c.id).label("failures"),
            func.min(visit.c.at).label("failing_since"),
            func.min(gone).label("gone_since"),
        )
        .select_from(end.join(place, place.c.feed == end.c.feed).outerjoin(visit, failed))
        .group_by(end.c.feed, end.c.last, end.c.good)
    )


def worth_keeping() -> CompoundSelect[Any]:
    """Give the ids of the visits that must stay, however old, so that nothing changes that is told of a feed.

    These are, in each place, the last visit, the last good one, the last good one that brought something to ask with,
    and the first of the present run of failures, and of 410s.
    """
    place = _places()
    conditions = {"last": true(), "good": GOOD, "brought": BROUGHT, "other": _NOT_GONE}
    lasts = [_last_in(place, condition).label(name) for name, condition in conditions.items()]
    end = select(place.c.feed, place.c.url, *lasts).cte("ends")
    firsts = select(_first_after(end, "good"), _first_after(end, "other")).select_from(end).cte("firsts")
    ids = [end.c[name] for name in conditions] + [*firsts.c]
    return union(*(select(id_).where(id_.is_not(None)) for id_ in ids))


def _places(feeds: Collection[str] | None = None) -> CTE:
    """Choose every place that was ever visited, or those of some feeds."""
    found = select(visit.c.feed, visit.c.url).distinct()
    return (found if feeds is None else found.where(visit.c.feed.in_(feeds))).cte("place")


def _in(place: CTE) -> ColumnElement[bool]:
    return (visit.c.feed == place.c.feed) & (visit.c.url == place.c.url)


def _last_in(place: CTE, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    here = select(visit.c.id).where(_in(place) & condition)
    return here.order_by(visit.c.id.desc()).limit(1).correlate(place).scalar_subquery()


def _first_after(end: CTE, name: str) -> Label[int]:
    """Give the first visit of the run that follows the last one of a kind."""
    here = select(visit.c.id).where(_in(end), visit.c.id > func.coalesce(end.c[name], 0))
    return here.order_by(visit.c.id).limit(1).correlate(end).scalar_subquery().label(f"after_{name}")
