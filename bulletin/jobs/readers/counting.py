"""How often a network address may send what is wrong, or ask for mail (reference bar W6).

Each purpose is counted apart from failed log-ins: what a hospital's readers do must not shut its librarians out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bulletin.errors import WaitError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.visitor import Visitor
from bulletin.people import limits

WRONG_LINKS, SIGN_UPS = "readers' links that are wrong", "sign-ups"  # purposes


def count(desk: Desk, visitor: Visitor, purpose: str) -> None:
    """Write down that somebody did it once more; raises WaitError, and writes nothing, when that is too often."""
    now = desk.now()
    marks = (_mark(visitor, purpose),)
    claim = desk.store.failures.claim(marks, now, limits.REMEMBERED, lambda _, failures: _wait(failures, now))
    _refuse(claim.wait)


def refuse(desk: Desk, visitor: Visitor, purpose: str) -> None:
    """Raise WaitError for who did it too often; nothing is written."""
    _refuse(_wait(desk.store.failures.of(_mark(visitor, purpose)), desk.now()))


def _mark(visitor: Visitor, purpose: str) -> str:
    return visitor.mark(purpose, visitor.address)


def _wait(failures: Iterable[datetime], now: datetime) -> timedelta:
    return limits.wait([*failures], limits.ADDRESS, now)


def _refuse(wait: timedelta) -> None:
    if wait:
        raise WaitError(f"there were too many tries from here: try again in {limits.in_words(wait)}")
