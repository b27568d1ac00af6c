"""Read what a visit brought: bytes in, items out. Nothing here is I/O, and nothing from a feed is believed."""

from dataclasses import dataclass

from bulletin.model import Fetched, Item
from bulletin.parse import jsonfeed, xmlfeed
from bulletin.parse.charset import text_of
from bulletin.parse.items import build, newest
from bulletin.parse.sniff import sniff

_MOST = 2_000  # items of one document: more than any real feed that we have met (730)


@dataclass(frozen=True)
class Parsed:
    """The items of one document, in its own order; `warning` tells in plain words what went wrong on the way.

    `complete` is False when something of the document could not be read and may come whole the next time.
    """

    items: tuple[Item, ...]
    warning: str = ""
    complete: bool = True


def document(fetched: Fetched) -> Parsed:
    """Read a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x.

    Raise ParseError when the document is no feed, and nothing else, whatever the bytes are. A feed without entries
    is a feed with no items.
    """
    text, mislabelled = text_of(fetched.body, fetched.content_type)
    found = sniff(text, fetched.url)
    feed = jsonfeed.read(found.text) if found.is_json else xmlfeed.read(found.text, atom=found.is_atom)
    items = build(feed, fetched)
    kept = newest(items, _MOST, fetched.at)
    warnings = [mislabelled, found.warning, *feed.warnings]
    if len(kept) < len(items):
        warnings.append(f"the feed has {len(items):,} items; the newest {_MOST:,} were kept")
    return Parsed(tuple(kept), "; ".join(filter(None, warnings)), feed.complete)
