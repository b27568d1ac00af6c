"""Ridge regression for many labels at once, by conjugate gradients.

The targets are +1 and -1. Among linear models for texts it is as good as a support vector machine or better
(benchmarks/classify.py), needs no more memory than its texts, and gives the same answer every time.
"""

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.learn.counts import Matrix

Numbers = NDArray[np.float32]

CLOSE = 3e-3  # what may be left of the residual, as a part of the targets
STEPS = 100


def ridge(vectors: Matrix, targets: Numbers, penalty: float, start: Numbers | None = None) -> Numbers:
    """Solve (X Xᵀ + penalty I) A = Y for A, texts × labels; the weights of the features are Xᵀ A.

    `vectors` is texts × features in CSR, `targets` texts × labels, `start` a first guess of A.
    """
    turned = vectors.T.tocsr()
    found = np.zeros_like(targets) if start is None else start.copy()
    left = targets - _apply(vectors, turned, found, penalty) if start is not None else targets.copy()
    way = left.copy()
    error = _squares(left)
    enough = CLOSE**2 * np.maximum(_squares(targets), 1e-12)
    for _ in range(STEPS):
        if (error <= enough).all():
            break
        moved = _apply(vectors, turned, way, penalty)
        length = error / np.maximum((way * moved).sum(axis=0), 1e-20)
        found += length * way
        left -= length * moved
        now = _squares(left)
        way = left + (now / np.maximum(error, 1e-20)) * way
        error = now
    return found


def _apply(vectors: Matrix, turned: Matrix, there: Numbers, penalty: float) -> Numbers:
    return np.asarray(vectors @ (turned @ there) + np.float32(penalty) * there)


def _squares(columns: Numbers) -> Numbers:
    return np.asarray((columns * columns).sum(axis=0))
