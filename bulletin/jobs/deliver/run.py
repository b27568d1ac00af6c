"""A run: what senders left behind is recovered, what goes together is put together, and workers send what is due."""

import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from time import monotonic

from bulletin.deliver import machine, way_of
from bulletin.errors import BulletinError, InputError, StoreError
from bulletin.jobs import restored
from bulletin.jobs.deliver.recovery import recover
from bulletin.jobs.deliver.worker import How, Way, Work, Worker
from bulletin.jobs.desk import Desk
from bulletin.jobs.gather import gather
from bulletin.jobs.render import outline_of
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.model import Halt, Recovered, Sender, State
from bulletin.store import Terms

_SEEN_EVERY = 10.0  # seconds; others take a sender of which they know nothing else for gone after two minutes
_IN_HAND = 20  # emails at once, where no pace is set: to take them one by one costs half as much as to send them
_LOOK_EVERY = 15.0  # seconds, for what has become due


@dataclass(frozen=True)
class Ran:
    """What a run found and left."""

    tallies: dict[str, Counter[State]]  # of the editions that were not over when it began
    halts: tuple[Halt, ...]  # what holds any of them
    recovered: Recovered
    trouble: str = ""  # why it ended before its time

    @property
    def is_done(self) -> bool:
        """Whether nothing waits that could be sent now."""
        held = {one.edition for one in self.halts}
        waits = [name for name, states in self.tallies.items() if states[State.WAITING] + states[State.RETRY]]
        return not self.trouble and not any(name in held or "" in held for name in waits)


class Run:
    """One process that sends."""

    def __init__(self, desk: Desk, work: Work, me: Sender) -> None:
        self._desk = desk
        self._work = work
        self._me = me
        self._seen = monotonic()
        self._recovered = Recovered()

    def go(self) -> Recovered:
        """Send until nothing is due, or until it is stopped; gives what was recovered on the way."""
        outbox = self._desk.store.outbox
        self._work.patiently(lambda: outbox.enter(self._me))
        try:
            if self._work.how.retry_now:
                outbox.hasten(self._work.terms.edition, self._desk.now())
            while True:
                self._work.patiently(self._prepare)
                self._send()
                self._work.patiently(self._recover)
                if self._work.stop.is_set() or not self._goes_on():
                    break
        except KeyboardInterrupt:  # while nothing is in hand
            self._work.stop.set()
        finally:
            with suppress(StoreError):  # then others recover what is left, since this process is gone
                outbox.recover([self._me.id], self._desk.now())
        return self._recovered

    def _goes_on(self) -> bool:
        """Whether there is more to do, now or after a rest."""
        due = self._desk.store.outbox.next_due(self._work.terms.edition)
        if due and due <= self._desk.now():
            return True
        if self._work.how.watch:
            self._work.nap(_LOOK_EVERY)
            self._stay()
        return self._work.how.watch

    def _prepare(self) -> None:
        """Recover, and put together what goes together."""
        self._recover()
        now = self._desk.now()
        for fault in gather(self._desk, now).faults:
            self._work.how.tell(f"each edition goes by itself: {fault}")
        self._desk.store.outbox.gathered(now)

    def _send(self) -> None:
        """Let the workers send; what one of them did not expect is raised when all are done."""
        with ThreadPoolExecutor(self._work.how.workers, "sender") as pool:
            sending = [pool.submit(Worker(self._work).run) for _ in range(self._work.how.workers)]
            try:
                self._watch(sending)
            except KeyboardInterrupt:
                self._work.stop.set()
                self._work.how.tell("stopping after the email in hand")
            finally:
                if any(one.done() and one.exception() for one in sending):
                    self._work.stop.set()
        for one in sending:
            one.result()

    def _watch(self, sending: list[Future[None]]) -> None:
        while wait(sending, _SEEN_EVERY / 10, return_when="FIRST_EXCEPTION").not_done:
            if any(one.done() and one.exception() for one in sending):
                return
            if monotonic() - self._seen > _SEEN_EVERY:
                with suppress(StoreError):  # the workers tell of it
                    self._stay()

    def _stay(self) -> None:
        """Show that this sender is there, and look after those that are not."""
        self._seen = monotonic()
        self._desk.store.outbox.see(replace(self._me, seen=self._desk.now()))
        self._recover()

    def _recover(self) -> None:
        found, so_far = recover(self._desk, self._me.id), self._recovered
        if found.in_doubt:
            self._work.how.tell(f"{found.in_doubt} in doubt: a sender stopped while the mail server took them")
        self._recovered = Recovered(so_far.waiting + found.waiting, so_far.in_doubt + found.in_doubt)


def run(
    desk: Desk,
    edition: str = "",
    how: How = How(),  # noqa: B008 - frozen
    *,
    stop: Event | None = None,
    nap: Callable[[float], object] | None = None,
    way: Callable[[], AbstractContextManager[Way]] | None = None,
) -> Ran:
    """Send what is due, of one edition or of all: once, or until `stop` is set when it watches.

    `way` opens the way that mail goes, for each worker its own: the mail server that is set, unless told otherwise.
    `nap` waits so many seconds. Raises InputError when no mail server is set, and UnknownError.
    """
    if edition:
        outline_of(desk, edition)
    stop = stop or Event()
    way = way or _way(desk)
    restored.check(desk)
    now, open_before = desk.now(), _open(desk, edition)
    me = Sender(secrets.token_hex(8), machine.machine(), machine.process(), now, now)
    anew = now if how.retry_now else None
    terms = Terms(me.id, desk.config.pace, partial(marks_of, desk), edition, _IN_HAND, anew)
    work = Work(desk, how, terms, way, stop, nap or stop.wait)
    recovered = Run(desk, work, me).go()
    tallies = {name: states for name, states in desk.store.outbox.tallies(edition).items() if name in open_before}
    tallies |= _open(desk, edition)
    halts = tuple(one for one in desk.store.outbox.halts() if one.edition in ("", *tallies))
    return Ran(tallies, halts, recovered, _told(work.trouble))


def _open(desk: Desk, edition: str) -> dict[str, Counter[State]]:
    """The editions that are not over, or the one that is asked for."""
    found = desk.store.outbox.tallies(edition)
    return {name: states for name, states in found.items() if edition or not all(state.is_over for state in states)}


def _way(desk: Desk) -> Callable[[], AbstractContextManager[Way]]:
    told = desk.config.outbox or desk.config.smtp
    if told is None:
        raise InputError("no mail server is named: whoever runs this sets BULLETIN_SMTP_URL")
    return lambda: way_of(told)


def _told(trouble: BulletinError | None) -> str:
    return str(trouble) if trouble else ""
