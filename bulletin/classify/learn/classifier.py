"""The estimator: texts in, sets of headings out."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier


class HeadingClassifier(ClassifierMixin, BaseEstimator):
    """INTERIM: same interface, simple inside."""

    def __init__(self, aim: str = "balanced", random_state: int = 0) -> None:
        self.aim = aim
        self.random_state = random_state

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[str] | Sequence[Collection[str]],
        unlabelled: Sequence[str] | None = None,
    ) -> "HeadingClassifier":
        sets = [frozenset([one]) if isinstance(one, str) else frozenset(one) for one in labels]
        self.classes_ = np.array(sorted(set().union(*sets)), dtype=object)
        self.multilabel_ = any(len(one) != 1 for one in sets)
        self._strings = all(isinstance(one, str) for one in labels)
        self._tfidf = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        x = self._tfidf.fit_transform(texts)
        y = np.array([[name in one for name in self.classes_] for one in sets])
        self._heads = OneVsRestClassifier(LogisticRegression(C=30, class_weight="balanced")).fit(x, y)
        self.thresholds_ = np.full(len(self.classes_), 0.5)
        return self

    def decision_function(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return self._heads.decision_function(self._tfidf.transform(texts))

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return 1 / (1 + np.exp(-self.decision_function(texts)))

    def predict(self, texts: Sequence[str]) -> NDArray[Any]:
        p = self.predict_proba(texts)
        chosen = p >= self.thresholds_ if self.multilabel_ else p >= p.max(axis=1, keepdims=True)
        if self._strings:
            return self.classes_[p.argmax(axis=1)]
        found = np.empty(len(p), dtype=object)
        found[:] = [frozenset(self.classes_[row]) for row in chosen]
        return found
