"""What the scale shows of one item: its points for each topic, and on demand the words that made them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.classify.reasons import Reasons
from bulletin.model import Item


@dataclass(frozen=True)
class Weighed:
    """One item on the scale; its reasons for a topic (by id) sum to its points for it."""

    item: Item
    points: Mapping[str, float]  # by topic id
    reasons: Callable[[str], Reasons]
