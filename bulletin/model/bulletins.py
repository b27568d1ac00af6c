"""What is made of it: bulletins, their editions and emails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bulletin.model.blocks import Block
from bulletin.model.items import Item, Wording
from bulletin.model.schedules import Schedule


class Channel(StrEnum):
    """By what way an edition reaches its readers, which decides whose words may be printed."""

    INSIDE = "inside"  # by email, to the organisation's own people
    WEB = "web"  # for everybody
    OUTSIDE = "outside"  # by email, to people of other organisations


@dataclass(frozen=True)
class Library:
    """Who makes the bulletins and how to reach them."""

    name: str
    email: str
    phone: str = ""
    web: str = ""
    full_text: str = ""  # how to get the full text
    login: str = "May need a login: ask the library"  # beside what is not free, where no link opens it
    openathens: str = ""  # the organisation's domain, as the redirector of OpenAthens knows it
    libkey: str = ""  # the library's number at LibKey
    ask: str = ""  # the form to request an item by, with {title}, {doi}, {url}, {source}; empty: by email
    address: str = ""  # postal
    hours: str = ""
    privacy: str = ""  # web address of the privacy notice
    impact: str = ""  # web address of the form that asks what difference it made
    disclaimer: str = ""


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
    brand: str = ""  # a file in brands/; empty: the house's own look
    readers: Channel = Channel.INSIDE  # or outside: people of other organisations
    language: str = "en-GB"  # of its emails, BCP 47
    address: str = ""  # the one address that an edition goes to, where delivery is address
    sign_up: tuple[str, ...] = ()  # domains whose people may put themselves on it; "anyone"; none: nobody
    clicks: bool = False  # whether clicks on its items are counted, of nobody in particular


class Order(StrEnum):
    """In what order a heading prints its items; an editor's order stands above either."""

    TYPE = "type"  # by what kind of thing they are, guidance first; of a kind the surest first
    BEST = "best"  # the surest first


class Archive(StrEnum):
    """Who may read what a bulletin has sent, at its permanent address."""

    PUBLIC = "public"  # everybody, without abstracts, which publishers give to the organisation alone
    STAFF = "staff"  # who is signed in and may look at the bulletin
    NONE = "none"


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
    second_person: bool = False  # whoever changed an edition last may not approve it
    archive: Archive = Archive.STAFF
    order: Order = Order.TYPE


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
    kept: bool = False  # an editor has worked on it in this draft, so that it keeps its place whatever the room


@dataclass(frozen=True)
class Placed:
    """An item in its place in an edition: printed once, with the other headings that it belongs under."""

    item: Item
    see_also: tuple[str, ...] = ()  # topic ids
    note: str = ""  # why this matters here, in the library's words
    pick: bool = False  # the editor's pick
    wording: Wording | None = None  # the library's own title or summary


@dataclass(frozen=True)
class Section:
    """A heading of an edition and its items, in print order."""

    topic: str
    heading: str
    items: tuple[Placed, ...] = ()
    held_over: tuple[Item, ...] = ()  # no room this time: they lead the next edition


@dataclass(frozen=True)
class Correction:
    """An item that an earlier edition printed, and of which a notice has come since then."""

    item: Item
    day: date  # of that edition


@dataclass(frozen=True)
class Edition:
    """One dated number of a bulletin."""

    id: str  # health-management-2026-12-07: a folder name too
    bulletin: str
    number: int
    day: date
    since: date  # the first day of the window
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...] = ()  # what editors wrote into it, in print order
    corrections: tuple[Correction, ...] = ()  # of what earlier editions printed; read with it, never written
    is_urgent: bool = False  # came off the schedule, because something could not wait

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
