"""Suggestions: what the machine thought of an item each time that it looked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Connection, RowMapping, Subquery, Table, func, insert, select, true

from bulletin.model import Because, Classification, Origin, Suggestion
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.merging import RULED
from bulletin.store.rows import chunks, covered, standing

_look = tables.classification
_By_item = defaultdict[str, list[Suggestion]]


class Suggestions:
    """The machine's opinions: every look at an item stays, the last one counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, classifications: Sequence[Classification]) -> None:
        """Write down looks at items, also those that suggest nothing."""
        if not classifications:
            return
        with self._database.write() as connection:
            new = insert(_look).returning(_look.c.id, sort_by_parameter_order=True)
            ids = connection.execute(new, [_look_row(look) for look in classifications]).scalars()
            looks = list(zip(ids, classifications, strict=True))
            _add_opinions(connection, tables.suggestion, [(id_, look.suggestions) for id_, look in looks])
            _add_opinions(connection, tables.near_miss, [(id_, look.near) for id_, look in looks])

    def latest(self, items: Collection[str] | None = None) -> dict[str, Classification]:
        """Give the last look at each item, all or those with these ids, by id; what was never looked at is absent."""
        if items is None:
            return self._read(_last_looks())
        return {id_: look for chunk in chunks(items) for id_, look in self._read(_last_looks(chunk)).items()}

    def when_decided(self, since: datetime | None = None) -> dict[str, Classification]:
        """Give the last look at each item before any editor ruled on it, by item id; of items first seen since then.

        An item is absent that nobody ruled on, or that was ruled on before the first look. Reasons and near misses
        are left out: of thousands of looks they are most of what there is to read.
        """
        ruled = select(standing).select_from(tables.decision.join(tables.item)).distinct()
        with self._database.read() as connection:
            lately = true() if since is None else tables.item.c.first_seen >= since
            items = connection.execute(ruled.where(lately)).scalars().all()
        looks = (self._told(_last_looks(chunk, _first_rulings(chunk))) for chunk in chunks(items))
        return {id_: look for some in looks for id_, look in some.items()}

    def unseen(self, since: datetime) -> list[str]:
        """List the items first seen since then that were never looked at, nor was what went into them; ids."""
        item, child = tables.item, tables.item.alias()
        own = select(func.max(_look.c.id)).where(_look.c.item == item.c.id).correlate(item).scalar_subquery()
        inherited = select(_look.c.id).join(child, child.c.id == _look.c.item).where(child.c.merged_into == item.c.id)
        query = select(item.c.id).where(item.c.first_seen >= since, item.c.merged_into.is_(None), own.is_(None))
        with self._database.read() as connection:
            return [*connection.execute(query.where(~inherited.correlate(item).exists())).scalars()]

    def outdated(self, recipe: str, since: datetime) -> list[str]:
        """List the items first seen since then whose own last look went by another recipe; ids.

        Those that were never looked at are among them.
        """
        item, other = tables.item, _look.alias()
        last = select(other.c.recipe).where(other.c.item == item.c.id).order_by(other.c.at.desc(), other.c.id.desc())
        newest = func.coalesce(last.limit(1).correlate(item).scalar_subquery(), "")
        query = select(item.c.id).where(item.c.first_seen >= since, item.c.merged_into.is_(None), newest != recipe)
        with self._database.read() as connection:
            return [*connection.execute(query).scalars()]

    def counts(self, since: datetime) -> dict[str, int]:
        """Give the number of items that each topic is suggested for, by topic id, of those looked at since then.

        The last look at each counts.
        """
        table, other, newer = tables.suggestion, _look.alias(), _look.alias()
        first = select(other.c.id).where(other.c.at >= since).order_by(other.c.at, other.c.id).limit(1)
        last = select(func.max(newer.c.id)).where(newer.c.item == _look.c.item).correlate(_look).scalar_subquery()
        query = select(table.c.topic, func.count()).join(_look, _look.c.id == table.c.classification)
        query = query.join(tables.item, tables.item.c.id == _look.c.item).where(tables.item.c.merged_into.is_(None))
        lately = table.c.classification >= first.scalar_subquery()
        with self._database.read() as connection:
            found = connection.execute(query.where(lately, _look.c.id == last).group_by(table.c.topic))
            return {row[0]: row[1] for row in found}

    def _told(self, last: CTE) -> dict[str, Classification]:
        """Read looks with the topics that they suggested, and nothing of why."""
        best, found = tables.suggestion.c, dict[str, Classification]()
        columns = last.c.item, last.c.recipe, last.c.trained_on, last.c.at, best.topic, best.score, best.decided_by
        query = select(*columns).outerjoin_from(last, tables.suggestion, best.classification == last.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(last.c.id, best.rank)).all()
        for item, recipe, trained_on, at, topic, score, decided_by in rows:
            before = found[item].suggestions if item in found else ()
            new = (Suggestion(item, topic, score, (), Origin(decided_by)),) if topic else ()
            found[item] = Classification(item, (*before, *new), recipe, trained_on, at)
        return found

    def _read(self, last: CTE) -> dict[str, Classification]:
        with self._database.read() as connection:
            suggestions = _opinions(connection, tables.suggestion, last)
            near = _opinions(connection, tables.near_miss, last)
            looks = connection.execute(select(last.c.item, last.c.recipe, last.c.trained_on, last.c.at)).all()
        return {
            item: Classification(item, tuple(suggestions[item]), recipe, trained_on, at, tuple(near[item]))
            for item, recipe, trained_on, at in looks
        }


