"""A worker: one line to the mail server and one message after the other, each claimed, handed over and ended."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from threading import Event
from time import monotonic
from typing import Protocol, TypeVar

from bulletin.deliver.journal import Journal
from bulletin.deliver.retries import upshot
from bulletin.errors import BulletinError, RenderError, SendError, StoreError
from bulletin.jobs import bounces
from bulletin.jobs.deliver.copies import Copies
from bulletin.jobs.desk import Desk
from bulletin.model import Answer, Claim, Reply, State, Wait
from bulletin.store import Terms

Taken = tuple[Claim, ...] | Wait | None  # in hand; when to ask again, or at once when nothing is; nothing is due

_Result = TypeVar("_Result")
# After these, what else is in hand waits again: whether it may go, and when, is for the ledger to say.
_BEFORE_OTHERS = frozenset({Reply.ABANDONED, Reply.SLOWER, Reply.STOP, Reply.POLICY})
_LOOK = 5.0  # seconds at most between two looks whether to stop


class Way(Protocol):
    """A way that mail goes: a line to a mail server, or a folder."""

    is_away: bool

    def send(
        self,
        sender: str,
        recipient: str,
        message: bytes,
        before_data: Callable[[], bool] = ...,
        envelope_id: str = "",
    ) -> Answer:
        """Hand one message over, and tell what became of it."""


@dataclass(frozen=True)
class How:
    """How a run goes about it."""

    workers: int = 1  # lines to the mail server at once (reference bar R13: two at most)
    watch: bool = False  # goes on when nothing is due, until it is stopped
    retry_now: bool = False  # what waits for another try is tried at once
    patience: float = 60.0  # seconds in which a database that cannot be written to is asked again
    tell: Callable[[str], None] = field(default=lambda _: None)  # is called with what a person may want to know


@dataclass
class Work:
    """What the workers of a run share; `nap` waits so many seconds, or until the run is stopped."""

    desk: Desk
    how: How
    terms: Terms
    open_way: Callable[[], AbstractContextManager[Way]]
    stop: Event
    nap: Callable[[float], object]
    trouble: BulletinError | None = None  # what ended the run before its time

    def rest(self, wait: Wait) -> None:
        """Wait until something may be sent, or a while; whoever rests looks again."""
        seconds = (wait.until - self.desk.now()).total_seconds()
        if seconds > 0:
            self.nap(min(seconds, _LOOK))

    def end(self, trouble: BulletinError) -> None:
        """Let every worker stop after the message that it has in hand."""
        self.trouble = self.trouble or trouble
        self.stop.set()

    def patiently(self, write: Callable[[], _Result]) -> _Result:
        """Write to the store, again for a while when it cannot be written to; then raises StoreError."""
        until = monotonic() + self.how.patience
        while True:
            try:
                return write()
            except StoreError as error:
                left = until - monotonic()
                if left <= 0:
                    raise
                self.how.tell(f"{error} (trying again)")
                self.nap(min(1.0, left))


class Worker:
    """Sends, in a thread of its own."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._desk = work.desk
        self._outbox = work.desk.store.outbox
        self._copies = Copies(work.desk)
        self._journal = Journal(work.desk.config.folder)

    def run(self) -> None:
        """Send until nothing is due, or the run is to stop."""
        taken: Taken = ()
        try:
            while taken is not None and not self._work.stop.is_set():
                if isinstance(taken, Wait):
                    self._work.rest(taken)
                    taken = ()
                elif taken:
                    taken = self._spell(taken)
                else:
                    taken = self._work.patiently(lambda: self._outbox.claim(self._work.terms, self._desk.now()))
        except BulletinError as trouble:
            self._work.end(trouble)

    def _spell(self, taken: Taken) -> Taken:
        """Send one after the other over one line; gives why there is no further one for now."""
        with self._work.open_way() as way:
            while isinstance(taken, tuple) and taken:
                taken = self._bring_all(way, deque(taken))
        return taken

    def _bring_all(self, way: Way, in_hand: deque[Claim]) -> Taken:
        """Bring what is in hand, and take what comes next; what cannot be brought for now waits as before."""
        following: Taken = ()
        try:
            while in_hand:
                claim = in_hand.popleft()
                answer = self._bring(way, claim)
                is_last = answer.reply in _BEFORE_OTHERS or self._work.stop.is_set()
                following = self._end(claim, answer, take=not in_hand and not is_last)
                if is_last:
                    break
        finally:
            if in_hand:
                self._work.patiently(lambda: self._outbox.give_back(in_hand, self._desk.now()))
        return following

    def _bring(self, way: Way, claim: Claim) -> Answer:
        """Bring one message, and say what it came to."""
        try:
            answer = self._carry(way, claim)
        except BulletinError:  # before anything was given away: see `hand`
            self._end(claim, Answer(Reply.ABANDONED), take=False)
            raise
        if way.is_away and answer.reply is Reply.LATER:  # which says nothing about this message
            answer = replace(answer, reply=Reply.SLOWER)
            if not self._work.how.watch:
                self._work.end(SendError(answer.words))
        return answer

    def _carry(self, way: Way, claim: Claim) -> Answer:
        def hand() -> bool:
            """Write down that it is about to be given away: in the ledger first, then in the journal beside it."""
            if not self._work.patiently(lambda: self._outbox.hand(claim, self._desk.now())):
                return False
            self._journal.note(self._desk.now(), claim.number, claim.parts)
            return True

        try:
            message = self._copies.copy(claim)
        except RenderError as error:
            return Answer(Reply.REFUSED, words=str(error))
        sender, envelope_id = bounces.sender_of(self._desk, claim), bounces.envelope_id_of(self._desk, claim)
        return way.send(sender, claim.address, message, hand, envelope_id)

    def _end(self, claim: Claim, answer: Answer, *, take: bool) -> Taken:
        """Write down what came of it; that must not get lost, so that a store which is busy is asked for long."""
        now, give_up = self._desk.now(), self._desk.config.pace.give_up
        told = upshot(answer, now, claim.since, claim.later, give_up)
        terms = self._work.terms if take else None
        following = self._work.patiently(lambda: self._outbox.end(claim, answer, told, now, terms))
        if told.state is State.FAILED:
            self._work.patiently(lambda: bounces.noticed(self._desk, claim.delivery, answer, now))
        return following
