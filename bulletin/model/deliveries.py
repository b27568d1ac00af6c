"""Bringing an edition to people: the duty, each try, and the state in which everybody ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a delivery stands; each is in exactly one, and those that are over are marked so."""

    WAITING = "waiting"
    RETRY = "retry"  # was tried, and waits for the next try
    CLAIMED = "claimed"  # a sender has it in hand, and nothing of it was given away
    HANDED = "handed"  # its content is going to the mail server at this moment
    SENT = "sent"  # over: the mail server took it
    FAILED = "failed"  # over: it cannot be brought
    IN_DOUBT = "in doubt"  # over until a person says what to do: nobody knows whether the server took it
    SUPPRESSED = "suppressed"  # over: the person left, is paused, or wants nothing that is in it
    CANCELLED = "cancelled"  # over: an editor stopped the run

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens without a person."""
        return self in (State.SENT, State.FAILED, State.IN_DOUBT, State.SUPPRESSED, State.CANCELLED)


class Reply(StrEnum):
    """What the mail server's answer to one message means for it and for the others."""

    TAKEN = "taken"
    LATER = "later"  # 4xx, or no connection: once more by and by
    SLOWER = "slower"  # 432 and its like: too fast for this server, which says nothing about the reader
    GONE = "gone"  # 5.1.x: no such address
    REFUSED = "refused"  # other 5xx: this message does not get there
    POLICY = "policy"  # 5.7.x: the fault is ours, not the reader's
    STOP = "stop"  # 535, 5.7.515, no TLS: nothing gets there until somebody mends it
    UNKNOWN = "unknown"  # the connection broke after the last dot: it may have been taken or not
    ABANDONED = "abandoned"  # we did not hand it over after all


@dataclass(frozen=True)
class Answer:
    """The mail server's answer to one message."""

    reply: Reply
    code: int = 0  # of SMTP; 0: none was given
    status: str = ""  # enhanced status code (RFC 3463): 5.1.1; empty: none was given
    words: str = ""  # one printable line, without anybody's address


@dataclass(frozen=True)
class Laid:
    """The duty to bring one message to one recipient, as it is laid at approval."""

    list: str  # id of the distribution list
    recipient: str  # a subscriber's id, or @ and the id of a list that has one address for all
    address: str
    name: str
    message: str  # sha256 of the frozen message, hexadecimal
    message_id: str  # without angle brackets
    due: datetime  # not before
    suppressed: str = ""  # why nothing goes to them after all; empty: it goes
    gathers: bool = False  # waits for others, to go with them in one email


@dataclass(frozen=True)
class Frozen:
    """A message as it was approved, with the sample's links and no recipient; kept once, by its digest."""

    digest: str  # sha256, hexadecimal
    subject: str
    mime: bytes


@dataclass(frozen=True)
class Laying:
    """All that is laid at one approval: who gets what."""

    messages: tuple[Frozen, ...] = ()
    deliveries: tuple[Laid, ...] = ()
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by list: what was approved, in words; JSON


@dataclass(frozen=True)
class Delivery:
    """One duty as it stands."""

    id: int
    edition: str
    bulletin: str
    list: str
    recipient: str
    address: str  # empty when the person was erased
    name: str
    message: str  # sha256 of the frozen message
    message_id: str
    state: State
    at: datetime  # since when it stands so
    due: datetime | None = None  # of what waits
    tries: int = 0
    words: str = ""  # of the last answer, or why it is as it is
    code: int = 0
    status: str = ""


class BounceKind(StrEnum):
    """What came back (RFC 3464, RFC 5965)."""

    HARD = "hard"  # no such address
    SOFT = "soft"  # full, or not reachable for days
    COMPLAINT = "complaint"
    LEAVE = "leave"  # an email that asks to be taken off
    OTHER = "other"  # an answer, a delay, a policy: counts nothing


@dataclass(frozen=True)
class Bounce:
    """Something that came back, as it was counted."""

    kind: BounceKind
    edition: str
    at: datetime
    status: str = ""
    words: str = ""
