"""A visit that brought several documents of one kind, read as one feed."""

from collections.abc import Callable

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse.raw import RawEntry, RawFeed


def joined(fetched: Fetched, read: Callable[[bytes], RawFeed]) -> RawFeed:
    """The entries of body and pages in their order.

    Raise ParseError when any of them cannot be read: half an answer would pass for the whole, and what the other half
    held would never be asked for again.
    """
    feeds = [_page(number, page, read) for number, page in enumerate((fetched.body, *fetched.pages), start=1)]
    entries: list[RawEntry] = []
    warnings: list[str] = []
    for feed in feeds:
        entries += feed.entries
        warnings += feed.warnings
    return RawFeed(
        entries=tuple(entries),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _page(number: int, page: bytes, read: Callable[[bytes], RawFeed]) -> RawFeed:
    try:
        return read(page)
    except ParseError as error:
        raise ParseError(f"page {number}: {error}" if number > 1 else str(error), error.trouble) from error
