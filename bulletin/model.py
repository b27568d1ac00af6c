"""The nouns: frozen values that rooms take and give, standard library only.

Every instant is an aware UTC datetime; every day is a date in the bulletin's own zone. Names follow the field's
terms, and *issue* and *entry* are none of ours: a bulletin has editions, a feed's entry never leaves `parse`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path


class Rights(StrEnum):
    """What of a feed's text may be reproduced in a bulletin."""

    OGL = "ogl"  # Open Government Licence: the summary, with a credit line
    ABSTRACT = "abstract"  # the publisher's abstract, inside the organisation
    CITATION = "citation"  # title, source and link only


class Access(StrEnum):
    """What a reader needs to open the full text."""

    FREE = "free"
    LOGIN = "login"


class DateSource(StrEnum):
    """Where an item's date comes from: the feed's own words, or only the day that we first saw it."""

    PUBLISHED = "published"
    UPDATED = "updated"
    FIRST_SEEN = "first seen"


class DateFlag(StrEnum):
    """What was wrong with the date that the feed gave; the date itself is then not used."""

    NONE = ""
    FUTURE = "future"  # more than 48 hours ahead
    ABSURD = "absurd"  # before 1990
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Feed:
    """An address that we visit."""

    id: str
    name: str
    url: str
    every: timedelta = timedelta(hours=12)
    rights: Rights = Rights.CITATION
    access: Access = Access.LOGIN
    topics: tuple[str, ...] = ()  # a hint to the classifier, never a ruling


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask it again with, byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """The bytes and validators of one visit that brought a document."""

    feed: Feed
    url: str  # where the document was in the end, after redirects
    content_type: str
    body: bytes
    validators: Validators
    at: datetime


@dataclass(frozen=True)
class NotModified:
    """A visit that found nothing new to read."""

    feed: Feed
    validators: Validators
    at: datetime


class Outcome(StrEnum):
    """How a visit ended."""

    OK = "ok"
    NOT_MODIFIED = "not modified"
    FAILED = "failed"


@dataclass(frozen=True)
class Visit:
    """One fetch of one feed and how it ended; `message` is the error, or the warning of a feed read with trouble."""

    feed: str
    at: datetime
    outcome: Outcome
    url: str = ""  # the address that was asked: validators hold for no other
    validators: Validators = Validators()
    message: str = ""
    seen: int = 0  # items in the document
    new: int = 0  # items that nobody had brought before


@dataclass(frozen=True)
class Citation:
    """Where a journal article stands; each part is empty when the feed does not say."""

    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Item:
    """One thing worth knowing, however many feeds carried it.

    Text fields are plain text, except `summary`, which is HTML cleaned to the allow-list of `parse`. `url` is http(s)
    or empty. `published` is the item's own date; without one, `first_seen` stands in and `date_source` says so.
    """

    title: str
    url: str = ""
    doi: str = ""  # lower case, without resolver: 10.5555/abc
    published: datetime | None = None
    date_source: DateSource = DateSource.FIRST_SEEN
    date_flag: DateFlag = DateFlag.NONE
    authors: tuple[str, ...] = ()
    summary: str = ""
    kind: str = ""  # the feed's own word: Research, Guidance, News ...
    categories: tuple[str, ...] = ()
    citation: Citation = Citation()
    language: str = ""
    free: bool = False  # the feed itself says that the full text is open
    guid: str = ""  # the feed's own identifier, as it came
    keys: tuple[str, ...] = ()  # what identity knows it by, strongest first
    id: str = ""  # given at shelving, for ever
    first_seen: datetime | None = None  # given at shelving
    feeds: tuple[str, ...] = ()  # ids of the feeds that carried it, the first one first
    source: str = ""  # id of the feed that speaks for it: of those that carried it, the first in feeds.yaml
    summary_feed: str = ""  # id of the feed whose summary this is

    @property
    def date(self) -> datetime:
        """The item's own date, or the day that we first saw it."""
        date = self.published or self.first_seen
        if date is None:
            raise ValueError(f"{self.title!r} has no date before it is shelved")
        return date


