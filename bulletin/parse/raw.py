"""What both readers hand to `items`: a feed's own words, with no trust in any of them."""

from dataclasses import dataclass, field

from bulletin.model import DateSource
from bulletin.parse.pause import NO_PAUSE, Pause


@dataclass(frozen=True)
class Words:
    """A text as a feed wrote it; `base` is what its relative links stand on, where the feed says so itself."""

    text: str = ""
    literal: bool = False  # plain text: a < in it is a less-than sign
    base: str = ""


@dataclass(frozen=True)
class RawEntry:
    """One entry of a feed; every field may be empty and every string may be hostile."""

    title: Words = Words()
    summary: Words = Words()
    content: Words = Words()
    links: tuple[str, ...] = ()  # the entry's own addresses, best first, perhaps relative
    guid: str = ""
    permalink: bool = True  # the guid may be an address
    enclosures: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # where a DOI may stand alone
    dates: tuple[tuple[DateSource, str], ...] = ()  # best first
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()  # best first
    volume: str = ""
    number: str = ""
    first_page: str = ""
    last_page: str = ""
    kinds: tuple[str, ...] = ()  # best first
    rights: tuple[str, ...] = ()  # licences, rights and access statements
    language: str = ""
    notices: tuple[tuple[str, str], ...] = ()  # what it is a notice of: the record's word for that, and a DOI or none
    noticed: tuple[str, ...] = ()  # the record's words for the notices about this entry

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that a person could read or follow."""
        said = (self.title.text, self.summary.text, self.content.text, self.guid, *self.links, *self.enclosures)
        return not any(text.strip() for text in said)


@dataclass(frozen=True)
class RawFeed:
    """A feed's entries in its own order, what holds for all of them, and what went wrong while reading."""

    entries: tuple[RawEntry, ...]
    home: str = ""  # the site that the feed belongs to
    base: str = ""  # what relative links stand on; empty: the feed's own address
    language: str = ""
    warnings: tuple[str, ...] = field(default=())
    complete: bool = True  # False: the document ended early
    title: str = ""
    pause: Pause = NO_PAUSE
