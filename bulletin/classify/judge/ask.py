"""Learn from some texts, ask about others, and keep the time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.learn.classifier import HeadingClassifier
from bulletin.model import Example

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """What was true, said and given, as tables of texts × labels, and how long that took.

    Labels are all those of training and test. One that was never learned has probability 0 and an infinite threshold.
    Where labels exclude each other there are no thresholds: each text is given the likeliest.
    """

    labels: tuple[str, ...]
    trained_on: NDArray[np.int_]  # texts, by label
    single: bool  # each text has exactly one label
    truth: Marks
    said: Numbers  # probabilities
    given: Marks
    thresholds: Numbers | None
    fit_seconds: float
    predict_per_second: float


def labels_of(*sets: Sequence[Example]) -> tuple[str, ...]:
    """All labels, sorted."""
    return tuple(sorted({label for examples in sets for example in examples for label in example.labels}))


def marks(sets: Sequence[Sequence[str] | frozenset[str]], labels: Sequence[str]) -> Marks:
    """Which text has which label: texts × labels."""
    column = {label: number for number, label in enumerate(labels)}
    found = np.zeros((len(sets), len(labels)), dtype=np.bool_)
    for row, one in enumerate(sets):
        found[row, [column[label] for label in one]] = True
    return found


def ask(train: Sequence[Example], test: Sequence[Example], pool: Sequence[Example], labels: Sequence[str]) -> Answers:
    """Learn from `train` and what `pool` adds, then ask about `test`."""
    each_has_one = all(len(example.labels) == 1 for example in train)
    given = [example.labels[0] if each_has_one else frozenset(example.labels) for example in train]
    learned = {example.words for example in train}
    unlabelled = [words for words in (example.words for example in pool) if words not in learned]
    began = time.perf_counter()
    estimator = HeadingClassifier().fit([one.words for one in train], given, unlabelled or None)
    fitted = time.perf_counter()
    texts = [example.words for example in test]
    answers = estimator.predict(texts)
    asked = time.perf_counter() - fitted
    return Answers(
        tuple(labels),
        marks([example.labels for example in train], labels).sum(axis=0),
        each_has_one and all(len(example.labels) == 1 for example in test),
        marks([example.labels for example in test], labels),
        _said(estimator, texts, labels),
        marks([(one,) if isinstance(one, str) else one for one in answers], labels),
        None if each_has_one else _thresholds(estimator, labels),
        fitted - began,
        len(test) / max(asked, 1e-9),
    )


def _said(estimator: HeadingClassifier, texts: Sequence[str], labels: Sequence[str]) -> Numbers:
    found = np.zeros((len(texts), len(labels)))
    found[:, _columns(estimator, labels)] = estimator.predict_proba(texts)
    return found


def _thresholds(estimator: HeadingClassifier, labels: Sequence[str]) -> Numbers:
    found = np.full(len(labels), np.inf)
    found[_columns(estimator, labels)] = estimator.thresholds_
    return found


def _columns(estimator: HeadingClassifier, labels: Sequence[str]) -> list[int]:
    return [labels.index(label) for label in estimator.classes_]


def together(answers: Sequence[Answers]) -> Answers:
    """Several answers to the same questions as if they were one."""
    first = answers[0]
    return Answers(
        first.labels,
        np.rint(np.mean([one.trained_on for one in answers], axis=0)).astype(np.int_),
        all(one.single for one in answers),
        np.concatenate([one.truth for one in answers]),
        np.concatenate([one.said for one in answers]),
        np.concatenate([one.given for one in answers]),
        _mean([one.thresholds for one in answers if one.thresholds is not None]),
        float(np.mean([one.fit_seconds for one in answers])),
        float(np.mean([one.predict_per_second for one in answers])),
    )


def _mean(thresholds: Sequence[Numbers]) -> Numbers | None:
    """The mean threshold of each label over the draws that learned it; None where no draw had any."""
    if not thresholds:
        return None
    known = np.array([np.where(np.isinf(one), np.nan, one) for one in thresholds])
    learned = ~np.isnan(known).all(axis=0)
    means = np.full(known.shape[1], np.inf)
    means[learned] = np.nanmean(known[:, learned], axis=0)
    return means
