"""Today: what waits for an editor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import drafts
from bulletin.jobs.health import Health, health
from bulletin.jobs.near import BEST, NearMiss
from bulletin.jobs.sheet import Progress, progress
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.model import Approval, Bulletin
from bulletin.store import EditionRow

LATELY = timedelta(days=90)  # since an item was first seen; what is older waits for nobody any more


@dataclass(frozen=True)
class Draft:
    """A draft that waits for its review."""

    row: EditionRow
    bulletin: Bulletin
    progress: Progress


@dataclass(frozen=True)
class Queues:
    """Items that wait outside of any edition, the newest first."""

    needs_heading: tuple[Shelved, ...]
    unsure: tuple[Shelved, ...]
    near: tuple[NearMiss, ...]


@dataclass(frozen=True)
class Today:
    """What waits, for one person."""

    drafts: tuple[Draft, ...]
    approved: tuple[tuple[EditionRow, Approval], ...]  # of each bulletin the newest, where it is approved
    queues: Queues
    sick: tuple[Health, ...]


def today(desk: Desk, sees: Callable[[str], bool]) -> Today:
    """What waits in the bulletins that a person sees; `sees` is asked with their ids."""
    bulletins = {one.id: one for one in desk.config.bulletins if sees(one.id)}
    waiting = [row for row in drafts(desk) if row.bulletin in bulletins]
    approved = desk.store.approvals.holding()
    newest = [row for row in desk.store.editions.newest() if row.bulletin in bulletins]
    return Today(
        tuple(_draft(desk, row, bulletins[row.bulletin]) for row in waiting),
        tuple((row, approved[row.id]) for row in newest if row.id in approved),
        queues(desk),
        tuple(one for one in health(desk) if one.error or one.alarming),
    )


def queues(desk: Desk) -> Queues:
    """What waits of the items that were first seen lately."""
    recent = list(shelf(desk, desk.store.items.first_seen_since(desk.now() - LATELY)))
    _, unsure = desk.store.decisions.standing([one.item.id for one in recent])
    near = [NearMiss(one.item, missed) for one in recent if one.decision is None for missed in one.near]
    best = sorted(near, key=lambda one: (-one.missed.score, one.item.id))
    return Queues(
        tuple(one for one in recent if one.needs_heading and one.item.id not in unsure),
        tuple(one for one in recent if one.item.id in unsure),
        tuple(one for topic in desk.topics for one in [one for one in best if one.missed.topic == topic][:BEST]),
    )


def _draft(desk: Desk, row: EditionRow, bulletin: Bulletin) -> Draft:
    edition = desk.store.editions.outline(row.id)
    return Draft(row, bulletin, progress(desk, edition) if edition else Progress(0, 0, 0))
