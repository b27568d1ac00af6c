"""Points, the score from 0 to 1 that they make, and what a feed's hint adds to them."""

import math
from collections.abc import Mapping

from bulletin.model import Item, Topic

HINT = 0.25  # points
SLIGHT = 0.005  # less than this would show as 0.00

Hints = Mapping[str, tuple[str, ...]]  # the topics that a feed often brings, by feed id


def score(points: float) -> float:
    """Points as a score from 0 to 1: each point halves the doubt that is left."""
    return 1.0 - math.exp2(-max(0.0, points))


def hint(item: Item, topic: Topic, points: float, hints: Hints) -> tuple[str, float]:
    """The first feed that hints at a topic, and what that adds: never more than the words themselves have."""
    if not hints:  # nearly always
        return "", 0.0
    feed = next((feed for feed in item.feeds if topic.id in hints.get(feed, ())), "")
    return feed, min(HINT, max(0.0, points)) if feed else 0.0
