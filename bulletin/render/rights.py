"""Whose words may be printed where: by the rights of each feed and the way that an edition takes to its readers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bulletin.model import Access, Bulletin, Channel, Edition, Feed, Item, Placed, Rights, Section
from bulletin.render.plain import plain


class Shown(StrEnum):
    """How much of a source's own words may be printed."""

    ABSTRACT = "abstract"  # as the publisher wrote it
    SUMMARY = "summary"
    CITATION = "citation"  # title, source and link: nothing that anybody could own


# Reference domain, (c) 5. The Open Government Licence and open licences such as CC BY hold for everybody; a
# publisher's abstract goes into emails inside the organisation, as the CLA's licence has it, and nowhere else.
SHOWN: Mapping[Rights, Mapping[Channel, Shown]] = {
    Rights.OGL: dict.fromkeys(Channel, Shown.SUMMARY),
    Rights.OPEN: dict.fromkeys(Channel, Shown.ABSTRACT),
    Rights.ABSTRACT: {
        Channel.INSIDE: Shown.ABSTRACT,
        Channel.WEB: Shown.CITATION,
        Channel.OUTSIDE: Shown.CITATION,
    },
    Rights.CITATION: dict.fromkeys(Channel, Shown.CITATION),
}
CREDITED = frozenset({Rights.OGL, Rights.OPEN})  # whoever prints these words must name whose they are
_OF_ABSTRACTS = frozenset({Rights.ABSTRACT, Rights.OPEN})


@dataclass(frozen=True)
class Words:
    """A source's own words for an item, as HTML, as far as they may be printed, and under which terms."""

    html: str = ""
    shown: Shown = Shown.CITATION
    rights: Rights = Rights.CITATION
    feed: str = ""  # id of the feed whose words they are

    def credit(self, feeds: Mapping[str, Feed]) -> str:
        """Who must be named beside them; empty when nobody must be, or nobody knows who."""
        return credit(feeds[self.feed]) if self.html and self.rights in CREDITED else ""


def words_of(item: Item, feeds: Mapping[str, Feed], channel: Channel) -> Words:
    """The words of its source that may be printed.

    What a service added is a publisher's abstract, and is printed only of a source whose abstracts are. The feed's
    own comes under its rights; under the strictest ones when nobody knows that feed any more.
    """
    added = any(one.field == "summary" for one in item.added)
    theirs = _words(item.summary, item.source, feeds, channel)
    if added and theirs.html and theirs.rights in _OF_ABSTRACTS:
        return theirs
    return _words(item.told if added else item.summary, item.summary_feed, feeds, channel)


def credit(feed: Feed) -> str:
    """What a feed's licence asks to be printed: what feeds.yaml says, or the name of a public body."""
    return plain(feed.credit) or (plain(feed.name) if feed.rights is Rights.OGL else "")


def is_free(item: Item, feeds: Mapping[str, Feed]) -> bool:
    """Whether it says so itself, or the feed that speaks for it is free; what a digest of it costs is no matter."""
    source = feeds.get(item.source)
    return item.free or (source is not None and source.access is Access.FREE)


def credits_of(edition: Edition, feeds: Mapping[str, Feed], channel: Channel) -> tuple[str, ...]:
    """Who is named together at the foot: those whose words stand here under the Open Government Licence."""
    items = (placed.item for section in edition.sections for placed in section.items)
    said = (words_of(item, feeds, channel) for item in items)
    return tuple(sorted({words.credit(feeds) for words in said if words.rights is Rights.OGL} - {""}))


def printable(
    edition: Edition, bulletin: Bulletin, feeds: Mapping[str, Feed], channel: Channel
) -> tuple[Edition, tuple[str, ...]]:
    """The edition without the items whose words need a credit that nobody knows; and which these are, and why.

    The library's own words for an item need none. A heading that is left without items goes with them, unless the
    bulletin keeps those.
    """
    left_off = tuple(_left_off(edition, feeds, channel))
    if not left_off:  # nearly always
        return edition, ()
    kept = [_kept(section, feeds, channel) for section in edition.sections]
    gone = {one.topic for one, old in zip(kept, edition.sections, strict=True) if old.items and not one.items}
    if not bulletin.keep_empty:
        kept = [_without(section, gone) for section in kept if section.topic not in gone]
    return replace(edition, sections=tuple(kept)), left_off


def _words(html: str, feed: str, feeds: Mapping[str, Feed], channel: Channel) -> Words:
    rights = feeds[feed].rights if feed in feeds else Rights.CITATION
    shown = SHOWN[rights][channel]
    return Words() if shown is Shown.CITATION or not html else Words(html, shown, rights, feed)


def _lacks_credit(placed: Placed, feeds: Mapping[str, Feed], channel: Channel) -> bool:
    words = words_of(placed.item, feeds, channel)
    has_own = placed.wording is not None and bool(plain(placed.wording.summary))
    return bool(words.html) and words.rights in CREDITED and not has_own and not words.credit(feeds)


def _left_off(edition: Edition, feeds: Mapping[str, Feed], channel: Channel) -> Iterator[str]:
    for placed in (placed for section in edition.sections for placed in section.items):
        if _lacks_credit(placed, feeds, channel):
            feed = feeds[words_of(placed.item, feeds, channel).feed]
            title = plain((placed.wording and placed.wording.title) or placed.item.title)
            yield f"{title}: its licence asks for a credit: write credit: at the feed {feed.name} in feeds.yaml"


def _kept(section: Section, feeds: Mapping[str, Feed], channel: Channel) -> Section:
    kept: Iterable[Placed] = (one for one in section.items if not _lacks_credit(one, feeds, channel))
    return replace(section, items=tuple(kept))


def _without(section: Section, gone: set[str]) -> Section:
    """The section, whose items point to no heading that is gone."""
    items = (replace(one, see_also=tuple(name for name in one.see_also if name not in gone)) for one in section.items)
    return replace(section, items=tuple(items))
