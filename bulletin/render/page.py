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
from bulletin.render import access, words
from bulletin.render.blocks import intro_of, printed_blocks
from bulletin.render.foot import foot
from bulletin.render.printed import Press
from bulletin.render.rights import credits_of, printable


def page(
    edition: Edition,
    bulletin: Bulletin,
    audience: DistributionList,
    house: House,
    channel: Channel | None = None,
) -> Page:
    """Put an edition into words for one list, whose readers say by which channel unless it is told.

    RenderError when an address of the list or library is none.
    """
    way = channel or audience.readers
    edition, left_off = printable(edition, bulletin, house.feeds, way)
    brand = house.brands.get(audience.brand, Brand())
    library = _reached(house.library, brand.contact)
    press = Press(bulletin.schedule.zone, library, house, way, audience.language)
    headings = tuple(_heading(number, section, press) for number, section in enumerate(edition.sections, 1))
    size = words.size(edition)
    blocks = printed_blocks(edition, bulletin, house)
    return Page(
        subject=words.urgent(bulletin, edition.day) if edition.is_urgent else words.subject(bulletin, edition.day),
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
        credits=credits_of(edition, house.feeds, way),
        brand=brand,
        blocks=blocks,
        corrections=tuple(map(press.correction, edition.corrections)),
        nothing=words.nothing(bulletin),
        language=audience.language,
        left_off=left_off,
        **vars(foot(edition, bulletin, audience, house, library)),
    )


def dressed(shown: Page, edition: Edition, bulletin: Bulletin, audience: DistributionList, house: House) -> Page:
    """The same words in the dress of another list, with its name and its foot; RenderError as for `page`."""
    brand = house.brands.get(audience.brand, Brand())
    library = _reached(house.library, brand.contact)
    told = vars(foot(edition, bulletin, audience, house, library))
    return replace(shown, list_name=audience.name, brand=brand, library=library, **told)


def outside(shown: Page) -> Page:
    """The same page for people of other organisations, who have no account of ours: they may ask the library."""
    headings = (
        replace(one, items=tuple(access.without_account(item) for item in one.items)) for one in shown.headings
    )
    return replace(shown, headings=tuple(headings))


def _reached(library: Library, contact: Contact) -> Library:
    """The library as the readers of one list reach it: where the list names its own contact, there."""
    email, phone, web = contact.email or library.email, contact.phone or library.phone, contact.web or library.web
    return replace(library, email=email, phone=phone, web=web)


def leads(headings: Sequence[Heading]) -> Iterator[str]:
    """Give the titles that lead the headings."""
    return (heading.items[0].title for heading in headings if heading.items)


def _heading(number: int, section: Section, press: Press) -> Heading:
    return Heading(f"heading-{number}", section.heading, tuple(map(press.printed, section.items)))
