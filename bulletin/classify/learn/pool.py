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
from scipy.special import expit, log_expit, log_softmax, logit, softmax

from bulletin.classify.learn.counts import Matrix

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

SURENESS = 0.3  # what a text of the pool counts beside a labelled one
PLAIN = 0.7  # what the model of the labelled texts alone counts beside the one that learned from the pool too

_MOST_LABELLED = 4_000  # texts: with more, a pool has hardly anything to add
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
_UNTAUGHT, _TAUGHT = 2, 8  # examples of a label among several: from none to all of what the pool teaches counts


@dataclass(frozen=True)
class Taught:
    """What the texts of a pool probably have of each label, and what each counts beside a labelled text.

    targets: texts × labels, 0 to 1; each row sums to 1 where labels exclude each other.
    sureness: by text, 0 to 1; 0 for texts that were not looked at.
    """

    targets: Numbers
    sureness: Numbers


class Teacher:
    """Labelled texts and a pool, compared once and asked as often as cross-validation needs."""

    def __init__(self, labelled: Matrix, pool: Matrix) -> None:
        """Both are texts × features in CSR, rows of length 1 or empty."""
        labels, size = labelled.shape[0], pool.shape[0]
        room = min(_MOST_POOL, _MOST - labels) if 0 < labels <= _MOST_LABELLED else 0
        self._size, self._labelled = size, labels
        self._chosen = _some(size, room)
        self._likeness = (
            _likeness(labelled, pool[self._chosen]) if len(self._chosen) else np.zeros((0, 0), np.float32)
        )

    def teach(self, truth: NDArray[np.floating], many: bool, learned: Places | None = None) -> Taught:
        """Guess the labels of the pool from the labelled texts, or from those at the places `learned`.

        `truth` is texts × labels, 0 or 1, one row for each text that is learned from. `many`: a text may have
        several labels, or none.
        """
        truth = np.asarray(truth, dtype=np.float64)
        targets, sureness = np.zeros((self._size, truth.shape[1])), np.zeros(self._size)
        if len(self._chosen) and truth.size and (many or truth.shape[1] > 1):
            places = np.arange(self._labelled) if learned is None else learned
            every = np.concatenate([places, self._labelled + np.arange(len(self._chosen))])
            targets[self._chosen] = _guesses(self._likeness[np.ix_(every, every)], truth, many)
            sureness[self._chosen] = SURENESS
        return Taught(targets, sureness)


def teach(labelled: Matrix, truth: NDArray[np.floating], pool: Matrix, many: bool) -> Taught:
    """Guess the labels of a pool, once; see Teacher."""
    return Teacher(labelled, pool).teach(truth, many)


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


def _likeness(labelled: Matrix, pool: Matrix) -> NDArray[np.float32]:
    if not pool.shape[0]:
        return np.zeros((0, 0), dtype=np.float32)
    texts = sparse.vstack([labelled, pool], format="csr", dtype=np.float32)
    return np.asarray((texts @ texts.T).toarray(), dtype=np.float32)


def _guesses(likeness: NDArray[np.float32], truth: Numbers, many: bool) -> Numbers:
    """The labels of the pool, whose texts follow the labelled ones in `likeness`."""
    first, shares, plain = _first(likeness, truth, many)
    labelled = len(truth)
    penalties = np.full(len(likeness), _PENALTY / SURENESS)
    penalties[:labelled] = _PENALTY
    inverse = _inverse(likeness, penalties)
    guess = _decided(first, many)
    for _ in range(_ROUNDS):
        scores = _left_out(inverse, 2 * np.concatenate([truth, guess]) - 1)[labelled:]
        guess = _levelled(_SLOPE * scores, _drifted(_decided(scores, many).mean(axis=0), shares, many), many)
    if not many:
        return guess
    trust = np.clip((truth.sum(axis=0) - _UNTAUGHT) / (_TAUGHT - _UNTAUGHT), 0, 1)
    return trust * guess + (1 - trust) * np.clip((plain + 1) / 2, 0, 1)


