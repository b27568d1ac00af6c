"""When somebody was last given mail."""

from datetime import datetime

from sqlalchemy import func, select

from bulletin.store.database import Database
from bulletin.store.outbox.tables import attempt, delivery


class Mailed:
    """What the outbox tells of one person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, subscriber: str) -> datetime | None:
        """When the latest email to a person, by id, began to go to the mail server; None when none ever did."""
        here = attempt.join(delivery, delivery.c.id == attempt.c.delivery)
        query = select(func.max(attempt.c.handed_at)).select_from(here).where(delivery.c.subscriber == subscriber)
        with self._database.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found
