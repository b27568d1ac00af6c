"""The schedule: a clock that ticks, and leaves to rows what is due. The door to APScheduler.

It ticks far more often than anything is due, in as many processes as there are: a tick too many finds a turn taken.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bulletin import log
from bulletin.errors import BulletinError
from bulletin.jobs import Desk
from bulletin.jobs.sanity import show
from bulletin.jobs.turning import Shift, Task, turn

TICK = 20.0  # seconds between two looks whether a task is due
BEAT = 60.0  # seconds between two signs of life (reference bar T7)


class Clock:
    """Ticks for one process: shows that it is there, and does each task when it is due.

    `desk` gives the desk as the files stand now. While the time of day cannot be right, nothing is done and no sign
    of life given, so that others notice.
    """

    def __init__(self, desk: Callable[[], Desk], tasks: Sequence[Task], shift: Shift) -> None:
        self._desk = desk
        self._tasks = tasks
        self._shift = shift
        self.trouble = ""

    def beat(self) -> None:
        """Show that this process is there, if the time of day can be right."""
        trouble = show(self._desk(), self._shift.me)
        if trouble and trouble != self.trouble:
            log.event("nothing runs by itself", why=trouble)
        self.trouble = trouble

    def leave(self) -> None:
        """Show that this process ends: what it had in hand is free."""
        self._desk().store.beats.leave(self._shift.me.id)

    def tick(self, task: Task) -> None:
        """Do a task, if it is due and nobody else has it."""
        if self.trouble or self._shift.stop.is_set():
            return
        done = turn(self._desk(), task, self._shift)
        if done:
            log.event("task", task=task.name, outcome=done.outcome.value, words=log.scrubbed(done.words))


@contextmanager
def ticking(clock: Clock, shift: Shift, tasks: Sequence[Task]) -> Iterator[None]:
    """Let a clock tick in threads of its own; at the end what is under way comes to its next good place to stop."""
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
    try:
        yield
    finally:
        shift.stop.set()
        scheduler.shutdown(wait=True)
        clock.leave()


def _failed(event: JobExecutionEvent) -> None:
    """What a task did not expect stands in the log; the next tick comes all the same."""
    error = event.exception
    words = log.scrubbed(str(error)) if isinstance(error, BulletinError) else "unexpected"
    log.event("task failed", error, task=event.job_id, words=words)
