"""Visits feeds over HTTP, many at once: asyncio inside this room, plain iteration outside.

The event loop lives in a thread of its own, so whatever the caller does with a document (parse it, store it) never
holds up the other visits; and because at most `Limits.at_once` visits are open, a slow caller is never flooded.
"""

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

import httpcore
import httpx

from bulletin import __version__
from bulletin.errors import FetchError
from bulletin.fetch.guard import GuardedBackend
from bulletin.fetch.limits import Limits
from bulletin.fetch.visit import visit
from bulletin.model import Feed, Fetched, NotModified, Validators

__all__ = ["Fetcher", "Limits"]

Result = TypeVar("Result")
Arrival = Fetched | NotModified | FetchError


class Fetcher:
    """The one HTTP client of the house; use it as a context manager.

    `contact` is an address that goes into the User-Agent, so that a publisher can write instead of blocking us;
    `allowed` holds the exact host:port pairs that may be reached although they are private.
    """

    def __init__(
        self,
        contact: str,
        allowed: frozenset[str] = frozenset(),
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._agent = f"bulletin/{__version__} (current-awareness feed fetcher; contact: {contact})"
        self._allowed = allowed
        self._limits = limits or Limits()
        self._now = now

    def __enter__(self) -> Self:
        """Start the loop and the client."""
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(self._limits.at_once_a_host)
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
        self._thread.start()
        self._client = self._run(self._open_client())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Break off what is still open and stop."""
        self._run(self._close_client())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def visits(self, asked: Iterable[tuple[Feed, Validators]]) -> Iterator[tuple[Feed, Arrival]]:
        """Visit feeds, many at once, and yield each with what came of it as it comes; one failure stops no other."""
        waiting = iter(_spread(asked))
        running: dict[Future[Fetched | NotModified], Feed] = {}
        try:
            while True:
                for feed, known in islice(waiting, self._limits.at_once - len(running)):
                    running[asyncio.run_coroutine_threadsafe(self._visit(feed, known), self._loop)] = feed
                if not running:
                    return
                # With a time-out, because a bare wait cannot be interrupted by Ctrl-C on Windows.
                for future in wait(running, timeout=0.5, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), _arrival(future)
        finally:
            for future in running:
                future.cancel()

    async def _visit(self, feed: Feed, known: Validators) -> Fetched | NotModified:
        async with self._hosts[_host(feed)]:
            return await visit(self._client, feed, known, self._limits, self._now)

    async def _open_client(self) -> httpx.AsyncClient:
        limits = self._limits
        transport = httpx.AsyncHTTPTransport()
        # httpx offers no way to hand in a network backend; test_guard.py pins that this one is used.
        transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=limits.at_once,
            network_backend=GuardedBackend(self._allowed),
        )
        return httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds, pool=None),
            trust_env=False,
            follow_redirects=False,
        )

    async def _close_client(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _arrival(future: Future[Fetched | NotModified]) -> Arrival:
    try:
        return future.result()
    except FetchError as error:
        return error


def _host(feed: Feed) -> str:
    try:
        return httpx.URL(feed.url).netloc.decode("ascii", "replace")
    except (httpx.InvalidURL, UnicodeError):
        return ""


def _spread(asked: Iterable[tuple[Feed, Validators]]) -> list[tuple[Feed, Validators]]:
    """Take turns among hosts, so that one publisher's forty feeds do not fill every place at once."""
    turn: Counter[str] = Counter()
    turns = []
    for feed, known in asked:
        turns.append((turn[_host(feed)], feed, known))
        turn[_host(feed)] += 1
    return [(feed, known) for _, feed, known in sorted(turns, key=lambda each: each[0])]
