"""The archive that readers see: approved editions at addresses that stay, their words as their rights allow."""

from dataclasses import dataclass
from datetime import datetime

from bulletin import render
from bulletin.compose import printed
from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.model import Archive, Bulletin, Edition
from bulletin.store import EditionRow

_MOST = 1000  # items that a search counts


@dataclass(frozen=True)
class Kept:
    """An approved edition, without its contents."""

    row: EditionRow
    approved_at: datetime


@dataclass(frozen=True)
class Mention:
    """An item that a reader looked for, as it stands in the newest edition that prints it."""

    item: render.Printed
    heading: str
    kept: Kept


def kept(desk: Desk, bulletin: Bulletin) -> list[Kept]:
    """Give the approved editions of a bulletin, the newest first."""
    rows = desk.store.editions.list(bulletin.id)
    approved = desk.store.approvals.holding([row.id for row in rows])
    return [Kept(row, approved[row.id].at) for row in rows if row.id in approved]


def read(desk: Desk, bulletin: Bulletin, edition_id: str) -> render.Page:
    """Give an approved edition in words; UnknownError when the bulletin has none of this id."""
    edition = _as_approved(desk, edition_id)
    if edition is None or edition.bulletin != bulletin.id:
        raise UnknownError(f"no approved edition {edition_id[:80]!r} of {bulletin.id}")
    return _page(desk, bulletin, edition)


def mentions(desk: Desk, bulletin: Bulletin, words: str, limit: int, offset: int) -> tuple[list[Mention], int]:
    """Find what the approved editions of a bulletin print, the best first, and say how much there is in all."""
    there = {one.row.id: one for one in kept(desk, bulletin)}
    found = desk.store.search.find(words, limit=_MOST, bulletin=bulletin.id).ids
    editions = {
        item: next(where.edition for where in places if where.edition in there)
        for item, places in desk.store.search.printed(found).items()
        if any(where.edition in there for where in places)
    }
    ours = [item for item in found if item in editions]
    shown = ours[offset : offset + limit]
    pages = {edition: _places(desk, bulletin, edition) for edition in {editions[item] for item in shown}}
    places = [(item, editions[item]) for item in shown]
    told = [Mention(*pages[name][item], there[name]) for item, name in places if item in pages[name]]
    return told, len(ours)


def _places(desk: Desk, bulletin: Bulletin, edition_id: str) -> dict[str, tuple[render.Printed, str]]:
    """Give the items of an edition in words, with their headings, by id."""
    found = _as_approved(desk, edition_id)
    if found is None:  # taken back a moment ago
        return {}
    edition = printed(found, bulletin)
    page = _page(desk, bulletin, edition)
    return {
        placed.item.id: (told, heading.name)
        for section, heading in zip(edition.sections, page.headings, strict=True)
        for placed, told in zip(section.items, heading.items, strict=True)
    }


def _as_approved(desk: Desk, edition_id: str) -> Edition | None:
    """Give an edition in the library's words that were approved, whatever was written through another draft since."""
    approval = desk.store.approvals.holding([edition_id]).get(edition_id)
    return desk.store.editions.get(edition_id, worded=approval.at) if approval else None


def _page(desk: Desk, bulletin: Bulletin, edition: Edition) -> render.Page:
    is_public = bulletin.archive is Archive.PUBLIC
    shown = printed(edition, bulletin)
    return render.web_page(shown, bulletin, desk.config.library, desk.topics, desk.feeds, public=is_public)
