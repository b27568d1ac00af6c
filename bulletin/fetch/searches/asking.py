"""What all searches ask with: addresses, dates, and one page after another."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bulletin.errors import FetchError
from bulletin.model import Errand, Trouble

Ask = Callable[[str], Awaitable[bytes]]  # one GET; raises FetchError

PAGE = 100  # items a page
MOST_PAGES = 10
MOST_ITEMS = 500  # as many as are kept of any feed (reference bars B3, F17)

_RECENT = timedelta(days=60)
_LATE = timedelta(days=3)  # services list late what they date earlier; who is met twice is known by its identity


class Found(NamedTuple):
    """What a search brought, and how many results the service has beyond that."""

    documents: tuple[bytes, ...]
    missed: int


class Page(NamedTuple):
    """What a page says of itself: its results, the cursor of the next page (empty at the end), all results."""

    items: int
    cursor: str
    total: int


def address(base: str, path: str, **asked: str) -> str:
    """Write the address of a question, everything in it percent-encoded."""
    return f"{base.rstrip('/')}/{path}?{urlencode(asked, quote_via=quote, safe='', errors='replace')}"


def dates(errand: Errand, at: datetime) -> tuple[date, date]:
    """First and last day to ask for, both included."""
    first = at - _RECENT if errand.since is None else errand.since - _LATE
    return first.date(), at.date()


async def follow(ask: Ask, url: Callable[[str], str], read: Callable[[bytes, str], Page]) -> Found:
    """Ask for page after page by cursor, within the bounds of one visit.

    `url` gives the address of the page at a cursor; `read` takes a page and the cursor it was asked with.
    """
    pages: list[bytes] = []
    items, cursor, total = 0, "*", 0
    while cursor and len(pages) < MOST_PAGES and items < MOST_ITEMS:
        page = await page_or_full(ask, url(cursor), pages)
        if page is None:
            break
        found, cursor, total = read(page, cursor)
        items += found
        pages.append(page)
    return Found(tuple(pages), max(total - items, 0) if cursor else 0)


async def page_or_full(ask: Ask, url: str, before: Sequence[bytes]) -> bytes | None:
    """Ask for a page; None when there is no room beside those before it: what is left then counts as missed."""
    try:
        return await ask(url)
    except FetchError as error:
        if not before or error.trouble is not Trouble.TOO_BIG:
            raise
        return None
