"""Marks: what notices, services and an item's own record say of it; each said once by each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, literal, select

from bulletin.model import Mark
from bulletin.store.rows import chunks, standing
from bulletin.store.tables import EMPTY, item, item_key
from bulletin.store.tables import mark as table


@dataclass(frozen=True)
class Marking:
    """One mark on one item."""

    item: str
    mark: Mark
    by: str  # id of the notice, name of a service, or the item's own id
    at: datetime


def add_marks(connection: Connection, markings: Collection[Marking]) -> int:
    """Write marks that were not made before; says how many."""
    new = {(marking.item, marking.mark, marking.by): marking for marking in markings}
    for chunk in chunks([marking.item for marking in markings]):
        for made in connection.execute(select(table.c.item, table.c.mark, table.c.by).where(table.c.item.in_(chunk))):
            new.pop((made.item, Mark(made.mark), made.by), None)
    if new:
        connection.execute(insert(table), [asdict(marking) for marking in new.values()])
    return len(new)


def marks_of(connection: Connection, items: Collection[str]) -> dict[str, tuple[Mark, ...]]:
    """Read what is said of these items, or of those that stand for them today, the gravest first; absent: nothing."""
    found = defaultdict[str, set[Mark]](set)
    query = select(item.c.id, table.c.mark).join_from(item, table, table.c.item == standing)
    for chunk in chunks(items):
        for id_, said in connection.execute(query.where(item.c.id.in_(chunk))):
            found[id_].add(Mark(said))
    return {id_: tuple(mark for mark in Mark if mark in said) for id_, said in found.items()}


def apply_notices(connection: Connection, at: datetime) -> int:
    """Mark what notices with a DOI concern, as far as it is on the shelves by now; says how many marks are new.

    A preprint that was joined with its paper left its DOI there: what is said of that does not concern the paper.
    """
    notice = item.alias("notice")
    keyed = select(notice.c.id, notice.c.notice_mark, item_key.c.item).join_from(item_key, item)
    made = select(table.c.at).where(table.c.item == item_key.c.item, table.c.by == notice.c.id)
    made = made.where(table.c.mark == notice.c.notice_mark).correlate(item_key, notice)
    found = keyed.join(notice, item_key.c.key == literal("doi:") + notice.c.notice_doi).where(
        notice.c.notice_mark != EMPTY,
        notice.c.notice_doi != EMPTY,
        notice.c.merged_into.is_(None),
        item_key.c.item != notice.c.id,
        ~made.exists(),
        item.c.doi.in_([EMPTY, notice.c.notice_doi]),
    )
    markings = [Marking(target, Mark(mark), by, at) for by, mark, target in connection.execute(found)]
    return add_marks(connection, markings)


def is_open_notice() -> ColumnElement[bool]:
    """Choose the notices without a DOI that have marked nothing yet."""
    have_marked = select(table.c.by).where(table.c.by != table.c.item)
    return (item.c.notice_mark != EMPTY) & (item.c.notice_doi == EMPTY) & item.c.id.not_in(have_marked)
