"""The feeds that a web page offers in its head: <link rel="alternate" type="application/rss+xml" ...>."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bulletin.parse.links import web_address, whole_address
from bulletin.parse.tags import Start, tags
from bulletin.parse.text import plain

_HEAD = 262_144  # characters of a page in which its head must be
_LOOKED_AT = 100  # links
_TITLE = 200  # characters
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundFeed:
    """An address that may be a feed; `sure` when the page itself says so, else it only looks like one."""

    url: str
    title: str = ""
    sure: bool = False

    @property
    def is_of_comments(self) -> bool:
        """Whether it brings what readers say, and not what the site says."""
        return bool(_COMMENTS.search(self.title) or _COMMENTS.search(self.url))


def alternates(page: str, url: str) -> list[FoundFeed]:
    """The feeds that a page at `url` offers in its head, each address once, feeds of comments last."""
    found: dict[str, FoundFeed] = {}
    for link in islice(_links(page[:_HEAD], url), _LOOKED_AT):
        found.setdefault(link.url, link)
    found.pop("", None)
    return sorted(found.values(), key=lambda feed: feed.is_of_comments)


def is_feed_type(media_type: str) -> bool:
    """Whether a media type, perhaps with parameters, is a feed's."""
    return media_type.partition(";")[0].strip().lower() in _FEED_TYPES


def _links(page: str, url: str) -> Iterator[FoundFeed]:
    base = url
    for tag in tags(page):
        if not isinstance(tag, Start):
            continue
        if tag.name == "base" and base == url:
            base = web_address(tag.attributes.get("href", ""), url) or url
        elif tag.name == "link" and _is_alternate(tag):
            title = plain(tag.attributes.get("title", ""), _TITLE)
            yield FoundFeed(whole_address(tag.attributes.get("href", ""), base), title, sure=True)


def _is_alternate(link: Start) -> bool:
    is_named = "alternate" in link.attributes.get("rel", "").lower().split()
    return is_named and is_feed_type(link.attributes.get("type", ""))
