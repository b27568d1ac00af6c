"""What services add to what the feeds said: a blank is filled, a summary that says little gives way. Pure.

The row of an item keeps the feeds' own words; what was added lies beside it and is laid over it when it is read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from html import unescape
from typing import Any

from bulletin.model import Added, Citation, DateFlag, DateSource, Item, Service

ENOUGH = 200  # characters of text in a summary that needs no longer one

_CITATION = tuple(field.name for field in fields(Citation))
_FIELDS = ("authors", "published", "summary", *_CITATION, "kind", "language", "free", "free_url")
_ARTICLE = ("authors", "published", "summary", "journal")  # the rest alone is worth no question
_WORTH_A_QUESTION = {
    Service.CROSSREF: _ARTICLE,
    Service.EUROPEPMC: _ARTICLE,
    Service.UNPAYWALL: ("free",),
}
_Value = str | bool | datetime | None | tuple[str, ...]
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Addition:
    """One field that a service filled in."""

    field: str  # a column of the item's row
    value: Any  # as JSON holds it
    service: Service


def lacks(item: Item, service: Service) -> bool:
    """Whether an item lacks something that a question to this service is worth."""
    return any(_is_wanting(item, field) for field in _WORTH_A_QUESTION[service])


def learned(item: Item, found: Item, service: Service) -> list[Addition]:
    """Give what a service found that the item, read with all additions so far, does not have."""
    values = ((field, _value(found, field)) for field in _FIELDS)
    return [Addition(field, _plain(value), service) for field, value in values if _improves(item, field, value)]


def completed(item: Item, additions: Iterable[Addition]) -> Item:
    """Lay additions over an item as its feeds told it, and name them in `added`."""
    added: list[Added] = []
    for addition in sorted(additions, key=lambda addition: _FIELDS.index(addition.field)):
        field, value = addition.field, _alive(addition)
        if _improves(item, field, value):
            item = _with(item, field, value)
            added.append(Added("citation" if field in _CITATION else field, addition.service))
    return replace(item, added=tuple(dict.fromkeys(added))) if added else item


def _is_wanting(item: Item, field: str) -> bool:
    match field:
        case "summary":
            return _length(item.summary) < ENOUGH
        case "published":
            return item.published is None or item.date_source is DateSource.FIRST_SEEN
        case _:
            return not _value(item, field)


def _improves(item: Item, field: str, value: _Value) -> bool:
    """Whether a value does better than what the item has; a date after its first sight is that of a later form."""
    if not value or not _is_wanting(item, field):
        return False
    if isinstance(value, datetime):
        return item.first_seen is None or value <= item.first_seen
    return field != "summary" or _length(str(value)) > _length(item.summary)


def _value(item: Item, field: str) -> _Value:
    value: _Value = getattr(item.citation if field in _CITATION else item, field)
    return value


def _with(item: Item, field: str, value: _Value) -> Item:
    """Set a field; the summary that a feed gave stays beside the longer one, for that comes under other rights."""
    if field in _CITATION:
        return replace(item, citation=replace(item.citation, **{field: str(value)}))
    changes: dict[str, Any] = {field: value}
    if field == "published":
        changes |= {"date_source": DateSource.PUBLISHED, "date_flag": DateFlag.NONE}
    if field == "summary":
        changes |= {"told": item.summary}
    return replace(item, **changes)


def _plain(value: _Value) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _alive(addition: Addition) -> _Value:
    value: str | bool | list[str] = addition.value
    if isinstance(value, list):
        return tuple(value)
    return datetime.fromisoformat(str(value)) if addition.field == "published" else value


def _length(summary: str) -> int:
    """How long the text of a summary is, without its markup."""
    return len(unescape(_TAG.sub("", summary)).strip())
