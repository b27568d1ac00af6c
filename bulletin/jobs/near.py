"""Near misses: what the classifier would nearly have suggested, the best few items for each heading."""

from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import shelf
from bulletin.model import Item, Suggestion

BEST = 5  # items for each heading


@dataclass(frozen=True)
class NearMiss:
    """An undecided item that just missed a heading, and why it came near."""

    item: Item
    missed: Suggestion


def near_misses(desk: Desk, topic: str | None = None) -> list[NearMiss]:
    """The best few rejected items for each heading, or for one; UnknownError when there is no such topic."""
    wanted = [desk.topic(topic).id] if topic else list(desk.topics)
    missed = [NearMiss(one.item, near) for one in shelf(desk) if one.decision is None for near in one.near]
    best = sorted(missed, key=lambda one: (-one.missed.score, one.item.id))
    return [one for name in wanted for one in [one for one in best if one.missed.topic == name][:BEST]]
