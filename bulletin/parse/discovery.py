"""The feeds of a site, found from one of its pages: those that it names, then what only looks like one.

Only the first are sure; of the others, an address has to be tried to know.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import urlsplit

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse.alternates import FoundFeed, alternates, is_feed_type
from bulletin.parse.charset import text_of
from bulletin.parse.feedpatterns import expected
from bulletin.parse.htmlpage import Page, page_of
from bulletin.parse.links import whole_address
from bulletin.parse.sniff import sniff
from bulletin.parse.soup import Tag, attribute, words
from bulletin.parse.text import plain

_MOST = 20  # feeds of a page
_LOOKED_AT = 5_000  # links
_TITLE = 200  # characters

_LIKE_A_FEED = re.compile(
    r"/(?:feeds?|rss|atom|rss-?feed|feed\.(?:json|rss|atom))/?$|[/.](?:rss|atom|rdf)$|/feed/"
    r"|(?:^|[/_-])(?:rss|atom|feed|index)s?\d?\.xml$|/rss\.(?:aspx|ashx|php|cfm|html?)$|/(?:rss|rssfeeds?|feeds?)/[^?]*\.xml$",
    re.IGNORECASE,
)
_ASKS_FOR_A_FEED = re.compile(r"(?:^|&)(?:feed|format|output|type|alt)=(?:rss2?|atom|rdf)(?:&|$)", re.IGNORECASE)
_FEED_HOSTS = re.compile(r"(?:feeds|rss|feeds2|feedproxy)\..+")
_NO_FEED = re.compile(r"sitemap|\.(?:html?|pdf)$|/feedback", re.IGNORECASE)


def feeds_of(fetched: Fetched) -> tuple[FoundFeed, ...]:
    """The feeds of a page's site, at most 20, the surest first, each address once; a feed's own address if it is one.

    Raise ParseError when the document is neither a page nor a feed.
    """
    if _is_feed(fetched):
        return (FoundFeed(fetched.url, sure=True),)
    page = page_of(fetched)
    named = alternates(page.text, page.url)
    found: dict[str, FoundFeed] = {}
    for feed in chain(named, _linked(page), _expected(page)):
        if feed.url and feed.url != page.url:
            found.setdefault(feed.url, feed)
    ordered = sorted(found.values(), key=lambda feed: (not feed.sure, feed.is_of_comments))
    return tuple(ordered[:_MOST])


def _is_feed(fetched: Fetched) -> bool:
    try:
        found = sniff(text_of(fetched.body, fetched.content_type)[0], fetched.url)
    except ParseError:
        return False
    return not found.is_json or "jsonfeed.org/version" in found.text


def _linked(page: Page) -> Iterator[FoundFeed]:
    """What looks like a feed among the links that a reader can click on."""
    for link in islice(page.tree.find_all("a", href=True), _LOOKED_AT):
        url = whole_address(attribute(link, "href"), page.base)
        is_said = is_feed_type(attribute(link, "type"))
        if url and (is_said or _looks_like_a_feed(url)):
            yield FoundFeed(url, _title(link), sure=is_said)


def _title(link: Tag) -> str:
    said = (words(link), attribute(link, "title"), attribute(link, "aria-label"))
    return plain(next(filter(None, said), ""), _TITLE)


def _looks_like_a_feed(url: str) -> bool:
    parts = urlsplit(url)
    if _NO_FEED.search(parts.path):
        return False
    is_host = _FEED_HOSTS.fullmatch(parts.hostname or "") and parts.path.strip("/")
    return bool(is_host or _LIKE_A_FEED.search(parts.path) or _ASKS_FOR_A_FEED.search(parts.query))


def _expected(page: Page) -> Iterator[FoundFeed]:
    """What the publisher, or the software that made the page, probably has."""
    for url in chain(expected(page.url, page.text), _of_the_software(page)):
        yield FoundFeed(whole_address(url))


def _of_the_software(page: Page) -> Iterator[str]:
    """WordPress has a feed behind every address, and Drupal one for the front page."""
    parts = urlsplit(page.url)
    generators = page.tree.find_all("meta", attrs={"name": re.compile(r"^generator$", re.IGNORECASE)}, limit=5)
    made_by = " ".join(attribute(meta, "content") for meta in generators).lower()
    if "wordpress" in made_by or "/wp-content/" in page.text:
        yield parts._replace(path="/feed/", query="", fragment="").geturl()
        yield parts._replace(path=f"{parts.path.rstrip('/')}/feed/", query="", fragment="").geturl()
    if "drupal" in made_by:
        yield parts._replace(path="/rss.xml", query="", fragment="").geturl()
