"""Turns: what runs by itself runs once in each period, whoever comes for it and however often."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, or_, select, update

from bulletin.model import Ended, Turn
from bulletin.store.database import Database
from bulletin.store.rows import chunks
from bulletin.store.tables import EMPTY
from bulletin.store.turntables import beat, rhythm, turn, turn_end, turn_try

SILENT = timedelta(seconds=180)  # after which a process counts as gone (reference bar T7)
_MOST = 1000  # turns read at once


class Turns:
    """Who took which turn, and how it ended; there is one for a schedule and a period, whatever the clock does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, schedule: str, rule: str, now: datetime) -> datetime:
        """Give since when a schedule has this rule; one that nobody has seen begins now.

        A rule of before that holds again is known still: two machines whose files differ for a while would otherwise
        begin anew in turns, and nothing would ever be due.
        """
        with self._database.read() as connection:
            if known := _since(connection, schedule, rule):
                return known
        with self._database.write() as connection:
            if known := _since(connection, schedule, rule):  # another process was quicker
                return known
            connection.execute(insert(rhythm).values(schedule=schedule, rule=rule, since=now))
            return now

    def take(self, schedule: str, period: str, due: datetime, me: str, now: datetime, patience: timedelta) -> bool:
        """Take a turn for the process `me`; False when it is over, or in hands that are still there.

        Whoever took it before is gone when it shows no more (`beat`), or has had it for longer than `patience`.
        """
        with self._database.read() as connection:  # most who ask are late, and need not queue up with the writers
            seen = _find(connection, schedule, period)
            if seen and not _is_free(connection, seen, me, now, patience):
                return False
        with self._database.write() as connection:
            found = _find(connection, schedule, period)
            if found is None:
                number = _add(connection, schedule, period, due)
                connection.execute(insert(turn_try).values(turn=number, number=1, by=me, at=now))
                return True
            if not _is_free(connection, found, me, now, patience):
                return False
            connection.execute(insert(turn_try).values(turn=found["id"], number=found["tries"] + 1, by=me, at=now))
            return True

    def end(
        self, schedule: str, period: str, now: datetime, outcome: Ended, words: str = "", edition: str = ""
    ) -> bool:
        """End a turn; False when it had ended already, which stands.

        Of those in which nothing was to be done, and nothing to be told, a schedule keeps the last: there may be one
        a minute, for years.
        """
        told = {"at": now, "outcome": outcome, "words": words, "edition": edition}
        with self._database.write() as connection:
            found = _find(connection, schedule, period)
            if found is None or found["ended_at"]:
                return False
            if outcome is Ended.SKIPPED and not words:
                _remove(connection, _wordless(schedule))
            connection.execute(insert(turn_end).values(turn=found["id"], **told))
            return True

    def miss(self, schedule: str, periods: Iterable[tuple[str, datetime]], now: datetime, words: str) -> int:
        """End turns that nobody took in time, given by their periods and when they were due; gives how many."""
        missed = {"at": now, "outcome": Ended.MISSED, "words": words, "edition": ""}
        count = 0
        with self._database.write() as connection:
            for period, due in periods:
                found = _find(connection, schedule, period)
                if found is None or not (found["ended_at"] or found["tries"]):
                    number = found["id"] if found else _add(connection, schedule, period, due)
                    connection.execute(insert(turn_end).values(turn=number, **missed))
                    count += 1
        return count

    def get(self, schedule: str, period: str) -> Turn | None:
        """Give one turn."""
        with self._database.read() as connection:
            found = _find(connection, schedule, period)
            return _turn(found) if found else None

    def newest(self, schedules: Collection[str]) -> dict[str, Turn]:
        """Give the turn of each schedule that was due last."""
        other = turn.alias()
        last = select(func.max(other.c.due)).where(other.c.schedule == turn.c.schedule).scalar_subquery()
        query = _query().where(turn.c.schedule.in_(schedules), turn.c.due == last)
        with self._database.read() as connection:
            return {row["schedule"]: _turn(row) for row in connection.execute(query).mappings()}

    def list(self, schedule: str, since: datetime) -> Sequence[Turn]:
        """Give the turns of a schedule that were due since an instant, the newest first."""
        query = _query().where(turn.c.schedule == schedule, turn.c.due >= since).order_by(turn.c.due.desc())
        return self._read(query)

    def take_back(self, after: datetime) -> int:
        """Let turns go that were due after an instant: a clock was wrong, and their time is still to come.

        Rules that were first seen later than that hold from there on.
        """
        later = select(turn.c.id).where(turn.c.due > after)
        with self._database.write() as connection:
            connection.execute(update(rhythm).where(rhythm.c.since > after).values(since=after))
            return _remove(connection, later)

    def forget(self, tasks_before: datetime, editions_before: datetime) -> int:
        """Let turns of tasks, and those of editions ("draft:update"), go that were due before an instant.

        The newest of each schedule stays: from there on it is reckoned what is due.
        """
        is_edition = turn.c.schedule.contains(":", autoescape=True)
        old = or_(is_edition & (turn.c.due < editions_before), ~is_edition & (turn.c.due < tasks_before))
        other = turn.alias()
        newest = select(func.max(other.c.due)).where(other.c.schedule == turn.c.schedule).scalar_subquery()
        gone = select(turn.c.id).where(old, turn.c.due < newest)
        with self._database.write() as connection:
            return _remove(connection, gone)

    def _read(self, query: Select[Any]) -> Sequence[Turn]:
        with self._database.read() as connection:
            return [_turn(row) for row in connection.execute(query.limit(_MOST)).mappings()]


