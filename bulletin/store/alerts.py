"""Alerts: what the operator was told of what is wrong, and when it was over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, delete, func, insert, select

from bulletin.store.database import Database
from bulletin.store.turntables import alert


class Did(StrEnum):
    """What a row says of a concern."""

    SEEN = "seen"  # it stood for the first time: nobody was told yet
    TOLD = "told"
    OVER = "over"


@dataclass(frozen=True)
class Spell:
    """How a concern stands in the rows: its present spell, which begins after the last time that it was over."""

    concern: str
    words: str  # as it was told last
    seen: datetime  # when it first stood
    told: tuple[datetime, ...]  # each time that the operator was written to, oldest first


class Alerts:
    """One row for each time that a concern was first seen, told, or over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spells(self) -> dict[str, Spell]:
        """Give the spells that are not over, by concern."""
        ended = _ended()
        query = select(alert).outerjoin(ended, ended.c.concern == alert.c.concern)
        query = query.where(alert.c.id > func.coalesce(ended.c.last, 0)).order_by(alert.c.id)
        found: dict[str, Spell] = {}
        with self._database.read() as connection:
            for row in connection.execute(query).mappings():
                name = row["concern"]
                told = (row["at"],) if row["did"] == Did.TOLD else ()
                before = found.get(name)
                so_far = before.told if before else ()
                found[name] = Spell(name, row["words"], before.seen if before else row["at"], so_far + told)
        return found

    def told_since(self, since: datetime) -> frozenset[str]:
        """Name the concerns of which the operator was told since an instant."""
        query = select(alert.c.concern).where(alert.c.did == Did.TOLD, alert.c.at >= since)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def forget(self, before: datetime) -> int:
        """Let go of what was told before an instant of what was over then; gives how many rows."""
        ended = _ended(alert.c.at < before)
        old = select(alert.c.id).join(ended, ended.c.concern == alert.c.concern)
        old = old.where(alert.c.at < before, alert.c.id <= ended.c.last)
        with self._database.write() as connection:
            return connection.execute(delete(alert).where(alert.c.id.in_(old))).rowcount

    def letters(self, since: datetime) -> int:
        """Count the letters to the operator since an instant: rows of one letter have one time."""
        query = select(func.count(alert.c.at.distinct()))
        query = query.where(alert.c.did.in_([Did.TOLD, Did.OVER]), alert.c.words != "", alert.c.at >= since)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def add(self, did: Did, concerns: Mapping[str, str], now: datetime) -> None:
        """Write down that this happened to concerns, given by their keys with the words that were told of them."""
        rows = [{"concern": key, "did": did, "words": words, "at": now} for key, words in concerns.items()]
        if rows:
            with self._database.write() as connection:
                connection.execute(insert(alert), rows)

    def drop(self, concerns: Collection[str], now: datetime) -> None:
        """Write down that concerns went away of which nobody was told."""
        self.add(Did.OVER, dict.fromkeys(concerns, ""), now)


def _ended(*where: ColumnElement[bool]) -> Subquery:
    """The row with which each concern was over last; read once, since one that flickers has thousands of rows."""
    last = func.max(alert.c.id).label("last")
    return select(alert.c.concern, last).where(alert.c.did == Did.OVER, *where).group_by(alert.c.concern).subquery()
