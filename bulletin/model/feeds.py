"""What is visited, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bulletin.model.items import ItemType


class Rights(StrEnum):
    """What of a feed's text may be reproduced in a bulletin."""

    OGL = "ogl"  # Open Government Licence: the summary, with a credit line
    OPEN = "open"  # an open licence such as CC BY: the abstract, for everybody, with a credit line
    ABSTRACT = "abstract"  # the publisher's abstract, inside the organisation
    CITATION = "citation"  # title, source and link only


class Access(StrEnum):
    """What a reader needs to open the full text."""

    FREE = "free"
    LOGIN = "login"


class FeedKind(StrEnum):
    """How a feed is asked and read."""

    FEED = "feed"  # RSS, Atom or JSON Feed
    PAGE = "page"  # a web page without a feed, read by its selectors
    PUBMED = "pubmed"  # a search
    EUROPEPMC = "europepmc"  # a search
    CROSSREF = "crossref"  # a journal, by ISSN
    MAIL = "mail"  # email alerts: a mailbox folder, or a folder of .eml files


@dataclass(frozen=True)
class Selectors:
    """Where the items of a web page stand: CSS selectors, all but `item` inside the item.

    An empty one means: find it yourself (the first heading, the first link, the first date, the first paragraph).
    """

    item: str
    title: str = ""
    link: str = ""
    date: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    """An address that we visit."""

    id: str
    name: str
    url: str  # of a search, the service's base address; of mail, imaps://host or the file: address of a folder
    every: timedelta = timedelta(hours=12)
    rights: Rights = Rights.CITATION
    access: Access = Access.LOGIN
    topics: tuple[str, ...] = ()  # a hint to the classifier, never a ruling
    kind: FeedKind = FeedKind.FEED
    search: str = ""  # what a service is asked for: a query, an ISSN; of imaps://, the mailbox folder
    selectors: Selectors | None = None  # of a page
    agent: str = ""  # the User-Agent for this feed alone; empty means our own
    credit: str = ""  # whom its licence asks to name, and the licence; empty: the name, if that is an OGL
    type: ItemType | None = None  # what kind of thing its items are, unless an item says otherwise

    @property
    def address(self) -> str:
        """What a visit asked: whatever is known from one visit holds for the same address only."""
        asked = [self.search, *(vars(self.selectors).values() if self.selectors else ())]
        return "#".join([self.url, " ".join(asked)]) if any(asked) else self.url


BY_HAND = Feed("by-hand", "Added by hand", "")  # what a person brings stands under this feed


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask it again with, byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Errand:
    """One visit to be made, and what is known from the last good one at the same address."""

    feed: Feed
    url: str  # where to go: the feed's own address, or where it has moved for good
    validators: Validators = Validators()
    digest: str = ""  # SHA-256 of what was read last, in hex: the same again is nothing new
    since: datetime | None = None  # a search asks for what came after; None: for what is recent
    fresh: timedelta | None = None  # how long the last document wished to be left alone


@dataclass(frozen=True)
class Advice:
    """What an answer said about the next visit."""

    wait_until: datetime | None = None  # as the server put it: not clamped
    moved_to: str = ""  # where an unbroken chain of permanent redirects led; empty when none began


@dataclass(frozen=True)
class Fetched:
    """The bytes and validators of one visit that brought a document."""

    feed: Feed
    url: str  # where the document was in the end, after redirects
    content_type: str
    body: bytes
    validators: Validators
    at: datetime
    pages: tuple[bytes, ...] = ()  # what followed the body, when an answer came in several documents
    digest: str = ""  # SHA-256 of body and pages, in hex
    missed: int = 0  # results that a search has beyond those in the documents
    note: str = ""  # what else was left behind, in words for an editor
    advice: Advice = Advice()


@dataclass(frozen=True)
class NotModified:
    """A visit that found nothing new to read: the server said so, or gave the same bytes again."""

    feed: Feed
    validators: Validators
    at: datetime
    digest: str = ""
    advice: Advice = Advice()


class Outcome(StrEnum):
    """How a visit ended."""

    OK = "ok"
    NOT_MODIFIED = "not modified"
    FAILED = "failed"
    POSTPONED = "postponed"  # not made, because its host had asked for no visit yet; never stored


class Trouble(StrEnum):
    """Why a visit failed, as far as it changes what to do next; the message tells the rest."""

    NONE = ""
    GONE = "gone"  # 410
    NOT_FOUND = "not found"  # 404
    REFUSED = "refused"  # 401, 403
    BOT_CHECK = "bot check"  # a challenge that only a browser passes
    BUSY = "busy"  # 429, 503
    NOT_UNDERSTOOD = "not understood"  # 400, 422: what was asked is nothing that can be had there
    SERVER = "server"  # any other answer that brings no document
    NO_HOST = "no such host"
    NOT_ALLOWED = "not allowed"  # an address or a redirect that our own rules refuse
    ROBOTS = "robots"  # the site's robots.txt asks us to stay away
    CONNECTION = "connection"  # refused, broken off, too slow
    TLS = "tls"
    TOO_BIG = "too big"
    BROKEN = "broken"  # cut short, or packed in a way that cannot be unpacked
    EMPTY = "empty"
    NOT_A_FEED = "not a feed"
    UNREADABLE = "unreadable"  # a document that cannot be read, or costs too much to read


@dataclass(frozen=True)
class Visit:
    """One fetch of one feed and how it ended; `message` is the error, or the warning of a feed read with trouble."""

    feed: str
    at: datetime
    outcome: Outcome
    url: str = ""  # the address that was asked (Feed.address): validators and digest hold for no other
    validators: Validators = Validators()
    message: str = ""
    seen: int = 0  # items in the document
    new: int = 0  # items that nobody had brought before
    trouble: Trouble = Trouble.NONE
    digest: str = ""  # of what was read and shelved; empty when it was not read whole
    wait_until: datetime | None = None  # when the server wants us back at the earliest, clamped
    held_host: str = ""  # the host:port that asked for that with 429 or 503, and so for all of its feeds
    moved_to: str = ""  # where an unbroken chain of permanent redirects led


@dataclass(frozen=True)
class Past:
    """What earlier visits tell about a feed at its present address."""

    last: Visit
    good: datetime | None = None  # the last visit that did not fail
    failures: int = 0  # in a row, up to the last visit
    failing_since: datetime | None = None  # the first of them
    gone_since: datetime | None = None  # the first of an unbroken row of 410s up to the last visit


@dataclass(frozen=True)
class Activity:
    """What a feed has brought in the last year; an item counts once, however many forms of it the feed brought."""

    feed: str
    first_seen: datetime  # when it brought the first item
    last_new: datetime | None  # when it last brought an item that it had not brought before
    usual_gap: float | None  # days between days with items, the median of the last 60 times; None before two
    a_month: float  # items in 30 days, over the last 90 or as long as it is followed, 30 at least
    seen: int  # items
    printed: int  # of these, the ones that stand in an edition
