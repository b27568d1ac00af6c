"""Halts: nothing of an edition is sent while one is open, or nothing at all; each is a line on the record."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from bulletin.model import Deed, Halt, Reply
from bulletin.store.deeds import append
from bulletin.store.outbox.tables import attempt, delivery
from bulletin.store.outbox.tables import halt as table
from bulletin.store.outbox.together import part_waiting

MACHINE = "the sender"  # who did it on the record, where nobody pressed a button
STRIKES = 3  # messages refused alike for a fault of ours before an edition is held (reference bar R9)

_OPEN = table.c.ended_at.is_(None)
HALTED = select(table.c.edition).where(_OPEN)  # the editions that are held; an empty one stands for all of them


def add_halt(connection: Connection, halt: Halt) -> bool:
    """Hold an edition, or everything; False when it is held for the same reason already."""
    same = table.c.edition == halt.edition, table.c.by == halt.by, table.c.why == halt.why
    if connection.execute(select(table.c.id).where(_OPEN, *same)).first():
        return False
    part_waiting(connection, halt.edition, halt.at)  # what goes together with it goes on without it
    kept = {name: getattr(halt, name) for name in ("edition", "at", "by", "why", "is_final")}
    connection.execute(insert(table).values(**kept, ended_by=""))
    did = "cancelled the sending" if halt.is_final else "held the sending"
    append(connection, Deed(halt.at, halt.by or MACHINE, did, halt.edition or "all editions", "", halt.why))
    return True


def end_halts(connection: Connection, edition: str, by: str, at: datetime, *, final: bool = False) -> int:
    """Let an edition go on, or everything that was held at once; gives how many halts that ended.

    One that was cancelled stays so, unless its approval goes (`final`).
    """
    which = _OPEN, table.c.edition == edition, table.c.is_final.is_(final)
    ended = connection.execute(update(table).where(*which).values(ended_at=at, ended_by=by)).rowcount
    if ended and not final:
        append(connection, Deed(at, by, "let the sending go on", edition or "all editions"))
    return ended


def open_halts(connection: Connection, edition: str | None = None) -> list[Halt]:
    """Read what holds an edition, with what holds everything; without one, every halt that is open."""
    query = select(table).where(_OPEN).order_by(table.c.id)
    if edition is not None:
        query = query.where(table.c.edition.in_(["", edition]))
    return [_halt(row) for row in connection.execute(query).mappings()]


def is_cancelled(connection: Connection, edition: str) -> bool:
    """Whether an edition was cancelled."""
    here = select(table.c.id).where(_OPEN, table.c.edition == edition, table.c.is_final)
    return connection.execute(here).first() is not None


def strike(connection: Connection, edition: str, why: str, now: datetime) -> None:
    """Hold an edition when enough of its messages were refused for a fault of ours since it was last let go on."""
    ends = select(func.max(table.c.ended_at)).where(table.c.edition.in_(["", edition]))
    since = connection.execute(ends).scalar()
    query = (
        select(func.count())
        .select_from(attempt.join(delivery, delivery.c.id == attempt.c.delivery))
        .where(delivery.c.edition == edition, attempt.c.reply == Reply.POLICY)
    )
    if since:
        query = query.where(attempt.c.ended_at > since)
    if connection.execute(query).scalar_one() >= STRIKES:
        add_halt(connection, Halt(0, edition, now, "", why))


def _halt(row: RowMapping) -> Halt:
    return Halt(**{name: row[name] for name in ("id", "edition", "at", "by", "why", "is_final")})
