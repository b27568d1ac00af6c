"""Near misses: what the classifier would nearly have suggested, the best few items for each heading."""

from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.jobs.sample import LATELY
from bulletin.jobs.shelf import shelf
from bulletin.model import Item, Suggestion

BEST = 5  # items for each heading


@dataclass(frozen=True)
class NearMiss:
    """An undecided item that just missed a heading, and why it came near."""

    item: Item
    missed: Suggestion


def near_misses(desk: Desk, topic: str | None = None) -> list[NearMiss]:
    """The best few rejected items of 90 days for each heading, or for one; UnknownError for no such topic."""
    wanted = [desk.topic(topic).id] if topic else list(desk.topics)
    found = desk.store.queues.near(desk.now() - LATELY, BEST)
    shelved = {one.item.id: one for one in shelf(desk, desk.store.items.list(ids={item for item, _ in found}))}
    missed = [(item, one) for item, topic in found for one in shelved[item].near if one.topic == topic]
    return [NearMiss(shelved[item].item, one) for name in wanted for item, one in missed if one.topic == name]
