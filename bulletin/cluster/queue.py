"""The queue: Procrastinate's app, and what its tasks do."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from math import gcd
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from bulletin import log
from bulletin.cluster import Rhythm
from bulletin.cluster.hands import Hands
from bulletin.errors import StoreError
from bulletin.jobs import Desk, due
from bulletin.jobs.deliver.recovery import recover
from bulletin.jobs.fetch import tidy
from bulletin.jobs.hosts import batches
from bulletin.jobs.timetable import may_send
from bulletin.jobs.turning import Done, Shift, Task

SENDERS = 2  # that send at once, of all workers together (reference bar R13: two lines to a mail server at most)
BATCH = 25  # feeds of one job, but for a host with more of them
_LOOK = 10  # minutes at most between two looks whether a task is due; whether it is, its turn decides
# What PostgreSQL held up is done again; what fails for another reason is left to the next turn, which finds it due.
_AGAIN = RetryStrategy(max_attempts=20, wait=15, retry_exceptions=[StoreError])


class Queue:
    """The app of one worker. A queueing lock keeps what waits from piling up while nobody takes it."""

    def __init__(
        self, server: dict[str, Any], at_once: int, hands: Hands, tasks: Sequence[Task], rhythm: Rhythm
    ) -> None:
        self.app = App(connector=PsycopgConnector(kwargs=server, min_size=1, max_size=at_once + 3))
        self._hands = hands
        self._silent = rhythm.silent
        self._visit = self.app.task(name="visit", retry=_AGAIN, pass_context=True)(self._visit_some)
        self._send = self.app.task(name="send", retry=_AGAIN)(hands.send)
        split = {"fetch": self._share_visits, "deliver": self._share_sending}
        for task in tasks:
            self._add(replace(task, work=split.get(task.name, task.work)))
        rescue = self.app.task(name="rescue", queueing_lock="rescue", priority=1)(self._rescue)
        self.app.periodic(cron=f"* * * * * */{rhythm.look}")(rescue)

    def _add(self, task: Task) -> None:
        """Let a task be looked at, by all workers together as often as it needs."""

        def look(timestamp: int) -> None:  # noqa: ARG001 - our own clock says what is due
            self._hands.tick(task)

        job = self.app.task(name=task.name, queueing_lock=task.name)(look)
        self.app.periodic(cron=cron(task.every))(job)

    def _visit_some(self, context: JobContext, feeds: list[str]) -> None:
        self._hands.visit(feeds, f"job {context.job.id}")

    def _share_visits(self, desk: Desk, _: Shift) -> Done | None:
        """Share the feeds that are due out to jobs; those that wait in one already are not put into another."""
        waiting = self.app.job_manager.list_jobs(task="visit", status=Status.TODO.value)
        queued = {feed for job in waiting for feed in _feeds(job)}
        feeds = [feed for feed in due(desk) if feed.id not in queued]
        if not feeds:
            return None
        shared = batches(desk, feeds, BATCH)
        told: list[dict[str, Any]] = [{"feeds": [feed.id for feed in some]} for some in shared]
        self._visit.batch_defer(*told)
        tidy(desk)
        return Done(f"{len(feeds)} feeds shared out to {len(shared)} jobs")

    def _share_sending(self, desk: Desk, _: Shift) -> Done | None:
        """Call as many senders as there may be; those that wait to begin are not called twice."""
        if not may_send(desk):
            return None
        recover(desk)
        there = len(desk.store.outbox.senders())
        for lane in range(there, SENDERS):
            with suppress(AlreadyEnqueued):
                self._send.configure(queueing_lock=f"send {lane}").defer()
        return Done(f"{max(SENDERS - there, 0)} senders called, {there} were there")

    async def _rescue(self, timestamp: int) -> None:  # noqa: ARG002 - the queue's own clock says who is silent
        """Let others do what a worker had in hand that is silent."""
        manager = self.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=self._silent):
            log.event("taken over", job=job.task_name)
            try:
                await manager.retry_job(job)
            except UniqueViolation:  # another like it waits
                await manager.finish_job(job, Status.FAILED, delete_job=True)


def _feeds(job: Job) -> list[str]:
    named: Any = job.task_kwargs["feeds"]  # as it was put in
    return list(named)


def cron(every: timedelta) -> str:
    """How often to look whether something is due that comes in periods of so many minutes, as cron has it."""
    step = gcd(round(every.total_seconds()) // 60, _LOOK)
    return f"*/{step} * * * *"
