"""The archive that readers see: approved editions at addresses that stay, their words as their rights allow.

They stay as they were when they were approved; only what notices say of an item by now is put before its title.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bulletin import render
from bulletin.compose import printed
from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.model import Approval, Archive, Bulletin, Edition
from bulletin.store import EditionRow, Form, Line, line, look


@dataclass(frozen=True)
class Kept:
    """An approved edition, without its contents."""

    row: EditionRow
    approval: Approval

    @property
    def approved_at(self) -> datetime:
        """When somebody said yes to it."""
        return self.approval.at


@dataclass(frozen=True)
class Mention:
    """An item that a reader looked for, as it stands in the newest edition that prints it in such words."""

    item: render.Printed
    heading: str
    kept: Kept


def kept(desk: Desk, bulletin: Bulletin) -> list[Kept]:
    """Give the approved editions of a bulletin, the newest first."""
    rows = desk.store.editions.list(bulletin.id)
    approved = desk.store.approvals.holding([row.id for row in rows])
    sizes = desk.store.archived.sizes([one.id for one in approved.values()])
    return [
        Kept(replace(row, size=sizes.get(approval.id, row.size)), approval)
        for row in rows
        for approval in [approved.get(row.id)]
        if approval
    ]


def read(desk: Desk, bulletin: Bulletin, edition_id: str, *, public: bool | None = None) -> render.Page:
    """Give an approved edition in words; UnknownError when the bulletin has none of this id.

    `public`: as everybody, or as the staff, may see it; when not told, as those for whom its archive is.
    """
    approval = desk.store.approvals.holding([edition_id]).get(edition_id)
    if approval is None or desk.store.editions.bulletin_of(edition_id) != bulletin.id:
        raise UnknownError(f"no approved edition {edition_id[:80]!r} of {bulletin.id}")
    is_public = bulletin.archive is Archive.PUBLIC if public is None else public
    return _pages(desk, bulletin, [approval], public=is_public)[approval.id]


def read_now(desk: Desk, bulletin: Bulletin, edition: Edition, *, public: bool) -> render.Page:
    """Give an edition in words as it would be approved now; RenderError as for its emails."""
    return render.web_page(printed(edition, bulletin), bulletin, desk.house, public=public)


def mentions(desk: Desk, bulletin: Bulletin, words: str, limit: int, offset: int) -> tuple[list[Mention], int]:
    """Find what the approved editions of a bulletin print, the best first, and say how much there is in all."""
    there = {one.approval.id: one for one in kept(desk, bulletin)}
    found = look(words, _lines(desk, bulletin, [one.approval for one in there.values()]))
    shown = found[offset : offset + limit]
    is_public = bulletin.archive is Archive.PUBLIC
    pages = _pages(desk, bulletin, [there[id_].approval for id_ in {id_ for id_, _ in shown}], public=is_public)
    placed = {id_: [(item, one.name) for one in page.headings for item in one.items] for id_, page in pages.items()}
    told = [Mention(*placed[id_][place], there[id_]) for id_, place in shown if place < len(placed[id_])]
    return told, len(found)


def forms(desk: Desk, bulletin: Bulletin, edition: Edition) -> tuple[Form, Form]:
    """Give an edition as everybody, and as the staff, would see it now; RenderError as for its emails."""
    return _form(desk, bulletin, edition, public=True), _form(desk, bulletin, edition, public=False)


def _form(desk: Desk, bulletin: Bulletin, edition: Edition, *, public: bool) -> Form:
    page = read_now(desk, bulletin, edition, public=public)
    lines = tuple(line(item.id, *render.said(item)) for heading in page.headings for item in heading.items)
    return Form(public, render.told(page), lines)


def _pages(desk: Desk, bulletin: Bulletin, approvals: list[Approval], *, public: bool) -> dict[int, render.Page]:
    """Give what was approved in words, by the ids of the approvals, with the marks of today."""
    frozen = desk.store.archived.forms([one.id for one in approvals], public=public)
    found = {one.id: frozen.get(one.id) or _unfrozen(desk, bulletin, one, public=public) for one in approvals}
    marks = desk.store.items.marks([one.item for form in found.values() for one in form.lines])
    return {
        id_: render.with_marks(render.page_of(form.page), [marks.get(one.item, ()) for one in form.lines])
        for id_, form in found.items()
    }


def _lines(desk: Desk, bulletin: Bulletin, approvals: list[Approval]) -> dict[int, tuple[Line, ...]]:
    """Give what may be searched of what was approved, in the order of the approvals."""
    is_public = bulletin.archive is Archive.PUBLIC
    frozen = desk.store.archived.lines([one.id for one in approvals], public=is_public)
    return {
        one.id: (frozen[one.id] if one.id in frozen else _unfrozen(desk, bulletin, one, public=is_public).lines)
        for one in approvals
    }


def _unfrozen(desk: Desk, bulletin: Bulletin, approval: Approval, *, public: bool) -> Form:
    """Give what was approved before forms were kept, as it is known today, in the library's words of that time."""
    edition = desk.store.editions.get(approval.edition, worded=approval.at)
    if edition is None:
        raise UnknownError(f"no edition {approval.edition!r} any more")
    return _form(desk, bulletin, edition, public=public)
