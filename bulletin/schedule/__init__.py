"""The schedule: a clock that ticks, and leaves to rows what is due. The door to APScheduler.

It ticks far more often than anything is due, in as many processes as there are: a tick too many finds a turn taken.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Thread

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bulletin import log
from bulletin.errors import BulletinError, StoreError
from bulletin.jobs import Desk
from bulletin.jobs.sanity import Watch
from bulletin.jobs.turning import Shift, Task, turn

TICK = 20.0  # seconds between two looks whether a task is due
BEAT = 60.0  # seconds between two signs of life (reference bar T7)


class Clock:
    """Ticks for one process: shows that it is there, and does each task when it is due.

    `desk` gives the desk as the files stand now. While the time of day cannot be right, nothing is done and no sign
    of life given, so that others notice.
    """

    def __init__(self, desk: Callable[[], Desk], shift: Shift) -> None:
        self._desk = desk
        self._shift = shift
        self._watch = Watch(lambda why: log.event("nothing runs by itself", why=why))

    @property
    def trouble(self) -> str:
        """What was wrong with the time of day when it was last asked."""
        return self._watch.trouble

    def beat(self) -> None:
        """Show that this process is there, if the time of day can be right."""
        self._watch.shows(self._desk(), self._shift.me)

    def leave(self) -> None:
        """Show that this process ends: what it had in hand is free."""
        self._desk().store.beats.leave(self._shift.me.id)

    def tick(self, task: Task) -> None:
        """Do a task, if it is due and nobody else has it."""
        if self._shift.stop.is_set():
            return
        desk = self._desk()
        if self._watch.asks(desk):
            return
        done = turn(desk, task, self._shift)
        if done:
            log.event("task", task=task.name, outcome=done.outcome.value, words=log.scrubbed(done.words))


@contextmanager
def ticking(clock: Clock, shift: Shift, tasks: Sequence[Task]) -> Iterator[None]:
    """Let a clock tick in threads of its own; at the end what is under way comes to its next good place to stop."""
    _hush()
    clock.beat()
    pool = ThreadPoolExecutor(len(tasks) + 1)
    late = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}  # a tick is never too late
    scheduler = BackgroundScheduler(timezone=UTC, executors={"default": pool}, job_defaults=late)
    scheduler.add_listener(_failed, EVENT_JOB_ERROR)
    at_once = datetime.now(UTC)
    scheduler.add_job(clock.beat, "interval", seconds=BEAT, id="beat", next_run_time=at_once)
    for task in tasks:
        tick = partial(clock.tick, task)
        scheduler.add_job(tick, "interval", seconds=TICK, id=task.name, next_run_time=at_once)
    scheduler.start()
    watch = Thread(target=_keep_ticking, args=(scheduler, shift), daemon=True)
    watch.start()
    try:
        yield
    finally:
        shift.stop.set()
        watch.join()
        scheduler.shutdown(wait=True)
        with suppress(StoreError):  # then others notice that it is silent
            clock.leave()


def _hush() -> None:
    """Leave the log to us: what fails comes to `_failed`, and a tick while its task is at work is no trouble."""
    logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _keep_ticking(scheduler: BackgroundScheduler, shift: Shift) -> None:
    """Bring ticks near again after the clock was put back: APScheduler waits until it shows their old time."""
    while not shift.stop.wait(TICK):
        now = datetime.now(UTC)
        for job in scheduler.get_jobs():
            if job.next_run_time > now + timedelta(seconds=2 * BEAT):
                job.modify(next_run_time=now)


def _failed(event: JobExecutionEvent) -> None:
    """What a task did not expect stands in the log; the next tick comes all the same."""
    error = event.exception
    words = log.scrubbed(str(error)) if isinstance(error, BulletinError) else "unexpected"
    log.event("task failed", error, task=event.job_id, words=words)
