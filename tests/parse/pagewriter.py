"""What the tests of web pages share: a visit to a page that selectors read, and the pages in tests/pages."""

from dataclasses import replace
from pathlib import Path

from feedwriter import visit

from bulletin import parse
from bulletin.model import Feed, FeedKind, Fetched, Item, Selectors

PAGES = Path(__file__).parents[1] / "pages"
URL = "https://host.example.org/news/index.html"
PAGE = Feed(id="page", name="Example pages", url=URL, kind=FeedKind.PAGE)


def page_visit(body: str | bytes, url: str = URL, content_type: str = "text/html", **selectors: str) -> Fetched:
    """A visit to a page whose items these selectors find; without any, the feed has none."""
    feed = replace(PAGE, selectors=Selectors(**selectors) if selectors else None)
    return replace(visit(body, content_type, url), feed=feed)


def parsed(body: str | bytes, item: str = "article", **selectors: str) -> parse.Parsed:
    """What the room makes of a page."""
    return parse.document(page_visit(body, item=item, **selectors))


def only(inside: str, item: str = "article", **selectors: str) -> Item:
    """The one item of a page that holds this inside an <article>."""
    (found,) = parsed(f"<article>{inside}</article>", item, **selectors).items
    return found


def stored(name: str) -> bytes:
    """One of tests/pages."""
    return (PAGES / f"{name}.html").read_bytes()
