"""Health: how each source does, the sick ones first, in words that say what to do."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from bulletin.fetch import host_of
from bulletin.fetch.manners import is_gone, next_visit
from bulletin.jobs.desk import Desk
from bulletin.jobs.errands import pasts, way
from bulletin.model import Activity, Feed, FeedKind, Outcome, Past, Trouble

ALARM_FAILURES = 3  # in a row (reference bar F9)
ALARM_AFTER = timedelta(hours=48)
SILENT_DAYS = 90  # without anything new (F10)
SILENT_GAPS = 3  # or so many times the usual gap, whichever is longer


class State(StrEnum):
    """How a source does; the order is that of the table."""

    GONE = "gone"  # 410 twice, a day apart: not asked any more
    FAILING = "failing"  # three times in a row, or for two days
    TROUBLED = "in trouble"  # failed last time, not for long yet
    MOVED = "moved"  # it answers, but from another address
    SILENT = "silent"  # it answers, but brings nothing new
    WAITING = "not visited yet"
    WELL = "well"


@dataclass(frozen=True)
class Health:
    """How one source does, and what to do about it."""

    feed: Feed
    state: State
    good: datetime | None = None  # the last visit that did not fail
    failing_since: datetime | None = None
    failures: int = 0  # in a row
    error: str = ""  # the last one, in plain words, while the source is sick
    warning: str = ""  # what was wrong with the document that was read last, while the source is not sick
    advice: str = ""  # what a person can do
    moved_to: str = ""
    last_new: datetime | None = None  # when it last brought something new
    next_visit: datetime | None = None  # None: never, unless it is asked for by hand
    items: int = 0  # that it has brought in the last year, each once
    a_month: float = 0.0
    printed: int = 0  # of its items, those that stand in an edition

    @property
    def share(self) -> float:
        """The share of its items that ended in an edition, 0 to 1."""
        return self.printed / self.items if self.items else 0.0

    @property
    def alarming(self) -> bool:
        """Whether an editor should hear of it without asking."""
        return self.state in (State.GONE, State.FAILING, State.SILENT)


def health(desk: Desk) -> list[Health]:
    """Every source of feeds.yaml: gone, failing, moved and silent ones first, then by name."""
    known, activity = pasts(desk), desk.store.visits.activity(desk.now())
    moves, held = desk.store.visits.moves(), desk.store.visits.holds(desk.now())
    found = []
    for feed in desk.config.feeds:
        *_, place = way(feed, moves)
        moved = place if place != feed.url else ""
        one = _health(feed, known.get(feed.id), activity.get(feed.id), moved, desk.now())
        hold = held.get(host_of(place))
        found.append(replace(one, next_visit=max(one.next_visit, hold)) if one.next_visit and hold else one)
    order = list(State)
    return sorted(found, key=lambda one: (order.index(one.state), one.feed.name.casefold()))


def _health(feed: Feed, past: Past | None, activity: Activity | None, moved: str, now: datetime) -> Health:
    if past is None:
        return Health(feed, State.WAITING, next_visit=now)
    moved_to = moved or past.last.moved_to
    state = _state(feed, past, activity, moved_to, now)
    sick = past.last.outcome is Outcome.FAILED
    return Health(
        feed,
        state,
        good=past.good,
        failing_since=past.failing_since,
        failures=past.failures,
        error=past.last.message if sick else "",
        warning="" if sick else past.last.message,
        advice=_advice(feed, state, past, moved_to, settled=bool(moved), found=activity is not None),
        moved_to=moved_to,
        last_new=activity.last_new if activity else None,
        next_visit=next_visit(feed, past),
        items=activity.seen if activity else 0,
        a_month=activity.a_month if activity else 0.0,
        printed=activity.printed if activity else 0,
    )


def _state(feed: Feed, past: Past, activity: Activity | None, moved_to: str, now: datetime) -> State:
    if past.last.outcome is Outcome.FAILED:
        if is_gone(past):
            return State.GONE
        long = past.failing_since is not None and now - past.failing_since >= ALARM_AFTER
        return State.FAILING if past.failures >= ALARM_FAILURES or long else State.TROUBLED
    if moved_to:
        return State.MOVED
    return State.SILENT if _is_silent(feed, activity, now) else State.WELL


def _is_silent(feed: Feed, activity: Activity | None, now: datetime) -> bool:
    """Whether nothing new came for too long; a feed that is empty from the start is dead, a search may wait."""
    if activity is None or activity.last_new is None:
        return feed.kind is FeedKind.FEED
    patience = timedelta(days=max(SILENT_DAYS, SILENT_GAPS * (activity.usual_gap or 0)))
    return now - activity.last_new > patience


_REFUSES = (
    "the publisher refuses automatic readers: use a PubMed, Europe PMC or Crossref source for it instead, "
    "or try another `agent:` in feeds.yaml"
)
_BROWSER = "look at {site} in a browser: if nothing is there either, find another source, else tell its publisher"
# What helps at a web address; {url} is the feed's own, {site} where it lies.
_CURES = {
    Trouble.REFUSED: _REFUSES,
    Trouble.BOT_CHECK: _REFUSES,
    Trouble.GONE: "the publisher has taken it down: `bulletin feeds try {site}` looks for its successor",
    Trouble.NOT_FOUND: "the address may have changed: `bulletin feeds try {site}` looks for the feed",
    Trouble.NOT_A_FEED: "the feed may have moved: `bulletin feeds try {url}` shows what can be read there",
    Trouble.NO_HOST: "the site's name is not known any more: look for its new address",
    Trouble.NOT_ALLOWED: "only an administrator can allow this address, with BULLETIN_ALLOW_ADDRESSES",
    Trouble.ROBOTS: "the site asks robots to stay away from this page: ask its owner, or use email alerts (`mail:`)",
    Trouble.BUSY: "nothing to do: it is asked again when it wants to be",
    Trouble.TLS: "its encryption is out of order: tell the publisher",
    Trouble.TOO_BIG: "look at {url} in a browser: it may not be the address of a feed",
    Trouble.UNREADABLE: "if this does not pass by itself, tell the publisher what is said here",
}
# Searches and mailboxes say themselves what is wrong with what they were asked.
_WEB = (FeedKind.FEED, FeedKind.PAGE)
_ANYWHERE = (Trouble.NO_HOST, Trouble.BUSY, Trouble.TLS)


def _advice(feed: Feed, state: State, past: Past, moved_to: str, *, settled: bool, found: bool) -> str:
    match state:
        case State.MOVED if settled:
            return f"it is read at {moved_to} already; `bulletin feeds move {feed.id}` writes that into feeds.yaml"
        case State.MOVED:
            return f"it answers from {moved_to}: `bulletin feeds move {feed.id}` writes that into feeds.yaml"
        case State.SILENT if not found:
            return "it answers but has never brought an item: look at the site whether this is the feed in use"
        case State.SILENT if feed.kind is FeedKind.FEED:
            return "it answers but brings nothing new: look at the site whether the feed was given up"
        case State.SILENT:
            return "it answers but brings nothing new: look whether what it asks for is still right"
        case State.WELL | State.WAITING:
            return ""
        case _:
            return _cure(feed, state, past.last.trouble)


def _cure(feed: Feed, state: State, trouble: Trouble) -> str:
    """What to do about a visit that failed."""
    known = _CURES.get(trouble, "") if feed.kind in _WEB or trouble in _ANYWHERE else ""
    if not known and state is State.TROUBLED:
        return "nothing to do yet: it is tried at least once a day"
    if not known and feed.kind not in _WEB:
        return "look whether what it asks for in feeds.yaml is right"
    parts = urlsplit(feed.url)
    return (known or _BROWSER).format(url=feed.url, site=f"{parts.scheme}://{parts.netloc}")
