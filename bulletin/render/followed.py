"""Links that tell us what was read: of a page for one list, and never of what stands on the web or in a file."""

from collections.abc import Mapping
from dataclasses import replace

from bulletin.model import Heading, Page, Printed


def followed(shown: Page, counted: Mapping[str, str], useful: str) -> Page:
    """Lead items through addresses of ours, by their ids, and say where one tells us that something was useful.

    Both may be empty. Where an item leads in the end stays with it, in `leads_to`.
    """
    headings = tuple(_heading(one, counted) for one in shown.headings) if counted else shown.headings
    return replace(shown, headings=headings, useful_link=useful)


def _heading(heading: Heading, counted: Mapping[str, str]) -> Heading:
    return replace(heading, items=tuple(_item(one, counted.get(one.id, "")) for one in heading.items))


def _item(item: Printed, link: str) -> Printed:
    return replace(item, url=link, leads_to=item.url) if link and item.url else item
