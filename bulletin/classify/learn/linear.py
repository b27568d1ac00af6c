"""The linear model inside: counted texts in, scores out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bulletin.classify.learn.counts import Matrix, Views
from bulletin.classify.learn.ridge import ridge
from bulletin.classify.learn.weighting import Vectors, rarities, rows, telling, tf_idf

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

    def scores(self, weighed: Views) -> NDArray[np.float64]:
        """Texts × labels: about +1 for a label's texts and -1 for others."""
        return np.asarray(self.vectors.of(weighed) @ self.weights + self.bias, dtype=np.float64)


def learn(texts: Texts, truth: Numbers, penalty: float, many: bool, sureness: Numbers | None = None) -> Linear:
    """Fit to texts and what they have of each label, texts × labels, 0 to 1; `sureness`: what each text counts."""
    vectors = Vectors(telling(texts.counts, truth, POWER))
    always = ALWAYS if many else 0.0
    matrix = _with_always(vectors.of(texts.weighed), always)
    targets = 2 * truth - 1
    if sureness is not None:
        roots = np.sqrt(sureness)[:, None]
        matrix, targets = matrix.multiply(roots).tocsr().astype(np.float32), targets * roots
    weights = np.asarray(matrix.T @ ridge(matrix, targets, penalty))
    return Linear(vectors, weights[:-1], always * weights[-1])


def _with_always(matrix: Matrix, always: float) -> Matrix:
    column = np.full((matrix.shape[0], 1), always, dtype=np.float32)
    return sparse.hstack([matrix, sparse.csr_array(column)], format="csr", dtype=np.float32)
