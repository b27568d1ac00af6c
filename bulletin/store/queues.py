"""Queues: which items wait for an editor outside of any edition, counted and listed without reading the others.

Each begins with what is recent and asks of each such item what its own rows say: no query goes through the archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.decisions import Says
from bulletin.store.tables import UNSURE

MOST: Final = 1000  # items that a queue counts; with more of them, the number tells nothing any more
_item, _look, _ruling = tables.item.c, tables.classification, tables.decision


@dataclass(frozen=True)
class Waiting:
    """How many items wait, by queue; 1,001 stands for more than 1,000."""

    needs_heading: int
    unsure: int
    near: int


class Queues:
    """What waits of the items that are dated `since` or later and were first seen since then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, since: datetime, best: int) -> Waiting:
        """Count each queue, to 1,001; of near misses the items that `near` lists, each once."""
        near = _nearest(since, best).subquery()
        some = (one.limit(MOST + 1).subquery() for one in (_bare(since), _doubted(since)))
        bare, doubted = (select(func.count()).select_from(one) for one in some)
        queries = (bare, doubted, select(func.count(near.c.item.distinct())))
        with self._database.read() as connection:
            return Waiting(*(connection.execute(query).scalar_one() for query in queries))

    def needs_heading(self, since: datetime, limit: int) -> Sequence[str]:
        """List the newest of what was looked at, belongs nowhere and was not ruled on; ids."""
        return self._newest(_bare(since), limit)

    def put_nowhere(self, since: datetime) -> Sequence[str]:
        """List what was looked at, belongs nowhere and was not ruled on, first seen since then, whatever its date."""
        with self._database.read() as connection:
            return [*connection.execute(_found_nowhere().where(_seen(since), ~_is_ruled())).scalars()]

    def unsure(self, since: datetime, limit: int) -> Sequence[str]:
        """List the newest of what an editor wants to come back to; ids."""
        return self._newest(_doubted(since), limit)

    def near(self, since: datetime, best: int) -> Sequence[tuple[str, str]]:
        """List, topic by topic, the `best` items without a ruling that came nearest without reaching it; with ids."""
        with self._database.read() as connection:
            return [(row.item, row.topic) for row in connection.execute(_nearest(since, best))]

    def _newest(self, query: Select[tuple[str]], limit: int) -> Sequence[str]:
        with self._database.read() as connection:
            return [*connection.execute(query.order_by(_date().desc(), _item.id.desc()).limit(limit)).scalars()]


def _bare(since: datetime) -> Select[tuple[str]]:
    """What was looked at and has no suggestion, no ruling and no doubt."""
    return _found_nowhere().where(_recent(since), ~_is(Says.UNSURE), ~_is_ruled())


def _found_nowhere() -> Select[tuple[str]]:
    last, best = _last_look(_item.id), tables.suggestion.c
    suggested = select(best.topic).where(best.classification == last, best.rank == 0)
    return select(_item.id).where(last.is_not(None), ~suggested.correlate(tables.item).exists())


def _doubted(since: datetime) -> Select[tuple[str]]:
    """What somebody is not sure about since then: from the few words of editors, not from the many items."""
    spoke = select(_ruling.c.item).where(_ruling.c.says == UNSURE)
    return select(_item.id).where(_item.id.in_(spoke), _recent(since), _is(Says.UNSURE))


def _nearest(since: datetime, best: int) -> Select[Any]:
    """The nearest of what was looked at since then; nothing is looked at before it is seen."""
    near = tables.near_miss
    place = func.row_number().over(partition_by=near.c.topic, order_by=(near.c.score.desc(), _item.id))
    missed = select(_item.id.label("item"), near.c.topic, place.label("place"))
    missed = missed.select_from(near.join(_look, near.c.classification == _look.c.id).join(tables.item))
    other = _look.alias()
    first = select(other.c.id).where(other.c.at >= since).order_by(other.c.at, other.c.id).limit(1).scalar_subquery()
    is_last = _look.c.id == _last_look(_look.c.item)
    found = missed.where(near.c.classification >= first, is_last, _recent(since), ~_is_ruled()).subquery()
    return select(found.c.item, found.c.topic).where(found.c.place <= best).order_by(found.c.topic, found.c.place)


def _recent(since: datetime) -> ColumnElement[bool]:
    return and_(_seen(since), _date() >= since)


def _seen(since: datetime) -> ColumnElement[bool]:
    return and_(_item.merged_into.is_(None), _item.first_seen >= since)


def _date() -> ColumnElement[datetime]:
    return func.coalesce(_item.published, _item.first_seen)


def _last_look(item: ColumnElement[str]) -> ScalarSelect[int]:
    """The last look at an item itself; those at what was merged into it count for nothing once it has its own."""
    other = _look.alias()
    return select(func.max(other.c.id)).where(other.c.item == item).correlate(tables.item, _look).scalar_subquery()


def _is(says: Says) -> ColumnElement[bool]:
    """Whether this is what the last row of an item's own decisions says."""
    words = select(_ruling.c.says).where(_ruling.c.item == _item.id)
    newest = words.order_by(_ruling.c.at.desc(), _ruling.c.id.desc()).limit(1).correlate(tables.item)
    return func.coalesce(newest.scalar_subquery(), "") == says


def _is_ruled() -> ColumnElement[bool]:
    """Whether a ruling counts: its own, or one on what was merged into it."""
    child = tables.item.alias()
    inherited = select(_ruling.c.id).join(child, child.c.id == _ruling.c.item)
    inherited = inherited.where(child.c.merged_into == _item.id, _ruling.c.says == Says.RULED)
    return or_(_is(Says.RULED), inherited.correlate(tables.item).exists())
