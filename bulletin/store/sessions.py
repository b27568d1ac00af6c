"""Sessions: who is at the desk, by the digest of a token that the browser alone knows."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from bulletin.model import Deed, Session
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.editors import read_editors
from bulletin.store.peopletables import editor
from bulletin.store.peopletables import session as table


class Sessions:
    """Begun at log-in, gone at log-out; each beginning and end is written together with the line that tells of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, digest: str, session: Session, deed: Deed, stale: datetime) -> bool:
        """Begin a session and forget those from before `stale`; False when the person was disabled meanwhile."""
        values = {"began": session.began, "last_seen": session.last_seen, "browser": session.browser}
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.began < stale))
            if not _is_active(connection, session.editor.id):
                return False
            connection.execute(insert(table).values(**values, digest=digest, editor=session.editor.id))
            append(connection, deed)
        return True

    def get(self, digest: str) -> Session | None:
        """The session of a token, while the person is active."""
        found = self._read((table.c.digest == digest) & editor.c.disabled_at.is_(None))
        return found[0] if found else None

    def of(self, editor_id: str) -> list[Session]:
        """The sessions of a person, the newest first."""
        return self._read(table.c.editor == editor_id)

    def seen(self, id_: int, at: datetime) -> None:
        """Write down that somebody is still there."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == id_).values(last_seen=at))

    def end(self, editor_id: str, id_: int, deed: Deed) -> bool:
        """End one session of this person; False when the person has none of this number."""
        with self._database.write() as connection:
            mine = (table.c.id == id_) & (table.c.editor == editor_id)
            ended = connection.execute(delete(table).where(mine)).rowcount == 1
            if ended:
                append(connection, deed)
        return ended

    def end_all(self, editor_id: str, deed: Deed, but: int = 0) -> int:
        """End every session of a person but one; gives how many."""
        with self._database.write() as connection:
            mine = (table.c.editor == editor_id) & (table.c.id != but)
            ended = connection.execute(delete(table).where(mine)).rowcount
            append(connection, deed)
        return ended

    def _read(self, condition: ColumnElement[bool]) -> list[Session]:
        query = select(table).join(editor).where(condition).order_by(table.c.id.desc())
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            who = {one.id: one for one in read_editors(connection, editor.c.id.in_({row.editor for row in rows}))}
        return [Session(row.id, who[row.editor], row.began, row.last_seen, row.browser) for row in rows]


def _is_active(connection: Connection, editor_id: str) -> bool:
    query = select(editor.c.id).where(editor.c.id == editor_id, editor.c.disabled_at.is_(None))
    return connection.execute(query).scalar() is not None
