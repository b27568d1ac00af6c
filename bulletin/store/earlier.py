"""Earlier editions: what was approved before a day, for all that an edition must not say twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bulletin.store.database import Database
from bulletin.store.desktables import approval, approval_end, email
from bulletin.store.rows import standing
from bulletin.store.tables import edition, edition_item, item


@dataclass(frozen=True)
class Sent:
    """An item that an earlier edition printed, by what it is known again; the title is its source's."""

    edition: str
    item: str
    title: str
    url: str
    doi: str


class Earlier:
    """What approved editions said; what nobody approved was never sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sent(self, bulletin: str, before: date, editions: int) -> list[Sent]:
        """Give what the last so many editions of a bulletin before a day printed, the newest edition first."""
        with self._database.read() as connection:
            order = {one: place for place, one in enumerate(_approved(connection, bulletin, before, editions))}
            told = edition_item.c.edition, standing, item.c.title, item.c.url, item.c.doi
            query = select(*told).join_from(edition_item, item).where(edition_item.c.edition.in_(order))
            rows = connection.execute(query.order_by(edition_item.c.section, edition_item.c.position)).all()
        return sorted((Sent(*row) for row in rows), key=lambda one: order[one.edition])

    def subjects(self, bulletin: str, before: date) -> Mapping[str, str]:
        """Give the subjects of the last edition of a bulletin before a day, by the name of the list."""
        with self._database.read() as connection:
            last = _approved(connection, bulletin, before, 1).values()
            query = select(email.c.list, email.c.subject).where(email.c.approval.in_(last))
            return {row.list: row.subject for row in connection.execute(query)}


def _approved(connection: Connection, bulletin: str, before: date, most: int) -> dict[str, int]:
    """Read the approved editions before a day and the approvals that hold, the newest first."""
    ours = (edition.c.bulletin == bulletin) & (edition.c.day < before) & approval_end.c.approval.is_(None)
    joined = edition.join(approval, approval.c.edition == edition.c.id).outerjoin(
        approval_end, approval_end.c.approval == approval.c.id
    )
    told = edition.c.id, approval.c.id.label("approval")
    query = select(*told).select_from(joined).where(ours).order_by(edition.c.day.desc()).limit(most)
    return {row.id: row.approval for row in connection.execute(query)}
