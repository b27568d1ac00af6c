"""Withdraw: take a draft back, so that its items may be printed again."""

from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import AT_TERMINAL, record
from bulletin.jobs.render import unknown_edition


def withdraw(desk: Desk, edition_id: str, who: str = AT_TERMINAL) -> None:
    """Remove a draft and its place in the count; what was rendered of it stays in output/."""
    if not desk.store.editions.remove(edition_id):
        raise unknown_edition(desk, edition_id)
    record(desk, who, "took a draft back", edition_id)
