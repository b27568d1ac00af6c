"""What leads to a session: tokens of links, by their digests, and failed tries, by keyed hashes of who failed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bulletin.model import Deed, Editor
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.editors import read_editors
from bulletin.store.peopletables import editor, editor_token, failure


class Tokens:
    """Tokens that each serve one purpose, once, for a while."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, digest: str, editor_id: str, purpose: str, until: datetime, deed: Deed | None = None) -> None:
        """Keep the digest of a token in place of the person's others for that purpose."""
        older = (editor_token.c.editor == editor_id) & (editor_token.c.purpose == purpose)
        values = {"digest": digest, "editor": editor_id, "purpose": purpose, "until": until}
        with self._database.write() as connection:
            connection.execute(delete(editor_token).where(older))
            connection.execute(insert(editor_token).values(values))
            if deed:
                append(connection, deed)

    def get(self, digest: str, purpose: str, now: datetime) -> Editor | None:
        """Whose token this is; None when it is none, too old, or of somebody who was disabled."""
        mine = (editor_token.c.digest == digest) & (editor_token.c.purpose == purpose) & (editor_token.c.until > now)
        whose = select(editor_token.c.editor).where(mine).scalar_subquery()
        with self._database.read() as connection:
            active = (editor.c.id == whose) & editor.c.disabled_at.is_(None)
            return next(iter(read_editors(connection, active)), None)

    def take(self, digest: str) -> bool:
        """Use a token up; False when somebody has done so before."""
        with self._database.write() as connection:
            return connection.execute(delete(editor_token).where(editor_token.c.digest == digest)).rowcount == 1


@dataclass(frozen=True)
class Claim:
    """Whether there may be a try: none before `wait` is over."""

    wait: timedelta
    failed: Mapping[str, int]  # failures of each mark, before this try
    ids: Mapping[str, int]  # the failure that was written down for each mark


class Failures:
    """Failed tries, forgotten after a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self,
        marks: Collection[str],
        at: datetime,
        remembered: timedelta,
        wait: Callable[[str, Sequence[datetime]], timedelta],
    ) -> Claim:
        """Ask whether there may be a try now, and if so write it down as failed beforehand.

        `wait` tells how long to wait after the failures of one mark. Because the failure stands before the try
        begins, many tries at once are no more than the limit allows; one that succeeds takes it back by `forgive`.
        """
        with self._database.write() as connection:
            connection.execute(delete(failure).where(failure.c.at < at - remembered))
            query = select(failure.c.mark, failure.c.at).where(failure.c.mark.in_(marks)).order_by(failure.c.at)
            rows = connection.execute(query).all()
            failed = {mark: [row.at for row in rows if row.mark == mark] for mark in marks}
            longest = max(wait(mark, failed[mark]) for mark in marks)
            ids = {} if longest else {mark: _write(connection, mark, at) for mark in marks}
        return Claim(longest, {mark: len(found) for mark, found in failed.items()}, ids)

    def of(self, mark: str) -> list[datetime]:
        """When the failures of a mark were; nothing is written."""
        query = select(failure.c.at).where(failure.c.mark == mark).order_by(failure.c.at)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def forgive(self, mark: str, id_: int = 0) -> None:
        """Forget all failures of a mark, and one other."""
        with self._database.write() as connection:
            connection.execute(delete(failure).where((failure.c.mark == mark) | (failure.c.id == id_)))


def _write(connection: Connection, mark: str, at: datetime) -> int:
    key = connection.execute(insert(failure).values(mark=mark, at=at)).inserted_primary_key
    return int(key[0]) if key else 0
