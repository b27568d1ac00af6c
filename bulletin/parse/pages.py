"""A visit that brought several documents of one kind, read as one feed."""

from collections.abc import Callable

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse.raw import RawEntry, RawFeed


def joined(fetched: Fetched, read: Callable[[bytes], RawFeed]) -> RawFeed:
    """The entries of body and pages in their order.

    Raise ParseError when the body cannot be read; of pages that cannot, the feed is the poorer, and says so.
    """
    feeds = [read(fetched.body)]
    failures = []
    for number, page in enumerate(fetched.pages, start=2):
        try:
            feeds.append(read(page))
        except ParseError as error:
            failures.append(f"page {number}: {error}")
    entries: list[RawEntry] = []
    warnings: list[str] = []
    for feed in feeds:
        entries += feed.entries
        warnings += feed.warnings
    return RawFeed(
        entries=tuple(entries),
        warnings=tuple(dict.fromkeys((*warnings, *failures))),
        complete=not failures and all(feed.complete for feed in feeds),
    )
