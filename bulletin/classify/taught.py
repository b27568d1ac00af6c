"""What decisions taught: the estimator, fitted on decided items, asked for one topic at a time."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.kept import Kept
from bulletin.classify.past import Decided
from bulletin.classify.reasons import Reason, Reasons
from bulletin.classify.recipe import VERSION
from bulletin.classify.text import plain
from bulletin.errors import ModelError
from bulletin.model import Item, Origin

if TYPE_CHECKING:
    from bulletin.classify.learn.classifier import HeadingClassifier

ENOUGH = 8  # decisions for a topic, and as many against it; with fewer, it is not learned
SURE = 1e-4  # no probability is taken for more certain than this
READ = 20_000  # characters of a text; the rest of a longer one is not read
_SOME = 200  # decided items that the scale of the words is taken from

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Taught:
    """The estimator and its topics.

    `past` has its log-odds for each decided item, sorted by id, learned without that item; NaN where there are too
    many to have done that for all. `slopes` has by topic what a step of its decision function is worth in log-odds,
    and `silence` the log-odds of a text without a word that it knows.
    """

    estimator: "HeadingClassifier"
    topics: tuple[str, ...]
    past: Numbers  # decided × topics
    slopes: Numbers
    silence: Numbers

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
            for words, weight in self.estimator.explain(text(item), topic)
        ]


def learn(decided: Decided, topics: Collection[str], kept: Kept | None = None) -> Taught | None:
    """Learn from decisions alone, so that every machine learns the same; None when there is too little.

    Topics with too few decisions are left out. The order of decisions changes nothing.
    """
    decided = sorted(decided, key=lambda pair: pair[0].id)
    names = [topic for topic in sorted(topics) if _has_enough(topic, decided)]
    if not names:
        return None
    from bulletin.classify.learn.classifier import HeadingClassifier

    labels = [frozenset(decision.topics) & frozenset(names) for _, decision in decided]
    texts = [text(item) for item, _ in decided]
    key = _key(names, texts, labels)
    estimator = _load(kept, key, names, len(texts)) if kept else None
    if estimator is None:
        estimator = HeadingClassifier().fit(texts, labels)
        if kept and kept.write:
            _save(estimator, kept, key)
    silence = logit(np.asarray(estimator.predict_proba([""]))[0])
    slopes = _slopes(estimator, texts[:_SOME])
    return Taught(estimator, tuple(names), _held_out(estimator, len(texts)), slopes, silence)


def _has_enough(topic: str, decided: Decided) -> bool:
    chosen = sum(topic in decision.topics for _, decision in decided)
    return min(chosen, len(decided) - chosen) >= ENOUGH


def _slopes(estimator: "HeadingClassifier", texts: Sequence[str]) -> Numbers:
    """How log-odds rise with the decision function, by topic: a least-squares line, never downwards."""
    steps = np.asarray(estimator.decision_function(texts)).reshape(len(texts), -1)
    odds = logit(np.asarray(estimator.predict_proba(texts)))
    steps, odds = steps - steps.mean(axis=0), odds - odds.mean(axis=0)
    spread = (steps**2).sum(axis=0)
    return np.asarray(np.maximum(0.0, (steps * odds).sum(axis=0) / np.where(spread > 0, spread, 1.0)))


def _key(names: Sequence[str], texts: Sequence[str], labels: Sequence[frozenset[str]]) -> str:
    """What is learned from, as a short hash."""
    told = [VERSION, names, [(one, sorted(under)) for one, under in zip(texts, labels, strict=True)]]
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()[:12]


def _load(kept: Kept, key: str, names: Sequence[str], texts: int) -> "HeadingClassifier | None":
    """What was learned before from the same; None, and words about it, when that cannot be used."""
    from bulletin.classify.learn.classifier import HeadingClassifier

    path = kept.file(key)
    if not path.exists():
        return None
    try:
        found = HeadingClassifier.load(path)
        if not _fits(found, names, texts):
            raise ModelError(f"{path}: it was not learned from these decisions")
    except (ModelError, OSError) as error:
        kept.tell(f"{error}; what decisions teach is learned anew")
        return None
    return found


def _fits(found: "HeadingClassifier", names: Sequence[str], texts: int) -> bool:
    held, table = np.asarray(found.held_out_), np.asarray(found.cross_validated_)
    return (
        list(found.classes_) == list(names)
        and table.shape == (len(held), len(names))
        and np.issubdtype(held.dtype, np.integer)
        and bool(((held >= 0) & (held < texts)).all())
    )


def _save(estimator: "HeadingClassifier", kept: Kept, key: str) -> None:
    try:
        estimator.save(kept.file(key))
        for path in kept.others(key):
            path.unlink(missing_ok=True)
    except OSError as error:
        kept.tell(f"{kept.folder}: what was learned cannot be kept there: {error.strerror}; it will be learned again")


def _held_out(estimator: "HeadingClassifier", texts: int) -> Numbers:
    """The log-odds from cross-validation; texts that it did not look at have none."""
    found = np.full((texts, len(estimator.classes_)), np.nan)
    found[estimator.held_out_] = logit(np.asarray(estimator.cross_validated_))
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
