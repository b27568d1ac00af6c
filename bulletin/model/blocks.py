"""What editors write themselves: blocks of an edition, their days, and the small structure of their text."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is, in the order in which an edition prints them."""

    INTRO = "intro"  # in place of the bulletin's standing one
    NEWS = "news"  # from the library
    TOOL = "tool"  # of the month
    EVENT = "event"
    CONSULTATION = "consultation"
    FUNDING = "funding"


@dataclass(frozen=True, order=True)
class When:
    """A day, and a time on the clock of the bulletin's zone where there is one."""

    day: date
    clock: time | None = None

    def __str__(self) -> str:
        """The same as 2026-12-10, or 2026-12-10 12:30."""
        return f"{self.day}" if self.clock is None else f"{self.day} {self.clock:%H:%M}"

    @classmethod
    def of(cls, told: str) -> "When | None":
        """Read what `str` gave; nothing for nothing. ValueError for anything else."""
        day, _, clock = told.partition(" ")
        return cls(date.fromisoformat(day), time.fromisoformat(clock) if clock else None) if told else None


@dataclass(frozen=True)
class Block:
    """One piece of an edition that an editor wrote; `text` is typed text, never markup."""

    number: int  # its own in its edition, for ever
    kind: BlockKind
    title: str = ""
    text: str = ""
    link: str = ""
    place: str = ""  # of an event
    starts: When | None = None
    ends: When | None = None
    closes: When | None = None  # the last day of a consultation or of a funding call


@dataclass(frozen=True)
class Piece:
    """Words that are alike: a link when there is an address."""

    text: str
    url: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a paragraph, or one thing in a list."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its lines broken where the editor broke them, or a list."""

    lines: tuple[Line, ...]
    is_list: bool = False


@dataclass(frozen=True)
class PrintedBlock:
    """A block as it is printed: plain text throughout."""

    kind: str
    number: int
    title: str
    url: str
    place: str
    when: str  # Thursday 10 December 2026, 12:30pm to 1:30pm
    closes: str  # 31 December 2026
    paragraphs: tuple[Paragraph, ...]
    calendar_link: str = ""
    starts: str = ""  # 2026-12-10 12:30, or 2026-12-10 for the whole day
    ends: str = ""
