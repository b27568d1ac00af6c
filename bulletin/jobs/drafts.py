"""Drafts: which editions editors work on now, and where a ruling puts an item in each of them."""

from collections.abc import Collection
from dataclasses import replace
from zoneinfo import ZoneInfo

from bulletin import compose, review
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import unknown_edition
from bulletin.model import Bulletin, Edition, Item, Standing
from bulletin.store import EditionRow, Sitting


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


def spread(desk: Desk, sitting: Sitting, item: Item, after: Standing, others: Collection[EditionRow]) -> list[str]:
    """Put an item where its ruling wants it in other drafts; gives the ids of those that changed.

    Nothing jumps: where its heading there still holds, it stays. What comes new must be within the window and never
    printed by that bulletin before; where the heading is full it is held over.
    """
    changed = []
    for row in others:
        edition, bulletin = sitting.edition(row.id), desk.bulletin(row.bulletin)
        if edition is None or item.id in sitting.left_out(row.id):
            continue
        before = review.standings(edition).get(item.id, Standing())
        now = _there(desk, edition, bulletin, item, replace(before, topics=after.topics))
        if (now.place, now.held_over) != (before.place, before.held_over):
            sitting.lay(review.lay(edition, bulletin, item, now, desk.topics))
            changed.append(row.id)
    return changed


def _there(desk: Desk, edition: Edition, bulletin: Bulletin, item: Item, now: Standing) -> Standing:
    here = [topic for topic in now.topics or () if topic in bulletin.headings]
    if now.place in here or now.held_over in here:
        return now
    gone = replace(now, place="", position=0, held_over="")
    known = bool(now.place or now.held_over)
    if not here or not (known or _may_come(desk, edition, bulletin, item)):
        return gone
    printed = review.printed(edition).get(here[0], ())
    if len(printed) >= bulletin.most and not now.place:
        return replace(gone, held_over=here[0])
    return replace(gone, place=here[0], position=len(printed))


def _may_come(desk: Desk, edition: Edition, bulletin: Bulletin, item: Item) -> bool:
    since, until = compose.window(bulletin, edition.day)
    timely = since <= item.date.astimezone(ZoneInfo(bulletin.schedule.zone)) < until
    return timely and item.id not in desk.store.editions.printed(bulletin.id, edition.id)
