"""Which known items is an incoming one, and what do they learn from it? Pure.

It is surely a known item when its DOI leads there, when its feed has brought these very words before, or when they
share a key and a title. Failing the last two, it is likely the one that `identity.same` recognises. Two DOIs are
always two things, unless a preprint and its paper were joined: then both lead to the one item. A wrong "new" costs an
editor a glance; a wrong "same" loses an item.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bulletin import identity
from bulletin.model import Citation, DateSource, Item

_BLANKS = ("url", "doi", "authors", "kind", "categories", "language", "free", "guid", "free_url")
_CITATION = tuple(part.name for part in fields(Citation))


@dataclass(frozen=True)
class Known:
    """A known item that shares a key with an incoming one."""

    item: Item
    guid: str  # the one that the incoming item's feed gave it, if any
    exact: bool  # they share a key that holds the title
    by_doi: bool  # they share a key that is a DOI
    met: bool  # it has been met in this document already, where likeness is not enough


def homes(candidates: Sequence[Known], incoming: Item) -> list[str]:
    """Give the ids of the known items that the incoming one is; several of them are one thing."""
    title = identity.normal_title(incoming.title)
    by_doi, by_words, likely = [], [], []
    for known in candidates:
        item = known.item
        if known.by_doi or (incoming.doi and item.doi == incoming.doi):
            by_doi.append(item)
        elif not (incoming.doi and item.doi):
            if known.exact or identity.normal_title(item.title) == title:
                by_words.append(item)
            elif not known.met and identity.same(replace(item, guid=known.guid), incoming):
                likely.append(item)
    found = by_doi + (by_words or likely)
    doi = next((item.doi for item in found if item.doi), "")
    return [item.id for item in found if item.doi in ("", doi)]


def retold(known: Item, teller: Item) -> Item:
    """Let another feed speak for a known item; what it does not say stays as it was known."""
    return replace(
        filled(teller, known), id=known.id, keys=known.keys, feeds=known.feeds, first_seen=known.first_seen
    )


def filled(known: Item, other: Item) -> Item:
    """Fill what is blank in a known item from another form of it; what is known is never overwritten."""
    changes: dict[str, Any] = _blanks(known, other, _BLANKS)
    if citation := _blanks(known.citation, other.citation, _CITATION):
        changes["citation"] = replace(known.citation, **citation)
    if other.summary and not known.summary:
        changes |= {"summary": other.summary, "summary_feed": other.summary_feed}
    if other.published and (known.published is None or known.date_source is DateSource.FIRST_SEEN):
        changes |= {"published": other.published, "date_source": other.date_source, "date_flag": other.date_flag}
    if other.notice and not known.notice and identity.normal_title(known.title) == identity.normal_title(other.title):
        changes["notice"] = other.notice
    return replace(known, **changes) if changes else known


def _blanks(known: object, other: object, names: Sequence[str]) -> dict[str, Any]:
    """Give what one has of these and the other has not."""
    told, blank = vars(other), vars(known)
    return {name: told[name] for name in names if told[name] and not blank[name]}
