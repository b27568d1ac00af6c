"""What came of an edition: whom it reached, who left because of it, what was read and what was useful.

Nobody is in it: people are numbers here, and small numbers of clicks are hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bulletin.model.deliveries import State

FEWEST: Final = 5  # clicks that are told as they are; what is below might tell of somebody


@dataclass(frozen=True)
class Click:
    """Somebody followed the link of an item; who it was is a mark that means nothing after its day."""

    item: str  # id
    mark: str
    at: datetime


@dataclass(frozen=True)
class Clicks:
    """Clicks as they may be told; where a part of a sum is hidden, a number that it is not below."""

    number: int  # 0 where it is hidden
    is_exact: bool

    def __str__(self) -> str:
        if self.number < FEWEST:
            return f"fewer than {FEWEST}"
        return f"{self.number:,}" if self.is_exact else f"at least {self.number:,}"


def told(counts: Iterable[int]) -> Clicks:
    """What may be told of some counts together: nothing below five, and a lower bound where some are hidden.

    The hidden ones count in steps of five, and their highest sum as the one below it: whoever takes the others off
    still does not know any of them.
    """
    parts = list(counts)
    hidden = [part for part in parts if part < FEWEST]
    most = (FEWEST - 1) * len(hidden) - 1  # more would say that each of them is as high as can be
    steps = min(sum(hidden), most) // FEWEST if hidden else 0
    return Clicks(sum(parts) - sum(hidden) + FEWEST * steps, is_exact=bool(parts) and not hidden)


@dataclass(frozen=True)
class Reached:
    """How an edition went to one list."""

    list: str  # id
    name: str
    states: Mapping[State, int] = field(default_factory=dict)
    came_back: int = 0  # of those that were sent: an email said that it could not be brought
    reasons: Mapping[str, int] = field(default_factory=dict)  # why nothing went to who was suppressed
    left: int = 0  # within a week, by a link of it
    returned: int = 0  # of those who left, undid it

    @property
    def people(self) -> int:
        """All for whom it was meant."""
        return sum(self.states.values())

    @property
    def delivered(self) -> int:
        """Taken by the mail server, and nothing came back."""
        return self.states.get(State.SENT, 0) - self.came_back

    @property
    def failed(self) -> int:
        """Could not be brought, as the mail server said at once or an email later."""
        return self.states.get(State.FAILED, 0) + self.came_back

    @property
    def in_doubt(self) -> int:
        """Nobody knows, and a person must say."""
        return self.states.get(State.IN_DOUBT, 0)

    @property
    def held_back(self) -> int:
        """Nothing went to them: they had left or are paused, or an editor stopped the run."""
        return self.states.get(State.SUPPRESSED, 0) + self.states.get(State.CANCELLED, 0)

    @property
    def under_way(self) -> int:
        """Still to be sent."""
        return sum(number for state, number in self.states.items() if not state.is_over)


@dataclass(frozen=True)
class ItemRead:
    """What became of one item of an edition."""

    id: str
    title: str
    url: str
    heading: str
    clicks: Clicks
    useful: int


@dataclass(frozen=True)
class HeadingRead:
    """What became of all items under one heading."""

    heading: str
    items: int
    clicks: Clicks
    useful: int


@dataclass(frozen=True)
class EditionCame:
    """What came of one edition."""

    edition: str  # id
    bulletin: str  # id
    title: str
    day: date
    number: int
    lists: tuple[Reached, ...]  # none: nobody gets it by email from here
    items: tuple[ItemRead, ...]
    headings: tuple[HeadingRead, ...]
    clicks: Clicks
    is_counted: bool  # whether clicks were counted

    @property
    def useful(self) -> int:
        """How often somebody said that an item was useful."""
        return sum(one.useful for one in self.items)


@dataclass(frozen=True)
class Readers:
    """How many different people got a bulletin by one of its lists."""

    bulletin: str  # its title
    list: str  # its name
    people: int
    is_least: bool = False  # who it was is not kept any more: there were at least so many


@dataclass(frozen=True)
class Came:
    """What came of one edition, or of all of a year."""

    title: str
    library: str
    editions: tuple[EditionCame, ...]  # the oldest first
    readers: tuple[Readers, ...]
    people: int  # different ones, over all lists
    headings: tuple[HeadingRead, ...]
    clicks: Clicks
    year: int | None = None  # none: of one edition

    @property
    def lists(self) -> tuple[Reached, ...]:
        """How all of it went to all lists."""
        return tuple(one for edition in self.editions for one in edition.lists)

    @property
    def is_counted(self) -> bool:
        """Whether clicks were counted in any of it."""
        return any(one.is_counted for one in self.editions)

    @property
    def useful(self) -> int:
        """How often somebody said that an item was useful."""
        return sum(one.useful for one in self.editions)
