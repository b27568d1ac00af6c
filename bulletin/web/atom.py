"""An Atom feed (RFC 4287) of editions; ids are tag addresses (RFC 4151), which stay when pages move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from flask import render_template

from bulletin.model import Library
from bulletin.render import Page

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Told:
    """One edition in the feed; `link` is absolute."""

    id: str
    link: str
    updated: datetime
    page: Page


def id_of(base_url: str, day: date, name: str) -> str:
    """The id of an edition: tag:desk.example.nhs.uk,2026-12-07:update-2026-12-07."""
    return f"tag:{urlsplit(base_url).hostname},{day.isoformat()}:{name}"


def feed(title: str, here: str, home: str, library: Library, now: datetime, entries: Sequence[Told]) -> bytes:
    """Write the feed; `here` is its own address and `home` that of the archive. Empty, it was updated now."""
    root = Xml.Element("feed", xmlns=_ATOM)
    _add(root, "id", home)
    _add(root, "title", title)
    _add(root, "link", rel="self", href=here, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=home, type="text/html")
    _add(root, "updated", max((one.updated for one in entries), default=now).isoformat(timespec="seconds"))
    _add(_add(root, "author"), "name", library.name)
    for one in entries:
        _entry(root, one)
    told: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(root: Xml.Element, one: Told) -> None:
    element = _add(root, "entry")
    _add(element, "id", one.id)
    _add(element, "title", one.page.subject)
    _add(element, "link", rel="alternate", href=one.link, type="text/html")
    _add(element, "updated", one.updated.isoformat(timespec="seconds"))
    _add(element, "summary", one.page.preheader)
    _add(element, "content", render_template("read_entry.html", page=one.page), type="html")


def _add(parent: Xml.Element, name: str, words: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = words or None
    return element
