"""What became of editions, as numbers for reports: whom they reached, and who left because of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from bulletin.model import BounceKind, Did, State, Way
from bulletin.store.database import Database
from bulletin.store.outbox.tables import bounce, delivery, delivery_count, delivery_state, ending, member
from bulletin.store.rows import chunks
from bulletin.store.subscribers.tables import consent

_WEEK = timedelta(days=7)
_BY_ITS_LINK = (Way.LINK, Way.ONE_CLICK, Way.MAIL)
_CAME_BACK = (BounceKind.HARD, BounceKind.SOFT)
_lead = func.coalesce(member.c.lead, delivery.c.id)  # the delivery whose email this one goes in
_with_lead = delivery.outerjoin(member, member.c.delivery == delivery.c.id)
ByList = Counter[tuple[str, str]]  # edition and list

# What people did about a list that had brought them something, with everything that it had brought them before.
_left = (consent.c.did == Did.LEFT) & consent.c.way.in_(_BY_ITS_LINK)
_DID = (
    select(consent, delivery.c.edition, ending.c.at.label("sent_at"))
    .select_from(
        _with_lead.join(ending, ending.c.delivery == _lead).join(
            consent,
            (consent.c.subscriber == delivery.c.subscriber)
            & (consent.c.bulletin == delivery.c.bulletin)
            & (consent.c.list == delivery.c.list),
        )
    )
    .where(ending.c.state == State.SENT, ending.c.at <= consent.c.at, _left | (consent.c.did == Did.CAME_BACK))
    .order_by(consent.c.id, ending.c.at.desc(), delivery.c.id.desc())
)


@dataclass(frozen=True)
class People:
    """Different people to whom something was sent: in all, and by bulletin and list."""

    total: int
    by_list: Counter[tuple[str, str]]


class Results:
    """Numbers of editions; of those that are kept as counts alone, what the counts say."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self, editions: Collection[str]) -> Counter[tuple[str, str, State]]:
        """Count deliveries by edition, list and state; those that are over for long count too."""
        live, kept = delivery_state.c, delivery_count.c
        found = Counter[tuple[str, str, State]]()
        queries = (
            select(live.edition, live.list, live.state, func.count()).group_by(live.edition, live.list, live.state),
            select(kept.edition, kept.list, kept.state, kept.people),
        )
        for query, of in zip(queries, (live.edition, kept.edition), strict=True):
            for edition, list_, state, number in self._rows(query, of, editions):
                found[edition, list_, State(state)] += number
        return found

    def counted(self, editions: Collection[str]) -> frozenset[str]:
        """Name those of these editions of which only counts are kept, at least in part."""
        rows = self._rows(select(delivery_count.c.edition).distinct(), delivery_count.c.edition, editions)
        return frozenset(edition for (edition,) in rows)

    def came_back(self, editions: Collection[str]) -> ByList:
        """Count what was sent and could not be brought, as an email told later."""
        told = select(bounce.c.delivery).where(bounce.c.kind.in_(_CAME_BACK), bounce.c.delivery.is_not(None))
        sent = select(ending.c.delivery).where(ending.c.state == State.SENT)
        query = select(delivery.c.edition, delivery.c.list, func.count()).select_from(_with_lead)
        query = query.where(_lead.in_(told), _lead.in_(sent)).group_by(delivery.c.edition, delivery.c.list)
        return Counter({(one, of): number for one, of, number in self._rows(query, delivery.c.edition, editions)})

    def reasons(self, editions: Collection[str]) -> Counter[tuple[str, str, str]]:
        """Count to whom nothing was sent, by edition, list and reason in words."""
        of = (delivery.c.edition, delivery.c.list, ending.c.words)
        query = select(*of, func.count()).select_from(_with_lead.join(ending, ending.c.delivery == _lead))
        query = query.where(ending.c.state == State.SUPPRESSED).group_by(*of)
        return Counter({(row[0], row[1], row[2]): row[3] for row in self._rows(query, delivery.c.edition, editions)})

    def people(self, editions: Collection[str]) -> People:
        """Count different people to whom something was sent; a list with one address for all has none."""
        live = delivery_state.c
        query = select(live.bulletin, live.list, live.recipient).distinct()
        query = query.where(live.state == State.SENT, live.recipient.not_like("@%"))
        rows = {tuple(row) for row in self._rows(query, live.edition, editions)}
        total = len({recipient for _, _, recipient in rows})
        return People(total, Counter((bulletin, of) for bulletin, of, _ in rows))

    def left(self, editions: Collection[str]) -> tuple[ByList, ByList]:
        """Count who left a list by a link within a week of its last edition to them, and who of them undid it."""
        with self._database.read() as connection:
            rows = connection.execute(_DID).all()
        left, back, gone = ByList(), ByList(), dict[tuple[str, str, str], tuple[str, str]]()
        for one in _last_before(rows):
            place = (one.subscriber, one.bulletin, one.list)
            if one.did == Did.LEFT:
                gone[place] = (one.edition, one.list)
                left[one.edition, one.list] += one.edition in editions
            elif place in gone:
                cause = gone.pop(place)
                back[cause] += cause[0] in editions
        return +left, +back

    def _rows(self, query: Select[Any], of: ColumnElement[str], editions: Collection[str]) -> list[Any]:
        with self._database.read() as connection:
            return [row for chunk in chunks(editions) for row in connection.execute(query.where(of.in_(chunk)))]


def _last_before(rows: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
    """Each deed with the last thing that came before it; who leaves more than a week later has other reasons."""
    known = set[int]()
    for row in rows:
        if row.id not in known:
            known.add(row.id)
            if row.did == Did.CAME_BACK or row.at - row.sent_at <= _WEEK:
                yield row
