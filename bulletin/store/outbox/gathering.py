"""Gathering: what is due together for one person, and the one email that is made of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from bulletin.model import Frozen, Rhythm
from bulletin.store.database import Database
from bulletin.store.outbox.claims import APPROVED, ON_LIST
from bulletin.store.outbox.halts import HALTED
from bulletin.store.outbox.laying import freeze
from bulletin.store.outbox.tables import attempt, delivery, due, list_page, member
from bulletin.store.rows import chunks
from bulletin.store.subscribers.tables import subscriber, subscription


@dataclass(frozen=True)
class Ripe:
    """A delivery that is due, and may go in one email with others of its person."""

    delivery: int
    approval: int
    edition: str
    bulletin: str
    list: str
    subscriber: str
    rhythm: Rhythm  # of the person today
    headings: tuple[str, ...]  # topic ids that they chose on this list by today; none: all


@dataclass(frozen=True)
class Together:
    """One email of several editions: the message, and the deliveries that go in it, of which the first leads."""

    message: Frozen
    deliveries: tuple[int, ...]


_RIPE = (
    select(
        *(delivery.c[name] for name in ("approval", "edition", "bulletin", "list", "subscriber")),
        delivery.c.id.label("delivery"),
        subscriber.c.rhythm,
        subscription.c.headings,
    )
    .join(due, due.c.delivery == delivery.c.id)
    .join(subscriber, subscriber.c.id == delivery.c.subscriber)
    .join(subscription, ON_LIST)
    .where(
        delivery.c.gathers.is_(True),
        delivery.c.edition.not_in(HALTED),
        literal("").not_in(HALTED),
        ~select(attempt.c.delivery).where(attempt.c.delivery == delivery.c.id).exists(),
        ~select(member.c.delivery).where(member.c.lead == delivery.c.id).exists(),
        APPROVED,
    )
    .order_by(delivery.c.id)
)


class Gathering:
    """What goes together; only what was never tried is put together, so that no message changes on its way."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ripe(self, now: datetime) -> list[Ripe]:
        """Read what is due by now and may go with others: of people still on its list, held by nobody."""
        with self._database.read() as connection:
            rows = connection.execute(_RIPE.where(due.c.at <= now)).mappings().all()
        return [Ripe(**{**row, "rhythm": Rhythm(row["rhythm"]), "headings": tuple(row["headings"])}) for row in rows]

    def pages(self, approvals: Collection[int]) -> dict[tuple[int, str], Mapping[str, Any]]:
        """Read what was approved in words, by approval and list."""
        query = select(list_page)
        with self._database.read() as connection:
            return {
                (row["approval"], row["list"]): row["page"]
                for chunk in chunks(approvals)
                for row in connection.execute(query.where(list_page.c.approval.in_(chunk))).mappings()
            }

    def put_together(self, found: Iterable[Together], now: datetime) -> int:
        """Have deliveries go in one email each, all at once; gives how many emails that makes.

        One of which a part is not ripe any more, because somebody was faster, is left as it is.
        """
        with self._database.write() as connection:
            ripe = {row.delivery for row in connection.execute(_RIPE.where(due.c.at <= now))}
            good = [one for one in found if ripe.issuperset(one.deliveries)]
            if good:
                _bind(connection, good)
            return len(good)


def _bind(connection: Connection, good: Sequence[Together]) -> None:
    """Write it down in few statements, however many people there are: others want to write too."""
    freeze(connection, [one.message for one in good])
    pairs = [{"delivery": other, "lead": one.deliveries[0]} for one in good for other in one.deliveries[1:]]
    connection.execute(insert(member), pairs)
    leading = [{"of": one.deliveries[0], "digest": one.message.digest} for one in good]
    lead = update(delivery).where(delivery.c.id == bindparam("of")).values(together=bindparam("digest"))
    connection.execute(lead, leading)
    for chunk in chunks([number for one in good for number in one.deliveries]):
        connection.execute(update(delivery).where(delivery.c.id.in_(chunk)).values(gathers=False))
    _undue(connection, [pair["delivery"] for pair in pairs])


def _undue(connection: Connection, numbers: list[int]) -> None:
    for chunk in chunks(numbers):
        connection.execute(delete(due).where(due.c.delivery.in_(chunk)))
