"""Readings as TF-IDF vectors: one row for each way in which a topic reads an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bulletin.classify.coldstart.reading import Features, Reader, Reading, is_whole, whole
from bulletin.classify.text import rest, title
from bulletin.model import Item

REST = 0.4  # what a word in the summary counts beside one in the title
SHORT = 40  # words; a longer summary says more that does not matter, so each of its words counts less

Matrix = Any  # scipy.sparse ships no types


@dataclass(frozen=True)
class Read:
    """One item, its title and the rest of it read apart."""

    title: Reading
    rest: Reading

    def special(self) -> list[str]:
        """The topics that read it in their own way."""
        return sorted({*self.title.special, *self.rest.special})

    def by(self, topic: str) -> Features:
        """All the features that a topic sees."""
        return self.title.by(topic) + self.rest.by(topic)


@dataclass(frozen=True)
class Rows:
    """Vectors of items: `row[item, topic]` says which row of `matrix` is the item as the topic reads it."""

    matrix: Matrix  # rows × features
    row: NDArray[np.intp]  # items × topics

    def vector(self, item: int, topic: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """One item as one topic reads it: the columns that are not empty, and their values."""
        row = self.row[item, topic]
        part = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        return self.matrix.indices[part], self.matrix.data[part]


def read(reader: Reader, items: Iterable[Item]) -> list[Read]:
    """Read items on behalf of all topics."""
    return [Read(reader.read(title(item)), reader.read(rest(item))) for item in items]


class Vectors:
    """Turns readings into vectors over a fixed vocabulary.

    A word's IDF counts the topics whose file has it, never the items: 1 for a word of one topic or of none, less for
    a word of many. How often a word stands in a text counts by its logarithm, as in scikit-learn's sublinear TF.
    """

    def __init__(self, topics: Sequence[str], files: Sequence[Features], more: Iterable[Features]) -> None:
        self._topics = {topic: column for column, topic in enumerate(topics)}
        self.features = sorted(set().union(*files, *more, [whole(())]))  # never empty
        self.whole = np.array([is_whole(feature) for feature in self.features])
        self._columns = {feature: column for column, feature in enumerate(self.features)}
        having = np.asarray((self.counts(files) > 0).sum(axis=0)).ravel()
        smooth = np.log((1 + len(files)) / (1 + having)) + 1
        alone = np.log((1 + len(files)) / 2) + 1  # the same of a word of one topic
        self._idf = np.minimum(smooth / alone, 1.0)

    def of(self, items: Sequence[Read]) -> Rows:
        """The vectors of items."""
        titles: list[Features] = []
        rests: list[Features] = []
        shares: list[float] = []
        row = np.zeros((len(items), len(self._topics)), dtype=np.intp)
        for number, item in enumerate(items):
            row[number] = len(titles)
            special = item.special()
            for place, topic in enumerate(special, 1):
                row[number, self._topics[topic]] = len(titles) + place
            views = ["", *special]  # no topic is called "": the plain reading
            titles += [item.title.by(view) for view in views]
            rests += [item.rest.by(view) for view in views]
            shares += [REST * min(1.0, (SHORT / max(1, item.rest.length)) ** 0.5)] * len(views)
        rest = self._tf_idf(rests)
        rest.data *= np.repeat(shares, np.diff(rest.indptr))
        return Rows((self._tf_idf(titles) + rest).tocsr(), row)

    def _tf_idf(self, documents: Sequence[Features]) -> Matrix:
        counted = self.counts(documents)
        counted.data = (1 + np.log(counted.data)) * self._idf[counted.indices]
        return counted

    def counts(self, documents: Sequence[Features]) -> Matrix:
        """How often each feature of the vocabulary stands in each document: documents × features."""
        found = [[self._columns[one] for one in features if one in self._columns] for features in documents]
        ends = np.cumsum([0, *map(len, found)])
        columns = np.fromiter(chain.from_iterable(found), dtype=np.intp, count=ends[-1])
        shape = (len(documents), len(self.features))
        matrix = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=shape)
        matrix.sum_duplicates()
        return matrix
