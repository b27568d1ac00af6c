"""What editors do with an edition before it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bulletin.model.bulletins import Email


@dataclass(frozen=True)
class Standing:
    """How an item stands with the editors in one edition: all that a change may touch and undoing brings back."""

    topics: tuple[str, ...] | None = None  # of the ruling, best first; none: discarded; None: nobody ruled
    unsure: bool = False  # an editor wants to come back to it
    title: str = ""  # the library's own words; empty: the source's
    summary: str = ""
    place: str = ""  # the topic under which this edition prints it; empty: it does not
    position: int = 0  # there, from 0
    left_out: bool = False  # of this edition alone
    held_over: str = ""  # the topic under which it waits for the next edition
    note: str = ""  # why this matters here
    pick: bool = False  # the editor's pick

    @property
    def is_printed(self) -> bool:
        """Whether this edition prints it."""
        return bool(self.place)

    def ruled(self, topics: tuple[str, ...] | None) -> "Standing":
        """The same with another ruling, or with none."""
        return replace(self, topics=topics, unsure=False)


class Act(StrEnum):
    """What an editor can do with an item."""

    ACCEPT = "accept"  # it stands where it belongs
    MOVE = "move"  # to another heading
    ADD = "add"  # a second heading
    DROP = "drop"  # one of several headings
    DISCARD = "discard"  # it belongs in no bulletin
    LEAVE_OUT = "leave out"  # of this edition
    UNSURE = "unsure"
    PULL_IN = "pull in"  # from the archive, or what was held over or left out
    REWORD = "reword"  # title and summary
    NOTE = "note"
    PICK = "pick"
    UNPICK = "unpick"
    UP = "up"
    DOWN = "down"
    BEHIND = "behind"  # another item of the same heading; nobody: first
    UNDO = "undo"


@dataclass(frozen=True)
class Change:
    """One thing that an editor did in an edition.

    `undoes` is the id of the change that it takes back; `follows` that of the one in another draft that brought it
    about.
    """

    id: int
    edition: str
    item: str
    act: Act
    editor: str
    at: datetime
    before: Standing
    after: Standing
    undoes: int | None = None
    follows: int | None = None


@dataclass(frozen=True)
class Approval:
    """A person's yes to the very bytes that are sent; `digest` is that of all its emails together."""

    id: int
    edition: str
    digest: str
    editor: str
    at: datetime
    emails: tuple[Email, ...] = ()
    ended_at: datetime | None = None  # when it was taken back
    ended_by: str = ""
    ended_why: str = ""

    @property
    def holds(self) -> bool:
        """Whether nobody took it back."""
        return self.ended_at is None
