"""Label by label, and what was taken for what."""

import numpy as np

from bulletin.classify.judge.ask import Answers
from bulletin.classify.judge.measures import ratios
from bulletin.model import Confusion, LabelFigures


def by_label(answers: Answers, draws: int = 1) -> tuple[LabelFigures, ...]:
    """How each label fared, the most frequent first; numbers of texts are for one of the draws."""
    truth, given = answers.truth, answers.given
    support, said, right = truth.sum(axis=0), given.sum(axis=0), (truth & given).sum(axis=0)
    precision, recall = ratios(right, said), ratios(right, support)
    f1 = ratios(2 * right, said + support)
    found = [
        LabelFigures(
            label,
            int(answers.trained_on[n]),
            int(support[n]) // draws,
            float(said[n]) / draws,
            float(right[n]) / draws,
            float(precision[n]),
            float(recall[n]),
            float(f1[n]),
            _threshold(answers, n),
        )
        for n, label in enumerate(answers.labels)
    ]
    return tuple(sorted(found, key=lambda one: (-one.support, one.label)))


def _threshold(answers: Answers, label: int) -> float | None:
    if answers.thresholds is None or np.isinf(answers.thresholds[label]):
        return None
    return float(answers.thresholds[label])


def confusions(answers: Answers, draws: int = 1) -> tuple[Confusion, ...]:
    """Labels that were missed and labels that were wrongly given to the same text, the most frequent pair first."""
    missed, wrong = answers.truth & ~answers.given, answers.given & ~answers.truth
    names = ("", *answers.labels)
    counts = np.zeros((len(names), len(names)))
    counts[1:, 1:] = missed.T.astype(np.float64) @ wrong.astype(np.float64)
    counts[1:, 0] = missed[~wrong.any(axis=1)].sum(axis=0)
    counts[0, 1:] = wrong[~missed.any(axis=1)].sum(axis=0)
    pairs = [
        Confusion(names[row], names[column], float(counts[row, column]) / draws)
        for row, column in zip(*np.nonzero(counts), strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.texts, pair.truth, pair.given)))
