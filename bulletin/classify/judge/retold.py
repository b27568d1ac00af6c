"""Each month judged with what was decided before it, as if it came again: what would be suggested today?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bulletin.classify.judge.agreement import month, topics_kept
from bulletin.classify.opinion import suggest
from bulletin.classify.past import Decided
from bulletin.classify.points import Hints
from bulletin.model import Decision, Item, MonthRetold, Topic

FEWEST = 10  # decisions of a month, and before it
MONTHS = 6  # at most, the last ones


def retell(decided: Decided, topics: Sequence[Topic], hints: Hints) -> tuple[MonthRetold, ...]:
    """Judge the last months with decisions enough, each by a classifier that knows only the decisions before it.

    Topics are those of today. A decision for topics that all are gone cannot be judged, and is left out.
    """
    known = {topic.id for topic in topics}
    months = defaultdict[str, list[tuple[Item, Decision]]](list)
    for item, decision in decided:
        if not decision.topics or known & {*decision.topics}:
            months[month(decision.at)].append((item, decision))
    names = sorted(months)
    found = []
    for place, name in enumerate(names):
        before = [pair for earlier in names[:place] for pair in months[earlier]]
        if min(len(months[name]), len(before)) >= FEWEST:
            found.append((name, before))
    return tuple(_retold(name, months[name], before, topics, hints) for name, before in found[-MONTHS:])


def _retold(name: str, decided: Decided, before: Decided, topics: Sequence[Topic], hints: Hints) -> MonthRetold:
    at = min(decision.at for _, decision in decided)
    looks = suggest([item for item, _ in decided], topics, before, hints, at)
    known = {topic.id for topic in topics}
    rulings = {item.id: {*decision.topics} & known for item, decision in decided}
    suggested = {look.item: [one.topic for one in look.suggestions] for look in looks}
    return MonthRetold(
        name,
        len(before),
        len(decided),
        sum(bool(one) for one in suggested.values()),
        _first_right(suggested, rulings),
        topics_kept((set(suggested[item]), rulings[item]) for item in rulings),
    )


def _first_right(suggested: Mapping[str, Sequence[str]], rulings: Mapping[str, set[str]]) -> int:
    return sum(bool(topics) and topics[0] in rulings[item] for item, topics in suggested.items())
