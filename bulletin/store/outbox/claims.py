"""Claims: a sender takes one delivery in hand, and nobody else can; nothing goes to whoever left meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, literal, or_, select, update

from bulletin.model import Claim, Pace, Reply, State, Wait
from bulletin.store.desktables import approval_end
from bulletin.store.outbox.rate import wait_until
from bulletin.store.outbox.tables import attempt, delivery, due, ending, halt, member
from bulletin.store.outbox.together import part
from bulletin.store.subscribers.tables import subscriber, subscription, suppression

_MOST_PASSED = 100  # deliveries to people who left, ended in one transaction: others want to write too


@dataclass(frozen=True)
class Terms:
    """On what terms a sender takes deliveries in hand."""

    sender: str  # who it is
    pace: Pace
    marks_of: Callable[[str], tuple[str, ...]]  # the keyed hashes of an address, under every secret
    edition: str = ""  # of this one alone; empty: of all
    anew: datetime | None = None  # what a server asked for before then slows nobody down any more


_TRIES = attempt.c.delivery == delivery.c.id
_ON_LIST = and_(
    subscription.c.subscriber == delivery.c.subscriber,
    subscription.c.bulletin == delivery.c.bulletin,
    subscription.c.list == delivery.c.list,
    subscription.c.left_at.is_(None),
)
_HALTED = select(halt.c.edition).where(halt.c.ended_at.is_(None))
_TOGETHER = delivery.c.id.in_(select(member.c.delivery).where(member.c.lead == bindparam("lead")))
# Of an email, by the delivery that leads it: the parts that their reader does not want any more.
_UNWANTED = (
    select(delivery.c.id)
    .outerjoin(subscription, _ON_LIST)
    .where(
        or_(delivery.c.id == bindparam("lead"), _TOGETHER),
        or_(delivery.c.address == "", delivery.c.subscriber.is_not(None) & subscription.c.list.is_(None)),
    )
)
_SUPPRESSED = select(suppression.c.why).where(suppression.c.mark.in_(bindparam("marks", expanding=True)))
_NEXT = (
    select(
        delivery,
        due.c.at.label("due"),
        due.c.since,
        subscriber.c.paused_until,
        or_(delivery.c.subscriber.is_(None), subscription.c.list.is_not(None)).label("is_on"),
        select(func.max(attempt.c.number)).where(_TRIES).scalar_subquery().label("number"),
        select(func.min(attempt.c.claimed_at)).where(_TRIES).scalar_subquery().label("dated"),
        select(func.count())
        .where(_TRIES, attempt.c.reply == Reply.LATER, attempt.c.claimed_at >= due.c.since)
        .scalar_subquery()
        .label("later"),
    )
    .select_from(due)
    .join(delivery, delivery.c.id == due.c.delivery)
    .outerjoin(subscriber, subscriber.c.id == delivery.c.subscriber)
    .outerjoin(subscription, _ON_LIST)
    .where(
        due.c.at <= bindparam("now"),
        delivery.c.gathers.is_(False),
        delivery.c.edition.not_in(_HALTED),
        literal("").not_in(_HALTED),
        ~select(approval_end.c.approval).where(approval_end.c.approval == delivery.c.approval).exists(),
    )
    .order_by(due.c.at, due.c.delivery)
    .limit(1)
)
_NEXT_OF = _NEXT.where(delivery.c.edition == bindparam("edition"))
_UNDUE = delete(due).where(due.c.delivery == bindparam("delivery"))
_OPENED = insert(attempt).values(reply="", code=0, status="", words="")
_HAND = (
    update(attempt)
    .where(
        attempt.c.delivery == bindparam("lead"),
        attempt.c.number == bindparam("of"),
        attempt.c.ended_at.is_(None),
        attempt.c.handed_at.is_(None),
        literal("").not_in(_HALTED),
        bindparam("of_edition").not_in(_HALTED),
        ~_UNWANTED.exists(),
        ~_SUPPRESSED.exists(),
    )
    .values(handed_at=bindparam("now"))
)


def claim(connection: Connection, terms: Terms, now: datetime) -> Claim | Wait | None:
    """Take what has been due longest; it is nobody else's from then on. None: nothing is due.

    Whoever left, paused or wants nothing any more is passed over: their delivery is over, with the reason.
    """
    for _ in range(_MOST_PASSED):
        row = _next(connection, terms, now)
        if row is None:
            return None
        marks = terms.marks_of(row["address"])
        if why := _why_not(connection, row, marks, now):
            _pass(connection, row["id"], why, now)
        elif row["together"] and (unwanted := _unwanted(connection, row["id"])):
            _part(connection, row["id"], unwanted, now)
        elif until := wait_until(connection, now, terms.pace, terms.anew):
            return Wait(until)
        elif taken := _take(connection, row, terms.sender, marks, now):
            return taken
    return Wait(now)


def hand(connection: Connection, taken: Claim, now: datetime) -> bool:
    """Write down that its content is about to be given away; False when it must not be.

    Somebody took the attempt for lost, the sending was stopped, or the reader left at the last moment.
    """
    known = {"lead": taken.delivery, "of": taken.number, "of_edition": taken.edition}
    return connection.execute(_HAND, {**known, "marks": taken.marks, "now": now}).rowcount == 1


def _next(connection: Connection, terms: Terms, now: datetime) -> RowMapping | None:
    query = _NEXT_OF if terms.edition else _NEXT
    given = {"now": now, "edition": terms.edition} if terms.edition else {"now": now}
    return connection.execute(query, given).mappings().first()


def _why_not(connection: Connection, row: RowMapping, marks: tuple[str, ...], now: datetime) -> str:
    """Why nothing goes to them; empty: it goes. Who left one part of several is told apart by `_unwanted`."""
    if not row["address"]:
        return "asked to be forgotten"
    if not row["is_on"] and not row["together"]:
        return "left the list"
    until = row["paused_until"]
    if until and until > now.date():
        return f"wants nothing before {until.day} {until:%B %Y}"
    why = connection.execute(_SUPPRESSED, {"marks": marks}).scalar()
    return f"gets nothing any more: {why}" if why else ""


def _unwanted(connection: Connection, lead: int) -> list[int]:
    return [*connection.execute(_UNWANTED, {"lead": lead}).scalars()]


def _part(connection: Connection, lead: int, unwanted: list[int], now: datetime) -> None:
    """Take an email apart in which something stands that its reader has left."""
    part(connection, lead, now)
    for one in unwanted:
        _pass(connection, one, "left the list", now)


def _pass(connection: Connection, number: int, why: str, now: datetime) -> None:
    if connection.execute(_UNDUE, {"delivery": number}).rowcount:
        over = {"delivery": number, "state": State.SUPPRESSED, "at": now, "words": why, "by": ""}
        connection.execute(insert(ending).values(over))


def _members(connection: Connection, row: RowMapping) -> list[tuple[int, str]]:
    """What goes in the same email, with the Message-IDs that it would have by itself."""
    if not row["together"]:
        return []
    query = select(delivery.c.id, delivery.c.message_id).where(_TOGETHER).order_by(delivery.c.id)
    return [(found.id, found.message_id) for found in connection.execute(query, {"lead": row["id"]})]


def _take(
    connection: Connection, row: RowMapping, sender: str, marks: tuple[str, ...], now: datetime
) -> Claim | None:
    if connection.execute(_UNDUE, {"delivery": row["id"]}).rowcount != 1:
        return None
    number, since = (row["number"] or 0) + 1, row["since"] or now
    opened = {"delivery": row["id"], "number": number, "sender": sender, "claimed_at": now, "since": since}
    connection.execute(_OPENED, opened)
    same = {name: row[name] for name in ("edition", "bulletin", "list", "recipient", "address", "name", "message_id")}
    return Claim(
        delivery=row["id"],
        number=number,
        **same,
        message=row["together"] or row["message"],
        parts=((row["id"], row["message_id"]), *_members(connection, row)),
        dated=row["dated"] or now,
        due=row["due"],
        since=since,
        later=row["later"],
        marks=marks,
    )
