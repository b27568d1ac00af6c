"""A fetcher that may reach the publisher of the test, and does not rest between requests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from publisher import Publisher, open_publisher

from bulletin.fetch import Fetcher, Limits
from bulletin.model import Errand, Feed, FeedKind, Manners, Validators


@pytest.fixture
def other():
    """Another publisher's server, on a port of its own."""
    with open_publisher() as another:
        yield another


@pytest.fixture
def others():
    """Three more publishers' servers."""
    with open_publisher() as one, open_publisher() as two, open_publisher() as three:
        yield one, two, three


@pytest.fixture
def errands():
    """Make one errand for each URL, to feeds that know the same."""

    def errands(*urls: str, known: Validators | None = None, digest: str = "", **of_feed: object) -> list[Errand]:
        feeds = [Feed(id=f"feed-{n}", name=f"Feed {n}", url=url, **of_feed) for n, url in enumerate(urls)]
        return [Errand(feed, feed.url, known or Validators(), digest) for feed in feeds]

    return errands


@pytest.fixture
def fetcher(publisher):
    """Make a fetcher that may reach these publishers, and does not rest between requests unless the test says so."""

    def fetcher(*publishers: Publisher, manners: Manners | None = None, **settings: object) -> Fetcher:
        allowed = frozenset(one.address for one in (publisher, *publishers))
        return Fetcher("library@example.nhs.uk", allowed, manners=manners or Manners(gap=timedelta(0)), **settings)

    return fetcher


@pytest.fixture
def fetch(publisher, errands):
    """Visit URLs with a fetcher that may reach the publisher; gives what came of each, by URL."""

    def fetch(
        *urls: str,
        known: Validators | None = None,
        digest: str = "",
        kind: FeedKind = FeedKind.FEED,
        agent: str = "",
        allowed: frozenset[str] | None = None,
        proxy: str = "",
        holds: Mapping[str, datetime] | None = None,
        **limits: float,
    ):
        allow = frozenset({publisher.address}) if allowed is None else allowed
        at_once = Manners(gap=timedelta(0))
        asked = errands(*urls, known=known, digest=digest, kind=kind, agent=agent)
        with Fetcher("library@example.nhs.uk", allow, Limits(**limits), at_once, proxy) as fetcher:
            came = {errand.url: arrival for errand, arrival in fetcher.visits(asked, holds or {})}
        return came[urls[0]] if len(urls) == 1 else came

    return fetch
