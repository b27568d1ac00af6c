"""Leases: what one process has in hand for a while, so that no other one takes it too."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bulletin.store.database import Database
from bulletin.store.turntables import lease


class Leases:
    """One row for each thing that somebody has in hand, with until when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(
        self,
        names: Collection[str],
        by: str,
        now: datetime,
        until: datetime,
        is_gone: Callable[[str], bool] = lambda _: False,
    ) -> set[str]:
        """Take of these what is free, all in one go, and give what was: the rest is in other hands.

        A lease ends with its time, or when `is_gone` says of whoever has it that they are no more; and one that would
        last more than twice as long as this one is of a clock that was ahead.
        """
        last = until + (until - now)
        with self._database.write() as connection:
            connection.execute(delete(lease).where((lease.c.until <= now) | (lease.c.until > last)))
            held = {row.name: row.by for row in connection.execute(select(lease))}
            dead = [who for who in set(held.values()) if is_gone(who)]
            connection.execute(delete(lease).where(lease.c.by.in_(dead)))
            taken = {name for name in names if name not in held or held[name] in dead}
            if rows := [{"name": name, "by": by, "until": until} for name in sorted(taken)]:
                connection.execute(insert(lease), rows)
            return taken

    def renew(self, by: str, until: datetime) -> None:
        """Keep what somebody has for longer."""
        with self._database.write() as connection:
            connection.execute(update(lease).where(lease.c.by == by).values(until=until))

    def free(self, by: str) -> None:
        """Let go of what somebody has."""
        with self._database.write() as connection:
            connection.execute(delete(lease).where(lease.c.by == by))
