"""Who knocks at the door, and how often they may."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bulletin.errors import WaitError
from bulletin.jobs.desk import Desk
from bulletin.people import limits
from bulletin.people.tokens import Keys


@dataclass(frozen=True)
class Visitor:
    """Somebody who wants in; `keys` are the newsroom's, so that the store learns no address."""

    keys: Keys
    address: str = field(repr=False)  # of the network
    browser: str = ""

    def mark(self, purpose: str, about: str) -> str:
        """What failures of an account are counted under."""
        return self.keys.mark(f"failures of {purpose}", about)

    def place(self) -> str:
        """What failures from this network address are counted under."""
        return self.keys.mark("failures from an address", self.address)


@dataclass
class Try:
    """One try that may be made; it counts as failed until `ok` is set."""

    failed: int  # tries of this account that failed before it
    ok: bool = False


@contextmanager
def limited(desk: Desk, visitor: Visitor, purpose: str, about: str) -> Iterator[Try]:
    """Let somebody try; raises WaitError when this account or this address failed too often (reference bar W6)."""
    now, account, place = desk.now(), visitor.mark(purpose, about), visitor.place()

    def wait(mark: str, failures: Sequence[datetime]) -> timedelta:
        return limits.wait(failures, limits.ADDRESS if mark == place else limits.ACCOUNT, now)

    claim = desk.store.failures.claim((account, place), now, limits.REMEMBERED, wait)
    if claim.wait:
        raise WaitError(f"there were too many tries: try again in {limits.in_words(claim.wait)}")
    one = Try(claim.failed[account])
    yield one
    if one.ok:
        desk.store.failures.forgive(account, claim.ids[place])