def _since(connection: Connection, schedule: str, rule: str) -> datetime | None:
    query = select(rhythm.c.since).where(rhythm.c.schedule == schedule, rhythm.c.rule == rule)
    return connection.execute(query).scalar()


def _query() -> Select[Any]:
    of_turn = turn_try.c.turn == turn.c.id
    tries, taken = (select(func.max(column)).where(of_turn) for column in (turn_try.c.number, turn_try.c.at))
    own = turn.c.id, turn.c.schedule, turn.c.period, turn.c.due
    tried = func.coalesce(tries.scalar_subquery(), 0).label("tries"), taken.scalar_subquery().label("taken_at")
    end = turn_end.c.at.label("ended_at"), turn_end.c.outcome, turn_end.c.words, turn_end.c.edition
    return select(*own, *tried, *end).outerjoin(turn_end, turn_end.c.turn == turn.c.id)


def _find(connection: Connection, schedule: str, period: str) -> RowMapping | None:
    query = _query().where(turn.c.schedule == schedule, turn.c.period == period)
    return connection.execute(query).mappings().one_or_none()


def _is_free(connection: Connection, found: RowMapping, me: str, now: datetime, patience: timedelta) -> bool:
    """Whether a turn may be taken that others may have taken before."""
    if found["ended_at"]:
        return False
    if not found["tries"]:
        return True
    by = select(turn_try.c.by).where(turn_try.c.turn == found["id"], turn_try.c.number == found["tries"])
    who = connection.execute(by).scalar_one()
    seen = connection.execute(select(beat.c.seen).where(beat.c.id == who)).scalar()
    is_silent = who != me and (seen is None or seen <= now - SILENT)
    return is_silent or found["taken_at"] <= now - patience


def _add(connection: Connection, schedule: str, period: str, due: datetime) -> int:
    row = insert(turn).values(schedule=schedule, period=period, due=due).returning(turn.c.id)
    return int(connection.execute(row).scalar_one())


def _wordless(schedule: str) -> Select[Any]:
    """The turns in which nothing was to be done."""
    idle = turn_end.c.outcome == Ended.SKIPPED, turn_end.c.words == EMPTY
    return select(turn.c.id).join(turn_end, turn_end.c.turn == turn.c.id).where(turn.c.schedule == schedule, *idle)


def _remove(connection: Connection, ids: Select[Any]) -> int:
    numbers = connection.execute(ids).scalars().all()
    for chunk in chunks(list(numbers)):
        for table in (turn_try, turn_end):
            connection.execute(delete(table).where(table.c.turn.in_(chunk)))
        connection.execute(delete(turn).where(turn.c.id.in_(chunk)))
    return len(numbers)


def _turn(row: RowMapping) -> Turn:
    told = {name: row[name] for name in ("schedule", "period", "due", "tries", "taken_at", "ended_at")}
    outcome = Ended(row["outcome"]) if row["outcome"] else None
    return Turn(**told, outcome=outcome, words=row["words"] or "", edition=row["edition"] or "")
