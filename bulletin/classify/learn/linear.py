"""The linear model inside: counted texts in, scores out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bulletin.classify.learn.counts import Matrix, Views
from bulletin.classify.learn.ridge import ridge
from bulletin.classify.learn.weighting import Vectors, joined, rarities, rows, rows_scaled, telling, tf_idf

Numbers = NDArray[np.float32]

POWER = 0.5  # of what tells one label from another
ALWAYS = 0.5  # the feature that every text has, where labels do not exclude each other


@dataclass(frozen=True)
class Texts:
    """Texts as counts and as TF-IDF, ready to be cut into parts."""

    counts: Views
    weighed: Views

    def __getitem__(self, chosen: NDArray[np.intp]) -> "Texts":
        return Texts(rows(self.counts, chosen), rows(self.weighed, chosen))

    def __add__(self, other: "Texts") -> "Texts":
        return Texts(joined(self.counts, other.counts), joined(self.weighed, other.weighed))

    @classmethod
    def of(cls, counts: Views, rarity: dict[str, Numbers] | None = None) -> "Texts":
        """From counts, with the IDF of these texts or a known one."""
        return cls(counts, tf_idf(counts, rarities(counts) if rarity is None else rarity))


@dataclass(frozen=True)
class Linear:
    """Weights for features, and how texts become vectors of them."""

    vectors: Vectors
    weights: Numbers  # features × labels
    bias: Numbers  # by label

    def plus(self, other: "Linear", mine: float, its: float) -> "Linear":
        """The sum of two that make vectors in the same way, each times its part."""
        return Linear(self.vectors, mine * self.weights + its * other.weights, mine * self.bias + its * other.bias)

    def scores(self, weighed: Views) -> NDArray[np.float64]:
        """Texts × labels: about +1 for a label's texts and -1 for others."""
        return np.asarray(self.vectors.times(weighed, self.weights) + self.bias, dtype=np.float64)


class Lesson:
    """Texts and what they have of each label, ready to be learned with any penalty."""

    def __init__(
        self, texts: Texts, truth: Numbers, many: bool, vectors: Vectors, sureness: Numbers | None = None
    ) -> None:
        """`truth` is texts × labels, 0 to 1; `sureness`, 0 to 1, is what each text counts beside the others."""
        self._vectors = vectors
        self._always = ALWAYS if many else 0.0
        self._matrix = _with_always(vectors.of(texts.weighed), self._always)
        self._targets = 2 * truth - 1
        if sureness is not None:
            roots = np.sqrt(sureness)
            self._matrix = rows_scaled(self._matrix, roots)
            self._targets *= roots[:, None]
        self._last: Numbers | None = None

    def learn(self, penalty: float) -> Linear:
        """Fit; a penalty near the one before costs less."""
        self._last = ridge(self._matrix, self._targets, penalty, self._last)
        weights = np.asarray(self._matrix.T @ self._last)
        return Linear(self._vectors, weights[:-1], self._always * weights[-1])


def vectors(texts: Texts, truth: Numbers, title: float) -> Vectors:
    """How texts become vectors, when what tells their labels apart weighs more."""
    return Vectors(telling(texts.counts, truth, POWER), title)


def _with_always(matrix: Matrix, always: float) -> Matrix:
    column = np.full((matrix.shape[0], 1), always, dtype=np.float32)
    return sparse.hstack([matrix, sparse.csr_array(column)], format="csr", dtype=np.float32)
