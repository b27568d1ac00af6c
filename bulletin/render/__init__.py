"""Turns an edition into the email that one list gets: HTML, plain text and the complete message.

Pure but for reading the template folder: the same edition and files give the same bytes, on any day and machine.
"""

from dataclasses import replace

from bulletin.model import Bulletin, Channel, DistributionList, Edition, Email, House, Page, Printed
from bulletin.render.chosen import chosen
from bulletin.render.files import take_away, write
from bulletin.render.frozen import page_of, said, told, with_marks
from bulletin.render.inline import check, inline
from bulletin.render.merged import merged
from bulletin.render.mime import message
from bulletin.render.page import dressed, outside, page
from bulletin.render.pasted import tidy
from bulletin.render.plain import wrap
from bulletin.render.printed import marked
from bulletin.render.templates import HTML, TEXT, Templates

__all__ = [
    "MOST_BYTES",
    "Page",
    "Printed",
    "chosen",
    "dressed",
    "email",
    "email_of",
    "heaviest",
    "marked",
    "merged",
    "outside",
    "page",
    "page_of",
    "said",
    "take_away",
    "tidy",
    "told",
    "web_page",
    "with_marks",
    "write",
]

MOST_BYTES = 95_000  # of HTML: Gmail cuts an email off at about 102,000


def email(edition: Edition, bulletin: Bulletin, audience: DistributionList, house: House) -> Email:
    """Print an edition in the dress of one list; RenderError for a broken template or address."""
    return email_of(page(edition, bulletin, audience, house), edition, audience, house)


def email_of(shown: Page, edition: Edition, audience: DistributionList, house: House) -> Email:
    """Print an edition that was put into words for one list; RenderError as `email`."""
    dress = Templates(house.templates, audience.template)
    for sheet in dress.sheets(shown):
        check(sheet)
    html = _html(dress, shown)
    text = wrap(dress.fill(TEXT, shown))
    return Email(
        edition=edition.id,
        list=audience.id,
        subject=shown.subject,
        html=html,
        text=text,
        mime=message(shown, html, text, edition, audience, house.leave_at),
    )


def web_page(edition: Edition, bulletin: Bulletin, house: House, *, public: bool) -> Page:
    """Put an edition into words for the web; what everybody sees holds no words that are not open to everybody.

    RenderError as for an email.
    """
    channel = Channel.WEB if public else Channel.INSIDE
    return page(edition, bulletin, bulletin.lists[0], house, channel)


def _html(dress: Templates, shown: Page) -> str:
    return inline(dress.fill(HTML, shown)) + "\n"


def heaviest(shown: Page, audience: DistributionList, house: House) -> str:
    """Say which headings of a list's email take the most room and what to do, by printing each of them alone."""
    dress = Templates(house.templates, audience.template)

    def alone(*names: str) -> int:
        kept = tuple(heading for heading in shown.headings if heading.name in names)
        return len(_html(dress, replace(shown, headings=kept)).encode())

    frame = alone()
    sizes = {heading.name: alone(heading.name) - frame for heading in shown.headings}
    biggest = sorted(sizes, key=lambda name: sizes[name], reverse=True)[:3]
    named = ", ".join(f"{name} ({sizes[name]:,} bytes)" for name in biggest)
    return f"lower `most` in bulletins.yaml, or leave items out of the biggest headings: {named}"
