"""Editions: the dated numbers of the bulletins, as they were composed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, true, update

from bulletin.errors import ChangedError, StoreError
from bulletin.model import Edition
from bulletin.store.approvals import refuse_approved
from bulletin.store.blocks import blocks_of, remove_blocks
from bulletin.store.corrections import corrections_of
from bulletin.store.database import Database
from bulletin.store.desktables import left_out
from bulletin.store.rows import standing
from bulletin.store.sections import add_sections, remove_sections, sections
from bulletin.store.tables import decision, edition_held_over, edition_item, item
from bulletin.store.tables import edition as table
from bulletin.store.urgent import URGENT, UrgentRow, is_urgent, mark_urgent, unmark

_WAITS = timedelta(days=366)  # how long an edition is asked what it had no room for; each tells anew what still waits
_OWN = ("id", "bulletin", "number", "day", "since")  # columns that are fields of an edition


@dataclass(frozen=True)
class EditionRow:
    """An edition without its contents, for lists."""

    id: str
    bulletin: str
    number: int
    day: date
    since: date
    composed_at: datetime
    size: int  # how many items it prints


class Editions:
    """What was composed, with the headings as they read then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        edition: Edition,
        composed_at: datetime,
        stood: Edition | None = None,
        urgent: UrgentRow | None = None,
        *,
        is_new: bool = False,
    ) -> Edition:
        """Store an edition in place of the bulletin's draft for the same day, whose number it keeps, and return it.

        What was left out of that draft stays left out. `stood` is the outline of the draft that it was made from;
        `is_new` says that there was none; `urgent` makes it an urgent one.
        StoreError when an edition of another day has taken its number meanwhile, ApprovedError when the draft is
        approved, and ChangedError when it is not as it stood.
        """
        with self._database.write() as connection:
            if stood and read_edition(connection, stood.id, outline=True) != stood:
                raise ChangedError(f"somebody worked on {stood.id} at that very moment: do it once more")
            kept = _number_of(connection, edition.bulletin, edition.day)
            if is_new and kept is not None:
                raise ChangedError(f"somebody drafted {edition.id} at that very moment: do it once more")
            edition = edition if kept is None else replace(edition, number=kept)
            _check_number(connection, edition)
            if kept is None:
                _insert(connection, edition, composed_at)
            else:
                refuse_approved(connection, edition.id)
                _replace(connection, edition, composed_at)
            if urgent:
                mark_urgent(connection, urgent)
        return edition

    def remove(self, edition: str) -> bool:
        """Take a draft back: its items may be printed again and its number is free. False when there is none.

        ApprovedError when it is approved.
        """
        with self._database.write() as connection:
            refuse_approved(connection, edition)
            return _remove(connection, edition)

    def get(self, edition: str, worded: datetime | None = None) -> Edition | None:
        """Read an edition by id, with its items as they are known today.

        The library's own words are today's too, or those of the moment `worded`.
        """
        with self._database.read() as connection:
            return read_edition(connection, edition, worded=worded)

    def bulletin_of(self, edition: str) -> str | None:
        """The bulletin that an edition is of; None when there is no such edition."""
        with self._database.read() as connection:
            return connection.execute(select(table.c.bulletin).where(table.c.id == edition)).scalar()

    def outline(self, edition: str) -> Edition | None:
        """Read an edition by id, with items that have their ids alone: where everything stands, quickly."""
        with self._database.read() as connection:
            return read_edition(connection, edition, outline=True)

    def list(self, bulletin: str | None = None) -> list[EditionRow]:
        """List the editions, of one bulletin or of all, the newest day first."""
        return _listed(self._database, true() if bulletin is None else table.c.bulletin == bulletin)

    def newest(self) -> Sequence[EditionRow]:
        """List the newest edition of each bulletin, the newest day first; those that came off the schedule aside."""
        other = table.alias()
        regular = other.c.bulletin == table.c.bulletin, other.c.id.not_in(URGENT)
        last = select(func.max(other.c.day)).where(*regular).scalar_subquery()
        return _listed(self._database, (table.c.day == last) & table.c.id.not_in(URGENT))

    def urgent(self) -> Sequence[EditionRow]:
        """List the editions that came off the schedule, the newest day first."""
        return _listed(self._database, table.c.id.in_(URGENT))

    def next_number(self, bulletin: str, day: date) -> int:
        """Give the number for an edition of that day: its draft's own, or one more than the highest."""
        highest = select(func.max(table.c.number)).where(table.c.bulletin == bulletin)
        with self._database.read() as connection:
            kept = _number_of(connection, bulletin, day)
            return kept if kept is not None else (connection.execute(highest).scalar() or 0) + 1

    def printed(self, bulletin: str, except_id: str) -> frozenset[str]:
        """Give the ids of the items that any other edition of the bulletin prints."""
        with self._database.read() as connection:
            return _ids(connection, edition_item, (table.c.bulletin == bulletin) & (table.c.id != except_id))

    def held_over(self, bulletin: str, before: date, dated: datetime) -> frozenset[str]:
        """Give the ids of the items that an edition of the year before had no room for, and that none has printed.

        Of those on which no editor ever ruled, only what is dated so or later: the others are news no more. A draft
        of that very day does not count as printed, so that composing it again comes to the same.
        """
        ours = table.c.bulletin == bulletin
        lately = (table.c.day < before) & (table.c.day >= before - _WAITS)
        ruled = select(decision.c.id).where(decision.c.item.in_([item.c.id, item.c.merged_into])).exists()
        waits = (func.coalesce(item.c.published, item.c.first_seen) >= dated) | ruled
        with self._database.read() as connection:
            waiting = _ids(connection, edition_held_over, ours & lately & waits)
            return waiting - _ids(connection, edition_item, ours & (table.c.day != before))


