"""Recovery: senders that are gone leave nothing behind that nobody looks after."""

from datetime import timedelta

from bulletin.deliver import machine
from bulletin.jobs.desk import Desk
from bulletin.model import Recovered, Sender

SILENT = timedelta(minutes=2)  # after which a sender counts as gone of which nothing else is known


def recover(desk: Desk, beside: str = "") -> Recovered:
    """End what senders that are gone left open: nothing of it given away, it waits again; else it is in doubt.

    `beside` is who asks, and is there.
    """
    gone = [one.id for one in desk.store.outbox.senders() if one.id != beside and _is_gone(desk, one)]
    return desk.store.outbox.recover(gone, desk.now()) if gone else Recovered()


def _is_gone(desk: Desk, one: Sender) -> bool:
    known = machine.is_gone(one.machine, one.process)
    return one.seen < desk.now() - SILENT if known is None else known
