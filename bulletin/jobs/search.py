"""Search: items of the archive by their words, with what is known of each and where it was printed."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.store import Printing


@dataclass(frozen=True)
class Hit:
    """An item that a search found."""

    shelved: Shelved
    printed: tuple[Printing, ...]  # the editions in which it stands, drafts too, the newest first


@dataclass(frozen=True)
class Hits:
    """A page of what a search found, the best first, and how much there is in all (1,000 at most)."""

    hits: tuple[Hit, ...]
    total: int


def search(
    desk: Desk,
    words: str,
    limit: int = 20,
    offset: int = 0,
    since: datetime | None = None,
    until: datetime | None = None,
    feed: str = "",
) -> Hits:
    """Find the items that hold all these words; see `store.search.find` for what they may be."""
    found = desk.store.search.find(words, limit, offset, since, until, feed)
    items = {item.id: item for item in desk.store.items.list(ids=found.ids)}
    printed = desk.store.search.printed(found.ids)
    known = shelf(desk, [items[id_] for id_ in found.ids])
    return Hits(tuple(Hit(one, printed.get(one.item.id, ())) for one in known), found.total)
