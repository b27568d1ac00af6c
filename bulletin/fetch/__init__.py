"""Visits feeds and asks services, many at once: asyncio inside this room, plain iteration outside.

The event loop lives in a thread of its own, so whatever the caller does with a document (parse it, store it) never
holds up the other visits; and because only so many documents may wait to be taken, a slow caller is never flooded.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar

from bulletin.errors import FetchError
from bulletin.fetch.ask import Asker
from bulletin.fetch.client import open_transport
from bulletin.fetch.guard import host_of
from bulletin.fetch.limits import Limits
from bulletin.fetch.terms import Terms
from bulletin.fetch.turns import Turns
from bulletin.fetch.visit import Visitor
from bulletin.model import Errand, Fetched, LinkState, Mailbox, Manners, NotModified

__all__ = ["Arrival", "Fetcher", "Limits", "host_of"]

Result = TypeVar("Result")
Arrival = Fetched | NotModified | FetchError
_Task = asyncio.Task[tuple[Errand, Arrival]]

_NO_HOLDS: Mapping[str, datetime] = MappingProxyType({})
_ACCEPT = "text/html, application/json;q=0.9, */*;q=0.5"


class Fetcher:
    """The one HTTP client of the house; use it as a context manager, each time one run.

    `contact` is an address that goes into the User-Agent, so that a publisher can write instead of blocking us;
    `allowed` holds the exact host:port pairs that may be reached although they are private. With a `proxy`
    (http://host:port) all requests go through it, and what names resolve to is the proxy's to refuse: see `guard`.
    `ca_file` (PEM) holds authorities that are believed besides those of the system.
    """

    def __init__(
        self,
        contact: str,
        allowed: frozenset[str] = frozenset(),
        limits: Limits | None = None,
        manners: Manners | None = None,
        proxy: str = "",
        mailbox: Mailbox | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        ca_file: Path | None = None,
    ) -> None:
        self._terms = Terms(contact, allowed, limits or Limits(), manners or Manners(), proxy, mailbox, now, ca_file)

    def __enter__(self) -> Self:
        """Start the loop and the client."""
        self._loop = asyncio.new_event_loop()
        # A name that nobody knows blocks its thread for seconds; the other look-ups must not stand behind it.
        self._loop.set_default_executor(ThreadPoolExecutor(2 * self._terms.limits.at_once, "fetch-names"))
        self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Break off what is still open and stop."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def visits(
        self,
        errands: Iterable[Errand],
        holds: Mapping[str, datetime] = _NO_HOLDS,
        on_pause: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[Errand, Arrival]]:
        """Run errands, many at once, and yield each with what came of it as it comes; one failure stops no other.

        `on_pause` is called whenever nothing has come for half a second, so that a host that hangs holds up no work.
        `holds` says which host:port asked for no visit before when. It gets no request, and neither does a host that
        asks for a pause in this run (429, or 503 with a time): their errands come back as FetchError with
        Trouble.BUSY and no `held_host`.
        """
        arrived: SimpleQueue[_Task] = SimpleQueue()
        loop, turns = self._loop, self._turns
        tasks = self._run(self._begin(list(errands), holds, arrived))
        try:
            while tasks:
                task = _next(arrived, on_pause)
                tasks.discard(task)  # or all documents would stay in memory to the end
                loop.call_soon_threadsafe(turns.taken, _size(task.result()[1]))
                yield task.result()
        finally:
            # Without waiting, because a generator that nobody holds any more may end in any thread, the loop's too.
            with suppress(RuntimeError):  # this run is over, and nothing of it is left
                loop.call_soon_threadsafe(_forget, tasks, turns)

    def document(self, url: str, accept: str = _ACCEPT) -> Fetched:
        """Bring one document by its address; raises FetchError. May be called in the middle of `visits`."""
        return self._run(self._visitor.by_hand(url, accept))

    def links(
        self, urls: Iterable[str], seconds: float, holds: Mapping[str, datetime] = _NO_HOLDS
    ) -> dict[str, LinkState]:
        """Ask addresses whether they answer, for so many seconds in all, and give the states of those that were.

        What is missing had no turn in time, or its host wants a pause; `holds` as for `visits`.
        """
        return self._run(self._links(list(dict.fromkeys(urls)), seconds, holds))

    async def _links(self, urls: list[str], seconds: float, holds: Mapping[str, datetime]) -> dict[str, LinkState]:
        self._hold(holds)
        tasks = {asyncio.create_task(self._visitor.link(url)): url for url in urls}
        if not tasks:
            return {}
        done, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        states = {tasks[task]: task.result() for task in done}
        return {url: state for url in urls if (state := states.get(url))}

    async def _open(self) -> None:
        terms = self._terms
        self._transport = open_transport(terms.allowed, terms.limits, terms.proxy, terms.ca_file)
        self._turns = Turns(terms.manners, terms.limits.at_once)
        self._visitor = Visitor(Asker(self._transport, self._turns, terms), self._turns, terms)

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._transport.aclose()

    async def _begin(
        self, errands: list[Errand], holds: Mapping[str, datetime], arrived: SimpleQueue[_Task]
    ) -> set[_Task]:
        self._hold(holds)
        tasks = {asyncio.create_task(self._arrival(errand)) for errand in errands}
        for task in tasks:
            task.add_done_callback(arrived.put)
        return tasks

    def _hold(self, holds: Mapping[str, datetime]) -> None:
        for host, until in holds.items():
            if until > self._terms.now():
                self._turns.hold(host, until)

    async def _arrival(self, errand: Errand) -> tuple[Errand, Arrival]:
        arrival: Arrival
        try:
            arrival = await self._visitor.visit(errand)
        except FetchError as error:
            arrival = error
        self._turns.came(_size(arrival))
        return errand, arrival

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _size(arrival: Arrival) -> int:
    return len(arrival.body) + sum(map(len, arrival.pages)) if isinstance(arrival, Fetched) else 0


def _next(arrived: SimpleQueue[_Task], on_pause: Callable[[], None]) -> _Task:
    while True:
        try:
            return arrived.get(timeout=0.5)  # for ever would not hear Ctrl-C on Windows
        except Empty:
            on_pause()


def _forget(tasks: Iterable[_Task], turns: Turns) -> None:
    for task in tasks:
        task.cancel()
    turns.forgotten()
