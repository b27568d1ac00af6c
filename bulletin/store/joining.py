"""Joining: items that something else has found to be one thing become one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from bulletin import identity
from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.apart import Couple, couples, let_together, renamed
from bulletin.store.match import filled
from bulletin.store.merging import Ruling, absorb, rulings, survivor
from bulletin.store.passed import Passed
from bulletin.store.rows import chunks, standing, survivor_of, told_items
from bulletin.store.stock import change_items
from bulletin.store.words import write_words

_DOI = "doi:"  # how the key begins that is one


@dataclass(frozen=True)
class Pair:
    """Two items (ids) that are one thing; two DOIs may be one thing only as a preprint and its paper."""

    one: str
    other: str
    is_preprint: bool = False  # `one` is the preprint of `other`
    reason: str = ""
    score: float = 0.0  # 0 to 1
    because: str = ""  # for an editor to read


@dataclass(frozen=True)
class Joining:
    """What an item was before it went into another one, and why it did."""

    title: str
    url: str
    reason: str
    score: float
    because: str
    item: str = ""  # the id of the one that went


class Refusal(StrEnum):
    """Why two items cannot become one."""

    ALREADY = "they are one already"
    NOTICE = "one is a notice, the other is none"
    RULINGS = "editors ruled differently on them"
    DOIS = "they have different DOIs"
    APART = "an editor said that they are two"


@dataclass(frozen=True)
class _Group:
    """An item, with what all that was joined into it brought along."""

    item: Item
    keys: frozenset[str]
    ruling: Ruling | None

    @property
    def dois(self) -> frozenset[str]:
        return frozenset(key.removeprefix(_DOI) for key in self.keys if key.startswith(_DOI))


def join(connection: Connection, pairs: Sequence[Pair], at: datetime) -> int:
    """Make the items of each pair one, and say how many of them went; UnknownError for an id that no item has.

    Ids of merged items stand for what they were merged into, also by an earlier pair. A pair that is one item
    already stays as it is, and so does one that `_refusal` is found for.
    """
    apart = couples(connection)
    now = {id_: survivor_of(connection, id_) for pair in pairs for id_ in (pair.one, pair.other)}
    groups = _groups(connection, set(now.values()))
    merged = 0
    for pair in pairs:
        one, other = groups[now[pair.one]], groups[now[pair.other]]
        if _refusal(one, other, apart, is_preprint=pair.is_preprint):
            continue
        stays, gone = _join(connection, pair, one, other, at)
        groups[stays.item.id] = stays
        apart = renamed(apart, gone.item.id, stays.item.id)
        now = {id_: stays.item.id if item == gone.item.id else item for id_, item in now.items()}
        merged += 1
    return merged


def join_by_hand(connection: Connection, pair: Pair, at: datetime) -> Refusal | None:
    """Make two items one although an editor may have kept them apart; or say why that cannot be.

    UnknownError for an id that no item has.
    """
    ids = survivor_of(connection, pair.one), survivor_of(connection, pair.other)
    groups = _groups(connection, ids)
    one, other = (groups[id_] for id_ in ids)
    refusal = _refusal(one, other, frozenset(), is_preprint=pair.is_preprint)
    if refusal is None:
        let_together(connection, *ids)
        _join(connection, pair, one, other, at)
    return refusal


def joinings(connection: Connection, items: Collection[str] | None = None) -> dict[str, tuple[Joining, ...]]:
    """Give what was joined into each item, by the id of the one that stands for it today, the first one first."""
    gone, why = tables.item, tables.joining.c
    columns = standing, gone.c.title, gone.c.url, why.reason, why.score, why.because, why.item
    query = select(*columns).join_from(tables.joining, gone, why.item == gone.c.id).order_by(why.at, why.item)
    if items is not None:
        query = query.where(gone.c.merged_into.in_(items))
    found: dict[str, tuple[Joining, ...]] = {}
    for id_, *joined in connection.execute(query):
        found[id_] = (*found.get(id_, ()), Joining(*joined))
    return found


def _groups(connection: Connection, ids: Collection[str]) -> dict[str, _Group]:
    key, found = tables.item_key.c, dict[str, set[str]]()
    for chunk in chunks(ids):
        for item, name in connection.execute(select(key.item, key.key).where(key.item.in_(chunk))):
            found.setdefault(item, set()).add(name)
    ruled = rulings(connection, ids)
    return {
        id_: _Group(item, frozenset(found.get(id_, ())), ruled.get(id_))
        for id_, item in told_items(connection, ids).items()
    }


def _refusal(one: _Group, other: _Group, apart: Collection[Couple], *, is_preprint: bool) -> Refusal | None:
    """Say why two may not be one: two papers or two preprints by DOI are two, whatever else speaks for them."""
    if one is other:
        return Refusal.ALREADY
    if frozenset((one.item.id, other.item.id)) in apart:
        return Refusal.APART
    if (one.item.notice is None) != (other.item.notice is None):
        return Refusal.NOTICE
    if one.ruling and other.ruling and {*one.ruling.topics} != {*other.ruling.topics}:
        return Refusal.RULINGS
    return Refusal.DOIS if _are_two_by_doi(one, other, is_preprint=is_preprint) else None


def _are_two_by_doi(one: _Group, other: _Group, *, is_preprint: bool) -> bool:
    if one.dois and other.dois and not is_preprint:
        return True
    dois = one.dois | other.dois
    preprints = sum(map(identity.is_preprint_doi, dois))
    return preprints > 1 or len(dois) - preprints > 1


def _join(connection: Connection, pair: Pair, one: _Group, other: _Group, at: datetime) -> tuple[_Group, _Group]:
    """Make two items one, and give what stays, as it is now, and what is gone.

    The row of the one that goes keeps the words of the one that does not speak: that of a preprint.
    """
    ruled = {group.item.id: group.ruling for group in (one, other) if group.ruling}
    stays, gone = (one, other) if survivor([one.item, other.item], ruled) == one.item.id else (other, one)
    speaks = other if pair.is_preprint else stays
    silent = gone if speaks is stays else stays
    words = filled(speaks.item, silent.item)
    now = replace(words, id=stays.item.id, first_seen=stays.item.first_seen)
    moved = absorb(connection, gone.item.id, stays.item.id)
    change_items(connection, [now, replace(silent.item, id=gone.item.id, first_seen=gone.item.first_seen)])
    write_words(connection, [now.id, gone.item.id])
    passed = Passed(stays.item, gone.item, stays.keys, moved, spoke=speaks is gone)
    _write_down(connection, pair, passed, at)
    return _Group(now, stays.keys | gone.keys, stays.ruling), gone


def _write_down(connection: Connection, pair: Pair, passed: Passed, at: datetime) -> None:
    why = {"reason": pair.reason, "score": pair.score, "because": pair.because, "passed": passed.told()}
    connection.execute(insert(tables.joining).values(item=passed.gone.id, into=passed.stays.id, at=at, **why))
