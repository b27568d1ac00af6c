"""What the classifier goes by: what was decided, ever; and of what was not, what came lately."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.model import Decision, Item

_LONGER = timedelta(days=90)  # than the longest window: what is older can hardly be printed any more


def lately(desk: Desk) -> datetime:
    """Since when an item was first seen that is still looked at: the longest window of any bulletin, and 90 days."""
    return desk.now() - max((one.window for one in desk.config.bulletins), default=timedelta()) - _LONGER


def decided(desk: Desk) -> list[tuple[Item, Decision]]:
    """What editors ruled on, with the rulings, by id."""
    rulings = desk.store.decisions.latest()
    items = desk.store.items.list(ids=rulings) if rulings else []
    return [(item, rulings[item.id]) for item in sorted(items, key=lambda item: item.id)]


def undecided(desk: Desk, ruled: Collection[str]) -> list[Item]:
    """What came lately and is not among what was ruled on, by ids; the newest first."""
    known = frozenset(ruled)
    return [item for item in desk.store.items.first_seen_since(lately(desk)) if item.id not in known]


def hints(desk: Desk) -> dict[str, tuple[str, ...]]:
    """The topics that feeds hint at, by feed."""
    return {feed.id: feed.topics for feed in desk.config.feeds if feed.topics}


def kept(desk: Desk, tell: Callable[[str], None], write: bool = True) -> room.Kept:
    """Where what was learned lies between two runs; `tell` hears why it could not be used."""
    return room.Kept(desk.config.folder, tell, write)
