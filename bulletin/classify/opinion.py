"""From opinions to suggestions: what reaches its threshold, what just misses it, and the words that made it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bulletin.classify.aims import USUAL
from bulletin.classify.past import Decided
from bulletin.classify.points import Hints
from bulletin.classify.reasons import because, origin
from bulletin.classify.recipe import recipe
from bulletin.model import Aim, Classification, Item, Suggestion, Topic

if TYPE_CHECKING:
    from bulletin.classify.sorter import Opinion, Sorter

THRESHOLD = USUAL[Aim.BALANCED]  # the score from which an item is suggested, unless file or decisions say otherwise
NEAR = 3  # near misses of one item
_HALF_WAY = 0.5  # of the threshold: what scores less missed it by far

_Found = tuple[Suggestion, ...]


def suggest(
    items: Sequence[Item],
    topics: Sequence[Topic],
    decided: Decided,
    hints: Hints,
    at: datetime,
) -> list[Classification]:
    """Look at every item that has no decision, in the order given.

    `decided` has the ruling that holds for each item, `hints` the topics that a feed often brings, by feed id. Where
    decisions are many enough to learn from, the words of the undecided items help to learn; else no suggestion
    depends on another item.
    """
    ruled = {item.id for item, _ in decided}
    waiting = [item for item in items if item.id not in ruled]
    made_with = recipe(topics, decided, hints)
    if not waiting or not topics:
        return [Classification(item.id, (), made_with, len(decided), at) for item in waiting]
    from bulletin.classify.sorter import Sorter  # here, because scikit-learn costs seconds to import
    from bulletin.classify.taught import learn

    sorter = Sorter(topics, decided, learn(decided, [topic.id for topic in topics], waiting))
    return looks(sorter, waiting, hints, made_with, len(decided), at)


def looks(
    sorter: "Sorter", items: Sequence[Item], hints: Hints, made_with: str, trained_on: int, at: datetime
) -> list[Classification]:
    """What a sorter suggests for items, and what it nearly would."""
    found = []
    for item, opinions in zip(items, sorter.opinions(items, hints), strict=True):
        taken = [one for one in opinions if one.accepted]
        near = sorted(filter(_is_near, opinions), key=lambda one: (-one.score, one.topic.id))[:NEAR]
        found.append(Classification(item.id, _told(item, taken), made_with, trained_on, at, near=_told(item, near)))
    return found


def _is_near(one: "Opinion") -> bool:
    return one.says_anything and _HALF_WAY * one.threshold <= one.score < one.threshold


def _told(item: Item, opinions: Iterable["Opinion"]) -> _Found:
    found = (_suggestion(item, one) for one in opinions)
    return tuple(sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.topic)))


def _suggestion(item: Item, opinion: "Opinion") -> Suggestion:
    start, reasons = opinion.why()
    return Suggestion(item.id, opinion.topic.id, opinion.score, because(reasons, start), origin(reasons))
