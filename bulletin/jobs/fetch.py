"""Fetch: visit feeds, read what they bring, shelve what is new."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime, timedelta
from threading import Event

from bulletin.errors import FeedError, FetchError
from bulletin.fetch import Arrival, host_of
from bulletin.fetch.manners import freshness_wish, has_moved, retry_wish, same_site
from bulletin.jobs.desk import Desk
from bulletin.jobs.errands import errands
from bulletin.jobs.hosts import in_hand
from bulletin.jobs.same import mark
from bulletin.model import Errand, Feed, FeedKind, Fetched, Item, NotModified, Outcome, Trouble, Validators, Visit
from bulletin.parse import Parsed

KEPT = timedelta(days=90)  # how far the log of visits reaches back (reference bar F20)
_TOGETHER = 32  # visits that are written in one transaction: a commit costs more than the rows in it
_SOON = timedelta(seconds=1)  # after which what waits is written, however little it is
# Documents and bytes that may wait to be read, so that a fast network does not fill the memory.
_READING = 64
_READING_BYTES = 50_000_000

OnVisit = Callable[[Visit], None]


def fetch(
    desk: Desk,
    feeds: Sequence[Feed],
    on_visit: OnVisit | None = None,
    *,
    only_due: bool = False,
    stop: Event | None = None,
) -> list[Visit]:
    """Visit feeds and give the visits as they were written, as `visit` does; let go of old visits."""
    visits = visit(desk, feeds, on_visit, only_due=only_due, stop=stop)
    tidy(desk)
    return visits


def visit(
    desk: Desk,
    feeds: Sequence[Feed],
    on_visit: OnVisit | None = None,
    *,
    only_due: bool = False,
    key: str = "",
    stop: Event | None = None,
) -> list[Visit]:
    """Visit feeds and give the visits as they were written; `on_visit` hears of each then.

    Feeds whose host is in the hands of another process are left to that one; `only_due` leaves out those that are not
    due, either, since others may have been there after the feeds were chosen. `key` names a job that may be done
    again. Once `stop` is set, what has not come yet is left for the next time. One feed's failure stops no other.
    Each visit is recorded in one transaction with the items it brought, validators included, so that whatever
    interrupts a fetch costs at most some more visits, never an item.
    """
    intake = _Intake(desk, on_visit or (lambda _: None))
    with in_hand(desk, feeds, key) as hold, desk.fetcher as fetcher:
        holds = desk.store.visits.holds(desk.now())
        intake.held |= holds.keys()
        for errand, arrival in fetcher.visits(errands(desk, hold.feeds, only_due=only_due), holds, intake.pause):
            intake.take(errand, arrival)
            hold.keep()
            if stop and stop.is_set():
                break
        intake.finish()
    if any(one.new for one in intake.visits):
        mark(desk)
    return intake.visits


def tidy(desk: Desk) -> None:
    """Let go of visits that are older than anybody asks about."""
    desk.store.visits.prune(desk.now() - KEPT)


class _Intake:
    """What has come in and waits: documents that are being read, then visits that are written together."""

    def __init__(self, desk: Desk, on_visit: OnVisit) -> None:
        self._desk = desk
        self._on_visit = on_visit
        # Of several feeds that carry one thing, the first in feeds.yaml has the word.
        self._rank = {feed.id: place for place, feed in enumerate(desk.config.feeds)}
        self._reading: dict[Future[Parsed], tuple[Errand, Fetched]] = {}
        self._read: list[tuple[Visit, tuple[Item, ...]]] = []
        self._bare: list[Visit] = []  # visits that brought no document
        self._asked: dict[str, str] = {}  # where each feed was asked, by id
        self._bytes = 0  # of the documents that are being read
        self._written_at = desk.now()
        self.visits: list[Visit] = []
        self.held: set[str] = set()  # hosts that asked for a pause, in this run too

    def take(self, errand: Errand, arrival: Arrival) -> None:
        """Hand a document on to be read; write what is ready when there is enough of it."""
        self._asked[errand.feed.id] = errand.url
        match arrival:
            case Fetched():
                self._reading[self._desk.readers.submit(arrival)] = errand, arrival
                self._bytes += _size(arrival)
            case NotModified():
                self._bare.append(_not_modified(errand, arrival))
            case FetchError():
                self._bare.append(self._not_fetched(errand, arrival))
        while len(self._reading) > _READING or self._bytes > _READING_BYTES:
            self._collect(None)
        self._collect(0)
        if len(self._read) + len(self._bare) >= _TOGETHER or self._desk.now() - self._written_at >= _SOON:
            self._write()

    def _not_fetched(self, errand: Errand, error: FetchError) -> Visit:
        """A visit that failed, or that was never made, because the feed's own host had asked for none.

        A host that only a redirect led to fails the visit: else the feed's own would be asked again and again.
        """
        if error.held_host:
            self.held.add(error.held_host)
        postponed = error.trouble is Trouble.BUSY and not error.held_host and host_of(errand.url) in self.held
        outcome = Outcome.POSTPONED if postponed else Outcome.FAILED
        return not_fetched(errand, error, self._desk.now(), outcome)

    def pause(self) -> None:
        """Write what has been read, while nothing comes."""
        self._collect(0)
        self._write()

    def finish(self) -> None:
        """Wait for what is still being read, and write it all."""
        while self._reading:
            self._collect(None)
            self._write()
        self._write()

    def _collect(self, seconds: float | None) -> None:
        for future in wait(self._reading, seconds, FIRST_COMPLETED).done:
            errand, fetched = self._reading.pop(future)
            self._bytes -= _size(fetched)
            try:
                self._read.append(_shelvable(errand, fetched, future.result()))
            except FeedError as error:
                self._bare.append(_unread(errand, fetched, error))

    def _write(self) -> None:
        if not (self._read or self._bare):
            return
        store = self._desk.store
        shelved = store.items.shelve_all(self._read, self._rank)
        postponed = [visit for visit in self._bare if visit.outcome is Outcome.POSTPONED]
        asked = [visit for visit in self._bare if visit.outcome is not Outcome.POSTPONED]
        store.visits.record_all(asked)
        written = [*(intake.visit for intake in shelved), *asked, *postponed]
        self._read, self._bare, self._written_at = [], [], self._desk.now()
        for visit in written:
            _follow(self._desk, visit, self._asked[visit.feed])
            self._on_visit(visit)
        self.visits += written


def _shelvable(errand: Errand, fetched: Fetched, parsed: Parsed) -> tuple[Visit, tuple[Item, ...]]:
    wishes = [fetched.advice.wait_until, parsed.wait_until]
    wish = max((wish for wish in wishes if wish), default=None)
    visit = Visit(
        errand.feed.id,
        fetched.at,
        Outcome.OK,
        errand.feed.address,
        # A document that was cut short may come whole the next time, under the very same ETag.
        validators=fetched.validators if parsed.complete else Validators(),
        digest=fetched.digest if parsed.complete else "",
        message=parsed.warning,
        wait_until=freshness_wish(fetched.at, wish),
        moved_to=fetched.advice.moved_to,
    )
    return visit, parsed.items


def _not_modified(errand: Errand, arrival: NotModified) -> Visit:
    """A visit that found nothing new; what the document wished for, it still wishes for."""
    wish = arrival.advice.wait_until or (arrival.at + errand.fresh if errand.fresh else None)
    return Visit(
        errand.feed.id,
        arrival.at,
        Outcome.NOT_MODIFIED,
        errand.feed.address,
        validators=arrival.validators,
        digest=arrival.digest or errand.digest,
        wait_until=freshness_wish(arrival.at, wish),
        moved_to=arrival.advice.moved_to,
    )


def not_fetched(errand: Errand, error: FetchError, at: datetime, outcome: Outcome = Outcome.FAILED) -> Visit:
    """A visit that brought no document, and what its server wants instead."""
    return Visit(
        errand.feed.id,
        at,
        outcome,
        errand.feed.address,
        message=str(error),
        trouble=error.trouble,
        wait_until=retry_wish(at, error.advice.wait_until),
        held_host=error.held_host,
    )


def _size(fetched: Fetched) -> int:
    return len(fetched.body) + sum(map(len, fetched.pages))


def _unread(errand: Errand, fetched: Fetched, error: FeedError) -> Visit:
    """A visit whose document cannot be read; letters that cannot would else come again and shut out all others."""
    feed = errand.feed
    if feed.kind is FeedKind.MAIL:
        words = f"emails that were passed over: {1 + len(fetched.pages)} ({error})"
        return Visit(feed.id, fetched.at, Outcome.OK, feed.address, fetched.validators, words)
    return Visit(feed.id, fetched.at, Outcome.FAILED, feed.address, message=str(error), trouble=error.trouble)


def _follow(desk: Desk, visit: Visit, asked: str) -> None:
    """Write down that a feed has moved, once it is sure; to another site only a person may move it (`feeds move`)."""
    if visit.moved_to:
        new = has_moved(desk.store.visits.recent(visit.feed, visit.url))
        if new and same_site(asked, new):
            desk.store.visits.move(visit.feed, asked, new, visit.at)
