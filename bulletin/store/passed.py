"""What passed from an item to the one that it went into, written down so that it can go back. Pure but for the rows.

The record names rows by what identifies them for ever: a key by itself, a sighting and a lookup by number, an
addition and a mark by what they say. It also holds both items as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bulletin.model import Item
from bulletin.store.rows import item_of, item_row

_INSTANTS = ("published", "first_seen")
Moved = Mapping[str, list[Any]]  # by table: what names the rows that went over


@dataclass(frozen=True)
class Passed:
    """Both items as the feeds had told them until then, the keys of the one that stayed, and what went over to it."""

    stays: Item
    gone: Item
    kept: frozenset[str]
    moved: Moved
    spoke: bool = False  # the words of the one that went counted from then on: the paper's, not its preprint's

    def told(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        items = {"stays": _plain(self.stays), "gone": _plain(self.gone)}
        return items | {"kept": sorted(self.kept), "spoke": self.spoke, "moved": self.moved}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Read it back."""
        stays, gone = _alive(told["stays"]), _alive(told["gone"])
        return cls(stays, gone, frozenset(told["kept"]), told["moved"], told["spoke"])


def _plain(item: Item) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in item_row(item).items()
    }


def _alive(row: Mapping[str, Any]) -> Item:
    instants = {name: datetime.fromisoformat(row[name]) for name in _INSTANTS if row[name]}
    return item_of({**row, **instants})
