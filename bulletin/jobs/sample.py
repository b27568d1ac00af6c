"""The sample: a few random items of those that the classifier put nowhere, and what they say of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import Shelved, shelf

LATELY = timedelta(days=90)  # since an item was first seen; older ones say little about the classifier of today
ENOUGH = 10  # decisions in the sample; fewer say nothing


@dataclass(frozen=True)
class Sample:
    """What is in the sample, and the estimate; None while too little of it is decided."""

    waiting: tuple[Shelved, ...]  # not decided yet, newest first
    decided: int
    estimate: room.Estimate | None


def sample(desk: Desk) -> Sample:
    """Draw the sample, which is the same each time, and say what its decisions tell.

    It is drawn from what the classifier, looking before any editor, put under no heading, and only what editors
    decided of it counts: what they looked for and found elsewhere says nothing about the rest.
    """
    since = (desk.now() - LATELY).timestamp()
    rejected = {one.item.id: one for one in _put_nowhere(desk) if _seen(one) >= since}
    drawn = {id_: rejected[id_] for id_ in room.sample(rejected)}
    decided = [one.decision for one in drawn.values() if one.decision]
    belonged = sum(bool(decision.topics) for decision in decided)
    estimate = room.estimate(len(rejected), len(decided), belonged) if len(decided) >= ENOUGH else None
    waiting = [one for id_, one in rejected.items() if id_ in drawn and one.decision is None]
    return Sample(tuple(waiting), len(decided), estimate)


def _put_nowhere(desk: Desk) -> Iterator[Shelved]:
    """What had no suggestion at the last look before its first ruling; a later ruling is a correction."""
    ruled = desk.store.suggestions.when_decided()
    for one in shelf(desk):
        look = ruled.get(one.item.id)
        if one.needs_heading or (one.decision and look and not look.suggestions):
            yield one


def _seen(one: Shelved) -> float:
    return one.item.first_seen.timestamp() if one.item.first_seen else 0.0
