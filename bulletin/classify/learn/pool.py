"""What texts without labels teach: few labelled texts say what those of a large pool probably are.

    ridge regression on the labelled texts -> a first guess of the pool, and of how common each label is in it
    -> three times: every text of the pool is judged by all others and their guesses, its own left out

A guess that is left out of its own judgement cannot confirm itself, and labels that keep about the share of the pool
that they were first thought to have cannot swallow the others. One inverse of a matrix serves all rounds: what ridge
regression leaves of a text that was left out is (K + λ/w)⁻¹y over the diagonal (Allen 1974).

The labels' shares of the pool come from how the labelled texts are mistaken for each other (Saerens and others 2002,
Lipton and others 2018): examples may be chosen evenly, what comes in is not even.

A model that learns from the guesses gets the middle right and loses the order of what is rare: half of the final
scores should be those of the labelled texts alone, see `halves`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack
from scipy.special import log_softmax, softmax

from bulletin.classify.learn.counts import Matrix

Numbers = NDArray[np.float64]
Floats = NDArray[np.float32]
Places = NDArray[np.intp]

SURENESS = 0.3  # what a text of the pool counts beside a labelled one
PLAIN = 0.7  # what the model of the labelled texts alone counts beside the one that learned from the pool too

_MOST_POOL = 4_000  # texts: more teach hardly more
_MOST = 6_000  # texts in all: bounds the time, which grows with the cube of them
_PENALTY = 0.5
_ROUNDS = 3
_SLOPE = 10.0  # from scores, about -1 to 1, to log-odds: nearly yes or no
_SLOPES = (1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 10.0, 15.0, 22.0, 33.0)
_HELD = 0.005  # of a pool, for each label: as if so much more of it had the labels in the shares of the examples
_FLOOR = 0.002  # added to shares before they are compared
_DRIFT = 1.5  # times the first estimate, or the part: no label's share goes further
_STEPS = 300  # of expectation and maximisation
_LEVELLING = 60


@dataclass(frozen=True)
class Taught:
    """What the texts of a pool probably have of each label, and what each counts beside a labelled text.

    targets: texts × labels, 0 to 1; each row of a text that was looked at sums to 1.
    sureness: by text, 0 to 1; 0 for texts that were not looked at.
    """

    targets: Numbers
    sureness: Numbers


def teach(labelled: Matrix, truth: NDArray[np.floating], pool: Matrix) -> Taught:
    """Guess the labels of a pool from labelled texts; labels exclude each other.

    `labelled` and `pool` are texts × features in CSR, rows of length 1 or empty; `truth` is texts × labels, 0 or 1.
    Of a large pool 4,000 texts are looked at, always the same ones.
    """
    known = np.asarray(truth, dtype=np.float64)
    chosen = _some(pool.shape[0], min(_MOST_POOL, _MOST - len(known)))
    targets, sureness = np.zeros((pool.shape[0], known.shape[1])), np.zeros(pool.shape[0])
    if len(chosen) and known.shape[1] > 1:
        targets[chosen] = _guesses(_likeness(labelled, pool[chosen]), known)
        sureness[chosen] = SURENESS
    return Taught(targets, sureness)


def halves(plain: Numbers, pooled: Numbers) -> tuple[float, float]:
    """What to multiply two models' scores with before they are added: of the plain one, and of the pooled one.

    Both are scores of the same texts, best of the pool's. The sum is as spread out as the pooled scores.
    """
    spread, plainly = float(np.std(pooled)), float(np.std(plain))
    if not spread or not plainly:
        return 0.0, 1.0
    return PLAIN / (1 + PLAIN) * spread / plainly, 1 / (1 + PLAIN)


def _some(size: int, most: int) -> Places:
    """The places of all, or of as many as that, always the same ones."""
    if size <= most:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, max(0, most), replace=False))


def _likeness(labelled: Matrix, pool: Matrix) -> Floats:
    texts = sparse.vstack([labelled, pool], format="csr", dtype=np.float32)
    return np.asarray((texts @ texts.T).toarray(), dtype=np.float32)


def _guesses(likeness: Floats, truth: Numbers) -> Numbers:
    """The labels of the pool, whose texts follow the labelled ones in `likeness`."""
    first, shares = _first(likeness, truth)
    labelled = len(truth)
    penalties = np.full(len(likeness), _PENALTY / SURENESS)
    penalties[:labelled] = _PENALTY
    inverse = _inverse(likeness, penalties)
    guess = _decided(first)
    for _ in range(_ROUNDS):
        scores = _left_out(inverse, 2 * np.concatenate([truth, guess]) - 1)[labelled:]
        guess = _levelled(_SLOPE * scores, _drifted(_decided(scores).mean(axis=0), shares))
    return guess


def _first(likeness: Floats, truth: Numbers) -> tuple[Numbers, Numbers]:
    """From the labelled texts alone: log-odds for the pool, and its labels' shares."""
    labelled = len(truth)
    inverse = _inverse(likeness[:labelled, :labelled], np.full(labelled, _PENALTY))
    own = _left_out(inverse, 2 * truth - 1)
    plain = np.asarray(likeness[labelled:, :labelled] @ (inverse @ (2 * truth - 1)), dtype=np.float64)
    slope = max(_SLOPES, key=lambda one: float((truth * log_softmax(one * own, axis=1)).sum()))
    shares = _shares(truth, softmax(slope * own, axis=1), softmax(slope * plain, axis=1))
    return slope * plain + np.log(shares / np.maximum(truth.mean(axis=0), 1e-6)), shares


