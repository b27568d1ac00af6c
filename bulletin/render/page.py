"""What a template gets: an edition in words, plain text throughout, as one list's readers shall see it.

docs/templates.md names every field; a test holds the two together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bulletin.model import (
    Access,
    Bulletin,
    DistributionList,
    Edition,
    Feed,
    Item,
    Library,
    Mark,
    Placed,
    Rights,
    Section,
    Topic,
    Wording,
)
from bulletin.render import links, words
from bulletin.render.plain import cut, plain, shorten, text_of

FREE = "Free to read"
ASK = "Ask the library"

INSIDE = frozenset({Rights.OGL, Rights.ABSTRACT})  # whose words may be printed for the organisation's own people
EVERYWHERE = frozenset({Rights.OGL})  # and whose for everybody

_TITLE_LETTERS = 300
_LABEL_LETTERS = 100
_MOST_SOURCES = 4
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)  # the usual shapes of BCP 47

# Titles that say themselves what a notice says: RETRACTED: Title, [Corrected] Title, Retracted article: Title.
_SAYS = {
    mark: re.compile(rf"\W*{words}(?: \w+)?\s*[\]):\u2013\u2014-]", re.IGNORECASE)
    for mark, words in (
        (Mark.RETRACTED, "(?:retract(?:ed|ion)|withdrawn)"),
        (Mark.CONCERN, "expression of concern"),
        (Mark.CORRECTED, "correct(?:ed|ion)"),
    )
}


@dataclass(frozen=True)
class Printed:
    """One item as it is printed."""

    title: str
    url: str
    source: str
    date: str
    kind: str
    access: str
    free: bool
    summary: str
    abstract: bool
    doi: str
    see_also: tuple[str, ...]
    also_from: tuple[str, ...]
    note: str
    pick: bool
    language: str


@dataclass(frozen=True)
class Heading:
    """One heading and what is printed under it."""

    anchor: str
    name: str
    items: tuple[Printed, ...]


@dataclass(frozen=True)
class Page:
    """The whole edition; its fields are the variables of a template."""

    subject: str
    preheader: str
    title: str
    list_name: str
    day: str
    number: int
    intro: str
    count: int
    size: str
    headings: tuple[Heading, ...]
    library: Library
    library_link: str
    web_link: str
    suggest_link: str
    suggest_subject: str
    leave_link: str
    leave_subject: str
    reply_to: str
    why: str
    credits: tuple[str, ...]


def page(
    edition: Edition,
    bulletin: Bulletin,
    audience: DistributionList,
    library: Library,
    topics: Mapping[str, Topic],
    feeds: Mapping[str, Feed],
    allowed: frozenset[Rights] = INSIDE,
) -> Page:
    """Put an edition into words for one list; RenderError when an address of the list or library is none."""
    press = _Press(bulletin.schedule.zone, library.login, topics, feeds, allowed)
    headings = tuple(_heading(number, section, press) for number, section in enumerate(edition.sections, 1))
    reply_to = links.mailbox(audience.reply_to, f"list {audience.id}: reply_to").address
    contact = links.mailbox(library.email, "library: email").address
    suggest, leave = f"Suggestion for {bulletin.title}", f"Unsubscribe: {bulletin.title}, {audience.name}"
    size = words.size(edition)
    return Page(
        subject=words.subject(bulletin, edition.day),
        preheader=words.preheader(list(leads(headings)), words.chosen(size, library.name)),
        title=bulletin.title,
        list_name=audience.name,
        day=words.weekday(edition.day),
        number=edition.number,
        intro=bulletin.intro,
        count=edition.size,
        size=size,
        headings=headings,
        library=library,
        library_link=links.mailto(contact),
        web_link=links.web(library.web),
        suggest_link=links.mailto(reply_to, suggest),
        suggest_subject=suggest,
        leave_link=links.mailto(reply_to, leave),
        leave_subject=leave,
        reply_to=reply_to,
        why=audience.why or f"You get this because you are on the library's list: {audience.name}.",
        credits=_credits(edition, feeds, allowed),
    )


def marked(title: str, marks: Sequence[Mark]) -> str:
    """Put the gravest thing that notices say of an item where every design shows it: before its title.

    A title that says so itself stays as it is.
    """
    return "".join(f"[{mark.capitalize()}] " for mark in marks[:1] if not _SAYS[mark].match(title)) + title


def leads(headings: Sequence[Heading]) -> Iterator[str]:
    """Give the titles that lead the headings."""
    return (heading.items[0].title for heading in headings if heading.items)


@dataclass(frozen=True)
class _Press:
    """What it takes to put an item into words."""

    zone: str
    login: str
    topics: Mapping[str, Topic]
    feeds: Mapping[str, Feed]
    allowed: frozenset[Rights]

    def printed(self, placed: Placed) -> Printed:
        """The item as it is printed: what its rights allow, and nothing that is not plain text."""
        item = placed.item
        carriers = sorted(item.feeds, key=lambda feed: feed != item.source)
        names = [_label(self.feeds[feed].name) for feed in carriers if feed in self.feeds]
        url = links.of(item)
        free = bool(url) and _is_free(item, self.feeds)
        summary, rights = _summary(item, self.feeds, self.allowed)
        own = placed.wording or Wording(item.id, "", "", "", item.date)
        return Printed(
            title=marked(cut(plain(own.title or item.title), _TITLE_LETTERS) or "Untitled", item.marks),
            url=url,
            source=_label(item.citation.journal) or next(iter(names), _site(url)),
            date=words.dated(item, self.zone),
            kind=_label(item.kind),
            access=FREE if free else (self.login if url else "") or ASK,
            free=free,
            summary=plain(own.summary) or (shorten(text_of(summary)) if summary else ""),
            abstract=not own.summary and rights is Rights.ABSTRACT and bool(item.doi or item.citation.journal),
            doi=_label(item.doi),
            see_also=tuple(self.topics[topic].heading for topic in placed.see_also if topic in self.topics),
            also_from=tuple(names[1:_MOST_SOURCES]),
            language=_language(item.language),
            note=plain(placed.note),
            pick=placed.pick,
        )


def _heading(number: int, section: Section, press: _Press) -> Heading:
    return Heading(f"heading-{number}", section.heading, tuple(map(press.printed, section.items)))


def _summary(item: Item, feeds: Mapping[str, Feed], allowed: frozenset[Rights]) -> tuple[str, Rights]:
    """The summary that may be printed, as HTML, and the rights under which it is.

    What a service added is a publisher's abstract, and is printed only of a source whose abstracts are. The feed's
    own comes under its rights; under the strictest ones when nobody knows that feed any more.
    """
    added = any(one.field == "summary" for one in item.added)
    if added and Rights.ABSTRACT in allowed and _rights(item.source, feeds) is Rights.ABSTRACT:
        return item.summary, Rights.ABSTRACT
    rights = _rights(item.summary_feed, feeds)
    return "" if rights not in allowed else item.told if added else item.summary, rights


def _rights(feed: str, feeds: Mapping[str, Feed]) -> Rights:
    return feeds[feed].rights if feed in feeds else Rights.CITATION


def _site(url: str) -> str:
    """The name of a website, for an item whose feed nobody knows any more."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_free(item: Item, feeds: Mapping[str, Feed]) -> bool:
    """Whether it says so itself, or the feed that speaks for it is free; what a digest of it costs is no matter."""
    source = feeds.get(item.source)
    return item.free or (source is not None and source.access is Access.FREE)


def _label(text: str) -> str:
    return cut(plain(text), _LABEL_LETTERS)


def _language(tag: str) -> str:
    """The language of an item that is not in English, for screen readers."""
    return tag if _LANGUAGE.fullmatch(tag) and not tag.lower().startswith("en") else ""


def _credits(edition: Edition, feeds: Mapping[str, Feed], allowed: frozenset[Rights]) -> tuple[str, ...]:
    """The names of the sources whose summaries stand here under the Open Government Licence, which asks for it."""
    items = [placed.item for section in edition.sections for placed in section.items]
    said = ((item, *_summary(item, feeds, allowed)) for item in items)
    licensed = {item.summary_feed for item, summary, rights in said if summary and rights is Rights.OGL}
    return tuple(sorted({feeds[feed].name for feed in licensed}))
