"""Corrections: what notices say, since the last edition was approved, of items that approved editions printed."""

from datetime import date

from sqlalchemy import Connection, func, select

from bulletin.model import Correction
from bulletin.store.desktables import approval, approval_end
from bulletin.store.rows import items_by_id, standing
from bulletin.store.tables import edition as editions
from bulletin.store.tables import edition_item, item, mark

_APPROVED = editions.join(approval, approval.c.edition == editions.c.id).outerjoin(
    approval_end, approval_end.c.approval == approval.c.id
)
_HOLDS = approval_end.c.approval.is_(None)


def corrections_of(connection: Connection, edition: str, bulletin: str, day: date) -> tuple[Correction, ...]:
    """Read what an edition of a bulletin must correct: each thing once, in the first edition after the notice.

    Of an edition that is approved, what notices said until then. The newest edition that was wrong comes first.
    """
    earlier = (editions.c.bulletin == bulletin) & (editions.c.day < day) & _HOLDS
    since = connection.execute(select(func.max(approval.c.at)).select_from(_APPROVED).where(earlier)).scalar()
    if since is None:
        return ()
    query = select(standing.label("item"), editions.c.day, mark.c.at).select_from(
        _APPROVED.join(edition_item, edition_item.c.edition == editions.c.id)
        .join(item, item.c.id == edition_item.c.item)
        .join(mark, mark.c.item == standing)
    )
    until = select(approval.c.at).select_from(_APPROVED).where(editions.c.id == edition, _HOLDS).scalar_subquery()
    told = query.where(earlier, mark.c.at > since, mark.c.at <= func.coalesce(until, mark.c.at))
    found = {row.item: row.day for row in connection.execute(told.order_by(editions.c.day))}
    items = items_by_id(connection, found)
    return tuple(
        Correction(items[one], found[one]) for one in sorted(found, key=lambda one: (found[one], one), reverse=True)
    )
