"""Claims: a sender takes one delivery in hand, and nobody else can; nothing goes to whoever left meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, literal, or_, select

from bulletin.model import Claim, Pace, Reply, State, Wait
from bulletin.store.desktables import approval_end
from bulletin.store.outbox.halts import HALTED
from bulletin.store.outbox.rate import wait_until
from bulletin.store.outbox.tables import attempt, delivery, due, ending, member
from bulletin.store.outbox.together import part
from bulletin.store.subscribers.tables import subscriber, subscription, suppression

_MOST_PASSED = 100  # deliveries looked at in one transaction: others want to write too
_Marks = tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """On what terms a sender takes deliveries in hand."""

    sender: str  # who it is
    pace: Pace
    marks_of: Callable[[str], _Marks]  # the keyed hashes of an address, under every secret
    edition: str = ""  # of this one alone; empty: of all
    most: int = 1  # in hand at once, where no pace is set
    anew: datetime | None = None  # what a server asked for before then slows nobody down any more


_TRIES = attempt.c.delivery == delivery.c.id
# Whose person is on the list now.
ON_LIST = and_(
    subscription.c.subscriber == delivery.c.subscriber,
    subscription.c.bulletin == delivery.c.bulletin,
    subscription.c.list == delivery.c.list,
    subscription.c.left_at.is_(None),
)
# Of an approval that nobody took back.
APPROVED = ~select(approval_end.c.approval).where(approval_end.c.approval == delivery.c.approval).exists()
_TOGETHER = delivery.c.id.in_(select(member.c.delivery).where(member.c.lead == bindparam("lead")))
# Of an email, by the delivery that leads it: the parts that their reader does not want any more.
UNWANTED = (
    select(delivery.c.id)
    .outerjoin(subscription, ON_LIST)
    .where(
        or_(delivery.c.id == bindparam("lead"), _TOGETHER),
        or_(delivery.c.address == "", delivery.c.subscriber.is_not(None) & subscription.c.list.is_(None)),
    )
)
_STOPPED = select(suppression.c.mark, suppression.c.why).where(
    suppression.c.mark.in_(bindparam("marks", expanding=True))
)
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
    .outerjoin(subscription, ON_LIST)
    .where(
        due.c.at <= bindparam("now"),
        delivery.c.gathers.is_(False),
        delivery.c.edition.not_in(HALTED),
        literal("").not_in(HALTED),
        APPROVED,
    )
    .order_by(due.c.at, due.c.delivery)
    .limit(bindparam("most"))
)
_NEXT_OF = _NEXT.where(delivery.c.edition == bindparam("edition"))
_UNDUE = delete(due).where(due.c.delivery.in_(bindparam("ours", expanding=True))).returning(due.c.delivery)


def claim(connection: Connection, terms: Terms, now: datetime) -> tuple[Claim, ...] | Wait | None:
    """Take what has been due longest; it is nobody else's from then on. None: nothing is due.

    Whoever left, paused or wants nothing any more is passed over: their delivery is over, with the reason. Who is
    held to a pace takes one at a time.
    """
    most = 1 if terms.pace.a_minute or terms.pace.a_day else terms.most
    for _ in range(_MOST_PASSED // most):
        rows = _next(connection, terms, now, most)
        if not rows:
            return None
        wanted = [row for row in rows if _is_wanted(connection, row, now)]
        marks = {row["id"]: terms.marks_of(row["address"]) for row in wanted}
        stopped = _stopped(connection, marks)
        for number, why in stopped.items():
            _pass(connection, number, f"gets nothing any more: {why}", now)
        left = [row for row in wanted if row["id"] not in stopped]
        if left and (until := wait_until(connection, now, terms.pace, terms.anew)):
            return Wait(until)
        if taken := _take(connection, left, terms.sender, marks, now):
            return taken
    return Wait(now)


def _next(connection: Connection, terms: Terms, now: datetime, most: int) -> Sequence[RowMapping]:
    query = _NEXT_OF if terms.edition else _NEXT
    given = {"now": now, "most": most} | ({"edition": terms.edition} if terms.edition else {})
    return connection.execute(query, given).mappings().all()


def _is_wanted(connection: Connection, row: RowMapping, now: datetime) -> bool:
    """Whether its reader wants it; if not, it is over or taken apart."""
    until = row["paused_until"]
    if not row["address"]:
        _pass(connection, row["id"], "asked to be forgotten", now)
    elif until and until > now.date():
        _pass(connection, row["id"], f"wants nothing before {until.day} {until:%B %Y}", now)
    elif row["together"] and (unwanted := _unwanted(connection, row["id"])):
        part(connection, row["id"], now)
        for one in unwanted:
            _pass(connection, one, "left the list", now)
    elif not row["is_on"] and not row["together"]:
        _pass(connection, row["id"], "left the list", now)
    else:
        return True
    return False


def _stopped(connection: Connection, marks: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Which of these deliveries, told with the marks of their addresses, go to nobody any more, and why."""
    every = [mark for theirs in marks.values() for mark in theirs]
    found = dict(map(tuple, connection.execute(_STOPPED, {"marks": every}))) if every else {}
    stopped = ((number, [found[one] for one in theirs if one in found]) for number, theirs in marks.items())
    return {number: why[0] for number, why in stopped if why}


def _unwanted(connection: Connection, lead: int) -> list[int]:
    return [*connection.execute(UNWANTED, {"lead": lead}).scalars()]


def _pass(connection: Connection, number: int, why: str, now: datetime) -> None:
    if connection.execute(_UNDUE, {"ours": [number]}).first():
        over = {"delivery": number, "state": State.SUPPRESSED, "at": now, "words": why, "by": ""}
        connection.execute(insert(ending).values(over))


def _take(
    connection: Connection, rows: Sequence[RowMapping], sender: str, marks: Mapping[int, _Marks], now: datetime
) -> tuple[Claim, ...]:
    ours = {*connection.execute(_UNDUE, {"ours": [row["id"] for row in rows]}).scalars()} if rows else set()
    taken = tuple(_claim(connection, row, marks[row["id"]], now) for row in rows if row["id"] in ours)
    if taken:
        connection.execute(insert(attempt), [_opened(one, sender, now) for one in taken])
    return taken


def _opened(one: Claim, sender: str, now: datetime) -> dict[str, object]:
    told = {"delivery": one.delivery, "number": one.number, "sender": sender, "claimed_at": now, "since": one.since}
    return {**told, "reply": "", "code": 0, "status": "", "words": ""}


def _claim(connection: Connection, row: RowMapping, marks: _Marks, now: datetime) -> Claim:
    same = {name: row[name] for name in ("edition", "bulletin", "list", "recipient", "address", "name", "message_id")}
    return Claim(
        delivery=row["id"],
        number=(row["number"] or 0) + 1,
        **same,
        message=row["together"] or row["message"],
        parts=((row["id"], row["message_id"]), *_members(connection, row)),
        dated=row["dated"] or now,
        due=row["due"],
        since=row["since"] or now,
        later=row["later"],
        marks=marks,
    )


def _members(connection: Connection, row: RowMapping) -> list[tuple[int, str]]:
    """What goes in the same email, with the Message-IDs that it would have by itself."""
    if not row["together"]:
        return []
    query = select(delivery.c.id, delivery.c.message_id).where(_TOGETHER).order_by(delivery.c.id)
    return [(found.id, found.message_id) for found in connection.execute(query, {"lead": row["id"]})]
