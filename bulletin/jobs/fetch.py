"""Fetch: visit feeds, read what they bring, shelve what is new."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bulletin import parse
from bulletin.errors import FeedError, FetchError
from bulletin.fetch import Arrival
from bulletin.jobs.desk import Desk
from bulletin.model import Feed, Fetched, NotModified, Outcome, Validators, Visit

AGAIN = timedelta(hours=1)  # after which a feed that failed is tried again, unless it is due before


def due(desk: Desk) -> list[Feed]:
    """The feeds whose time has come: never visited at this address, longer ago than their `every`, or failed."""
    latest = desk.store.visits.latest()
    return [feed for feed in desk.config.feeds if _is_due(feed, latest.get(feed.id), desk.now())]


def sick(desk: Desk) -> tuple[tuple[Feed, Visit], ...]:
    """The feeds whose last visit failed, and that visit."""
    latest = desk.store.visits.latest()
    visited = ((feed, latest[feed.id]) for feed in desk.config.feeds if feed.id in latest)
    return tuple((feed, visit) for feed, visit in visited if visit.outcome is Outcome.FAILED)


def _is_due(feed: Feed, last: Visit | None, now: datetime) -> bool:
    if last is None or last.url != feed.url:
        return True
    wait = min(feed.every, AGAIN) if last.outcome is Outcome.FAILED else feed.every
    return now - last.at >= wait


def fetch(desk: Desk, feeds: list[Feed], on_visit: Callable[[Visit], None] | None = None) -> list[Visit]:
    """Visit feeds and give the visits in the order they ended; `on_visit` hears of each at once.

    One feed's failure stops no other. Each visit is recorded in one transaction with the items it brought, validators
    included, so that whatever interrupts a fetch costs at most one more visit, never an item.
    """
    known = desk.store.visits.validators()
    visits = []
    with desk.fetcher as fetcher:
        for feed, arrival in fetcher.visits((feed, known.get((feed.id, feed.url), Validators())) for feed in feeds):
            visits.append(_record(desk, feed, arrival))
            if on_visit:
                on_visit(visits[-1])
    return visits


def _record(desk: Desk, feed: Feed, arrival: Arrival) -> Visit:
    match arrival:
        case Fetched():
            return _shelve(desk, arrival)
        case NotModified():
            visit = Visit(feed.id, arrival.at, Outcome.NOT_MODIFIED, feed.url, arrival.validators)
        case FetchError():
            visit = _failed(desk, feed, arrival)
    desk.store.visits.record(visit)
    return visit


def _shelve(desk: Desk, fetched: Fetched) -> Visit:
    feed = fetched.feed
    try:
        parsed = parse.document(fetched)
    except FeedError as error:
        visit = _failed(desk, feed, error)
        desk.store.visits.record(visit)
        return visit
    # A document that was cut short may come whole the next time, under the very same ETag.
    validators = fetched.validators if parsed.complete else Validators()
    visit = Visit(feed.id, fetched.at, Outcome.OK, feed.url, validators, parsed.warning)
    return desk.store.items.shelve(visit, parsed.items, _below(desk, feed)).visit


def _below(desk: Desk, feed: Feed) -> list[str]:
    """Feeds that this one outranks: of several that carry one thing, the first in feeds.yaml has the word."""
    ids = [one.id for one in desk.config.feeds]
    return ids[ids.index(feed.id) + 1 :]


def _failed(desk: Desk, feed: Feed, error: FeedError) -> Visit:
    return Visit(feed.id, desk.now(), Outcome.FAILED, feed.url, message=str(error))
