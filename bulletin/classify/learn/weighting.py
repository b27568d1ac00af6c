"""From counts to vectors: TF-IDF, and more weight for what tells one label from another.

A text's vector has length 1. It is made of its views, each of a length of its own; a text that lacks one is made of
the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bulletin.classify.learn.counts import VIEWS, Matrix, Views

Numbers = NDArray[np.float32]

EVERYWHERE = 0.3  # the least weight of a feature, before the power: what stands everywhere alike is not deaf
ONE = 1.0  # texts of a label that a feature is taken to have met besides: what was met once proves little


def tf_idf(counts: Views, rarity: Mapping[str, Numbers]) -> Views:
    """(1 + ln count) × IDF, view by view."""
    return {name: _scaled(_logarithms(counts[name]), rarity[name]) for name in VIEWS}


def rarities(counts: Views) -> dict[str, Numbers]:
    """The IDF of each feature by view, ln((1 + texts) / (½ + texts that have it)): almost 0 for what all have."""
    return {name: _rarity(counts[name]) for name in VIEWS}


def telling(counts: Views, truth: Matrix, power: float) -> dict[str, Numbers]:
    """How much each feature tells one label from the others: the largest of its z values over labels, to a power.

    z is the signed root of the feature's part of Pearson's χ² in the table of feature × label, with one text more
    expected in each cell. `truth` is texts × labels, 0 or 1, or a confidence between.
    """
    return {name: _telling(counts[name], truth, power) for name in VIEWS}


def _telling(counts: Matrix, truth: Numbers, power: float) -> Numbers:
    if not truth.shape[1] or not counts.shape[1]:
        return np.ones(counts.shape[1], dtype=np.float32)
    has = counts.tocsc(copy=True)
    has.data = np.ones_like(has.data)
    texts = max(1, counts.shape[0])
    having = np.asarray(has.sum(axis=0)).ravel()[:, None] / texts
    share = truth.mean(axis=0)[None, :]
    observed = np.asarray(has.T @ truth)
    spread = share * (1 - share)
    z = (observed - having * share * texts) / np.sqrt(having * (1 - having) * spread * texts + ONE * spread + 1e-9)
    strongest: Numbers = np.maximum(np.abs(z).max(axis=1), EVERYWHERE).astype(np.float32)
    return strongest**power


@dataclass(frozen=True)
class Vectors:
    """How views become one matrix: the weight of every feature of each view."""

    weights: Mapping[str, Numbers]
    title: float  # what the title counts beside each of the other views

    def of(self, weighed: Views) -> Matrix:
        """The vectors of texts, one row each; a text without a known feature is an empty row."""
        parts, factors = self._parts(weighed)
        scaled = [rows_scaled(parts[name], factors[name]) for name in VIEWS]
        return sparse.hstack(scaled, format="csr", dtype=np.float32)

    def times(self, weighed: Views, weights: Numbers) -> Numbers:
        """The vectors of texts times weights of features × labels, without the cost of putting the views together."""
        parts, factors = self._parts(weighed)
        ends = np.cumsum([parts[name].shape[1] for name in VIEWS])
        by_view = zip(VIEWS, np.split(weights, ends[:-1]), strict=True)
        return np.asarray(sum(factors[name][:, None] * (parts[name] @ mine) for name, mine in by_view))

    def _parts(self, weighed: Views) -> tuple[Views, dict[str, Numbers]]:
        """Each view with its features' weights, and what each row of it is to be multiplied with."""
        parts = {name: _scaled(weighed[name], self.weights[name]) for name in VIEWS}
        lengths = {name: _lengths(parts[name]) for name in VIEWS}
        shares = {name: self.title if name == "title" else 1.0 for name in VIEWS}
        whole = np.sqrt(sum(shares[name] * (lengths[name] > 0) for name in VIEWS))
        return parts, {name: _over(shares[name] ** 0.5, lengths[name] * whole) for name in VIEWS}


def joined(one: Views, other: Views) -> Views:
    """The texts of one, then those of the other."""
    return {name: sparse.vstack([one[name], other[name]], format="csr", dtype=np.float32) for name in VIEWS}


def rows(views: Views, chosen: NDArray[np.intp]) -> Views:
    """Some texts of the views."""
    return {name: views[name][chosen] for name in VIEWS}


def _logarithms(counts: Matrix) -> Matrix:
    return _with_data(counts, np.log(counts.data) + 1)


def _rarity(counts: Matrix) -> Numbers:
    texts, features = counts.shape
    having = np.bincount(counts.indices, minlength=features)
    return np.asarray(np.log((1 + texts) / (0.5 + having)), dtype=np.float32)


def _scaled(matrix: Matrix, columns: Numbers) -> Matrix:
    return _with_data(matrix, matrix.data * columns[matrix.indices])


def rows_scaled(matrix: Matrix, factors: Numbers) -> Matrix:
    """Each row times its factor."""
    return _with_data(matrix, matrix.data * np.repeat(factors.astype(np.float32), np.diff(matrix.indptr)))


def _with_data(matrix: Matrix, data: Numbers) -> Matrix:
    """The same places with other values; the places are shared, not copied."""
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _over(share: float, lengths: Numbers) -> Numbers:
    return np.divide(share, lengths, where=lengths > 0, out=np.zeros_like(lengths)).astype(np.float32)


def _lengths(matrix: Matrix) -> Numbers:
    squares = np.zeros(matrix.shape[0], dtype=np.float64)
    filled = np.diff(matrix.indptr) > 0
    if matrix.nnz:
        squares[filled] = np.add.reduceat(matrix.data.astype(np.float64) ** 2, matrix.indptr[:-1][filled])
    return np.sqrt(squares)
