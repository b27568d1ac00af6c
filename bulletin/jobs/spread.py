"""Spread: what an act in one draft, or a ruling anywhere, does to the item in every other draft."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bulletin import compose, review
from bulletin.jobs.desk import Desk
from bulletin.model import Act, Bulletin, Change, Edition, Item, Standing
from bulletin.store import EditionRow, Sitting


@dataclass(frozen=True)
class Moved:
    """What an act elsewhere did to an item in a draft."""

    edition: str
    before: Standing
    after: Standing


def spread(
    desk: Desk,
    sitting: Sitting,
    item: Item,
    change: tuple[Standing, Standing],
    others: Collection[EditionRow],
    suggested: Sequence[str] = (),
) -> list[Moved]:
    """Put an item where its ruling wants it in other drafts; gives those in which it moved.

    `change` is how the item stood where the act was done, and how it stands there now. Nothing jumps: where its
    heading holds, it stays, and where no ruling counts any more it stays too. What comes new must be within the
    window and never printed by that bulletin before; where the heading is full it is held over. `suggested` are the
    machine's topics, which say where it belongs while no ruling does.
    """
    moved = []
    for edition, bulletin in _open(desk, sitting, item, others):
        stood = review.standings(edition).get(item.id, Standing())
        before, after = (_with(stood, told) for told in change)
        now = _there(desk, edition, bulletin, item, after, suggested)
        if _is_here(before) or _is_here(now):
            sitting.lay(review.lay(edition, bulletin, item, now, desk.topics, suggested))
        if (now.place, now.held_over) != (before.place, before.held_over):
            moved.append(Moved(edition.id, before, now))
    return moved


def put_back(
    desk: Desk,
    sitting: Sitting,
    item: Item,
    followed: Sequence[Change],
    others: Collection[EditionRow],
    suggested: Sequence[str],
) -> list[Moved]:
    """Take back in other drafts what followed from an act, where nobody did something with the item since."""
    moved, past = [], {one.edition: one for one in followed}
    for edition, bulletin in _open(desk, sitting, item, [row for row in others if row.id in past]):
        one = past[edition.id]
        stands = review.standings(edition).get(item.id, Standing())
        if _own(stands) == _own(one.after) and not _printed_before(desk, edition, bulletin, item):
            sitting.lay(review.lay(edition, bulletin, item, one.before, desk.topics, suggested))
            moved.append(Moved(edition.id, one.after, one.before))
    return moved


def note(
    sitting: Sitting, moved: Iterable[Moved], item: Item, act: Act, editor: str, at: datetime, follows: int | None
) -> int | None:
    """Write down what an act did to other drafts; gives the id of the last change."""
    done = follows
    for one in moved:
        done = sitting.note(Change(0, one.edition, item.id, act, editor, at, one.before, one.after, follows=follows))
    return done


def _open(
    desk: Desk, sitting: Sitting, item: Item, rows: Collection[EditionRow]
) -> Iterator[tuple[Edition, Bulletin]]:
    """Those of these editions that are drafts still, and from which nobody left the item out."""
    approved = sitting.approved([row.id for row in rows])
    for row in rows:
        edition = sitting.edition(row.id)
        if edition and row.id not in approved and item.id not in sitting.left_out(row.id):
            yield edition, desk.bulletin(row.bulletin)


def _with(stood: Standing, told: Standing) -> Standing:
    """How an item stands in one draft, with what holds in all of them."""
    return replace(stood, topics=told.topics, unsure=told.unsure, title=told.title, summary=told.summary)


def _own(now: Standing) -> tuple[str, str, str, bool]:
    """What a draft itself knows of an item, but for its place among others."""
    return now.place, now.held_over, now.note, now.pick


def _is_here(now: Standing) -> bool:
    return bool(now.place or now.held_over)


def _there(
    desk: Desk, edition: Edition, bulletin: Bulletin, item: Item, now: Standing, suggested: Sequence[str]
) -> Standing:
    wanted = suggested if now.topics is None else now.topics
    here = [topic for topic in wanted if topic in bulletin.headings]
    if now.place in here or now.held_over in here or (_is_here(now) and now.topics is None):
        return now
    gone = replace(now, place="", position=0, held_over="", note="", pick=False)
    if not here or not (_is_here(now) or _may_come(desk, edition, bulletin, item)):
        return gone
    printed = review.printed(edition).get(here[0], ())
    if len(printed) >= bulletin.most and not now.place:
        return replace(gone, held_over=here[0])
    return replace(now, place=here[0], position=len(printed), held_over="")


def _may_come(desk: Desk, edition: Edition, bulletin: Bulletin, item: Item) -> bool:
    since, until = compose.window(bulletin, edition.day)
    timely = since <= item.date.astimezone(ZoneInfo(bulletin.schedule.zone)) < until
    return timely and not _printed_before(desk, edition, bulletin, item)


def _printed_before(desk: Desk, edition: Edition, bulletin: Bulletin, item: Item) -> bool:
    return item.id in desk.store.editions.printed(bulletin.id, edition.id)
