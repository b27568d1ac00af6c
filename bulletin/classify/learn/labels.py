"""Labels as a table of texts × labels, and back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Given = Sequence[str] | Sequence[Collection[str]]


@dataclass(frozen=True)
class Labels:
    """What labels there are, and how they were given."""

    names: tuple[str, ...]  # sorted
    many: bool  # a text may have several labels, or none
    as_sets: bool  # they were given as sets, and come back so

    @classmethod
    def of(cls, given: Given) -> "tuple[Labels, NDArray[np.float32]]":
        """The labels, and which text has which: texts × labels, 0 or 1."""
        as_sets = not all(isinstance(one, str) for one in given)
        sets = [frozenset([one]) if isinstance(one, str) else frozenset(one) for one in given]
        names = tuple(sorted(frozenset().union(*sets)))
        column = {name: number for number, name in enumerate(names)}
        truth = np.zeros((len(sets), len(names)), dtype=np.float32)
        for row, labels in enumerate(sets):
            truth[row, [column[name] for name in labels]] = 1
        return cls(names, any(len(one) != 1 for one in sets), as_sets), truth

    def back(self, chosen: NDArray[np.bool_]) -> NDArray[Any]:
        """The labels of texts, from a table of texts × labels: one label each, or a frozenset each."""
        if not self.as_sets:
            return np.asarray(np.array(self.names)[chosen.argmax(axis=1)])
        found = np.empty(len(chosen), dtype=object)
        names = np.array(self.names, dtype=object)
        for row, marks in enumerate(chosen):
            found[row] = frozenset(names[marks].tolist())
        return found


def in_folds(truth: NDArray[np.float32], folds: int, seed: int) -> NDArray[np.intp]:
    """The fold of each text, so that each label, the rarest first, is spread evenly over them."""
    rarest = np.where(truth > 0, truth.sum(axis=0), np.inf)
    kind = rarest.argmin(axis=1) if truth.shape[1] else np.zeros(len(truth), dtype=np.intp)
    kind = np.where(truth.any(axis=1), kind, truth.shape[1])
    shuffled = np.random.default_rng(seed).permutation(len(truth))
    order = shuffled[np.argsort(kind[shuffled], kind="stable")]
    fold = np.empty(len(truth), dtype=np.intp)
    fold[order] = np.arange(len(truth)) % folds
    return fold
