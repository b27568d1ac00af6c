"""An edition in words: plain text throughout, as one list's readers, or everybody, shall see it.

docs/templates.md names every field; a test holds the two together. What is frozen of an approved edition is a Page,
and what is exported is made of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bulletin.model.blocks import PrintedBlock
from bulletin.model.brands import Brand
from bulletin.model.bulletins import Library
from bulletin.model.feeds import Feed
from bulletin.model.items import Citation, Topic

NOWHERE = Citation()
PLAIN_DRESS = Brand()  # the house's own look


@dataclass(frozen=True)
class House:
    """What stands around every edition: who makes it, of what, and in what dress."""

    library: Library
    topics: Mapping[str, Topic]
    feeds: Mapping[str, Feed]
    templates: Path
    brands: Mapping[str, Brand] = field(default_factory=dict)  # by id
    followed: Mapping[str, datetime] = field(default_factory=dict)  # since when we look at a feed, by its id
    base_url: str = ""  # where readers reach our own pages: scheme, host, port; empty: nowhere
    pages_url: str = ""  # where each has pages of their own, be it on this machine in a trial; empty: nowhere
    leave_at: str = ""  # where emails that ask to leave are read; empty: where answers to the list go


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
    id: str = ""
    authors: tuple[str, ...] = ()
    citation: Citation = NOWHERE
    published: str = ""
    direction: str = ""  # rtl when its title runs from right to left
    edited: str = ""
    type: str = ""  # the machine's word for what kind of thing it is: systematic-review; empty: nobody knows
    flags: tuple[str, ...] = ()  # what to know of it as evidence: Preprint, Retracted, Corrected
    access_link: str = ""  # where the words of `access` lead
    ask_link: str = ""  # to ask the library for it, where `access` is another way
    credit: str = ""  # whom the licence of its abstract asks to name beside it
    leads_to: str = ""  # where `url` leads in the end, if that is an address of ours which counts
    foot_credit: str = ""  # whom the licence of its summary asks to name at the foot of the page
    also_in: tuple[str, ...] = ()  # the other bulletins in the same email that have it too, by title


@dataclass(frozen=True)
class Heading:
    """One heading and what is printed under it."""

    anchor: str
    name: str
    items: tuple[Printed, ...]


@dataclass(frozen=True)
class PrintedCorrection:
    """An item that an earlier edition printed, as it must be corrected: what notices say stands before its title."""

    title: str
    url: str
    day: str  # of that edition


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
    brand: Brand = PLAIN_DRESS
    blocks: tuple[PrintedBlock, ...] = ()  # what editors wrote, in print order
    corrections: tuple[PrintedCorrection, ...] = ()  # of what earlier editions printed
    nothing: str = ""  # under a heading that stays although it has none
    language: str = ""  # of the page, BCP 47
    privacy_link: str = ""
    privacy_subject: str = ""  # of the email that asks, where there is no notice to read
    change_link: str = ""
    change_subject: str = ""
    impact_link: str = ""
    archive_link: str = ""  # where everybody can read it in a browser
    useful_link: str = ""  # to say what of it was useful
    left_off: tuple[str, ...] = ()  # items that may not be printed, and why: for editors
    chosen: str = ""  # how many of the headings are here, for who chose some
    parts: tuple["Page", ...] = ()  # several bulletins in one email, each with what is printed of it
