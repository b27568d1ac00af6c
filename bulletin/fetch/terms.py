"""On what terms we visit: who we say we are, where we may go, what it may cost, and how politely we ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulletin import __version__
from bulletin.fetch.limits import Limits
from bulletin.model import Feed, Mailbox, Manners

PRODUCT = "bulletin"


@dataclass(frozen=True)
class Terms:
    """What a fetcher was opened with; `now` gives aware UTC."""

    contact: str
    allowed: frozenset[str]  # exact host:port pairs
    limits: Limits
    manners: Manners
    proxy: str
    mailbox: Mailbox | None
    now: Callable[[], datetime]
    ca_file: Path | None

    def agent(self, feed: Feed) -> str:
        """The User-Agent for a feed: its own, or product, version and whom to write to (reference bar F16)."""
        return feed.agent or f"{PRODUCT}/{__version__} (current-awareness feed fetcher; contact: {self.contact})"
