"""What the tests of the parse room share: a visit with any body, and feeds written around one item."""

from datetime import UTC, datetime
from pathlib import Path

from bulletin import parse
from bulletin.model import Feed, Fetched, Item, Validators

FEEDS = Path(__file__).parents[1] / "feeds"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED = Feed(id="feed", name="Example news", url="https://host.example.org/feeds/all.xml")
HOME = "https://home.example.org/"


def visit(body: str | bytes, content_type: str = "application/xml", url: str = FEED.url) -> Fetched:
    """A visit that brought this body."""
    data = body.encode("utf-8") if isinstance(body, str) else body
    return Fetched(FEED, url, content_type, data, Validators(), AT)


def read(body: str | bytes, content_type: str = "application/xml", url: str = FEED.url) -> parse.Parsed:
    """What the room makes of a body."""
    return parse.document(visit(body, content_type, url))


def read_file(name: str) -> parse.Parsed:
    """What the room makes of one of tests/feeds."""
    return read((FEEDS / name).read_bytes())


def rss(items: str, home: str = HOME) -> str:
    """RSS 2.0 with the usual modules."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
        ' xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule">'
        f"<channel><title>T</title><link>{home}</link><description>d</description>{items}</channel></rss>"
    )


def item(elements: str, home: str = HOME) -> Item:
    """The one item of an RSS feed that holds these elements."""
    (only,) = read(rss(f"<item>{elements}</item>", home)).items
    return only
