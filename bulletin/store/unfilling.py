"""Taking two forms of an item apart again that were laid over each other. Pure."""

from dataclasses import dataclass
from typing import Self

from bulletin import identity
from bulletin.model import Item
from bulletin.store.match import filled
from bulletin.store.passed import Passed
from bulletin.store.rows import item_of, item_row


@dataclass(frozen=True)
class Words:
    """What an item was like with another one's words in its blanks, and what it is without them."""

    filled: Item
    own: Item
    other: Item

    @classmethod
    def of(cls, passed: Passed) -> Self:
        """Those of the one that stayed."""
        return cls(filled(passed.stays, passed.gone), passed.stays, passed.gone)

    def turned(self) -> "Words":
        """Those of the one that went, had the other one's words come to it."""
        return Words(filled(self.other, self.own), self.other, self.own)

    def filled_into(self, before: Item) -> "Words":
        """Those of what the item went into in its turn."""
        return Words(filled(before, self.filled), filled(before, self.own), self.other)


def undone(item: Item, words: Words) -> Item:
    """Take from an item what is the other one's and has not changed since it was filled in."""
    now, with_, without = item_row(item), item_row(words.filled), item_row(words.own)
    row = {name: without[name] if value == with_[name] else value for name, value in now.items()}
    return item_of(row | {"id": item.id, "first_seen": item.first_seen})


def has_words_of_other(now: Item, words: Words, *, at_joining: bool) -> bool:
    """Say whether an item reads like the other one by now: by its title, else by the feed that speaks for it.

    Where neither tells, it reads as it did `at_joining`.
    """
    title, own, other = (identity.normal_title(item.title) for item in (now, words.own, words.other))
    if own != other and title in (own, other):
        return title == other
    feeds = words.own.source, words.other.source
    return now.source == feeds[1] if feeds[0] != feeds[1] and now.source in feeds else at_joining
