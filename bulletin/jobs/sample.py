"""The sample: a few random items of those that the classifier put nowhere, and what they say of all of them."""

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
    since = desk.now() - LATELY
    ruled = desk.store.suggestions.when_decided(since)
    rejected = {id_ for id_, look in ruled.items() if not look.suggestions} | {*desk.store.queues.put_nowhere(since)}
    drawn = list(shelf(desk, desk.store.items.list(ids=room.sample(rejected)))) if rejected else []
    decided = [one.decision for one in drawn if one.decision]
    belonged = sum(bool(decision.topics) for decision in decided)
    estimate = room.estimate(len(rejected), len(decided), belonged) if len(decided) >= ENOUGH else None
    return Sample(tuple(one for one in drawn if one.decision is None), len(decided), estimate)
