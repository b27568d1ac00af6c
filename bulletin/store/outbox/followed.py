"""What readers followed and what they found useful, without anybody's name; marks go with their day."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, insert, or_, select, update

from bulletin.model.outcomes import Click
from bulletin.store.database import Database
from bulletin.store.outbox.tables import click, click_count, useful
from bulletin.store.rows import chunks

_MOST_A_DAY = 50_000  # rows of one edition: who floods it with made-up browsers shall not fill the disk
Counting = Callable[[Sequence[Click], int], Mapping[tuple[str, date], int]]


class Followed:
    """Clicks and kind words, by edition and item."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def click(self, edition: str, one: Click) -> None:
        """Write down a click; the second one of a mark on an item is none."""
        with self._database.write() as connection:
            _add(connection, click, edition, one)

    def is_useful(self, edition: str, one: Click) -> None:
        """Write down that somebody found an item useful; the second time of a mark is none."""
        with self._database.write() as connection:
            _add(connection, useful, edition, one, is_useful=True)

    def clicks(self, editions: Collection[str]) -> dict[str, list[Click]]:
        """Give the clicks of these editions that are not settled yet, in their order."""
        found: dict[str, list[Click]] = {}
        query = select(click).order_by(click.c.id)
        with self._database.read() as connection:
            for chunk in chunks(editions):
                for row in connection.execute(query.where(click.c.edition.in_(chunk))):
                    found.setdefault(row.edition, []).append(Click(row.item, row.mark, row.at))
        return found

    def settled(self, editions: Collection[str]) -> Counter[tuple[str, str]]:
        """Count the settled clicks of these editions, by edition and item."""
        return self._counts(click_count, func.sum(click_count.c.clicks), editions)

    def useful(self, editions: Collection[str]) -> Counter[tuple[str, str]]:
        """Count who found items of these editions useful, by edition and item."""
        return self._counts(useful, func.count(), editions)

    def unsettled(self, before: datetime) -> list[str]:
        """Name the editions that have clicks from before a moment."""
        query = select(click.c.edition).where(click.c.at < before).distinct()
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def has_marks(self, before: datetime) -> bool:
        """Whether anything from before a moment still has the mark of who did it."""
        old = [exists().where(one.c.at < before, one.c.mark != "") for one in (click, useful)]
        with self._database.read() as connection:
            return bool(connection.execute(select(or_(*old))).scalar())

    def settle(self, edition: str, before: datetime, size: int, count: Counting) -> int:
        """Turn an edition's clicks from before a moment into counts; say how many rows went.

        `count` says what of so many clicks counts, for an edition of `size` items.
        """
        with self._database.write() as connection:
            query = select(click).where(click.c.edition == edition, click.c.at < before).order_by(click.c.id)
            rows = connection.execute(query).all()
            found = count([Click(row.item, row.mark, row.at) for row in rows], size)
            for (item, day), number in found.items():
                _count_in(connection, edition, item, day, number)
            for chunk in chunks([int(row.id) for row in rows]):
                connection.execute(delete(click).where(click.c.id.in_(chunk)))
        return len(rows)

    def unmark(self, before: datetime) -> None:
        """Take the marks off what was found useful before a moment; what was said stays."""
        with self._database.write() as connection:
            connection.execute(update(useful).where(useful.c.at < before, useful.c.mark != "").values(mark=""))

    def _counts(
        self, table: Table, number: ColumnElement[int], editions: Collection[str]
    ) -> Counter[tuple[str, str]]:
        found = Counter[tuple[str, str]]()
        query = select(table.c.edition, table.c.item, number).group_by(table.c.edition, table.c.item)
        with self._database.read() as connection:
            for chunk in chunks(editions):
                for edition, item, many in connection.execute(query.where(table.c.edition.in_(chunk))):
                    found[edition, item] = int(many)
        return found


def _add(connection: Connection, table: Table, edition: str, one: Click, **more: object) -> None:
    known = exists().where(table.c.edition == edition, table.c.item == one.item, table.c.mark == one.mark)
    if connection.execute(select(known)).scalar():
        return
    many = select(func.count()).select_from(table).where(table.c.edition == edition, table.c.mark != "")
    if (connection.execute(many).scalar() or 0) < _MOST_A_DAY:
        row = {"edition": edition, "item": one.item, "mark": one.mark, "at": one.at, **more}
        connection.execute(insert(table).values(row))


def _count_in(connection: Connection, edition: str, item: str, day: date, number: int) -> None:
    here = (click_count.c.edition == edition) & (click_count.c.item == item) & (click_count.c.day == day)
    more = update(click_count).where(here).values(clicks=click_count.c.clicks + number)
    if not connection.execute(more).rowcount:
        row = {"edition": edition, "item": item, "day": day, "clicks": number}
        connection.execute(insert(click_count).values(row))
