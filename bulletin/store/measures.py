"""Measures: how much there is and what waits, counted where an index can tell it; nothing reads items one by one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from bulletin.model import Ended, Outcome, Reply, State, Turn
from bulletin.store import tables
from bulletin.store.database import Database
from bulletin.store.decisions import Says
from bulletin.store.outbox.halts import HALTED
from bulletin.store.outbox.tables import LEFT, attempt, delivery, due, ending
from bulletin.store.rows import standing
from bulletin.store.turntables import turn, turn_end, turn_try


@dataclass(frozen=True)
class Took:
    """A turn, and who had it last."""

    turn: Turn
    by: str  # id of a beat; empty: nobody


@dataclass(frozen=True)
class Queue:
    """The emails that wait."""

    waiting: int = 0
    retry: int = 0  # were tried, and wait for the next try
    since: datetime | None = None  # since when the one that has waited longest could go; what is held counts not


class Measures:
    """Counts for status, concerns and the numbers for machines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def items(self) -> int:
        """Count the items, each thing once."""
        gone = select(func.count()).where(tables.item.c.merged_into.is_not(None))
        query = select(func.count()).select_from(tables.item)  # both from an index
        with self._database.read() as connection:
            return _count(connection, query) - _count(connection, gone)

    def not_looked_at(self, since: datetime) -> int:
        """Count the items first seen since an instant that the classifier has not looked at and nobody ruled on."""
        item = tables.item.c
        looked = exists().where(tables.classification.c.item == item.id)
        ruled = exists().where(tables.decision.c.item == item.id)
        query = select(func.count()).where(item.first_seen >= since, item.merged_into.is_(None), ~looked, ~ruled)
        with self._database.read() as connection:
            return _count(connection, query)

    def decided(self) -> int:
        """Count the items on which a ruling counts."""
        one, later = tables.decision, tables.decision.alias()
        is_newer = (later.c.at > one.c.at) | ((later.c.at == one.c.at) & (later.c.id > one.c.id))
        superseded = exists().where(later.c.item == one.c.item, is_newer)
        query = select(func.count(standing.distinct())).select_from(one.join(tables.item))
        with self._database.read() as connection:
            return _count(connection, query.where(one.c.says == Says.RULED, ~superseded))

    def visits(self, since: datetime) -> Counter[Outcome]:
        """Count the visits since an instant by what came of them."""
        visit = tables.visit.c
        query = select(visit.outcome, func.count()).where(visit.at >= since).group_by(visit.outcome)
        with self._database.read() as connection:
            return Counter({Outcome(outcome): count for outcome, count in connection.execute(query)})

    def last_visit(self) -> datetime | None:
        """Give when any feed was visited last."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(tables.visit.c.at))).scalar()

    def queue(self) -> Queue:
        """Count the emails that wait, and say for how long the oldest has."""
        first = func.min(func.coalesce(due.c.since, due.c.at))
        free = select(first).join(delivery, delivery.c.id == due.c.delivery)
        free = free.where(delivery.c.edition.not_in(HALTED), ~exists(HALTED.where(_EVERYTHING)))
        with self._database.read() as connection:
            total = _count(connection, select(func.count()).select_from(due))
            retry = _count(connection, select(func.count()).where(due.c.since.is_not(None)))
            return Queue(total - retry, retry, connection.execute(free).scalar())

    def left(self, since: datetime | None = None) -> dict[State, Counter[str]]:
        """Count what failed, since an instant or ever, and what is in doubt, by edition; emails, not people."""
        query = select(ending.c.state, delivery.c.edition, func.count()).where(LEFT)
        query = query.join(delivery, delivery.c.id == ending.c.delivery)
        query = query.where(ending.c.at >= since) if since else query
        found: dict[State, Counter[str]] = {State.IN_DOUBT: Counter(), State.FAILED: Counter()}
        with self._database.read() as connection:
            for state, edition, count in connection.execute(query.group_by(ending.c.state, delivery.c.edition)):
                found[State(state)][edition] = count
        return found

    def away_since(self) -> datetime | None:
        """Say since when the mail server has been away, if the last try of all did not reach it."""
        last = select(attempt).where(attempt.c.ended_at.is_not(None)).order_by(attempt.c.claimed_at.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(last).mappings().first()
        is_away = row is not None and row["reply"] == Reply.SLOWER and not row["code"]
        return row["since"] if row and is_away else None

    def turns(self, now: datetime, most: int = 5, lately: timedelta = timedelta(days=2)) -> dict[str, list[Took]]:
        """Give the last few turns of each task that had any lately, the newest first; steps of editions are none."""
        recent = select(turn.c.schedule).where(turn.c.due >= now - lately, ~turn.c.schedule.contains(":")).distinct()
        with self._database.read() as connection:
            names = connection.execute(recent.order_by(turn.c.schedule)).scalars().all()
            return {name: _last_turns(connection, name, most) for name in names}


_EVERYTHING = HALTED.selected_columns.edition == ""


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _last_turns(connection: Connection, name: str, most: int) -> list[Took]:
    tries = turn_try.alias()
    last = select(func.max(tries.c.number)).where(tries.c.turn == turn.c.id).correlate(turn).scalar_subquery()
    taken = turn_try.c.number.label("tries"), turn_try.c.at.label("taken_at"), turn_try.c.by
    end = turn_end.c.at.label("ended_at"), turn_end.c.outcome, turn_end.c.words, turn_end.c.edition
    query = (
        select(turn.c.schedule, turn.c.period, turn.c.due, *taken, *end)
        .select_from(turn)
        .outerjoin(turn_try, (turn_try.c.turn == turn.c.id) & (turn_try.c.number == last))
        .outerjoin(turn_end, turn_end.c.turn == turn.c.id)
        .where(turn.c.schedule == name)
        .order_by(turn.c.due.desc())
        .limit(most)
    )
    return [_took(dict(row)) for row in connection.execute(query).mappings()]


def _took(row: dict[str, Any]) -> Took:
    by, outcome = row.pop("by") or "", row.pop("outcome")
    told = {name: row[name] or "" for name in ("words", "edition")} | {"tries": row["tries"] or 0}
    return Took(Turn(**(row | told), outcome=Ended(outcome) if outcome else None), by)
