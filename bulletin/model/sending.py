"""Sending: what a sender takes in hand, what comes of it, and why nothing may be sent."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.model.deliveries import State


@dataclass(frozen=True)
class Claim:
    """One delivery in the hands of one sender; nobody else has it while its attempt is open."""

    delivery: int
    number: int  # of the attempt, from 1
    edition: str
    bulletin: str
    list: str
    recipient: str  # a subscriber's id, or @ and the id of a list that has one address for all
    address: str
    name: str
    message: str  # sha256 of the frozen message
    message_id: str
    parts: tuple[tuple[int, str], ...]  # each delivery that goes in it, itself first, with its Message-ID
    dated: datetime  # of the first try, for ever after
    due: datetime  # since when it could go
    since: datetime  # when the tries began that count towards giving up
    later: int  # how many of them were put off
    marks: tuple[str, ...]  # keyed hashes of its address

    @property
    def is_together(self) -> bool:
        """Whether several editions go in one email."""
        return len(self.parts) > 1

    @property
    def is_person(self) -> bool:
        """Whether it goes to one reader, and not to a list's address for all."""
        return not self.recipient.startswith("@")


@dataclass(frozen=True)
class Wait:
    """Nothing may be sent before then."""

    until: datetime


@dataclass(frozen=True)
class Upshot:
    """What an answer means for the delivery and for the others."""

    state: State  # it is over so; or RETRY or WAITING: it is due again
    due: datetime | None = None  # when it is due again
    words: str = ""
    holds: str = ""  # why nothing of any edition may go on; empty: it may
    strike: str = ""  # why nothing of its edition may go on after a few of these; empty: they do not count


@dataclass(frozen=True)
class Halt:
    """Why nothing of an edition is sent, or nothing at all."""

    id: int
    edition: str  # empty: all of them
    at: datetime
    by: str  # an editor's email; empty: the machine
    why: str
    is_final: bool = False  # the edition was cancelled


@dataclass(frozen=True)
class Sender:
    """A process that sends."""

    id: str
    machine: str  # a hash; empty: not known
    process: str  # its number and when it began; empty: not known
    began: datetime
    seen: datetime


@dataclass(frozen=True)
class Recovered:
    """What was left open by senders that are gone."""

    waiting: int = 0  # nothing of them was given away: they go again
    in_doubt: int = 0  # they may have been taken, or not
