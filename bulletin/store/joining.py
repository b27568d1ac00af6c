"""Joining: items that something else has found to be one thing become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bulletin.model import Item
from bulletin.store.match import filled
from bulletin.store.merging import absorb, survivor
from bulletin.store.rows import survivor_of, told_items
from bulletin.store.stock import change_items


@dataclass(frozen=True)
class Pair:
    """Two items (ids) that are one thing; two DOIs may be one thing only as a preprint and its paper."""

    one: str
    other: str
    is_preprint: bool = False  # `one` is the preprint of `other`


def join(connection: Connection, pairs: Sequence[Pair]) -> int:
    """Make the items of each pair one, and say how many of them went; UnknownError for an id that no item has.

    Ids of merged items stand for what they were merged into, also by an earlier pair. A pair that is one item
    already stays as it is, and so does one of two DOIs, or of a notice and what is none.
    """
    now = {id_: survivor_of(connection, id_) for pair in pairs for id_ in (pair.one, pair.other)}
    known = told_items(connection, set(now.values()))
    merged = 0
    for pair in pairs:
        one, other = known[now[pair.one]], known[now[pair.other]]
        if one.id == other.id or not _may_be_one(one, other, is_preprint=pair.is_preprint):
            continue
        stays, gone = (one, other) if survivor(connection, [one, other]) == one.id else (other, one)
        words = filled(other, one) if pair.is_preprint else filled(stays, gone)
        known[stays.id] = replace(words, id=stays.id, first_seen=stays.first_seen)
        absorb(connection, gone.id, stays.id)
        change_items(connection, [known[stays.id]])
        now = {id_: stays.id if item == gone.id else item for id_, item in now.items()}
        merged += 1
    return merged


def _may_be_one(one: Item, other: Item, *, is_preprint: bool) -> bool:
    if (one.notice is None) != (other.notice is None):
        return False
    return is_preprint or not (one.doi and other.doi and one.doi != other.doi)
