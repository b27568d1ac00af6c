"""Concerns: what is wrong, each with what to do about it, the gravest first.

machine   the clock, the schedule, the disk, the database, the backup
tasks     what runs by itself and fails, or breaks off
feeds     sources that are gone, that fail, that fell silent
sending   what is held, in doubt, failed or late, and a mail server that is away
editions  drafts that wait past their hour, and what was missed
"""

from collections.abc import Callable, Iterator

from bulletin.jobs.concerns import editions, feeds, machine, sending, tasks
from bulletin.jobs.concerns.machine import standstill
from bulletin.jobs.desk import Desk
from bulletin.model import Concern

__all__ = ["is_of_machine", "of", "standstill"]

_MACHINE = frozenset({"clock", "schedule", "disk", "database", "backup"})
_ALWAYS: tuple[Callable[[Desk], Iterator[Concern]], ...] = (machine.disk, machine.database)
# What is late and what is silent cannot be told while the clock is wrong.
_IN_TIME = (machine.schedule, machine.backup, tasks.of, sending.of, editions.of, feeds.of)


def of(desk: Desk) -> list[Concern]:
    """Give what is wrong now; empty when all is well."""
    wrong_clock = list(machine.clock(desk))
    looks = _ALWAYS if wrong_clock else (*_ALWAYS, *_IN_TIME)
    found = [*wrong_clock, *_mistakes(desk), *(one for look in looks for one in look(desk))]
    return sorted(found, key=lambda one: not one.is_grave)


def is_of_machine(concern: Concern) -> bool:
    """Whether it is about what everything else stands on."""
    return concern.key.partition(":")[0] in _MACHINE


def _mistakes(desk: Desk) -> Iterator[Concern]:
    """Mistakes that somebody wrote into the files while this process ran: what stood before them still counts."""
    if desk.mistakes:
        first, more = desk.mistakes[0], len(desk.mistakes) - 1
        words = f"the files have mistakes, and what stood before them still counts: {first}"
        yield Concern("files", f"{words} (and {more} more)" if more else words, "`bulletin check` lists them all")
