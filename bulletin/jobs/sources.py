"""Sources: try an address before it is read for good, add it, move it, bring in and give out lists of feeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin import parse
from bulletin.config import feedsfile
from bulletin.config.feedsfile import NewFeed
from bulletin.errors import FeedError, InputError, ParseError, UnknownError
from bulletin.fetch import Fetcher
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.health import health
from bulletin.model import Errand, Feed, FeedKind, Fetched, Item, Selectors, Trouble, Validators
from bulletin.parse import FoundFeed, Parsed

_TRIED = 6  # feeds of one site that are looked at
_MOST_BYTES = 2_000_000  # of a list of feeds (reference bar B7)


@dataclass(frozen=True)
class Trial:
    """What one source would bring, or why it would bring nothing."""

    feed: NewFeed
    items: tuple[Item, ...] = ()
    trouble: str = ""


def try_address(desk: Desk, url: str, selectors: Selectors | None = None) -> list[Trial]:
    """What an address would bring, best first: itself, if it is a feed; else the feeds that it names, then the page.

    With `selectors`, the page is read by them and nothing else is tried. Nothing is stored. Raises FetchError when
    the address gives nothing, and ParseError when nothing can be made of it.
    """
    with desk.fetcher as fetcher:
        if selectors:
            return [_page(desk, fetcher, url, selectors)]
        fetched = fetcher.document(url)
        try:
            return [_trial(desk, fetched, NewFeed("", fetched.url))]
        except ParseError as error:
            if error.trouble is not Trouble.NOT_A_FEED:
                raise
            found = [*_named(desk, fetcher, fetched), *_guessed(desk, fetcher, fetched)]
            if not found:
                raise
            return sorted(found, key=lambda trial: bool(trial.trouble))


def add_sources(desk: Desk, feeds: Sequence[NewFeed]) -> tuple[str, ...]:
    """Write feeds into feeds.yaml, but for those that are there; gives the ids of the new ones."""
    return feedsfile.append(desk.config.folder, feedsfile.distinct(feeds, desk.config.feeds))


def move(desk: Desk, feed_id: str) -> tuple[str, int]:
    """Write the address that a feed has moved to into feeds.yaml; gives that address and its line in the file."""
    sick = {one.feed.id: one for one in health(desk)}
    if feed_id not in sick:
        raise UnknownError(f"no feed {feed_id[:60]!r} in feeds.yaml{nearest(feed_id, sick)}")
    if not sick[feed_id].moved_to:
        raise InputError(f"{feed_id} has not moved, as far as its visits tell: change its address in feeds.yaml")
    return sick[feed_id].moved_to, feedsfile.readdress(desk.config.folder, feed_id, sick[feed_id].moved_to)


def listed(desk: Desk, file: Path) -> tuple[list[NewFeed], tuple[str, ...]]:
    """The feeds of an OPML file and, in words, what is refused of it; nothing is visited."""
    if file.stat().st_size > _MOST_BYTES:
        raise InputError(f"{file}: more than {_MOST_BYTES // 1_000_000} MB: split it")
    fetched = Fetched(Feed(file.name, file.name, ""), "", "text/x-opml", file.read_bytes(), Validators(), desk.now())
    allowed = " ".join(desk.config.allow_addresses)
    found: parse.Outlines = desk.readers.call("opml", parse.Outlines, fetched, allowed=allowed).result()
    return [NewFeed(one.name, one.url) for one in found.feeds], found.refused


def _named(desk: Desk, fetcher: Fetcher, page: Fetched) -> Iterator[Trial]:
    """The feeds that a page names, each looked at; a mere guess that leads nowhere is not told."""
    found: tuple[FoundFeed, ...] = desk.readers.call("feeds_of", tuple[FoundFeed, ...], page).result()
    for one in found[:_TRIED]:
        feed = NewFeed(one.title, one.url)
        try:
            yield _trial(desk, fetcher.document(one.url), feed)
        except FeedError as error:
            if one.sure:
                yield Trial(feed, trouble=str(error))


def _guessed(desk: Desk, fetcher: Fetcher, page: Fetched) -> Iterator[Trial]:
    selectors = desk.readers.call("guess", Selectors | None, page).result()
    if selectors:
        yield _page(desk, fetcher, page.url, selectors)


def _page(desk: Desk, fetcher: Fetcher, url: str, selectors: Selectors) -> Trial:
    """The page as every visit to come will read it: only if its robots.txt lets us."""
    new = NewFeed("", url, FeedKind.PAGE, selectors)
    feed = Feed("trial", url, url, kind=FeedKind.PAGE, selectors=selectors)
    [(_, arrival)] = fetcher.visits([Errand(feed, url)])
    return _trial(desk, arrival, new) if isinstance(arrival, Fetched) else Trial(new, trouble=str(arrival))


def _trial(desk: Desk, fetched: Fetched, feed: NewFeed) -> Trial:
    parsed: Parsed = desk.readers.submit(fetched).result()
    return Trial(replace(feed, name=feed.name or parsed.title), parsed.items)


def chosen(trials: Sequence[Trial], name: str) -> NewFeed:
    """The one source that a person means; raises InputError when there are several, or none that works."""
    good = [trial.feed for trial in trials if not trial.trouble and trial.items]
    feeds = [feed for feed in good if feed.kind is FeedKind.FEED] or good
    if len(feeds) != 1:
        found = "; ".join(feed.asked for feed in feeds) or "nothing that brings items"
        raise InputError(f"name one address: there is {found} (`bulletin feeds try` shows what each would bring)")
    return replace(feeds[0], name=name or feeds[0].name)


def opml(desk: Desk) -> bytes:
    """The feeds as an OPML document."""
    return parse.write_opml(desk.config.feeds, desk.config.library.name)
