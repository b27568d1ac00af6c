"""The desk: what jobs work with."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property

from bulletin.deliver import Post
from bulletin.errors import Mistake, UnknownError
from bulletin.fetch import Fetcher
from bulletin.jobs.judged import Judged
from bulletin.model import BY_HAND, Bulletin, Config, Feed, House, Topic
from bulletin.parse import Readers
from bulletin.people.secretkey import keys
from bulletin.people.tokens import Keys
from bulletin.store import Store, open_store

FROM_FILE = "file:"  # how the id of a feed begins that stands for a file of references


@dataclass(frozen=True)
class Desk:
    """Config, store, fetcher, readers of what it fetched, clock, post and linter; `now` gives aware UTC."""

    config: Config
    store: Store
    fetcher: Fetcher
    readers: Readers
    now: Callable[[], datetime]
    post: Post | None = None  # none: neither mail server nor folder is set, and no mail goes out
    judged: Judged = field(default_factory=Judged)
    mistakes: tuple[Mistake, ...] = ()  # in the files as they are now; the config is what stood before them

    @property
    def feeds(self) -> dict[str, Feed]:
        """The feeds by id, with the one under which stands what a person brought."""
        return {feed.id: feed for feed in (*self.config.feeds, BY_HAND)}

    def source(self, feed: str) -> str:
        """What people call the feed of this id; a file that was brought in goes by its own name."""
        return self.feeds[feed].name if feed in self.feeds else feed.removeprefix(FROM_FILE)

    @property
    def topics(self) -> dict[str, Topic]:
        """The topics by id."""
        return {topic.id: topic for topic in self.config.topics}

    @property
    def house(self) -> House:
        """What stands around every edition."""
        ours = self.config
        return House(
            ours.library,
            self.topics,
            self.feeds,
            ours.templates,
            brands=ours.brands,
            followed=self.store.visits.followed(),
            base_url=ours.web.readers_url,
            pages_url=ours.web.base_url,
            leave_at=ours.bounce_address,
        )

    @cached_property
    def keys(self) -> Keys:
        """What signs links; made from a file in the workspace, which is made if need be, or from the settings."""
        ours = self.config
        return keys(ours.folder, ours.secret_key, ours.old_secret_keys)

    def topic(self, name: str) -> Topic:
        """The topic of this id; raises UnknownError."""
        if name not in self.topics:
            raise UnknownError(f"no topic {name[:60]!r} in topics/{nearest(name, self.topics)}")
        return self.topics[name]

    def bulletin(self, name: str) -> Bulletin:
        """The bulletin of this id; raises UnknownError."""
        bulletins = {bulletin.id: bulletin for bulletin in self.config.bulletins}
        if name not in bulletins:
            raise UnknownError(f"no bulletin {name[:60]!r} in bulletins.yaml{nearest(name, bulletins)}")
        return bulletins[name]


@contextmanager
def open_desk(config: Config, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Desk]:
    """Open the store and set the desk; closes what it opened."""
    with open_store(config.database_url) as store, Readers() as readers:
        way = config.smtp or config.outbox
        yield Desk(config, store, new_fetcher(config, now), readers, now, Post(way) if way else None)


def new_fetcher(config: Config, now: Callable[[], datetime]) -> Fetcher:
    """A fetcher for one more thread: one that is open cannot be opened a second time."""
    return Fetcher(
        config.library.email,
        config.allow_addresses,
        manners=config.manners,
        proxy=config.proxy,
        ca_file=config.ca_file,
        mailbox=config.mailbox,
        now=now,
    )


def apart(desk: Desk) -> Desk:
    """The desk with a fetcher of its own, for work that may be done by many threads at once."""
    return replace(desk, fetcher=new_fetcher(desk.config, desk.now))


def nearest(name: str, known: Collection[str]) -> str:
    """The end of an error line: the nearest known name, or all of them when they are few."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f": did you mean {close[0]!r}?"
    return f": there are {', '.join(known)}" if 0 < len(known) <= 20 else ""
