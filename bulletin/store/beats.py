"""Beats: which processes show that they are there."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from bulletin.model import Beat
from bulletin.store.database import Database
from bulletin.store.turntables import beat

_KEPT = timedelta(days=2)  # after which a process that shows no more is forgotten

_ENDED = " ended"  # stands behind the name of a process that said so itself


class Beats:
    """One row for a process, with when it was last there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def show(self, one: Beat) -> None:
        """Write down that a process is there; those long gone are forgotten, but the last one of each kind."""
        with self._database.write() as connection:
            if not connection.execute(update(beat).where(beat.c.id == one.id).values(seen=one.seen)).rowcount:
                connection.execute(insert(beat).values(**vars(one)))
            old = delete(beat).where(beat.c.kind == one.kind, beat.c.seen < one.seen - _KEPT, beat.c.id != one.id)
            connection.execute(old)

    def leave(self, id_: str) -> None:
        """Write down that a process has ended, so that what it had in hand is free at once."""
        with self._database.write() as connection:
            connection.execute(update(beat).where(beat.c.id == id_).values(id=id_ + _ENDED))

    def server_clock(self) -> datetime | None:
        """The time of day by PostgreSQL's own clock; None on SQLite, which has none but this machine's."""
        if self._database.is_sqlite:
            return None
        with self._database.read() as connection:
            now: datetime = connection.execute(select(func.now())).scalar_one()
            return now.astimezone(UTC)

    def forget_after(self, now: datetime) -> None:
        """Forget what showed under a clock that was ahead."""
        with self._database.write() as connection:
            connection.execute(delete(beat).where(beat.c.seen > now))

    def all(self) -> list[Beat]:
        """Give every process that is known, the one that showed last first."""
        with self._database.read() as connection:
            query = select(beat).order_by(beat.c.seen.desc())
            return [Beat(**row) for row in connection.execute(query).mappings()]

    def alive(self, since: datetime) -> list[Beat]:
        """Give the processes that showed since an instant and have not ended, the one that showed last first."""
        return [one for one in self.all() if one.seen > since and one.kind != "clock" and not one.id.endswith(_ENDED)]

    def last(self, kind: str = "") -> datetime | None:
        """Give when a process of some kind, or any at all, was last there."""
        query = select(func.max(beat.c.seen))
        query = query.where(beat.c.kind == kind) if kind else query
        with self._database.read() as connection:
            return connection.execute(query).scalar()
