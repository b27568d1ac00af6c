"""The cluster: the same jobs on several machines, through a queue in PostgreSQL. The door to Procrastinate.

Nothing is known to the queue alone: what is due is in rows, and turns, leases and the ledger guard it, so that a job
that is queued twice, or lost with its queue, changes nothing.

queue     the app: its tasks
tables    where it keeps them
hands     what a worker does with a job
worker    one process: it takes jobs until it is stopped, whatever becomes of PostgreSQL meanwhile
"""

from dataclasses import dataclass
from importlib.util import find_spec

from bulletin.errors import BulletinError, InputError
from bulletin.jobs import Desk, Newsroom


@dataclass(frozen=True)
class Rhythm:
    """How often a worker looks after what is not work; seconds."""

    beat: float = 60.0  # between two signs of life (reference bar T7)
    heartbeat: int = 10  # between two of those that the queue wants
    silent: int = 60  # after which a worker counts as gone, and its jobs are done by others
    look: int = 15  # between two looks for such jobs; divides 60


def check(desk: Desk) -> None:
    """Raise InputError where there is no PostgreSQL, and BulletinError where the queue's library is missing."""
    if not desk.store.driver_arguments():
        raise InputError("several machines need PostgreSQL: set BULLETIN_DATABASE_URL")
    if find_spec("procrastinate") is None:
        raise BulletinError('the queue of several machines is missing: pip install "bulletin[cluster]"')


def work(newsroom: Newsroom, at_once: int, rhythm: Rhythm = Rhythm()) -> None:
    """Take jobs, so many at once, until Ctrl-C or SIGTERM; then what is in hand ends, or stops at a good place."""
    from bulletin.cluster.worker import Worker  # an extra, and nobody else needs it

    Worker(newsroom.desk, at_once, rhythm).run()
