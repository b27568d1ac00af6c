"""The desk: what jobs work with."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from bulletin.errors import UnknownError
from bulletin.fetch import Fetcher
from bulletin.model import Bulletin, Config, Feed, Topic
from bulletin.store import Store, open_store


@dataclass(frozen=True)
class Desk:
    """Config, store, fetcher and clock; `now` gives aware UTC."""

    config: Config
    store: Store
    fetcher: Fetcher
    now: Callable[[], datetime]

    @property
    def feeds(self) -> dict[str, Feed]:
        """The feeds by id."""
        return {feed.id: feed for feed in self.config.feeds}

    @property
    def topics(self) -> dict[str, Topic]:
        """The topics by id."""
        return {topic.id: topic for topic in self.config.topics}

    def topic(self, name: str) -> Topic:
        """The topic of this id; raises UnknownError."""
        if name not in self.topics:
            raise UnknownError(f"no topic {name!r} in topics/{nearest(name, self.topics)}")
        return self.topics[name]

    def bulletin(self, name: str) -> Bulletin:
        """The bulletin of this id; raises UnknownError."""
        bulletins = {bulletin.id: bulletin for bulletin in self.config.bulletins}
        if name not in bulletins:
            raise UnknownError(f"no bulletin {name!r} in bulletins.yaml{nearest(name, bulletins)}")
        return bulletins[name]


@contextmanager
def open_desk(config: Config, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Desk]:
    """Open the store and set the desk; closes what it opened."""
    with open_store(config.database_url) as store:
        yield Desk(config, store, Fetcher(config.library.email, config.allow_addresses, now=now), now)


def nearest(name: str, known: Collection[str]) -> str:
    """The end of an error line: the nearest known name, or all of them when they are few."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f": did you mean {close[0]!r}?"
    return f": there are {', '.join(known)}" if 0 < len(known) <= 20 else ""
