"""Measures: the newsroom in numbers, for machines that watch it; nobody's data, and nothing that a feed wrote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.jobs import concerns
from bulletin.jobs.concerns.machine import newest_backup
from bulletin.jobs.desk import Desk
from bulletin.jobs.health import Health, State, health
from bulletin.model import Outcome
from bulletin.model import State as Stand

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Numbers:
    """What is counted at one moment; ages in seconds, None where there is nothing that could be so old."""

    feeds: Mapping[str, int]  # by state
    lag: float  # by how much the visit is late that has been due longest; 0: none is
    visits: Mapping[str, int]  # of the last 24 hours, by outcome
    items: int
    emails: Mapping[str, int]  # that are not over, or that a person looks at, by state
    oldest_email: float  # for how long the email has waited that could have gone first
    beats: Mapping[str, float]  # age of the last sign of life, by kind of process
    tasks: Mapping[str, tuple[str, float]]  # how the last turn ended, and its age, by task
    grave: int  # concerns
    slight: int
    backup_age: float | None
    backup_size: int  # bytes


def numbers(desk: Desk) -> Numbers:
    """Count."""
    now, measures = desk.now(), desk.store.measures
    known, wrong = health(desk), concerns.of(desk)
    states, visits = Counter(one.state for one in known), measures.visits(now - _DAY)
    queue, (made, size) = measures.queue(), newest_backup(desk)
    grave = sum(one.is_grave for one in wrong)
    return Numbers(
        feeds={state.value: states[state] for state in State},
        lag=_lag(known, now),
        visits={outcome.value: visits[outcome] for outcome in Outcome},
        items=measures.items(),
        emails={Stand.WAITING.value: queue.waiting, Stand.RETRY.value: queue.retry} | _left(desk),
        oldest_email=_age(queue.since, now) or 0.0,
        beats=_beats(desk, now),
        tasks=_tasks(desk, now),
        grave=grave,
        slight=len(wrong) - grave,
        backup_age=_age(made, now),
        backup_size=size,
    )


def _age(at: datetime | None, now: datetime) -> float | None:
    return max((now - at).total_seconds(), 0.0) if at else None


def _lag(known: Iterable[Health], now: datetime) -> float:
    return max((_age(one.next_visit, now) or 0.0 for one in known), default=0.0)


def _left(desk: Desk) -> dict[str, int]:
    return {state.value: counts.total() for state, counts in desk.store.measures.left().items()}


def _beats(desk: Desk, now: datetime) -> dict[str, float]:
    """The newest of each kind of process; `all` gives the one that showed last first."""
    shown = [one for one in reversed(desk.store.beats.all()) if one.kind != "clock"]  # a person's yes, and no process
    return {one.kind: _age(one.seen, now) or 0.0 for one in shown}


def _tasks(desk: Desk, now: datetime) -> dict[str, tuple[str, float]]:
    found = {}
    for name, taken in desk.store.measures.turns(now).items():
        last = next((one.turn for one in taken if one.turn.is_over), None)
        if last and last.outcome:
            found[name] = (last.outcome.value, _age(last.ended_at, now) or 0.0)
    return found