def _last_looks(items: Collection[str] | None = None, before: Subquery | None = None) -> CTE:
    """Choose one look for each item that stands, before a moment of its own if need be.

    Looks at what was merged into it come second.
    """
    newest_first = (tables.item.c.merged_into.is_not(None), _look.c.at.desc(), _look.c.id.desc())
    age = func.row_number().over(partition_by=standing, order_by=newest_first).label("age")
    others = [column for column in _look.columns if column.name != "item"]
    looks = select(*others, standing.label("item"), age).join_from(_look, tables.item)
    if items is not None:
        looks = looks.where(covered(items))
    if before is not None:
        looks = looks.join(before, before.c.item == standing).where(_look.c.at < before.c.at)
    found = looks.subquery()
    return select(found).where(found.c.age == 1).cte("last_look")


def _first_rulings(items: Collection[str]) -> Subquery:
    """When an editor first ruled on each of these items, or on what was merged into it.

    What stood before a ruling was taken back last counts for nothing.
    """
    ruling, item = tables.decision.c, standing.label("item")
    taken_back = select(item, func.max(ruling.id).label("last")).join_from(tables.decision, tables.item)
    none = taken_back.where(ruling.says != RULED, covered(items)).group_by(standing).subquery()
    rulings = select(item, func.min(ruling.at).label("at")).join_from(tables.decision, tables.item)
    rulings = rulings.outerjoin(none, none.c.item == standing)
    rulings = rulings.where(ruling.says == RULED, ruling.id > func.coalesce(none.c.last, 0), covered(items))
    return rulings.group_by(standing).subquery()


def _add_opinions(connection: Connection, table: Table, looks: Sequence[tuple[int, tuple[Suggestion, ...]]]) -> None:
    rows = [_opinion_row(id_, rank, one) for id_, opinions in looks for rank, one in enumerate(opinions)]
    if rows:
        connection.execute(insert(table), rows)


def _opinions(connection: Connection, table: Table, last: CTE) -> _By_item:
    """Read what the last looks thought, by item, best first."""
    query = select(table, last.c.item).join(last, last.c.id == table.c.classification).order_by(table.c.rank)
    found = _By_item(list)
    for row in connection.execute(query).mappings():
        found[row["item"]].append(_suggestion(row))
    return found


def _look_row(look: Classification) -> dict[str, Any]:
    return {"item": look.item, "recipe": look.recipe, "trained_on": look.trained_on, "at": look.at}


def _opinion_row(look_id: int, rank: int, suggestion: Suggestion) -> dict[str, Any]:
    return {
        "classification": look_id,
        "rank": rank,
        "topic": suggestion.topic,
        "score": suggestion.score,
        "because": [asdict(because) for because in suggestion.because],
        "decided_by": suggestion.decided_by,
    }


def _suggestion(row: RowMapping) -> Suggestion:
    because = tuple(Because(**reason) for reason in row["because"])
    return Suggestion(row["item"], row["topic"], row["score"], because, Origin(row["decided_by"]))