def _first(likeness: NDArray[np.float32], truth: Numbers, many: bool) -> tuple[Numbers, Numbers, Numbers]:
    """From the labelled texts alone: log-odds for the pool, 0 in the middle; its labels' shares; and plain scores."""
    labelled = len(truth)
    inverse = _inverse(likeness[:labelled, :labelled], np.full(labelled, _PENALTY))
    own = _left_out(inverse, 2 * truth - 1)
    plain = np.asarray(likeness[labelled:, :labelled] @ (inverse @ (2 * truth - 1)), dtype=np.float64)
    slope = max(_SLOPES, key=lambda one: _likelihood(one * own, truth, many))
    shares = _shares(truth, _chances(slope * own, many), _chances(slope * plain, many), many)
    if many:
        return logit(np.clip(_levelled(slope * plain, shares, many), 1e-9, 1 - 1e-9)), shares, plain
    return slope * plain + np.log(shares / np.maximum(truth.mean(axis=0), 1e-6)), shares, plain


def _inverse(likeness: NDArray[np.float32], penalties: Numbers) -> NDArray[np.float32]:
    """Of likeness + penalties on its diagonal, which is positive definite because they are well above 0."""
    matrix = np.array(likeness, order="F")
    matrix[np.diag_indices(len(matrix))] += penalties.astype(np.float32)
    root, _ = lapack.spotrf(matrix, lower=1, overwrite_a=1)
    found, _ = lapack.spotri(root, lower=1, overwrite_c=1)
    lower = np.tril(found)
    return np.asarray(lower + np.tril(lower, -1).T)


def _left_out(inverse: NDArray[np.float32], targets: Numbers) -> Numbers:
    """The score that each text would get if it had not been among those that were learned from."""
    wanted = targets.astype(np.float32)
    return np.asarray(wanted - (inverse @ wanted) / np.diag(inverse)[:, None], dtype=np.float64)


def _chances(odds: Numbers, many: bool) -> Numbers:
    return np.asarray(expit(odds) if many else softmax(odds, axis=1))


def _likelihood(odds: Numbers, truth: Numbers, many: bool) -> float:
    if many:
        return float((truth * log_expit(odds) + (1 - truth) * log_expit(-odds)).sum())
    return float((truth * log_softmax(odds, axis=1)).sum())


def _decided(odds: Numbers, many: bool) -> Numbers:
    """1 for the labels that a text gets, 0 for the others."""
    if many:
        return (odds >= 0).astype(np.float64)
    return np.asarray(np.eye(odds.shape[1])[odds.argmax(axis=1)])


def _shares(truth: Numbers, own: Numbers, pool: Numbers, many: bool) -> Numbers:
    """What part of the pool has each label, from the chances that examples and pool were given."""
    if not many:
        return _mixed(truth, own, pool)
    pairs = (
        _mixed(*(np.column_stack([part[:, label], 1 - part[:, label]]) for part in (truth, own, pool)))[0]
        for label in range(truth.shape[1])
    )
    return np.fromiter(pairs, dtype=np.float64)


def _mixed(truth: Numbers, own: Numbers, pool: Numbers) -> Numbers:
    """The mixture of labels under which the pool would look as it does; held near their shares of the examples."""
    seen, before = pool.mean(axis=0), truth.mean(axis=0)
    taken = (truth.T @ own) / np.maximum(truth.sum(axis=0), 1)[:, None]
    held, shares = _HELD * len(before), before
    for _ in range(_STEPS):
        joint = taken * shares[:, None]
        shares = (joint / np.maximum(joint.sum(axis=0), 1e-12) @ seen + held * before) / (1 + held)
    shares = np.clip(shares, 1e-4, 1 - 1e-4)
    return np.asarray(shares / shares.sum())


def _drifted(seen: Numbers, shares: Numbers, many: bool) -> Numbers:
    """The shares to aim at: halfway from the first estimate to what is seen now, and never far from the first."""
    between = np.sqrt((seen + _FLOOR) * (shares + _FLOOR))
    aimed = np.clip(between, shares / _DRIFT, shares * _DRIFT)
    return np.clip(aimed, 1e-4, 0.98) if many else aimed / aimed.sum()


def _levelled(odds: Numbers, shares: Numbers, many: bool) -> Numbers:
    """Chances of each text, moved label by label so that their means are the shares."""
    moved = np.zeros(odds.shape[1])
    for _ in range(_LEVELLING):
        seen = np.clip(_chances(odds + moved, many).mean(axis=0), 1e-6, 1 - 1e-6)
        moved += 0.7 * (logit(shares) - logit(seen) if many else np.log(shares / seen))
    return _chances(odds + moved, many)