@dataclass(frozen=True)
class Topic:
    """A subject that an item can belong under; its heading stands in any bulletin."""

    id: str
    heading: str
    phrases: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    threshold: float | None = None  # None: the classifier's own


@dataclass(frozen=True)
class Because:
    """One reason for a suggestion: a word or phrase and what it added to the score."""

    words: str
    weight: float


@dataclass(frozen=True)
class Suggestion:
    """The machine's opinion that an item belongs under a topic, and the words that made it."""

    item: str
    topic: str
    score: float  # 0 to 1
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Classification:
    """One look at one item: its suggestions, best first; none of them means that it needs a heading."""

    item: str
    suggestions: tuple[Suggestion, ...]
    recipe: str  # what the opinion was made with: the classifier, the topics and the decisions, as a short hash
    trained_on: int  # number of decisions
    at: datetime


@dataclass(frozen=True)
class Decision:
    """An editor's ruling: the topics that an item belongs under, best first; none discards it."""

    item: str
    topics: tuple[str, ...]
    editor: str
    at: datetime


@dataclass(frozen=True)
class Library:
    """Who makes the bulletins and how to reach them."""

    name: str
    email: str
    phone: str = ""
    web: str = ""
    full_text: str = ""  # how to get the full text
    login: str = "May need a login: ask the library"  # beside each item that is not free


@dataclass(frozen=True)
class DistributionList:
    """Who a bulletin goes to, and in what dress."""

    id: str
    name: str
    template: str  # a folder in templates/
    sender: str  # as in a From header: Library <library@example.nhs.uk>
    reply_to: str
    delivery: str  # individual | address | file
    why: str = ""  # why a reader gets this


@dataclass(frozen=True)
class Schedule:
    """When an edition is due: a five-field cron line and the zone that it is told in.

    The fields are minute, hour, day, month and day of the week, as APScheduler 3's CronTrigger reads them, with days
    of the week by name only. A day may be counted: `0 9 1st-mon * *` is 09:00 on the first Monday of a month, and
    `last-fri` and `last` are its last Friday and its last day; CronTrigger wants a space for that hyphen.
    """

    cron: str
    zone: str


@dataclass(frozen=True)
class Bulletin:
    """A standing title: its headings in print order, its rhythm and its lists."""

    id: str
    title: str
    headings: tuple[str, ...]  # topic ids
    schedule: Schedule
    window: timedelta  # how old an item may be, by its own date
    most: int  # items a heading
    keep_empty: bool  # print a heading that has no items
    lists: tuple[DistributionList, ...]
    intro: str = ""


@dataclass(frozen=True)
class Candidate:
    """An item that a bulletin may print, and why it belongs under which topics.

    `scores` maps topic id to the classifier's 0..1; `decided` holds the topics that an editor chose, best first, and
    where there are any, they alone count.
    """

    item: Item
    scores: Mapping[str, float]
    decided: tuple[str, ...] = ()
    held_over: bool = False  # was left out of an earlier edition only for want of room


@dataclass(frozen=True)
class Placed:
    """An item in its place in an edition: printed once, with the other headings that it belongs under."""

    item: Item
    see_also: tuple[str, ...] = ()  # topic ids


@dataclass(frozen=True)
class Section:
    """A heading of an edition and its items, in print order."""

    topic: str
    heading: str
    items: tuple[Placed, ...] = ()
    held_over: tuple[Item, ...] = ()  # no room this time: they lead the next edition


@dataclass(frozen=True)
class Edition:
    """One dated number of a bulletin."""

    id: str  # health-management-2026-12-07: a folder name too
    bulletin: str
    number: int
    day: date
    since: date  # the first day of the window
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """How many items it prints."""
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True)
class Email:
    """One edition as one distribution list gets it."""

    edition: str
    list: str
    subject: str
    html: str
    text: str
    mime: bytes  # the complete message, CRLF line ends


@dataclass(frozen=True)
class Config:
    """What the files of a workspace and the environment say; read once, passed down."""

    folder: Path
    feeds: tuple[Feed, ...]
    topics: tuple[Topic, ...]
    bulletins: tuple[Bulletin, ...]
    library: Library
    database_url: str
    output: Path
    templates: Path
    allow_addresses: frozenset[str] = field(default_factory=frozenset)  # host:port
