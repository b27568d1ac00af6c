"""Drafts: which editions editors work on now."""

from bulletin.errors import ApprovedError
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import unknown_edition
from bulletin.model import Bulletin
from bulletin.store import EditionRow


def drafts(desk: Desk) -> list[EditionRow]:
    """The newest edition of each bulletin and its urgent ones, where nobody approved them.

    In the order of bulletins.yaml, what is urgent first.
    """
    rows = (*desk.store.editions.urgent(), *desk.store.editions.newest())
    approved = desk.store.approvals.holding()
    known = [row for bulletin in desk.config.bulletins for row in rows if row.bulletin == bulletin.id]
    return [row for row in known if row.id not in approved]


def bulletin_of(desk: Desk, edition_id: str) -> Bulletin:
    """The bulletin of an edition; UnknownError when there is no such edition, or its bulletin is gone."""
    bulletin = desk.store.editions.bulletin_of(edition_id)
    if bulletin is None:
        raise unknown_edition(desk, edition_id)
    return desk.bulletin(bulletin)


def refuse_approved(desk: Desk, edition_id: str, bulletin: str, *, may_approve: bool) -> None:
    """A change takes an approval back, which takes the right to approve; an edition that has a successor is past.

    To be asked about an edition that is approved; raises ApprovedError.
    """
    newest = next((row for row in desk.store.editions.newest() if row.bulletin == bulletin), None)
    edition = desk.store.editions.outline(edition_id)
    if newest and edition and newest.day > edition.day:
        raise ApprovedError(f"{edition_id} is approved and no longer the newest: change {newest.id} instead")
    if not may_approve:
        raise ApprovedError(f"{edition_id} is approved: whoever approves must take that back before it can change")
