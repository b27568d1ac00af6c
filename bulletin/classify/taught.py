"""What decisions taught: the estimator, fitted on decided items, asked for one topic at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.reasons import Reason, Reasons
from bulletin.classify.text import plain
from bulletin.model import Decision, Item, Origin

if TYPE_CHECKING:
    from bulletin.classify.learn.classifier import HeadingClassifier

ENOUGH = 8  # decisions for a topic, and as many against it; with fewer, it is not learned
SURE = 1e-4  # no probability is taken for more certain than this
READ = 20_000  # characters of a text; the rest of a longer one is not read
POOL = 3_000  # undecided items that are learned from
_SOME = 200  # decided items that the scale of the words is taken from

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Taught:
    """The estimator and its topics.

    `past` has its log-odds for each decided item, sorted by id, learned without that item; `slopes` what a step of
    its decision function is worth in log-odds, by topic.
    """

    estimator: "HeadingClassifier"
    topics: tuple[str, ...]
    past: Numbers  # decided × topics
    slopes: Numbers

    def log_odds(self, items: Sequence[Item]) -> Numbers:
        """What it thinks of items: items × topics."""
        if not items:
            return np.zeros((0, len(self.topics)))
        return logit(np.asarray(self.estimator.predict_proba([text(item) for item in items])))

    def reasons(self, item: Item, topic: str) -> Reasons:
        """The words of an item for and against a topic, in log-odds."""
        slope = float(self.slopes[self.topics.index(topic)])
        return [
            Reason(words, slope * weight, Origin.DECISIONS)
            for words, weight in _explain(self.estimator, text(item), topic)
        ]


def learn(decided: Sequence[tuple[Item, Decision]], topics: Collection[str], pool: Sequence[Item]) -> Taught | None:
    """Learn from decisions, and from the words of what nobody has decided; None when there is too little.

    Topics with too few decisions are left out. The order of decisions and pool changes nothing.
    """
    decided = sorted(decided, key=lambda pair: pair[0].id)
    names = [topic for topic in sorted(topics) if _has_enough(topic, decided)]
    if not names:
        return None
    from bulletin.classify.learn.classifier import HeadingClassifier

    labels = [frozenset(decision.topics) & frozenset(names) for _, decision in decided]
    unlabelled = [text(item) for item in sorted(pool, key=lambda item: item.id)[:POOL]]
    texts = [text(item) for item, _ in decided]
    estimator = HeadingClassifier().fit(texts, labels, unlabelled or None)
    past = logit(_cross_validated(estimator, texts, labels, unlabelled or None))
    return Taught(estimator, tuple(names), past, _slopes(estimator, texts[:_SOME]))


def _has_enough(topic: str, decided: Sequence[tuple[Item, Decision]]) -> bool:
    chosen = sum(topic in decision.topics for _, decision in decided)
    return min(chosen, len(decided) - chosen) >= ENOUGH


def _slopes(estimator: "HeadingClassifier", texts: Sequence[str]) -> Numbers:
    """How log-odds rise with the decision function, by topic: a least-squares line, never downwards."""
    steps = np.asarray(estimator.decision_function(texts)).reshape(len(texts), -1)
    odds = logit(np.asarray(estimator.predict_proba(texts)))
    steps, odds = steps - steps.mean(axis=0), odds - odds.mean(axis=0)
    spread = (steps**2).sum(axis=0)
    return np.asarray(np.maximum(0.0, (steps * odds).sum(axis=0) / np.where(spread > 0, spread, 1.0)))


def _explain(estimator: "HeadingClassifier", text: str, topic: str) -> list[tuple[str, float]]:
    explain = getattr(estimator, "explain", None)  # INTERIM: until the estimator has it
    return explain(text, topic) if explain else []


def _cross_validated(
    estimator: "HeadingClassifier", texts: Sequence[str], labels: Sequence[frozenset[str]], pool: Sequence[str] | None
) -> Numbers:
    ready = getattr(estimator, "cross_validated_", None)  # INTERIM: until the estimator has it
    if ready is not None:
        return np.asarray(ready)
    found = np.full((len(texts), len(estimator.classes_)), np.nan)
    fold = np.arange(len(texts)) % 5
    for one in range(5):
        train, test = np.flatnonzero(fold != one).tolist(), np.flatnonzero(fold == one).tolist()
        made = type(estimator)().fit([texts[i] for i in train], [labels[i] for i in train], pool)
        columns = np.searchsorted(estimator.classes_, made.classes_)
        found[np.ix_(np.array(test), columns)] = made.predict_proba([texts[i] for i in test])
    return found


def text(item: Item) -> str:
    """An item as the estimator reads it: the title on a line of its own."""
    rest = plain(item.summary[: 2 * READ])
    return "\n".join((" ".join(item.title.split()), " ".join((rest, item.kind, *item.categories))))[:READ]


def logit(probabilities: Numbers) -> Numbers:
    """Probabilities as log-odds; what is no number counts as not known."""
    known = np.nan_to_num(probabilities, nan=0.5)
    clipped = np.clip(known, SURE, 1 - SURE)
    return np.asarray(np.log(clipped / (1 - clipped)))
