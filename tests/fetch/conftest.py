"""A fetcher that may reach the publisher of the test."""

import pytest

from bulletin.fetch import Fetcher, Limits
from bulletin.model import Feed, Validators


@pytest.fixture
def fetch(publisher):
    """Visit URLs with a fetcher that may reach the publisher; gives what came of each, by URL."""

    def fetch(*urls: str, known: Validators | None = None, allowed: frozenset[str] | None = None, **limits: float):
        allow = frozenset({publisher.address}) if allowed is None else allowed
        feeds = [Feed(id=f"feed-{n}", name=f"Feed {n}", url=url) for n, url in enumerate(urls)]
        with Fetcher("library@example.nhs.uk", allow, Limits(**limits)) as fetcher:
            came = {
                feed.url: arrival for feed, arrival in fetcher.visits((feed, known or Validators()) for feed in feeds)
            }
        return came[urls[0]] if len(urls) == 1 else came

    return fetch
