"""Forgetting: what was sent to whom is kept 13 months, then as numbers alone (reference bar D8)."""

from calendar import monthrange
from datetime import datetime, timedelta

from bulletin.jobs import followed, restored
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import AT_TERMINAL, deed
from bulletin.store import Forgotten

MONTHS = 13  # a year's report can be made in the month after it
LOGS = timedelta(days=90)


def forget(desk: Desk, who: str = AT_TERMINAL) -> Forgotten:
    """Let go of deliveries and bounces older than 13 months, and of sign-ups that nobody confirmed in time.

    Clicks of days that are over become numbers; what ran by itself, and what the operator was told, goes after 90
    days, of editions after 13 months. Of a SQLite database, what was removed is wiped from its files.
    """
    now = desk.now()
    before = months_before(now, MONTHS)
    followed.settle(desk)
    restored.trim(desk, before)  # first: it keeps what the database does not know
    gone = desk.store.retention.forget(before, now)
    desk.store.turns.forget(now - LOGS, before)
    desk.store.alerts.forget(now - LOGS)
    if gone.editions:
        told = f"{gone.deliveries} deliveries of {len(gone.editions)} editions"
        desk.store.deeds.add(deed(desk, who, "forgot what was sent", gone.editions[-1], after=told))
    desk.store.wipe()
    return gone


def months_before(now: datetime, months: int) -> datetime:
    """The same instant some months earlier; on the last day of a month that is shorter."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))
