"""Today: what waits for an editor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import drafts
from bulletin.jobs.health import Health, health
from bulletin.jobs.near import BEST, NearMiss
from bulletin.jobs.sheet import Progress, progress
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.model import Approval, Bulletin
from bulletin.store import EditionRow, Waiting
from bulletin.store.queues import MOST

LATELY = timedelta(days=90)  # since an item was first seen; what is older waits for nobody any more


@dataclass(frozen=True)
class Draft:
    """A draft that waits for its review."""

    row: EditionRow
    bulletin: Bulletin
    progress: Progress


@dataclass(frozen=True)
class Today:
    """What waits, for one person."""

    drafts: tuple[Draft, ...]
    approved: tuple[tuple[EditionRow, Approval], ...]  # of each bulletin the newest, where it is approved
    waiting: Waiting
    sick: tuple[Health, ...]


def today(desk: Desk, sees: Callable[[str], bool]) -> Today:
    """What waits in the bulletins that a person sees; `sees` is asked with their ids."""
    bulletins = {one.id: one for one in desk.config.bulletins if sees(one.id)}
    drafted = [row for row in drafts(desk) if row.bulletin in bulletins]
    approved = desk.store.approvals.holding()
    newest = [row for row in desk.store.editions.newest() if row.bulletin in bulletins]
    return Today(
        tuple(_draft(desk, row, bulletins[row.bulletin]) for row in drafted),
        tuple((row, approved[row.id]) for row in newest if row.id in approved),
        waiting(desk),
        tuple(one for one in health(desk) if one.error or one.alarming),
    )


def waiting(desk: Desk) -> Waiting:
    """How many items wait outside of any edition."""
    return desk.store.queues.counts(_since(desk), BEST)


def counted_to(count: int) -> str:
    """A number of items that wait, in words where it was not counted to the end."""
    return f"{count:,}" if count <= MOST else f"more than {MOST:,}"


def needs_heading(desk: Desk, most: int) -> list[Shelved]:
    """What was looked at lately, belongs nowhere and was not ruled on: the newest."""
    return _shelved(desk, desk.store.queues.needs_heading(_since(desk), most))


def unsure(desk: Desk, most: int) -> list[Shelved]:
    """What an editor wants to come back to: the newest."""
    return _shelved(desk, desk.store.queues.unsure(_since(desk), most))


def nearest_misses(desk: Desk, most: int) -> list[NearMiss]:
    """The best few items of lately that nearly reached each topic, topic by topic, each item once."""
    nearest: dict[str, str] = {}  # the topic under which an item comes first, by id
    for item, topic in desk.store.queues.near(_since(desk), BEST):
        if topic in desk.topics:
            nearest.setdefault(item, topic)
    found = list(nearest.items())[:most]
    shelved = {one.item.id: one for one in _shelved(desk, [item for item, _ in found])}
    return [
        NearMiss(shelved[item].item, missed)
        for item, topic in found
        for missed in shelved[item].near
        if missed.topic == topic
    ]


def _since(desk: Desk) -> datetime:
    return desk.now() - LATELY


def _shelved(desk: Desk, ids: Sequence[str]) -> list[Shelved]:
    return list(shelf(desk, desk.store.items.list(ids=ids))) if ids else []


def _draft(desk: Desk, row: EditionRow, bulletin: Bulletin) -> Draft:
    edition = desk.store.editions.outline(row.id)
    return Draft(row, bulletin, progress(desk, edition) if edition else Progress(0, 0, 0))
