"""Withdraw: take a draft back, so that its items may be printed again."""

from bulletin.jobs.desk import Desk
from bulletin.jobs.render import unknown_edition


def withdraw(desk: Desk, edition_id: str) -> None:
    """Remove a draft and its place in the count; what was rendered of it stays in output/."""
    if not desk.store.editions.remove(edition_id):
        raise unknown_edition(desk, edition_id)
