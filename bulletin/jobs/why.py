"""Why: what speaks for and against each heading of an item, and what was decided of the like."""

from collections.abc import Callable
from dataclasses import dataclass

from bulletin import classify as room
from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import decided, hints, kept
from bulletin.model import Decision, Item


@dataclass(frozen=True)
class Why:
    """One item: the opinions on it, best first, and the nearest past decisions."""

    item: Item
    decision: Decision | None
    opinions: tuple[room.Account, ...]
    nearest: tuple[room.Precedent, ...]


def why(desk: Desk, item: str, topic: str | None = None, tell: Callable[[str], None] = lambda _: None) -> Why:
    """Explain what is thought of an item for one topic, or for all those that it is near; UnknownError for no item.

    An item that was decided has been learned from, and its opinions show it. Nothing is written; `tell` hears why
    what was learned before could not be used.
    """
    wanted = desk.topic(topic).id if topic else None
    found = desk.store.items.get(item)
    if found is None:
        raise UnknownError(f"no item {item[:40]!r}: `bulletin items` lists them with their ids")
    known = decided(desk)
    sorter = room.prepare(desk.config.topics, known, kept(desk, tell, write=False))
    accounts = room.accounts(sorter, found, hints(desk))
    chosen = [one for one in accounts if one.suggestion.topic == wanted] if wanted else _telling(accounts)
    ruling = next((ruling for other, ruling in known if other.id == found.id), None)
    return Why(found, ruling, tuple(chosen), tuple(room.nearest(found, known)))


def _telling(accounts: list[room.Account]) -> list[room.Account]:
    """What was accepted and what came near; where nothing did, what came nearest."""
    return [one for one in accounts if one.accepted or one.suggestion.score >= one.threshold / 2] or accounts[:1]
