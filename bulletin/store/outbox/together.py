"""Several editions in one email: what goes with what, and how they come apart again."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from bulletin.store.outbox.tables import delivery, due, member


def part(connection: Connection, lead: int, at: datetime) -> list[int]:
    """Take an email of several editions apart: each waits by itself again, to be put together anew.

    Gives the deliveries that were in it beside the one that led it, which keeps its own row in `due` if it has one.
    """
    parted = [*connection.execute(delete(member).where(member.c.lead == lead).returning(member.c.delivery)).scalars()]
    here = delivery.c.id.in_([lead, *parted])
    connection.execute(update(delivery).where(here).values(together=None, gathers=True))
    if parted:
        connection.execute(insert(due), [{"delivery": one, "at": at} for one in parted])
    return parted


def part_waiting(connection: Connection, edition: str, at: datetime) -> None:
    """Take every email apart that waits and has an edition in it, so that what is done to that touches no other."""
    ours = select(delivery.c.id).where(delivery.c.edition == edition).scalar_subquery()
    leads = select(member.c.lead).where(or_(member.c.delivery.in_(ours), member.c.lead.in_(ours)))
    waiting = leads.where(member.c.lead.in_(select(due.c.delivery))).distinct()
    for lead in connection.execute(waiting).scalars().all():
        part(connection, lead, at)


def lead_of(connection: Connection, number: int) -> int:
    """Give the delivery that stands for this one: itself, or that which leads the email it goes in."""
    return connection.execute(select(member.c.lead).where(member.c.delivery == number)).scalar() or number
