"""An approval that ends takes its deliveries with it, unless one of them was given away: then it stands."""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from bulletin.errors import ApprovedError
from bulletin.model import State
from bulletin.store.outbox.halts import end_halts
from bulletin.store.outbox.tables import attempt, bounce, delivery, delivery_count, due, ending, member
from bulletin.store.outbox.together import part

_WRITTEN_TO = (State.SENT, State.FAILED, State.IN_DOUBT)


def withdraw(connection: Connection, approval: int, edition: str, by: str, at: datetime) -> None:
    """Forget who was to get an edition; raises ApprovedError when something of it went out already."""
    if went := connection.execute(_gone_out(approval)).scalar_one() + _counted(connection, edition):
        people = "1 person" if went == 1 else f"{went} people"
        raise ApprovedError(f"{edition} has gone to {people}: it stays as it is, a correction goes into the next one")
    ours = select(delivery.c.id).where(delivery.c.approval == approval).scalar_subquery()
    leads = select(member.c.lead).where(or_(member.c.delivery.in_(ours), member.c.lead.in_(ours))).distinct()
    for lead in connection.execute(leads).scalars().all():
        part(connection, lead, at)
    connection.execute(update(bounce).where(bounce.c.delivery.in_(ours)).values(delivery=None))
    for table in (due, attempt, ending):
        connection.execute(delete(table).where(table.c.delivery.in_(ours)))
    connection.execute(delete(delivery).where(delivery.c.approval == approval))
    end_halts(connection, edition, by, at)
    end_halts(connection, edition, by, at, final=True)


def _gone_out(approval: int) -> Select[int]:
    """Count the deliveries of an approval whose content was ever given away, by themselves or with others."""
    stands = func.coalesce(member.c.lead, delivery.c.id)
    handed = select(attempt.c.delivery).where(attempt.c.delivery == stands, attempt.c.handed_at.is_not(None)).exists()
    joined = delivery.outerjoin(member, member.c.delivery == delivery.c.id)
    return select(func.count()).select_from(joined).where(delivery.c.approval == approval, handed)


def _counted(connection: Connection, edition: str) -> int:
    """How many people of an edition were written to so long ago that their number alone is kept."""
    kept = delivery_count.c
    query = select(func.sum(kept.people)).where(kept.edition == edition, kept.state.in_(_WRITTEN_TO))
    return connection.execute(query).scalar() or 0
