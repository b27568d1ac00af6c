"""What if a topic file were changed, or a new one written: what would move? Nothing is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import decided, hints, kept, undecided
from bulletin.model import Decision, Item, Topic


@dataclass(frozen=True)
class Move:
    """An undecided item that would stand elsewhere."""

    item: Item
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    first: tuple[str, str]  # the heading that it is printed under, before and after; empty: none


@dataclass(frozen=True)
class Quarrel:
    """A decided item of which the classifier would now think otherwise than before."""

    item: Item
    decision: Decision
    says: bool  # whether the topic would now be suggested
    agrees: bool  # whether that is what the editor decided


@dataclass(frozen=True)
class _Shelves:
    """Items that were ruled on, with the rulings, and the others that came lately."""

    decided: list[tuple[Item, Decision]]
    undecided: list[Item]


@dataclass(frozen=True)
class WhatIf:
    """What a topic file would do."""

    topic: Topic
    known: bool  # whether there is such a topic already
    looked_at: int  # undecided items
    moves: tuple[Move, ...]
    quarrels: tuple[Quarrel, ...]


def what_if(
    desk: Desk, topic: Topic, tell: Callable[[str], None] = lambda _: None, since: datetime | None = None
) -> WhatIf:
    """Sort the shelves with a topic as it would be, and hold the outcome against today's.

    `tell` hears why what was learned before could not be used. What `classify` looks at no more is left alone, and
    with `since` undecided items of an older date too, which takes less time.
    """
    ruled, known = decided(desk), topic.id in desk.topics
    items = undecided(desk, [item.id for item, _ in ruled])
    shelves = _Shelves(ruled, [item for item in items if since is None or item.date >= since])
    topics = (*(one for one in desk.config.topics if one.id != topic.id), topic)
    before, said = _sort(desk, shelves, desk.config.topics, topic.id, tell)
    # The second time, the same would be told again.
    after, says = _sort(desk, shelves, topics, topic.id, lambda _: None)
    moves = [
        _move(item, before[item.id], after[item.id])
        for item in shelves.undecided
        if set(before[item.id]) != set(after[item.id]) or before[item.id][:1] != after[item.id][:1]
    ]
    quarrels = [
        Quarrel(item, ruling, says[item.id], says[item.id] == (topic.id in ruling.topics))
        for item, ruling in ruled
        if item.id in says and says[item.id] != said.get(item.id, False)
    ]
    return WhatIf(topic, known, len(shelves.undecided), tuple(moves), tuple(quarrels))


def _sort(
    desk: Desk, shelves: _Shelves, topics: tuple[Topic, ...], changed: str, tell: Callable[[str], None]
) -> tuple[dict[str, tuple[str, ...]], dict[str, bool]]:
    """The headings of the undecided items, best first, and whether the changed topic would take the decided ones."""
    sorter = room.prepare(topics, shelves.decided, kept(desk, tell, write=False))
    said = room.verdicts(sorter, changed) if any(topic.id == changed for topic in topics) else {}
    return room.headings(sorter, shelves.undecided, hints(desk)), said


def _move(item: Item, before: tuple[str, ...], after: tuple[str, ...]) -> Move:
    gained = tuple(one for one in after if one not in before)
    lost = tuple(one for one in before if one not in after)
    return Move(item, gained, lost, ("".join(before[:1]), "".join(after[:1])))
