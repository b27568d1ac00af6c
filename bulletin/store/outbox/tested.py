"""Tests of a list's email that the mail server took."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, insert, select

from bulletin.store.database import Database
from bulletin.store.outbox.tables import tested


class Tested:
    """Who had a test of which list's email sent, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, bulletin: str, audience: str, editor: str, at: datetime) -> None:
        """Write down that a test of a list, by id, was taken."""
        row = {"bulletin": bulletin, "list": audience, "editor": editor, "at": at}
        with self._database.write() as connection:
            connection.execute(insert(tested).values(row))

    def latest(self, bulletin: str, lists: Collection[str]) -> dict[str, datetime]:
        """When the latest test of each of these lists of a bulletin was taken; those without one are not in it."""
        query = select(tested.c.list, func.max(tested.c.at))
        query = query.where(tested.c.bulletin == bulletin, tested.c.list.in_(lists)).group_by(tested.c.list)
        with self._database.read() as connection:
            return {str(audience): at for audience, at in connection.execute(query)}
