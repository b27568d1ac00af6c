"""What reading a document gives."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.model import Item


@dataclass(frozen=True)
class Parsed:
    """The items of one document, in its own order; `warning` tells in plain words what went wrong on the way.

    `complete` is False when something of the document could not be read and may come whole the next time.
    """

    items: tuple[Item, ...]
    warning: str = ""
    complete: bool = True
    title: str = ""  # what the feed calls itself
    wait_until: datetime | None = None  # when the document itself wants the next visit at the earliest: not clamped
