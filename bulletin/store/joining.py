"""Joining: items that something else has found to be one thing become one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bulletin import identity
from bulletin.model import Item
from bulletin.store import tables
from bulletin.store.match import filled
from bulletin.store.merging import Ruling, absorb, rulings, survivor
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


@dataclass(frozen=True)
class _Group:
    """An item, with what all that was joined into it brought along."""

    item: Item
    dois: frozenset[str]
    ruling: Ruling | None


def join(connection: Connection, pairs: Sequence[Pair], at: datetime) -> int:
    """Make the items of each pair one, and say how many of them went; UnknownError for an id that no item has.

    Ids of merged items stand for what they were merged into, also by an earlier pair. A pair that is one item
    already stays as it is, and so does one that `_may_be_one` refuses.
    """
    now = {id_: survivor_of(connection, id_) for pair in pairs for id_ in (pair.one, pair.other)}
    groups = _groups(connection, set(now.values()))
    merged = 0
    for pair in pairs:
        one, other = groups[now[pair.one]], groups[now[pair.other]]
        if one is other or not _may_be_one(one, other, is_preprint=pair.is_preprint):
            continue
        ruled = {group.item.id: group.ruling for group in (one, other) if group.ruling}
        stays, gone = (one, other) if survivor([one.item, other.item], ruled) == one.item.id else (other, one)
        groups[stays.item.id] = _join(connection, stays, gone, speaks=other if pair.is_preprint else stays)
        _write_down(connection, pair, gone.item.id, stays.item.id, at)
        now = {id_: stays.item.id if item == gone.item.id else item for id_, item in now.items()}
        merged += 1
    return merged


def joinings(connection: Connection, items: Collection[str] | None = None) -> dict[str, tuple[Joining, ...]]:
    """Give what was joined into each item, by the id of the one that stands for it today, the first one first."""
    gone, why = tables.item, tables.joining.c
    columns = standing, gone.c.title, gone.c.url, why.reason, why.score, why.because
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
        query = select(key.item, key.key).where(key.item.in_(chunk), key.key.startswith(_DOI))
        for item, doi in connection.execute(query):
            found.setdefault(item, set()).add(doi.removeprefix(_DOI))
    ruled = rulings(connection, ids)
    return {
        id_: _Group(item, frozenset(found.get(id_, ())), ruled.get(id_))
        for id_, item in told_items(connection, ids).items()
    }


def _may_be_one(one: _Group, other: _Group, *, is_preprint: bool) -> bool:
    """Refuse a notice and what is none, what editors ruled differently on, and two papers or preprints by DOI."""
    if (one.item.notice is None) != (other.item.notice is None):
        return False
    if one.ruling and other.ruling and {*one.ruling.topics} != {*other.ruling.topics}:
        return False
    if one.dois and other.dois and not is_preprint:
        return False
    dois = one.dois | other.dois
    preprints = sum(map(identity.is_preprint_doi, dois))
    return preprints <= 1 and len(dois) - preprints <= 1


def _join(connection: Connection, stays: _Group, gone: _Group, speaks: _Group) -> _Group:
    """Make two items one; the row of the one that goes keeps the words of the one that does not speak."""
    silent = gone if speaks is stays else stays
    words = filled(speaks.item, silent.item)
    one = replace(words, id=stays.item.id, first_seen=stays.item.first_seen)
    absorb(connection, gone.item.id, stays.item.id)
    change_items(connection, [one, replace(silent.item, id=gone.item.id, first_seen=gone.item.first_seen)])
    write_words(connection, [one.id, gone.item.id])
    return _Group(one, stays.dois | gone.dois, stays.ruling)


def _write_down(connection: Connection, pair: Pair, gone: str, into: str, at: datetime) -> None:
    why = {"reason": pair.reason, "score": pair.score, "because": pair.because}
    connection.execute(insert(tables.joining).values(item=gone, into=into, at=at, **why))
