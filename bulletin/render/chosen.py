"""An edition with some of its headings alone, for who chose them: nothing in it that is not in the whole one."""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.model import Heading, Page, Printed
from bulletin.render import words
from bulletin.render.page import leads


def chosen(page: Page, names: Sequence[str], of: int) -> Page:
    """The page with the headings of these names, in print order, out of so many that its bulletin has.

    An item of another heading that belongs under a chosen one too moves there. What editors wrote and corrections
    stay. All headings chosen give the page itself.
    """
    if len(names) >= of:
        return page
    headings = tuple(_headings(page, names))
    items = [item for heading in headings for item in heading.items]
    size = words.how_much(len(items), sum(bool(heading.items) for heading in headings))
    return replace(
        page,
        preheader=words.preheader(list(leads(headings)), words.chosen(size, page.library.name)),
        count=len(items),
        size=size,
        headings=headings,
        credits=tuple(sorted({item.foot_credit for item in items} - {""})),
        chosen=f"You chose {len(names)} of {words.many(of, 'heading')}",
    )


def _headings(page: Page, names: Sequence[str]) -> list[Heading]:
    own = {heading.name: heading for heading in page.headings}
    moved = [(_there(item, names), heading.name, item) for heading in page.headings for item in heading.items]
    found: list[Heading] = []
    for name in names:
        stays = own[name].items if name in own else ()
        comes = [item for there, here, item in moved if there == name and here not in names]
        if name in own or comes:
            items = tuple(_pointing(item, name, names) for item in (*stays, *comes))
            found.append(Heading(f"heading-{len(found) + 1}", name, items))
    return found


def _there(item: Printed, names: Sequence[str]) -> str:
    """The first of the chosen headings that an item belongs under besides its own; empty for none."""
    return next((name for name in names if name in item.see_also), "")


def _pointing(item: Printed, name: str, names: Sequence[str]) -> Printed:
    """The item under a heading of this name; it points to no heading that is not there."""
    see_also = tuple(one for one in item.see_also if one in names and one != name)
    return item if see_also == item.see_also else replace(item, see_also=see_also)
