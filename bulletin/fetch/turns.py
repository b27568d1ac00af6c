"""Whose turn it is: one request after the other at each host, and only so many at all hosts together.

Who waits for a host holds nothing, neither a place nor another host, so a slow host slows nobody else down and no two
can wait for each other for ever.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bulletin.errors import FetchError
from bulletin.fetch.limits import MIB
from bulletin.model import Advice, Manners, Trouble

_UNTAKEN_BYTES = 100 * MIB  # of documents that nobody has taken yet

Waiting = deque[asyncio.Future[None]]


@dataclass
class _Host:
    """A host: who waits for it, how many ask it, and since when it may be asked again."""

    gap: float  # seconds of rest after each request
    waiting: Waiting = field(default_factory=deque)
    urgent: Waiting = field(default_factory=deque)
    asking: int = 0
    rested: float = 0.0  # by the loop's clock
    lined_up: bool = False  # it could go on, if there were a place
    timer: asyncio.TimerHandle | None = None
    held_until: datetime | None = None

    def next(self) -> asyncio.Future[None] | None:
        """Who is to go on, the urgent first; None when nobody waits."""
        for queue in (self.urgent, self.waiting):
            while queue and queue[0].done():  # gave up
                queue.popleft()
            if queue:
                return queue[0]
        return None


class Turns:
    """Gives turns at hosts, which are told apart by host:port.

    A host rests for `manners.gap` from the end of one request to the start of the next: it never sees two that lie
    closer, however long the way to it is. `places` bounds the requests that are under way; as many finished visits,
    of 100 MB together, may wait to be taken by the caller before no more are begun.
    """

    def __init__(self, manners: Manners, places: int) -> None:
        self._manners = manners
        self._places = places
        self._hosts: dict[str, _Host] = {}
        self._line: deque[_Host] = deque()
        self._asking = 0
        self._untaken = self._untaken_bytes = 0
        self._loop = asyncio.get_running_loop()

    @asynccontextmanager
    async def turn(self, name: str, *, urgent: bool = False) -> AsyncIterator[bool]:
        """Wait for a host's turn and hold it; tells whether others wait for the same host.

        What is urgent goes first and needs no place: it is what a caller asks for in the middle of taking visits.
        Raises FetchError when the host is held, or becomes so while this waits.
        """
        host = self._host(name)
        if host.held_until:
            raise _postponed(name, host.held_until)
        mine = self._loop.create_future()
        (host.urgent if urgent else host.waiting).append(mine)
        self._loop.call_soon(self._look, host)  # once all who come together are in line
        try:
            await mine
            yield host.next() is not None
        finally:
            if not mine.cancelled() and mine.exception() is None:
                self._end(host, urgent=urgent)

    def hold(self, name: str, until: datetime) -> None:
        """Ask this host for nothing more; who waits for it learns that at once."""
        host = self._host(name)
        host.held_until = max(until, host.held_until or until)
        while one := host.next():
            one.set_exception(_postponed(name, host.held_until))

    def slow_down(self, name: str, seconds: float) -> None:
        """Let this host rest longer between requests, if it asked for longer than our manners give."""
        host = self._host(name)
        longer = max(0.0, seconds - host.gap)
        host.gap += longer
        host.rested += longer

    def came(self, size: int) -> None:
        """A visit has ended, and what it brought, of so many bytes, waits to be taken."""
        self._untaken += 1
        self._untaken_bytes += size

    def taken(self, size: int) -> None:
        """The caller has taken a visit of so many bytes."""
        self._untaken -= 1
        self._untaken_bytes -= size
        self._go_on()

    def forgotten(self) -> None:
        """The caller takes no more of what has come."""
        self._untaken = self._untaken_bytes = 0
        self._go_on()

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(self._manners.gap.total_seconds())
        return self._hosts[name]

    def _look(self, host: _Host) -> None:
        """Let the next one at a host begin, or see to it that the host is looked at again when it can."""
        one = host.next()
        if one is None or host.timer or host.asking >= self._manners.at_once_a_host:
            return
        pause = host.rested - self._loop.time()
        if pause > 0:
            host.timer = self._loop.call_later(pause, self._wake, host)
        elif host.urgent or self._has_place():
            host.asking += 1
            self._asking += not host.urgent
            host.rested = self._loop.time() + host.gap
            one.set_result(None)
            self._look(host)
        elif not host.lined_up:
            host.lined_up = True
            self._line.append(host)

    def _end(self, host: _Host, *, urgent: bool) -> None:
        host.asking -= 1
        self._asking -= not urgent
        host.rested = self._loop.time() + host.gap
        # Soon, when it shows whether this was the end of a visit; and this host last, or it would keep its place.
        self._loop.call_soon(self._go_on)
        self._loop.call_soon(self._look, host)

    def _wake(self, host: _Host) -> None:
        host.timer = None
        self._look(host)

    def _has_place(self) -> bool:
        few = self._asking < self._places and self._asking + self._untaken < 2 * self._places
        return few and self._untaken_bytes < _UNTAKEN_BYTES

    def _go_on(self) -> None:
        while self._line and self._has_place():
            host = self._line.popleft()
            host.lined_up = False
            self._look(host)


def _postponed(name: str, until: datetime) -> FetchError:
    words = f"waits: {name} asked for no visit before {until:%Y-%m-%d %H:%M} UTC"
    return FetchError(words, Trouble.BUSY, Advice(wait_until=until))
