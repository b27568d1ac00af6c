"""The figures that one number each can tell."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from sklearn.metrics import label_ranking_average_precision_score

from bulletin.classify.judge.ask import Answers, Marks, Numbers
from bulletin.classify.judge.certainty import calibration_error
from bulletin.model import Figures


def figures(answers: Answers) -> Figures:
    """Measure one set of answers."""
    truth, given = answers.truth, answers.given
    all_right = float((truth == given).all(axis=1).mean())
    return Figures(
        accuracy=all_right if answers.single else None,
        subset_accuracy=all_right,
        micro_f1=micro_f1(truth, given),
        macro_f1=macro_f1(truth, given),
        lrap=_lrap(truth, answers.said),
        brier=float(((answers.said - truth) ** 2).mean()),
        calibration_error=calibration_error(answers),
        fit_seconds=answers.fit_seconds,
        predict_per_second=answers.predict_per_second,
    )


def micro_f1(truth: Marks, given: Marks) -> float:
    """F1 over all texts and labels together."""
    return _ratio(2 * (truth & given).sum(), truth.sum() + given.sum())


def macro_f1(truth: Marks, given: Marks) -> float:
    """The mean of the labels' own F1; a label that is neither there nor given has 0, as in scikit-learn."""
    return float(np.mean(ratios(2 * (truth & given).sum(axis=0), truth.sum(axis=0) + given.sum(axis=0))))


def ratios(parts: Numbers, wholes: Numbers) -> Numbers:
    """Parts of wholes; 0 where there is no whole."""
    return np.asarray(parts / np.where(wholes > 0, wholes, 1))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _lrap(truth: Marks, said: Numbers) -> float:
    """Of the labels ranked as high as a true one or higher, how many are true (Schapire and Singer 2000).

    A text without a true label counts as 1, as in scikit-learn.
    """
    return float(label_ranking_average_precision_score(truth.astype(int), said))


def mean_and_deviation(every: Sequence[Figures]) -> tuple[Figures, dict[str, float | None]]:
    """The mean of each figure, and its sample standard deviation, which one alone does not have."""
    means, deviations = dict[str, float | None](), dict[str, float | None]()
    for name in (field.name for field in fields(Figures)):
        values = [getattr(one, name) for one in every]
        known = None not in values
        means[name] = float(np.mean(values)) if known else None
        deviations[name] = float(np.std(values, ddof=1)) if known and len(values) > 1 else None
    return Figures(**means), deviations  # type: ignore[arg-type] # only `accuracy` may be None, and is
