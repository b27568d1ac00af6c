"""From points to suggestions: the score, the threshold, the hint of the feed, and the words that made it."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from bulletin.classify.coldstart.weighed import Reasons, Weighed
from bulletin.classify.recipe import recipe
from bulletin.model import Because, Classification, Decision, Item, Suggestion, Topic

THRESHOLD = 0.5  # the score from which an item is suggested, unless its topic says otherwise
HINT = 0.25  # points
MOST = 8  # reasons shown; the last may be the sum of all that are left out
SLIGHT = 0.005  # less than this would show as 0.00

Hints = Mapping[str, tuple[str, ...]]


def suggest(
    items: Sequence[Item],
    topics: Sequence[Topic],
    decided: Sequence[tuple[Item, Decision]],
    hints: Hints,
    at: datetime,
) -> list[Classification]:
    """Look at every item that has no decision, in the order given; none of their suggestions depends on another item.

    `decided` has the ruling that holds for each item, `hints` the topics that a feed often brings, by feed id.
    """
    ruled = {item.id for item, _ in decided}
    waiting = [item for item in items if item.id not in ruled]
    made_with = recipe(topics, decided, hints)
    return [
        Classification(item.id, suggestions, made_with, len(decided), at)
        for item, suggestions in zip(waiting, _suggestions(waiting, topics, decided, hints), strict=True)
    ]


def _suggestions(
    items: Sequence[Item],
    topics: Sequence[Topic],
    decided: Sequence[tuple[Item, Decision]],
    hints: Hints,
) -> list[tuple[Suggestion, ...]]:
    if not items or not topics:
        return [()] * len(items)
    from bulletin.classify.coldstart.scale import Scale  # here, because scikit-learn costs seconds to import

    weighed = Scale(topics, decided).weigh(items)
    return [_of_item(one, topics, hints) for one in weighed]


def _of_item(weighed: Weighed, topics: Sequence[Topic], hints: Hints) -> tuple[Suggestion, ...]:
    found = []
    for topic in topics:
        points = weighed.points[topic.id]
        feed, hint = _hint(weighed.item, topic, points, hints)
        threshold = THRESHOLD if topic.threshold is None else topic.threshold
        if points >= SLIGHT and score(points + hint) >= threshold:
            reasons = weighed.reasons(topic.id) + [(f"from {feed}", hint)] * bool(hint)
            found.append(Suggestion(weighed.item.id, topic.id, score(points + hint), because(reasons)))
    return tuple(sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.topic)))


def _hint(item: Item, topic: Topic, points: float, hints: Hints) -> tuple[str, float]:
    """The first feed that hints at a topic, and what that adds: never more than the words themselves have."""
    feed = next((feed for feed in item.feeds if topic.id in hints.get(feed, ())), "")
    return feed, min(HINT, max(0.0, points)) if feed else 0.0


def score(points: float) -> float:
    """Points as a score from 0 to 1: each point halves the doubt that is left."""
    return 1.0 - math.exp2(-max(0.0, points))


def because(reasons: Reasons) -> tuple[Because, ...]:
    """The strongest reasons, their points scaled so that they sum to the score; the rest stands last, as one sum."""
    total = sum(points for _, points in reasons)
    scale = score(total) / total
    scaled = [Because(words, points * scale) for words, points in reasons]
    strongest = sorted(scaled, key=lambda reason: (-abs(reason.weight), reason.words))
    shown = [reason for reason in strongest if abs(reason.weight) >= SLIGHT][: MOST - 1]
    left = strongest[len(shown) :]
    if not left:
        return tuple(shown)
    name = f"{len(left)} other words" if len(left) > 1 else "1 other word"
    return (*shown, Because(name, sum(reason.weight for reason in left)))
