"""What came back: each email that told of it once, whose it is, and what it stopped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, true, update

from bulletin.model import Bounce, BounceKind, State
from bulletin.store.database import Database
from bulletin.store.outbox.tables import attempt, delivery, ending, mail_read, member
from bulletin.store.outbox.tables import bounce as table

_COUNTING = (BounceKind.HARD, BounceKind.SOFT)
_STOPPING = (*_COUNTING, BounceKind.COMPLAINT)
_MOST_TOLD = 200


@dataclass(frozen=True)
class About:
    """The delivery that an email is about; of several that went in one email, the one that leads it."""

    delivery: int
    subscriber: str | None  # id; None: an address for all, or somebody who was erased
    edition: str
    was_handed: bool  # its content was given to a mail server once, or was about to be
    held_since: datetime | None  # a sender has it in hand since then; None: nobody


@dataclass(frozen=True)
class BounceRow:
    """Something that came back, and whose it is."""

    bounce: Bounce
    subscriber: str | None  # id
    delivery: int | None
    stopped_at: datetime | None  # when it, among others, stopped email to the person


class Bounces:
    """Rows are added and never changed, but for what marks them as the reason why email was stopped."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_known(self, digest: str) -> bool:
        """Whether the email with this digest was counted already."""
        with self._database.read() as connection:
            return _is_known(connection, digest)

    def about(self, deliveries: Sequence[int], message_ids: Sequence[str]) -> About | None:
        """Find what an email is about: the first of these deliveries or Message-IDs that is one of ours.

        One that was handed over goes before one that was not.
        """
        with self._database.read() as connection:
            named = _named(connection, deliveries, message_ids)
            found = [_about(connection, number) for number in named]
        return max(found, key=lambda one: one.was_handed, default=None)

    def add(self, digest: str, one: Bounce, subscriber: str | None, delivery_: int | None = None) -> bool:
        """Count something that came back; False when the email with this digest was counted before."""
        row = {**asdict(one), "digest": digest, "subscriber": subscriber, "delivery": delivery_}
        with self._database.write() as connection:
            is_new = not _is_known(connection, digest)
            if is_new:
                connection.execute(insert(table).values(row))
            return is_new

    def counting(self, subscriber: str | None = None) -> dict[str, list[Bounce]]:
        """What came back hard or soft since email was last stopped, by person: of one, or of all."""
        counts = table.c.kind.in_(_COUNTING) & table.c.stopped_at.is_(None)
        whose = table.c.subscriber == subscriber if subscriber else table.c.subscriber.is_not(None)
        found: dict[str, list[Bounce]] = {}
        with self._database.read() as connection:
            for row in connection.execute(select(table).where(counts, whose).order_by(table.c.id)).mappings():
                found.setdefault(row["subscriber"], []).append(_bounce(row))
        return found

    def stop(self, subscriber: str, at: datetime) -> None:
        """Mark what came back from somebody as what stopped email to them, so that a release begins anew."""
        open_ = table.c.subscriber == subscriber, table.c.stopped_at.is_(None), table.c.kind.in_(_STOPPING)
        with self._database.write() as connection:
            connection.execute(update(table).where(*open_).values(stopped_at=at))

    def stopped(self, since: datetime) -> dict[str, datetime]:
        """To whom email was stopped because of what came back, and when, the latest first."""
        when = func.max(table.c.stopped_at).label("stopped_at")
        late = table.c.stopped_at >= since, table.c.subscriber.is_not(None)
        query = select(table.c.subscriber, when).where(*late).group_by(table.c.subscriber).order_by(when.desc())
        with self._database.read() as connection:
            return {row.subscriber: row.stopped_at for row in connection.execute(query)}

    def of(self, subscriber: str) -> list[BounceRow]:
        """What came back from somebody, the latest first."""
        return self.latest(subscriber=subscriber)

    def latest(self, most: int = _MOST_TOLD, subscriber: str | None = None) -> list[BounceRow]:
        """What came back last, from one person or from all."""
        whose = table.c.subscriber == subscriber if subscriber else true()
        query = select(table).where(whose).order_by(table.c.id.desc()).limit(most)
        with self._database.read() as connection:
            return [_row(row) for row in connection.execute(query).mappings()]

    def counts(self, edition: str) -> Counter[BounceKind]:
        """From how many deliveries of an edition something came back, by what it was."""
        query = select(table.c.kind, func.count(table.c.delivery.distinct())).where(table.c.edition == edition)
        with self._database.read() as connection:
            return Counter(
                {BounceKind(kind): many for kind, many in connection.execute(query.group_by(table.c.kind))}
            )

    def settle(self, at: datetime) -> int:
        """End the doubts about which something came back since they were last tried; gives how many.

        It failed if a report says so; any other shows that the mail server had taken it.
        """
        with self._database.write() as connection:
            told = _told_of_doubts(connection)
            for number, bounces in told.items():
                failed = [one for one in bounces if _has_failed(one)]
                words = f"came back: {failed[0].status} {failed[0].words}" if failed else "an answer to it came back"
                over = {"state": State.FAILED if failed else State.SENT, "at": at, "words": words.strip()}
                connection.execute(update(ending).where(ending.c.delivery == number).values(over))
            return len(told)

    def validator(self, place: str) -> str | None:
        """How far a place was read."""
        with self._database.read() as connection:
            return connection.execute(select(mail_read.c.validator).where(mail_read.c.place == place)).scalar()

    def keep_validator(self, place: str, validator: str, at: datetime) -> None:
        """Write down how far a place was read."""
        with self._database.write() as connection:
            connection.execute(delete(mail_read).where(mail_read.c.place == place))
            connection.execute(insert(mail_read).values(place=place, validator=validator, at=at))