def _listed(database: Database, condition: ColumnElement[bool]) -> list[EditionRow]:
    each_once = select(func.count(standing.distinct())).select_from(edition_item.join(item))
    size = each_once.where(edition_item.c.edition == table.c.id).scalar_subquery()
    with database.read() as connection:
        rows = connection.execute(select(table, size.label("size")).where(condition)).mappings().all()
    return sorted((EditionRow(**row) for row in rows), key=lambda row: (row.day, row.id), reverse=True)


def read_edition(
    connection: Connection, edition: str, *, outline: bool = False, worded: datetime | None = None
) -> Edition | None:
    """Read an edition by id, with its items as they are known today; in outline, with their ids alone.

    What must be corrected of earlier editions comes with the whole alone.
    """
    row = connection.execute(select(table).where(table.c.id == edition)).mappings().one_or_none()
    if row is None:
        return None
    told = {name: row[name] for name in _OWN}
    inside = sections(connection, edition, outline=outline, worded=worded)
    known = () if outline else corrections_of(connection, edition, row["bulletin"], row["day"])
    blocks, urgent = blocks_of(connection, edition), is_urgent(connection, edition)
    return Edition(**told, sections=inside, blocks=blocks, corrections=known, is_urgent=urgent)


def _number_of(connection: Connection, bulletin: str, day: date) -> int | None:
    query = select(table.c.number).where(table.c.bulletin == bulletin, table.c.day == day)
    return connection.execute(query).scalar_one_or_none()


def _check_number(connection: Connection, edition: Edition) -> None:
    same_number = table.c.number == edition.number, table.c.id != edition.id
    query = select(table.c.id).where(table.c.bulletin == edition.bulletin, *same_number)
    if other := connection.execute(query).scalar_one_or_none():
        raise StoreError(f"{other} has taken number {edition.number}: compose {edition.id} again")


def _remove(connection: Connection, edition: str) -> bool:
    remove_sections(connection, edition)
    remove_blocks(connection, edition)
    unmark(connection, edition)
    connection.execute(delete(left_out).where(left_out.c.edition == edition))
    return connection.execute(delete(table).where(table.c.id == edition)).rowcount > 0


def _insert(connection: Connection, edition: Edition, composed_at: datetime) -> None:
    row = {name: getattr(edition, name) for name in _OWN}
    connection.execute(insert(table).values(row | {"composed_at": composed_at}))
    add_sections(connection, edition)


def _replace(connection: Connection, edition: Edition, composed_at: datetime) -> None:
    new = {"since": edition.since, "composed_at": composed_at}
    connection.execute(update(table).where(table.c.id == edition.id).values(new))
    remove_sections(connection, edition.id)
    add_sections(connection, edition)


def _ids(connection: Connection, places: Table, condition: ColumnElement[bool]) -> frozenset[str]:
    """Give the items in some editions, each under the id of the one that stands for it today."""
    query = select(standing).select_from(places.join(table, table.c.id == places.c.edition).join(item))
    return frozenset(connection.execute(query.where(condition)).scalars())
