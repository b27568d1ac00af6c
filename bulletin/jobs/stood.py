"""What stood in an edition as it was approved, in short: headings, titles, and where they lead."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bulletin import render
from bulletin.jobs.desk import Desk
from bulletin.model import Approval, Page, Placed
from bulletin.render import links


@dataclass(frozen=True)
class Stood:
    """An item that an edition printed."""

    id: str
    title: str
    url: str  # may be empty
    heading: str


def stood(desk: Desk, edition: str) -> tuple[Stood, ...]:
    """Give what an edition printed as it was approved, for the staff; of a draft, what it would print now.

    Nothing, when there is no such edition any more.
    """
    approval = desk.store.approvals.holding([edition]).get(edition)
    if approval:
        return stood_in(desk, [approval])[edition]
    return tuple(_drafted(desk, edition, None))


def stood_in(desk: Desk, approvals: Collection[Approval]) -> dict[str, tuple[Stood, ...]]:
    """Give what was approved, by edition."""
    forms = desk.store.archived.forms([one.id for one in approvals], public=False)
    return {
        one.edition: tuple(
            _of(render.page_of(forms[one.id].page)) if one.id in forms else _drafted(desk, one.edition, one)
        )
        for one in approvals
    }


def _of(page: Page) -> Iterator[Stood]:
    for heading in page.headings:
        for item in heading.items:
            yield Stood(item.id, item.title, item.url, heading.name)


def _drafted(desk: Desk, edition: str, approval: Approval | None) -> Iterator[Stood]:
    """As the store knows it today: a draft, or what was approved before forms were kept."""
    draft = desk.store.editions.get(edition, worded=approval.at if approval else None)
    for section in draft.sections if draft else ():
        for placed in section.items:
            yield Stood(placed.item.id, _title(placed), links.of(placed.item), section.heading)


def _title(placed: Placed) -> str:
    own = placed.wording.title if placed.wording else ""
    return render.marked(own or placed.item.title, placed.item.marks)
