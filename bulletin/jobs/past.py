"""What the classifier goes by: items, decided and not, hints, and where it keeps what it learned."""

from collections.abc import Callable
from dataclasses import dataclass

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.model import Decision, Item


@dataclass(frozen=True)
class Past:
    """All items by id, those that an editor ruled on with the rulings, and the others."""

    items: dict[str, Item]
    decided: list[tuple[Item, Decision]]
    undecided: list[Item]


def past(desk: Desk) -> Past:
    """What is on the shelves, and what was ruled of it."""
    items = {item.id: item for item in desk.store.items.list()}
    rulings = desk.store.decisions.latest()
    decided = [(items[name], ruling) for name, ruling in sorted(rulings.items()) if name in items]
    return Past(items, decided, [item for name, item in items.items() if name not in rulings])


def hints(desk: Desk) -> dict[str, tuple[str, ...]]:
    """The topics that feeds hint at, by feed."""
    return {feed.id: feed.topics for feed in desk.config.feeds if feed.topics}


def kept(desk: Desk, tell: Callable[[str], None], write: bool = True) -> room.Kept:
    """Where what was learned lies between two runs; `tell` hears why it could not be used."""
    return room.Kept(desk.config.folder, tell, write)
