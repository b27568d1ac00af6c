"""Whose words may be printed where: by the rights of each feed and the way that an edition takes to its readers."""

from collections.abc import Mapping

from bulletin.model import Access, Channel, Edition, Feed, Item, Rights

# Whose words may be printed for the organisation's own people, and whose for everybody.
ALLOWED = {
    Channel.INSIDE: frozenset({Rights.OGL, Rights.ABSTRACT}),
    Channel.WEB: frozenset({Rights.OGL}),
    Channel.OUTSIDE: frozenset({Rights.OGL}),
}


def summary(item: Item, feeds: Mapping[str, Feed], channel: Channel) -> tuple[str, Rights]:
    """The summary that may be printed, as HTML, and the rights under which it is.

    What a service added is a publisher's abstract, and is printed only of a source whose abstracts are. The feed's
    own comes under its rights; under the strictest ones when nobody knows that feed any more.
    """
    allowed = ALLOWED[channel]
    added = any(one.field == "summary" for one in item.added)
    if added and Rights.ABSTRACT in allowed and _rights(item.source, feeds) is Rights.ABSTRACT:
        return item.summary, Rights.ABSTRACT
    rights = _rights(item.summary_feed, feeds)
    return "" if rights not in allowed else item.told if added else item.summary, rights


def _rights(feed: str, feeds: Mapping[str, Feed]) -> Rights:
    return feeds[feed].rights if feed in feeds else Rights.CITATION


def is_free(item: Item, feeds: Mapping[str, Feed]) -> bool:
    """Whether it says so itself, or the feed that speaks for it is free; what a digest of it costs is no matter."""
    source = feeds.get(item.source)
    return item.free or (source is not None and source.access is Access.FREE)


def credits_of(edition: Edition, feeds: Mapping[str, Feed], channel: Channel) -> tuple[str, ...]:
    """The names of the sources whose summaries stand here under the Open Government Licence, which asks for it."""
    items = [placed.item for section in edition.sections for placed in section.items]
    said = ((item, *summary(item, feeds, channel)) for item in items)
    licensed = {item.summary_feed for item, words, rights in said if words and rights is Rights.OGL}
    return tuple(sorted({feeds[feed].name for feed in licensed}))
