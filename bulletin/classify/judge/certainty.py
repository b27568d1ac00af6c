"""What it is worth to abstain, and whether probabilities are what they say."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.judge.ask import Answers, Marks, Numbers
from bulletin.model import Coverage, Reliable

_STEPS = 20  # of the curve
_BINS = 10
_SURE = 0.5  # where there are no thresholds


def coverage(answers: Answers) -> tuple[Coverage, ...]:
    """What is right of the likeliest labels when only the surest texts get one: from the surest few to all."""
    surest = np.argsort(-answers.said.max(axis=1), kind="stable")
    right = _at(answers.truth, answers.said.argmax(axis=1))[surest]
    sizes = dict.fromkeys(math.ceil(len(right) * step / _STEPS) for step in range(1, _STEPS + 1))
    return tuple(Coverage(size / len(right), float(right[:size].mean())) for size in sizes)


def abstaining(answers: Answers) -> Coverage:
    """The same when a text gets no label that stays below its threshold, or, without thresholds, at 50 % or less."""
    reached = answers.said > _SURE if answers.thresholds is None else answers.said >= answers.thresholds
    some = reached.any(axis=1)
    likeliest = np.where(reached, answers.said, -1.0).argmax(axis=1)
    right = _at(answers.truth, likeliest)[some]
    return Coverage(float(some.mean()), float(right.mean()) if len(right) else None)


def mean_abstaining(every: Sequence[Answers]) -> Coverage:
    """The mean over several draws, each with its own thresholds; of precision, over those that give any label."""
    found = [abstaining(one) for one in every]
    precisions = [one.precision for one in found if one.precision is not None]
    return Coverage(
        float(np.mean([one.coverage for one in found])), float(np.mean(precisions)) if precisions else None
    )


def _at(truth: Marks, columns: NDArray[np.intp]) -> Marks:
    return np.asarray(truth[np.arange(len(truth)), columns])


def reliability(answers: Answers) -> tuple[Reliable, ...]:
    """What was said and what happened, in ten steps of what was said; steps without a case are left out.

    Where labels exclude each other, only the likeliest of each text is looked at, else every one.
    """
    said, happened = _cases(answers)
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    found = []
    for one in range(_BINS):
        inside = bins == one
        if inside.any():
            found.append(Reliable(float(said[inside].mean()), float(happened[inside].mean()), int(inside.sum())))
    return tuple(found)


def calibration_error(answers: Answers) -> float:
    """How far what was said lies from what happened, on average over cases (the ECE of Guo and others 2017)."""
    steps = reliability(answers)
    return sum(one.cases * abs(one.said - one.happened) for one in steps) / sum(one.cases for one in steps)


def _cases(answers: Answers) -> tuple[Numbers, Marks]:
    if not answers.single:
        return answers.said.ravel(), answers.truth.ravel()
    return answers.said.max(axis=1), _at(answers.truth, answers.said.argmax(axis=1))
