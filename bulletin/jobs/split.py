"""Split and merge: an editor says that an item is two things, or that two items are one."""

from bulletin import classify
from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import record
from bulletin.model import Item
from bulletin.store import Pair, Refusal

BY_HAND = "an editor"  # the reason of a joining that a person made
_LETTERS = 80  # of a title on the record
_WHY = {
    Refusal.ALREADY: "these are one item already",
    Refusal.NOTICE: "one of them is a correction or retraction and the other is not: a notice stays an item of its "
    "own, and marks what it concerns",
    Refusal.RULINGS: "editors decided differently on them: decide the same on both first, then merge them",
    Refusal.DOIS: "they have different DOIs, so they are two things; only a preprint and its paper may be one",
}


def split(desk: Desk, gone: str, editor: str) -> tuple[Item, Item]:
    """Undo a joining by likeness or by hand: give the item that went, and the one that it had gone into.

    They stay two whatever feeds bring, until somebody merges them. UnknownError for no such item, InputError for one
    that was merged by its DOI or address, or never.
    """
    stayed = desk.store.items.split(gone, editor, desk.now())
    one, other = _item(desk, gone), _item(desk, stayed)
    record(desk, editor, "split an item off", one.id, other.title[:_LETTERS], one.title[:_LETTERS])
    return one, other


def merge(desk: Desk, one: str, other: str, editor: str) -> Item:
    """Make two items one, although an editor may have split them before; gives the one that stays.

    UnknownError for no such item; InputError says why two cannot be one.
    """
    items = _item(desk, one), _item(desk, other)
    pair = _pair(*items, editor)
    refusal = desk.store.items.join_by_hand(pair, desk.now())
    if refusal:
        raise InputError(_WHY[refusal])
    stays = _item(desk, one)
    gone = items[0] if items[0].id != stays.id else items[1]
    record(desk, editor, "merged two items", stays.id, gone.title[:_LETTERS], stays.title[:_LETTERS])
    return stays


def _pair(one: Item, other: Item, editor: str) -> Pair:
    """A preprint comes first, for its paper speaks for both."""
    preprints = classify.is_preprint(one), classify.is_preprint(other)
    if preprints == (False, True):
        one, other = other, one
    return Pair(one.id, other.id, preprints in ((True, False), (False, True)), BY_HAND, 1.0, f"merged by {editor}")


def _item(desk: Desk, name: str) -> Item:
    item = desk.store.items.get(name)
    if item is None:
        raise UnknownError(f"no item {name[:40]!r}")
    return item
