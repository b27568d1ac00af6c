"""Atom (RFC 4287): a feed of a bulletin's editions, or of the items of one; ids are tag addresses (RFC 4151).

Tag addresses stay when pages move.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from bulletin.export import blocks
from bulletin.export.elements import as_html, el, link, many
from bulletin.export.paper import Paper
from bulletin.export.words import credit, one_line
from bulletin.model import Heading, Library, Page, Printed, PrintedBlock

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
    updated = max((one.updated for one in entries), default=now)
    root = _root(home, title, library, updated)
    _add(root, "link", rel="self", href=here, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=home, type="text/html")
    for one in entries:
        element = _add(root, "entry")
        _add(element, "id", one.id)
        _add(element, "title", one.page.subject)
        _add(element, "link", rel="alternate", href=one.link, type="text/html")
        _add(element, "updated", _instant(one.updated))
        _add(element, "summary", one.page.preheader)
        _add(element, "content", "".join(map(as_html, _told(one.page))), type="html")
    return _written(root)


def items(paper: Paper) -> bytes:
    """Write a feed of the items of a paper, in print order, each with its heading as category."""
    page = paper.page
    authority = paper.home or f"//{page.library.email.rpartition('@')[2] or 'localhost'}"
    name = id_of(authority, paper.day, paper.name)
    root = _root(name, page.subject, page.library, paper.updated)
    root.set("xml:lang", paper.language)
    if paper.home:
        _add(root, "link", rel="alternate", href=paper.home, type="text/html")
    for number, (heading, item) in enumerate(paper.items(), 1):
        _item(root, paper, heading, item, f"{name}/{item.id or number}")
    return _written(root)


def _item(root: Xml.Element, paper: Paper, heading: Heading, item: Printed, name: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", name)
    _add(element, "title", item.title)
    if item.url:
        _add(element, "link", rel="alternate", href=item.url)
    _add(element, "updated", _instant(paper.updated))
    if item.published:
        _add(element, "published", f"{item.published}T00:00:00Z")
    for author in item.authors or (item.source,):
        _add(_add(element, "author"), "name", author or paper.page.library.name)
    for keyword in dict.fromkeys((paper.keyword(heading), *item.see_also)):
        _add(element, "category", term=one_line(keyword))
    if item.credit:
        _add(element, "rights", item.credit)
    # RFC 4287, 4.1.2: what has no link has content.
    _add(element, "summary" if item.url else "content", item.summary or f"{item.source}, {item.date}")


def _told(page: Page) -> Iterator[Xml.Element]:
    """An edition in short, as HTML: what is shown by programs that show one piece after the other."""
    for heading in page.headings:
        if heading.items:
            yield el("h2", one_line(heading.name))
            yield many("ul", (el("li", *_line(item)) for item in heading.items))
    for name, found in blocks.groups(page):
        yield el("h2", name)
        yield many("ul", (el("li", *_block(block)) for block in found))
    if page.corrections:
        yield el("h2", "Corrections")
        wrong = (el("li", link(one.title, one.url), f", in our edition of {one.day}") for one in page.corrections)
        yield many("ul", wrong)
    if licensed := credit(page):
        yield el("p", "".join(piece.text for piece in licensed))


def _block(block: PrintedBlock) -> Iterator[Xml.Element | str]:
    yield link(block.title, block.url)
    facts = ", ".join(filter(None, (block.when, block.place, f"closes {block.closes}" if block.closes else "")))
    yield f" ({facts})" if facts else ""


def _line(item: Printed) -> Iterator[Xml.Element | str]:
    yield link(item.title, item.url)
    told = " ".join(filter(None, (one_line(item.summary), one_line(item.credit))))
    yield f" ({one_line(item.source)}, {item.date}){told and ': '}{told}"


def _root(name: str, title: str, library: Library, updated: datetime) -> Xml.Element:
    root = Xml.Element("feed", xmlns=_ATOM)
    _add(root, "id", name)
    _add(root, "title", title)
    _add(root, "updated", _instant(updated))
    _add(_add(root, "author"), "name", library.name)
    return root


def _instant(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _written(root: Xml.Element) -> bytes:
    told: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _add(parent: Xml.Element, name: str, words: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = one_line(words) or None
    return element
