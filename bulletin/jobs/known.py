"""Known: what the desk knows of an email that its bytes cannot tell, for the linter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bulletin import render
from bulletin.identity import canonical_url, normal_title, same
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import Made
from bulletin.model import DistributionList, Edition, Item, Known, KnownItem, LinkState, Page, Placed, Printed
from bulletin.render.links import mailbox
from bulletin.store import Sent

LOOKED_BACK = 12  # editions in which an item must not have stood
_TITLE_WORDS = 4  # that make a title one of a kind; "Editorial" and "Board papers" are many things


@dataclass(frozen=True)
class Past:
    """What is the same for all lists of an edition: what was sent before, and what links answered."""

    sent: tuple[Sent, ...]  # the newest edition first
    subjects: Mapping[str, str]  # of the edition before, by list
    links: Mapping[str, LinkState]


def past_of(desk: Desk, edition: Edition, pages: Iterable[Page]) -> Past:
    """Read what was before an edition, and what the links on its pages answered."""
    sent = desk.store.earlier.sent(edition.bulletin, edition.day, LOOKED_BACK)
    subjects = desk.store.earlier.subjects(edition.bulletin, edition.day)
    return Past(tuple(sent), subjects, desk.store.links.of(links_of(pages)))


def links_of(pages: Iterable[Page]) -> list[str]:
    """Give the links of the items on some pages, each once, in their order."""
    items = (item for page in pages for heading in page.headings for item in heading.items)
    return list(dict.fromkeys(item.leads_to or item.url for item in items if item.url))


def known(desk: Desk, edition: Edition, audience: DistributionList, made: Made, past: Past) -> Known:
    """Fill in what the desk knows of one list's email."""
    bulletin, page = desk.bulletin(edition.bulletin), made.page
    items = [item for heading in page.headings for item in heading.items]
    leads = {item.url: item.leads_to or item.url for item in items}  # a link that counts answers as its end does
    checked = {url: past.links[end] for url, end in leads.items() if end in past.links}
    return Known(
        sender=audience.sender,
        reply_to=audience.reply_to,
        title=bulletin.title,
        day=edition.day,
        library=page.library.name,
        hosts=frozenset(_hosts(desk, audience, page)),
        last_subject=past.subjects.get(audience.id, ""),
        window=bulletin.window,
        most=bulletin.most,
        headings={heading.name: len(heading.items) for heading in page.headings},
        keep_empty=bulletin.keep_empty,
        language=page.language,
        archive_link=page.archive_link,
        leave_link="" if page.leave_subject else page.leave_link,
        items=tuple(_items(edition, items, past.sent)),
        own_text="\n".join(filter(None, _own_text(page, items))),
        abbreviations=desk.config.style.abbreviations,
        capitals=desk.config.style.capitals,
        links=checked or None,
        now=_full_hour(desk.now()),
    )


def _full_hour(now: datetime) -> datetime:
    """The end of the hour: what is known changes no more often, and nothing of this hour lies in the future."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _hosts(desk: Desk, audience: DistributionList, page: Page) -> Iterator[str]:
    yield mailbox(audience.sender, f"list {audience.id}: from").address.rpartition("@")[2].lower()
    own = "" if page.leave_subject else page.leave_link
    for url in (page.library.web, desk.config.web.readers_url, page.brand.logo.url, own):
        if host := urlsplit(url).hostname:
            yield host


def _own_text(page: Page, items: list[Printed]) -> Iterator[str]:
    """What the library wrote itself, a paragraph a line."""
    yield page.intro
    for block in page.blocks:
        yield block.title
        for paragraph in block.paragraphs:
            for line in paragraph.lines:
                yield "".join(piece.text for piece in line.pieces)
    for item in items:
        yield item.note


def _items(edition: Edition, items: list[Printed], sent: tuple[Sent, ...]) -> Iterator[KnownItem]:
    placed = {one.item.id: one for section in edition.sections for one in section.items}
    for item in items:
        yield _item(item, placed[item.id], sent)


def _item(printed: Printed, placed: Placed, sent: tuple[Sent, ...]) -> KnownItem:
    item, wording = placed.item, placed.wording
    title = wording.title if wording and wording.title else item.title
    return KnownItem(
        id=item.id,
        title=printed.title,
        url=printed.url,
        doi=printed.doi,
        summary=printed.summary,
        source=printed.source,
        dated=printed.date,
        date=item.date,
        marks=() if render.marked(title, item.marks) == title else tuple(map(str, item.marks[:1])),
        provenance=_provenance(printed, placed),
        editor=printed.edited,
        printed_in=_printed_in(replace(item, title=title), sent),
        note=printed.note,
    )


def _provenance(printed: Printed, placed: Placed) -> str:
    """Whose words the summary is."""
    if not printed.summary:
        return ""
    if placed.wording and placed.wording.summary:
        return "library"
    return "abstract" if printed.abstract else "summary"


def _printed_in(item: Item, sent: tuple[Sent, ...]) -> str:
    """The newest of the earlier editions that had the item; empty for none."""
    return next((one.edition for one in sent if one.item == item.id or _is_again(item, one)), "")


def _is_again(item: Item, one: Sent) -> bool:
    """Whether an item is one that was sent, by DOI, by address, or by a title that is one of a kind.

    Two DOIs that differ are two papers, whatever they are called; an editor's own title tells a thing from its like.
    """
    if item.doi and one.doi:
        return item.doi == one.doi
    words, address = normal_title(item.title), canonical_url(item.url)
    if len(words.split()) >= _TITLE_WORDS and words == normal_title(one.title):
        return True
    there = address != "" and address == canonical_url(one.url)
    return there and same(Item(one.title, one.url, one.doi), replace(item, guid=""))
