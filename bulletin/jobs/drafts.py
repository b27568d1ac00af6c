"""Drafts: which editions editors work on now."""

from bulletin.jobs.desk import Desk
from bulletin.jobs.render import unknown_edition
from bulletin.model import Bulletin
from bulletin.store import EditionRow


def drafts(desk: Desk) -> list[EditionRow]:
    """The newest edition of each bulletin, where nobody approved it, in the order of bulletins.yaml."""
    newest = {row.bulletin: row for row in desk.store.editions.newest()}
    approved = desk.store.approvals.holding()
    known = [newest[bulletin.id] for bulletin in desk.config.bulletins if bulletin.id in newest]
    return [row for row in known if row.id not in approved]


def bulletin_of(desk: Desk, edition_id: str) -> Bulletin:
    """The bulletin of an edition; UnknownError when there is no such edition, or its bulletin is gone."""
    bulletin = desk.store.editions.bulletin_of(edition_id)
    if bulletin is None:
        raise unknown_edition(desk, edition_id)
    return desk.bulletin(bulletin)
