"""The sorter: made from topic files and decisions, it has an opinion on any item and any topic, and can say why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.aims import USUAL
from bulletin.classify.blend import Blend, blend, log_odds, sigmoid
from bulletin.classify.coldstart.scale import Scale
from bulletin.classify.coldstart.weighed import Weighed
from bulletin.classify.past import Decided, recent
from bulletin.classify.points import SLIGHT, Hints, hint, score
from bulletin.classify.reasons import Reason, Reasons, merged, scaled
from bulletin.classify.taught import Taught
from bulletin.model import Item, Origin, Topic

_HEARD = 0.05  # log-odds above those of silence: some word speaks for the topic

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Opinion:
    """What is thought of one item for one topic; `why` gives the score before any word, and what words add to it."""

    topic: Topic
    score: float  # 0 to 1
    threshold: float
    says_anything: bool  # whether any word speaks for it
    why: Callable[[], tuple[float, Reasons]]

    @property
    def accepted(self) -> bool:
        """Whether it is a suggestion."""
        return self.says_anything and self.score >= self.threshold


@dataclass(frozen=True)
class Mixed:
    """A topic with decisions enough: its shares, and the column in which the estimator speaks of it."""

    shares: Blend
    column: int
    silence: float  # the estimator's log-odds of a text without a word that it knows


class Sorter:
    """Sorts items under topics; its opinion on one does not depend on the others that it is asked about."""

    def __init__(self, topics: Sequence[Topic], decided: Decided, taught: Taught | None) -> None:
        """`taught` is what was learned from the same decisions; None when that was too little."""
        self.topics = sorted(topics, key=lambda topic: topic.id)
        by_id = sorted(decided, key=lambda pair: pair[0].id)
        known = [n for n in range(len(by_id)) if taught is None or not np.isnan(taught.past[n]).any()]
        places = [known[n] for n in recent([by_id[n] for n in known])]
        self.decided = [by_id[place] for place in places]  # those that topics are weighed on
        self.trained_on = len(decided)
        self._taught = taught
        self._past = taught.past[places] if taught else np.zeros((len(places), 0))
        self._scale = Scale(self.topics, self.decided)
        self._mixed = self._mix(taught) if taught else {}
        self._scale.rely_on_files(self._mixed)

    def _mix(self, taught: Taught) -> dict[str, Mixed]:
        by_file = _scores(self._scale.past())
        found = {}
        for number, topic in enumerate(self.topics):
            if topic.id in taught.topics:
                column = taught.topics.index(topic.id)
                under = np.array([topic.id in decision.topics for _, decision in self.decided])
                shares = blend(topic, by_file[:, number], self._past[:, column], under)
                found[topic.id] = Mixed(shares, column, float(taught.silence[column]))
        return found

    def threshold(self, topic: Topic) -> float:
        """The score that an item needs: the file's own word, else what decisions propose, else the usual one."""
        if topic.threshold is not None:
            return topic.threshold
        mixed = self._mixed.get(topic.id)
        return mixed.shares.threshold if mixed else USUAL[topic.aim]

    def past(self) -> Numbers:
        """Scores of `decided`, as they would be had nobody decided them: decided × topics."""
        scores = _scores(self._scale.past())
        for number, topic in enumerate(self.topics):
            mixed = self._mixed.get(topic.id)
            if mixed:
                scores[:, number] = mixed.shares.scores(scores[:, number], self._past[:, mixed.column])
        return scores

    def opinions(self, items: Sequence[Item], hints: Hints) -> list[list[Opinion]]:
        """What is thought of each item, topic by topic."""
        learned = self._taught.log_odds(items) if self._taught else np.zeros((len(items), 0))
        return [
            [self._opinion(one, topic, row, hints) for topic in self.topics]
            for one, row in zip(self._scale.weigh(items), learned.tolist(), strict=True)
        ]

    def _opinion(self, one: Weighed, topic: Topic, learned: Sequence[float], hints: Hints) -> Opinion:
        points = one.points[topic.id]
        feed, added = hint(one.item, topic, points, hints)
        hinted = [Reason(f"from {feed}", added, Origin.TOPIC_FILE)] if added else []
        needed, mixed = self.threshold(topic), self._mixed.get(topic.id)
        if mixed is None:
            why = partial(_by_file, one, topic.id, hinted)
            return Opinion(topic, score(points + added), needed, points >= SLIGHT, why)
        known = learned[mixed.column]
        odds = mixed.shares.log_odds(score(points + added), known)
        says_anything = points >= SLIGHT or known >= mixed.silence + _HEARD
        return Opinion(
            topic, sigmoid(odds), needed, says_anything, partial(self._by_both, one, topic.id, hinted, odds)
        )

    def _by_both(self, one: Weighed, topic: str, hinted: Reasons, after: float) -> tuple[float, Reasons]:
        """Reasons in log-odds, then in score: the words share what lies between the scores before and after them."""
        shares = self._mixed[topic].shares
        words = [reason._replace(origin=Origin.TOPIC_FILE) for reason in one.reasons(topic)] + hinted
        points = sum(reason.weight for reason in words)
        risen = shares.file * (log_odds(score(points)) - log_odds(0.0))
        of_file = scaled(words, risen / points) if points > 0 else []
        of_decisions = self._taught.reasons(one.item, topic) if self._taught else []
        reasons = merged([*of_file, *scaled(of_decisions, shares.decisions)])
        before = after - sum(reason.weight for reason in reasons)
        return sigmoid(before), scaled(reasons, _slope(before, after))


def _scores(points: Numbers) -> Numbers:
    return np.asarray(1.0 - np.exp2(-np.maximum(0.0, points)))


def _by_file(one: Weighed, topic: str, hinted: Reasons) -> tuple[float, Reasons]:
    """Points, scaled so that they sum to the score; where they sum to nothing or less, as if a little were there."""
    reasons = merged([*one.reasons(topic), *hinted])
    points = sum(reason.weight for reason in reasons)
    return 0.0, scaled(reasons, score(points) / points if points > 0 else _LN2)


_LN2 = float(np.log(2))  # the slope of the score where it begins


def _slope(before: float, after: float) -> float:
    """By how much the score rises for each step of log-odds between two places; never negative."""
    low, high = sigmoid(before), sigmoid(after)
    return (high - low) / (after - before) if abs(after - before) > 1e-9 else low * (1 - low)
