"""From opinions to suggestions: what reaches its threshold, what just misses it, and the words that made it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bulletin.classify.aims import USUAL
from bulletin.classify.kept import Kept
from bulletin.classify.past import Decided
from bulletin.classify.points import Hints
from bulletin.classify.reasons import AGAINST, MOST, because, origin
from bulletin.classify.recipe import recipe
from bulletin.model import Aim, Classification, Item, Suggestion, Topic

if TYPE_CHECKING:
    from bulletin.classify.sorter import Opinion, Sorter

THRESHOLD = USUAL[Aim.BALANCED]  # the score from which an item is suggested, unless file or decisions say otherwise
NEAR = 3  # near misses of one item
ALL = 20  # reasons that an account shows
_HALF_WAY = 0.5  # of the threshold: what scores less missed it by far

_Found = tuple[Suggestion, ...]


@dataclass(frozen=True)
class Account:
    """An opinion with all that made it, whether or not it reached its threshold."""

    suggestion: Suggestion
    threshold: float
    accepted: bool


def suggest(
    items: Sequence[Item],
    topics: Sequence[Topic],
    decided: Decided,
    hints: Hints,
    at: datetime,
) -> list[Classification]:
    """Look at every item that has no decision, in the order given.

    `decided` has the ruling that holds for each item, `hints` the topics that a feed often brings, by feed id. No
    suggestion depends on another item that is undecided.
    """
    ruled = {item.id for item, _ in decided}
    waiting = [item for item in items if item.id not in ruled]
    made_with = recipe(topics, decided, hints)
    if not waiting or not topics:
        return [Classification(item.id, (), made_with, len(decided), at) for item in waiting]
    return looks(prepare(topics, decided), waiting, hints, made_with, at)


def prepare(topics: Sequence[Topic], decided: Decided, kept: Kept | None = None) -> "Sorter":
    """Make a sorter from topic files and decisions; `kept` is where what was learned is kept for the next time."""
    from bulletin.classify.sorter import Sorter  # here, because scikit-learn costs seconds to import
    from bulletin.classify.taught import learn

    return Sorter(topics, decided, learn(decided, [topic.id for topic in topics], kept))


def looks(
    sorter: "Sorter", items: Sequence[Item], hints: Hints, made_with: str, at: datetime
) -> list[Classification]:
    """What a sorter suggests for items, and what it nearly would."""
    found = []
    for item, opinions in zip(items, sorter.opinions(items, hints), strict=True):
        taken = [one for one in opinions if one.accepted]
        near = sorted(filter(_is_near, opinions), key=lambda one: (-one.score, one.topic.id))[:NEAR]
        told = (_told(item, taken), made_with, sorter.trained_on, at, _told(item, near))
        found.append(Classification(item.id, *told))
    return found


def accounts(sorter: "Sorter", item: Item, hints: Hints) -> list[Account]:
    """What a sorter thinks of one item for every topic, best first, with more of the words than a suggestion has."""
    [opinions] = sorter.opinions([item], hints)
    found = [Account(_suggestion(item, one, ALL, ALL // 2), one.threshold, one.accepted) for one in opinions]
    return sorted(found, key=lambda one: (-one.suggestion.score, one.suggestion.topic))


def headings(sorter: "Sorter", items: Sequence[Item], hints: Hints) -> dict[str, tuple[str, ...]]:
    """The topics that a sorter suggests for each item, best first, without the words."""
    found = {}
    for item, opinions in zip(items, sorter.opinions(items, hints), strict=True):
        taken = sorted((one for one in opinions if one.accepted), key=lambda one: (-one.score, one.topic.id))
        found[item.id] = tuple(one.topic.id for one in taken)
    return found


def verdicts(sorter: "Sorter", topic: str) -> dict[str, bool]:
    """Whether a topic would be suggested for the recent decided items, by id, had nobody decided them."""
    column = [one.id for one in sorter.topics].index(topic)
    needed = sorter.threshold(sorter.topics[column])
    scores = sorter.past()[:, column].tolist()
    return {item.id: score >= needed for (item, _), score in zip(sorter.decided, scores, strict=True)}


def _is_near(one: "Opinion") -> bool:
    return one.says_anything and _HALF_WAY * one.threshold <= one.score < one.threshold


def _told(item: Item, opinions: Iterable["Opinion"]) -> _Found:
    found = (_suggestion(item, one) for one in opinions)
    return tuple(sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.topic)))


def _suggestion(item: Item, opinion: "Opinion", most: int = MOST, against: int = AGAINST) -> Suggestion:
    start, reasons = opinion.why()
    told = because(reasons, start, most, against)
    return Suggestion(item.id, opinion.topic.id, opinion.score, told, origin(reasons))
