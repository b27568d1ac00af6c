"""Hands: what a worker does with a job, in a thread of its own; the same jobs as everywhere."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bulletin import log
from bulletin.errors import BulletinError
from bulletin.jobs import Desk, apart, deliver
from bulletin.jobs.fetch import visit
from bulletin.jobs.sanity import Watch
from bulletin.jobs.turning import Shift, Task, new_beat, turn
from bulletin.model import Outcome, State


class Hands:
    """Does what is queued, by the files as they stand then."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk
        self.shift = Shift(new_beat("worker", desk().now()))
        # What runs by itself runs here: whoever looks whether a schedule is there looks for this one.
        self._schedule = new_beat("schedule", self.shift.me.began)
        self._watch = Watch(lambda why: log.event("nothing runs by itself", why=why))

    def beat(self) -> None:
        """Show that this process is there, if the time of day can be right."""
        self._watch.shows(self._desk(), self.shift.me, self._schedule)

    def leave(self) -> None:
        """Show that this process has ended."""
        for one in (self.shift.me, self._schedule):
            self._desk().store.beats.leave(one.id)

    @property
    def rests(self) -> bool:
        """Whether nothing new is begun."""
        return self.shift.stop.is_set() or bool(self._watch.asks(self._desk()))

    def tick(self, task: Task) -> None:
        """Do a task, if it is due and nobody else has it."""
        with _told(task.name):
            done = None if self.rests else turn(self._desk(), task, self.shift)
        if done:
            log.event("task", task=task.name, outcome=done.outcome.value, words=log.scrubbed(done.words))

    def visit(self, feeds: Sequence[str], key: str) -> None:
        """Visit those of these feeds that are still due, and whose hosts are in nobody else's hands."""
        if self.rests:  # they stay due, and are shared out again
            return
        desk = self._desk()
        with _told("visit"):
            named = [feed for feed in desk.config.feeds if feed.id in set(feeds)]
            visits = visit(apart(desk), named, only_due=True, key=key)
        failed = sum(one.outcome is Outcome.FAILED for one in visits)
        log.event("visited", asked=len(feeds), feeds=len(visits), failed=failed, new=sum(one.new for one in visits))

    def send(self) -> None:
        """Send what is due, beside whoever else does."""
        if self.rests:
            return
        with _told("send"):
            ran = deliver.run(self._desk(), stop=self.shift.stop)
        counts = sum(ran.tallies.values(), Counter())
        waits = counts[State.WAITING] + counts[State.RETRY]
        log.event("sent", sent=counts[State.SENT], waits=waits, trouble=log.scrubbed(ran.trouble))


@contextmanager
def _told(job: str) -> Iterator[None]:
    """Let the log tell in one line what went wrong; the queue decides what becomes of it."""
    try:
        yield
    except BulletinError as error:
        log.event("job failed", job=job, words=log.scrubbed(str(error)))
        raise