def _is_known(connection: Connection, digest: str) -> bool:
    return connection.execute(select(table.c.id).where(table.c.digest == digest)).first() is not None


def _named(connection: Connection, deliveries: Sequence[int], message_ids: Sequence[str]) -> list[int]:
    """The ids of deliveries that exist, those named by number first, in the order given."""
    known: dict[object, int] = {}
    # Two questions: an index answers each, and neither is asked about nothing, for which all rows would be read.
    for key, wanted in ((delivery.c.id, deliveries), (delivery.c.message_id, message_ids)):
        if wanted:
            known |= {
                told: id_ for id_, told in connection.execute(select(delivery.c.id, key).where(key.in_(wanted)))
            }
    order: tuple[object, ...] = (*deliveries, *message_ids)
    return list(dict.fromkeys(known[one] for one in order if one in known))


def _about(connection: Connection, number: int) -> About:
    lead = connection.execute(select(member.c.lead).where(member.c.delivery == number)).scalar() or number
    row = connection.execute(select(delivery).where(delivery.c.id == lead)).mappings().one()
    tries = connection.execute(select(attempt).where(attempt.c.delivery == lead)).mappings().all()
    held = [one["claimed_at"] for one in tries if one["ended_at"] is None]
    was_handed = any(one["handed_at"] is not None for one in tries)
    return About(lead, row["subscriber"], row["edition"], was_handed, held[0] if held else None)


def _told_of_doubts(connection: Connection) -> dict[int, list[Bounce]]:
    """What came back about deliveries in doubt since their last try."""
    last = select(func.max(attempt.c.claimed_at)).where(attempt.c.delivery == table.c.delivery).scalar_subquery()
    query = (
        select(table)
        .join(ending, ending.c.delivery == table.c.delivery)
        .where(ending.c.state == State.IN_DOUBT, table.c.at >= last)
        .order_by(table.c.id)
    )
    found: dict[int, list[Bounce]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["delivery"], []).append(_bounce(row))
    return found


def _has_failed(one: Bounce) -> bool:
    return one.kind in _COUNTING or (one.kind is BounceKind.OTHER and one.status.startswith("5"))


def _bounce(row: RowMapping) -> Bounce:
    return Bounce(BounceKind(row["kind"]), row["edition"], row["at"], row["status"], row["words"])


def _row(row: RowMapping) -> BounceRow:
    return BounceRow(_bounce(row), row["subscriber"], row["delivery"], row["stopped_at"])
