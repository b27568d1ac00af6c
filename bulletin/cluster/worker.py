"""One worker: takes jobs until it is stopped, and comes back when PostgreSQL was away."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from procrastinate.exceptions import ConnectorException
from procrastinate.sync_psycopg_connector import wrap_exceptions

from bulletin import log
from bulletin.cluster import Rhythm
from bulletin.cluster.hands import Hands
from bulletin.cluster.queue import Queue
from bulletin.cluster.tables import make_tables
from bulletin.errors import BulletinError, StoreError
from bulletin.jobs import Desk
from bulletin.jobs.timetable import TASKS

_AWAY = 5.0  # seconds between two tries to reach PostgreSQL


class Worker:
    """Takes so many jobs at once, each in a thread."""

    def __init__(self, desk: Callable[[], Desk], at_once: int, rhythm: Rhythm) -> None:
        self._at_once = at_once
        self._rhythm = rhythm
        self._hands = Hands(desk)
        server = desk().store.driver_arguments()
        self._queue = Queue(server, at_once, self._hands, TASKS, rhythm)

    def run(self) -> None:
        """Work until Ctrl-C or SIGTERM."""
        for name in ("procrastinate", "psycopg.pool", "asyncio"):  # what they have to say goes into our log
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [_Relay()], False
            logger.setLevel(logging.ERROR)
        asyncio.run(self._run())

    async def _run(self) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        loop.set_default_executor(ThreadPoolExecutor(self._at_once + 4, "worker"))
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self._stop, stop)
        beating = asyncio.create_task(self._beat())
        while not stop.is_set():
            try:
                with wrap_exceptions():
                    await self._take_jobs(stop)
            except (ConnectorException, StoreError) as error:
                log.event("the queue is away", words=log.scrubbed(str(error.__cause__ or error)))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _AWAY)
        beating.cancel()
        with suppress(StoreError):
            await asyncio.to_thread(self._hands.leave)

    def _stop(self, stop: asyncio.Event) -> None:
        self._hands.shift.stop.set()
        stop.set()

    async def _take_jobs(self, stop: asyncio.Event) -> None:
        """Take jobs until the worker is stopped; returns, or raises, when PostgreSQL is away."""
        await asyncio.to_thread(self._hands.beat)  # says in our own words what is the matter, if anything
        async with self._queue.app.open_async():
            await make_tables(self._queue.app.connector)
            log.event("worker begins", at_once=self._at_once)
            await _until(
                stop,
                self._queue.app.run_worker_async(
                    concurrency=self._at_once,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=self._rhythm.heartbeat,
                    stalled_worker_timeout=self._rhythm.silent,
                ),
            )
        if not stop.is_set():
            log.event("the queue is away", words="PostgreSQL broke off; it is asked again")

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._rhythm.beat)
            try:
                await asyncio.to_thread(self._hands.beat)
            except StoreError as error:
                log.event("no sign of life", words=log.scrubbed(str(error)))


class _Relay(logging.Handler):
    """Hands on to our log what others have to say, but for what stands there already, in words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a record on."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, ConnectorException | BulletinError):
            for handler in logging.getLogger("bulletin").handlers:
                handler.handle(record)


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do something until it ends or is to stop, which lets it end what it has in hand."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
