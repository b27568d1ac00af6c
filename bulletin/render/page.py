"""Puts an edition into words for one list, or for the web."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin.model import (
    Brand,
    Bulletin,
    Channel,
    Contact,
    DistributionList,
    Edition,
    Heading,
    House,
    Library,
    Page,
    Section,
)
from bulletin.render import links, words
from bulletin.render.blocks import intro_of, printed_blocks
from bulletin.render.printed import Press
from bulletin.render.rights import credits_of


def page(
    edition: Edition,
    bulletin: Bulletin,
    audience: DistributionList,
    house: House,
    channel: Channel = Channel.INSIDE,
) -> Page:
    """Put an edition into words for one list; RenderError when an address of the list or library is none."""
    brand = house.brands.get(audience.brand, Brand())
    library = _reached(house.library, brand.contact)
    press = Press(bulletin.schedule.zone, library, house.topics, house.feeds, channel)
    headings = tuple(_heading(number, section, press) for number, section in enumerate(edition.sections, 1))
    reply_to = links.mailbox(audience.reply_to, f"list {audience.id}: reply_to").address
    contact = links.mailbox(library.email, "library: email").address
    suggest, leave = f"Suggestion for {bulletin.title}", f"Unsubscribe: {bulletin.title}, {audience.name}"
    size = words.size(edition)
    blocks = printed_blocks(edition, bulletin, house)
    return Page(
        subject=words.subject(bulletin, edition.day),
        preheader=words.preheader(list(leads(headings)), words.chosen(size, library.name)),
        title=bulletin.title,
        list_name=audience.name,
        day=words.weekday(edition.day),
        number=edition.number,
        intro=intro_of(blocks, bulletin.intro),
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
        credits=credits_of(edition, house.feeds, channel),
        brand=brand,
        blocks=blocks,
        nothing=words.nothing(bulletin),
    )


def _reached(library: Library, contact: Contact) -> Library:
    """The library as the readers of one list reach it: where the list names its own contact, there."""
    email, phone, web = contact.email or library.email, contact.phone or library.phone, contact.web or library.web
    return replace(library, email=email, phone=phone, web=web)


def leads(headings: Sequence[Heading]) -> Iterator[str]:
    """Give the titles that lead the headings."""
    return (heading.items[0].title for heading in headings if heading.items)


def _heading(number: int, section: Section, press: Press) -> Heading:
    return Heading(f"heading-{number}", section.heading, tuple(map(press.printed, section.items)))
