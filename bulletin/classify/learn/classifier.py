"""The estimator: texts in, sets of headings out.

    texts -> counts -> TF-IDF, more weight for what tells -> ridge regression -> probabilities -> thresholds

All of it is linear in the features, so that the words for and against a label are exact.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from bulletin.classify.learn.calibration import calibrated, thresholds
from bulletin.classify.learn.fitted import Fitted
from bulletin.classify.learn.labels import Given, Labels
from bulletin.classify.learn.training import School, Trained, loss, teaches, train, train_with
from bulletin.errors import ModelError
from bulletin.model import Aim

Numbers = NDArray[np.float64]


_NO_WORSE = 1.04  # a pool of the same kind shows losses up to so much more on few texts; one of another kind, more


class HeadingClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn ships no types
    """Learns which labels belong to a text, from texts and their labels.

    Where every text has exactly one label, labels exclude each other, and `predict` gives the likeliest. Otherwise a
    text may have several, or none: `predict` gives each label whose probability reaches its threshold.

    After `fit`: `classes_` (k sorted labels), `multilabel_`, `thresholds_` (k probabilities), `intercept_`
    (k biases), `penalty_` and `title_` (settings that were chosen), `held_out_` (numbers of the texts that
    cross-validation looked at: all, up to 20,000) and `cross_validated_` (the probabilities that models gave these
    texts which had not seen them, held out × k).

    aim: "balanced", "fewer wrong" or "fewer missed": thresholds are set for the best F1, F0.5 or F2.
    random_state: the seed of the folds; the same texts, labels and seed give the same model.
    """

    def __init__(self, aim: str = "balanced", random_state: int = 0) -> None:
        self.aim = aim
        self.random_state = random_state

    def fit(self, texts: Sequence[str], labels: Given, unlabelled: Sequence[str] | None = None) -> Self:
        """Learn from texts and their labels, one string or one set of strings each.

        A text's first line is its title when more lines follow. `unlabelled` are further texts of the same kind:
        where labels exclude each other and labelled texts are few, they are guessed and learned from, if that helps.
        ValueError: texts and labels do not match, there are none, or the aim is unknown.
        """
        aim = _aim(self.aim)
        texts, pool = _texts(texts), _texts(unlabelled or [])
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts, but labels for {len(labels)}: there must be as many")
        if not texts:
            raise ValueError("no texts to learn from")
        names, truth = Labels.of(labels)
        school, trained = _trained(texts, pool, truth, names.many, self.random_state)
        held = truth[trained.held_out].astype(np.float64)
        calibration = calibrated(trained.scores, held, names.many)
        odds = calibration.odds(trained.scores)
        cuts = thresholds(odds, held, aim) if names.many else np.zeros(len(names.names))
        self.penalty_, self.title_ = trained.settings.penalty, trained.settings.title
        self.held_out_, self.cross_validated_ = trained.held_out, calibration.probabilities(trained.scores)
        self._take(Fitted(names, school.lexicon, school.rarity, trained.linear, calibration, cuts))
        return self

    def _take(self, fitted: Fitted) -> None:
        self._fitted = fitted
        self.classes_ = np.array(fitted.labels.names, dtype=object)
        self.multilabel_ = fitted.labels.many
        self.intercept_ = np.asarray(fitted.linear.bias, dtype=np.float64)
        self.thresholds_ = expit(fitted.cuts)

    def decision_function(self, texts: Sequence[str]) -> Numbers:
        """Texts × labels: above 0 for rather yes than no."""
        check_is_fitted(self)
        return self._fitted.scores(_texts(texts))

    def predict_proba(self, texts: Sequence[str]) -> Numbers:
        """Texts × labels, 0 to 1; where labels exclude each other, each row sums to 1."""
        scores = self.decision_function(texts)
        return self._fitted.calibration.probabilities(scores)

    def predict(self, texts: Sequence[str]) -> NDArray[Any]:
        """One label each where labels were given as strings, a frozenset each where they were given as sets."""
        probabilities = self.predict_proba(texts)
        if self.multilabel_:
            return self._fitted.labels.back(probabilities >= self.thresholds_)
        return self._fitted.labels.back(np.arange(len(self.classes_)) == probabilities.argmax(axis=1)[:, None])

    def explain(self, text: str, label: str) -> list[tuple[str, float]]:
        """The words of a text for (above 0) and against a label, strongest first.

        What they add and the label's `intercept_` sum to the decision function. ValueError: no such label.
        """
        check_is_fitted(self)
        if label not in self._fitted.labels.names:
            raise ValueError(f"no label {label!r} was learned")
        return self._fitted.because(_texts([text])[0], self._fitted.labels.names.index(label))

    def save(self, path: Path) -> None:
        """Write the fitted classifier to `path`, which ends in .npz, and what it means to the .json beside it."""
        check_is_fitted(self)
        more = {"settings": self.get_params(), "penalty": self.penalty_}
        self._fitted.write(path, more, held_out=self.held_out_, cross_validated=self.cross_validated_)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. ModelError: missing, of another version, or changed since."""
        fitted, arrays, about = Fitted.read(path)
        try:
            found = cls(**about["settings"])
            found.penalty_, found.title_ = float(about["penalty"]), fitted.linear.vectors.title
            found.held_out_, found.cross_validated_ = arrays["held_out"], arrays["cross_validated"]
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: something is missing in it") from error
        found._take(fitted)
        return found

    def __sklearn_tags__(self) -> Tags:
        """What scikit-learn may hand over: texts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array, tags.input_tags.one_d_array = True, False, True
        return tags


def _trained(
    texts: list[str], pool: list[str], truth: NDArray[np.float32], many: bool, seed: int
) -> tuple[School, Trained]:
    """Train without the pool, and with it where that may help; the better of both, judged by what was held out."""
    alone = School.of(texts)
    plain = train(alone.texts, truth, many, seed)
    if not pool or not teaches(truth, many):
        return alone, plain
    both = School.of([*texts, *pool])
    mine, others = np.arange(len(texts)), np.arange(len(texts), len(texts) + len(pool))
    pooled = train_with(both.texts[others], both.texts[mine], truth, plain.settings, seed)
    does_good = loss(pooled, truth, many) <= _NO_WORSE * loss(plain, truth, many)
    return (both, pooled) if does_good else (alone, plain)


def _aim(aim: str) -> Aim:
    try:
        return Aim(aim)
    except ValueError:
        raise ValueError(f"aim is {aim!r}: it may be {', '.join(Aim)}") from None


def _texts(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, str):
        raise ValueError("one text was given, not a list of texts")
    found = list(texts)
    for number, text in enumerate(found):
        if not isinstance(text, str):
            raise ValueError(f"text {number} is {type(text).__name__}, not str")
    return found
