"""From scores to probabilities, and from those to a yes or no for each label.

Scores come from cross-validation: what a model says of texts that it has learned by heart calibrates nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_expit, log_softmax, logit, softmax

from bulletin.classify.aims import BETA
from bulletin.model import Aim

Numbers = NDArray[np.float64]

_BENDS = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15)
_STEPS = 30  # of Newton's method; it needs five
_TRUST = 4.0  # how much the slope that all labels share holds back a label's own
_STEEPEST = 50.0
_STILL = 1e-4
_RARE = 50.0  # texts of a label: with so many, its errors are half its own affair and half that of all
_GRID = logit(np.linspace(0.02, 0.98, 97))


@dataclass(frozen=True)
class Calibration:
    """Scores to log-odds, a slope and an offset a label; probabilities sum to 1 where labels exclude others.

    What regression gives beyond the middle between its targets says less than what it gives before: above 0 scores
    count by the part `bend`, 0 to 1, so that the order of texts stays.
    """

    slopes: Numbers
    offsets: Numbers
    bend: float
    many: bool

    def odds(self, scores: Numbers) -> Numbers:
        """The log-odds of each label; where labels exclude each other, up to a number that all share."""
        return np.asarray(_bent(scores, self.bend) * self.slopes + self.offsets)

    def probabilities(self, scores: Numbers) -> Numbers:
        """Texts × labels, 0 to 1."""
        odds = self.odds(scores)
        return np.asarray(expit(odds) if self.many else softmax(odds, axis=1))

    def loss(self, scores: Numbers, truth: Numbers) -> float:
        """The negative log-likelihood of the truth, texts × labels."""
        if not self.many:
            return -float((log_softmax(self.odds(scores), axis=1) * truth).sum())
        odds = self.odds(scores)
        return -float((truth * log_expit(odds) + (1 - truth) * log_expit(-odds)).sum())


def calibrated(scores: Numbers, truth: Numbers, many: bool) -> Calibration:
    """Fit to cross-validated scores and truth, both texts × labels; of several bends, the likeliest."""
    fitted = [_with_bend(scores, truth, many, bend) for bend in _BENDS]
    return min(fitted, key=lambda one: one.loss(scores, truth))


def _with_bend(scores: Numbers, truth: Numbers, many: bool, bend: float) -> Calibration:
    labels, bent = truth.shape[1], _bent(scores, bend)
    if not many:
        return Calibration(np.full(labels, _temperature(bent, truth)), np.zeros(labels), bend, many)
    if not truth.size:
        return Calibration(np.ones(labels), np.zeros(labels), bend, many)
    [shared], _ = _platt(bent.reshape(-1, 1), truth.reshape(-1, 1), 1.0, 0.0)
    return Calibration(*_platt(bent, truth, float(shared), _TRUST), bend, many)


def _bent(scores: Numbers, bend: float) -> Numbers:
    return np.where(scores > 0, bend * scores, scores)


def _temperature(scores: Numbers, truth: Numbers) -> float:
    """One slope for all labels (Guo and others 2017), by likelihood."""
    if not scores.size:
        return 1.0

    def loss(log_slope: float) -> float:
        return -float((log_softmax(np.exp(log_slope) * scores, axis=1) * truth).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, np.log(_STEEPEST)), method="bounded").x))


def _platt(scores: Numbers, truth: Numbers, slope: float, trust: float) -> tuple[Numbers, Numbers]:
    """Slopes and offsets of logistic curves, one a column (Platt 1999, with his smoothed targets).

    Slopes are held near the given one by `trust`. Newton's method, all columns at once.
    """
    yes, no = truth.sum(axis=0), (1 - truth).sum(axis=0)
    target = np.where(truth > 0, (yes + 1) / (yes + 2), 1 / (no + 2))
    a, b = np.full(len(yes), slope), np.log((yes + 1) / (no + 1))
    for _ in range(_STEPS):
        p = expit(a * scores + b)
        miss, curve = p - target, p * (1 - p)
        by_slope, by_offset = (miss * scores).sum(axis=0) + trust * (a - slope), miss.sum(axis=0)
        aa, ab, bb = (
            (curve * scores**2).sum(axis=0) + trust + 1e-6,
            (curve * scores).sum(axis=0),
            curve.sum(axis=0) + 1e-6,
        )
        determinant = aa * bb - ab**2
        step_a = np.clip((bb * by_slope - ab * by_offset) / determinant, -2.0, 2.0)
        step_b = np.clip((aa * by_offset - ab * by_slope) / determinant, -2.0, 2.0)
        a, b = np.clip(a - step_a, 0.0, _STEEPEST), np.clip(b - step_b, -_STEEPEST, _STEEPEST)
        if max(np.abs(step_a).max(), np.abs(step_b).max()) < _STILL:
            break
    return a, b


def thresholds(odds: Numbers, truth: Numbers, aim: Aim) -> Numbers:
    """The log-odds from which each label is given, by the F-measure that the aim asks for.

    The best measure F is reached where (1 + β²) × right - F × given is greatest (Dinkelbach 1967). The F of a label
    with many texts is drawn towards that of all labels together: else one that is hard to tell would be given far too
    often for the little that it can win. A rare label, whose errors are few, is set by what is best for itself.
    """
    right = np.array([((odds >= cut) & (truth > 0)).sum(axis=0) for cut in _GRID], dtype=np.float64)
    given = np.array([(odds >= cut).sum(axis=0) for cut in _GRID], dtype=np.float64)
    texts, weight = truth.sum(axis=0), BETA[aim] ** 2
    together = _best(right.sum(axis=1), given.sum(axis=1), texts.sum(), weight)
    alone = _best(right, given, texts, weight)
    drawn = texts / (texts + _RARE)
    aimed = (1 - drawn) * alone + drawn * together
    return np.asarray(_GRID[((1 + weight) * right - aimed * given).argmax(axis=0)])


def _best(right: Numbers, given: Numbers, texts: Numbers | float, weight: float) -> Numbers:
    """The best F-measure over all thresholds, which are the first axis."""
    measures = (1 + weight) * right / np.maximum(given + weight * texts, 1e-9)
    return np.asarray(measures.max(axis=0))