def _inverse(likeness: Floats, penalties: Numbers) -> Floats:
    """Of likeness + penalties on its diagonal, which is positive definite because they are well above 0."""
    matrix = np.array(likeness, order="F")
    matrix[np.diag_indices(len(matrix))] += penalties.astype(np.float32)
    root, _ = lapack.spotrf(matrix, lower=1, overwrite_a=1)
    found, _ = lapack.spotri(root, lower=1, overwrite_c=1)
    lower = np.tril(found)
    return np.asarray(lower + np.tril(lower, -1).T)


def _left_out(inverse: Floats, targets: Numbers) -> Numbers:
    """The score that each text would get if it had not been among those that were learned from."""
    wanted = targets.astype(np.float32)
    return np.asarray(wanted - (inverse @ wanted) / np.diag(inverse)[:, None], dtype=np.float64)


def _decided(odds: Numbers) -> Numbers:
    """1 for the label that a text gets, 0 for the others."""
    return np.asarray(np.eye(odds.shape[1])[odds.argmax(axis=1)])


def _shares(truth: Numbers, own: Numbers, pool: Numbers) -> Numbers:
    """The mixture of labels under which the pool would look as it does; held near their shares of the examples."""
    seen, before = pool.mean(axis=0), truth.mean(axis=0)
    taken = (truth.T @ own) / np.maximum(truth.sum(axis=0), 1)[:, None]
    held, shares = _HELD * len(before), before
    for _ in range(_STEPS):
        joint = taken * shares[:, None]
        shares = (joint / np.maximum(joint.sum(axis=0), 1e-12) @ seen + held * before) / (1 + held)
    shares = np.clip(shares, 1e-4, 1 - 1e-4)
    return np.asarray(shares / shares.sum())


def _drifted(seen: Numbers, shares: Numbers) -> Numbers:
    """The shares to aim at: halfway from the first estimate to what is seen now, and never far from the first."""
    between = np.sqrt((seen + _FLOOR) * (shares + _FLOOR))
    aimed = np.clip(between, shares / _DRIFT, shares * _DRIFT)
    return np.asarray(aimed / aimed.sum())


def _levelled(odds: Numbers, shares: Numbers) -> Numbers:
    """Chances of each text, moved label by label so that their means are the shares."""
    moved = np.zeros(odds.shape[1])
    for _ in range(_LEVELLING):
        seen = np.clip(softmax(odds + moved, axis=1).mean(axis=0), 1e-6, 1 - 1e-6)
        moved += 0.7 * np.log(shares / seen)
    return np.asarray(softmax(odds + moved, axis=1))
