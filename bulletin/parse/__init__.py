"""Read what a visit brought: bytes in, items out. Nothing here is I/O, and nothing from a feed is believed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from bulletin.model import FeedKind, Fetched
from bulletin.parse import jsonfeed, markup, xmlfeed
from bulletin.parse.alternates import FoundFeed
from bulletin.parse.charset import text_of
from bulletin.parse.items import build, newest
from bulletin.parse.notices import about
from bulletin.parse.opml import Outlines, write_opml
from bulletin.parse.parsed import Parsed
from bulletin.parse.raw import RawEntry, RawFeed
from bulletin.parse.reader import Limits
from bulletin.parse.readers import Readers
from bulletin.parse.sniff import sniff
from bulletin.parse.text import plain

__all__ = ["FoundFeed", "Limits", "Outlines", "Parsed", "Readers", "about", "document", "write_opml"]

_TITLE = 200  # characters of what a feed calls itself
_MOST = 500  # items of one document; what a feed adds between two visits is a few dozen
_MOST_OF_LETTERS = 10_000  # of a visit to a mailbox, where what is not read is not offered again

# Modules with read(fetched) -> RawFeed, brought in when they are needed: a visit to feeds alone needs none of them.
_ADAPTERS = {
    FeedKind.PAGE: "bulletin.parse.webpage",
    FeedKind.PUBMED: "bulletin.parse.pubmed",
    FeedKind.EUROPEPMC: "bulletin.parse.europepmc",
    FeedKind.CROSSREF: "bulletin.parse.crossref",
    FeedKind.MAIL: "bulletin.parse.alerts",
}


def document(fetched: Fetched) -> Parsed:
    """Read a feed (RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x), or what stands for one.

    Raise ParseError when the document is no feed, and nothing else, whatever the bytes are. A feed without entries
    is a feed with no items.
    """
    adapter = _ADAPTERS.get(fetched.feed.kind)
    feed: RawFeed = import_module(adapter).read(fetched) if adapter else _read(fetched)
    entries = [entry for entry in feed.entries if not entry.is_empty]
    most = _MOST_OF_LETTERS if fetched.feed.kind is FeedKind.MAIL else _MOST
    kept = newest(entries, most, fetched.at)
    warnings = [*feed.warnings, fetched.note, _shared_ids(entries)]
    if len(kept) < len(entries):
        warnings.append(f"the feed has {len(entries):,} items; the newest {most:,} were kept")
    if fetched.missed:
        told = f"the search has {fetched.missed:,} results more than were read"
        warnings.append(f"{told}: narrow it, or visit it more often")
    items = build(replace(feed, entries=tuple(kept)), fetched)
    return Parsed(
        tuple(items),
        "; ".join(filter(None, warnings)),
        feed.complete,
        title=plain(markup.text_of(feed.title), _TITLE),
        wait_until=feed.pause.until(fetched.at),
    )


def _shared_ids(entries: Sequence[RawEntry]) -> str:
    """What to say when different things bear one id, which then tells none of them from the others."""
    things = {(entry.guid, entry.title.text, entry.links) for entry in entries if entry.guid}
    doubled = sum(count - 1 for count in Counter(guid for guid, _, _ in things).values())
    told = "item has" if doubled == 1 else "items have"
    return (
        f"{doubled:,} {told} the same id as another one: they were told apart by title and address" if doubled else ""
    )


def _read(fetched: Fetched) -> RawFeed:
    text, mislabelled = text_of(fetched.body, fetched.content_type)
    found = sniff(text, fetched.url)
    feed = jsonfeed.read(found.text) if found.is_json else xmlfeed.read(found.text, atom=found.is_atom)
    return replace(feed, warnings=(mislabelled, found.warning, *feed.warnings))
