"""How far a topic relies on its file, and how far on what decisions taught: settled for each topic by its decisions.

log-odds of the heading = file · log-odds of the file's score + decisions · log-odds of the estimator + start

The three numbers come from a logistic regression on decided items, with a Gaussian prior that stands for "the file
alone": (1, 0, 0). What the file says there counts no decisions, and what the estimator says was learned without the
item, so that neither knows the answer. A prior of these precisions is moved little by a handful of decisions and
not felt beside hundreds.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.aims import BETA, USUAL
from bulletin.model import Topic

_FILE_ALONE = np.array([1.0, 0.0, 0.0])
_PRECISION = np.array([5.0, 1.0, 1.0])
_STEPS = 50
_CLOSE = 1e-9
DOUBT = 0.02  # a file's score is never taken for surer than this: it may miss a word, or take it wrongly
LIKELY = 10  # decisions for a topic that weigh as much as the usual threshold against the one that they propose
_LEAST, _MOST = 0.05, 0.95

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Blend:
    """One topic's shares, and the threshold that suits its aim."""

    file: float
    decisions: float
    start: float
    threshold: float

    def log_odds(self, by_file: float, learned: float) -> float:
        """The two opinions as one; `by_file` is a score from 0 to 1, `learned` log-odds."""
        return self.file * log_odds(by_file) + self.decisions * learned + self.start

    def scores(self, by_file: Numbers, learned: Numbers) -> Numbers:
        """The same for many, as scores from 0 to 1."""
        return _sigmoid(self.file * _log_odds(by_file) + self.decisions * learned + self.start)


def blend(topic: Topic, by_file: Numbers, learned: Numbers, under: NDArray[np.bool_]) -> Blend:
    """Settle the shares of one topic on decided items; `under` says which of them an editor put there."""
    seen = np.column_stack([_log_odds(by_file), learned, np.ones(len(under))])
    usable = np.array([True, True, True])
    shares = _fit(seen, under.astype(np.float64), usable)
    # What is worse than nothing, be it the file or the estimator, must not speak for the opposite.
    if (shares[:2] < 0).any():
        usable[:2] = shares[:2] >= 0
        shares = np.maximum(_fit(seen, under.astype(np.float64), usable), [0.0, 0.0, -np.inf])
    file, decisions, start = map(float, shares)
    proposed = best_threshold(_sigmoid(seen @ shares), under, BETA[topic.aim])
    chosen = int(under.sum())
    threshold = (chosen * proposed + LIKELY * USUAL[topic.aim]) / (chosen + LIKELY)
    return Blend(file, decisions, start, min(_MOST, max(_LEAST, threshold)))


def _fit(seen: Numbers, under: Numbers, usable: NDArray[np.bool_]) -> Numbers:
    """The most probable shares, by Newton's method; each step is halved until it leads downhill."""
    seen, before = seen * usable, _FILE_ALONE * usable
    shares, loss = before, _loss(before, before, seen, under)
    for _ in range(_STEPS):
        likely = _sigmoid(seen @ shares)
        slope = seen.T @ (likely - under) + _PRECISION * (shares - before)
        bend = (seen * (likely * (1 - likely))[:, None]).T @ seen + np.diag(_PRECISION)
        step = np.linalg.solve(bend, slope)
        while _loss(shares - step, before, seen, under) > loss and np.abs(step).max() > _CLOSE:
            step = step / 2
        shares = shares - step
        loss = _loss(shares, before, seen, under)
        if np.abs(step).max() <= _CLOSE:
            break
    return shares


def _loss(shares: Numbers, before: Numbers, seen: Numbers, under: Numbers) -> float:
    odds = seen @ shares
    misfit = np.logaddexp(0.0, odds) - under * odds
    return float(misfit.sum() + (_PRECISION * (shares - before) ** 2).sum() / 2)


def best_threshold(scores: Numbers, under: NDArray[np.bool_], beta: float) -> float:
    """The threshold with the best F-beta, midway between the last score that it lets in and the next one."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    right, taken = np.cumsum(under[order]), np.arange(1, len(ranked) + 1)
    quality = (1 + beta**2) * right / (beta**2 * under.sum() + taken)
    below = np.append(ranked[1:], 0.0)
    best = int(np.argmax(np.where(ranked > below, quality, -1.0)))  # equal scores stand or fall together
    return float(ranked[best] + below[best]) / 2


def log_odds(score: float) -> float:
    """The score of a file as log-odds, never quite sure."""
    clipped = min(1 - DOUBT, max(DOUBT, score))
    return math.log(clipped / (1 - clipped))


def sigmoid(odds: float) -> float:
    """Log-odds as a score from 0 to 1, without overflow."""
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


def _log_odds(scores: Numbers) -> Numbers:
    clipped = np.clip(scores, DOUBT, 1 - DOUBT)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _sigmoid(odds: Numbers) -> Numbers:
    return np.asarray(np.exp(-np.logaddexp(0.0, -odds)))
