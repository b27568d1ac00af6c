"""Readings as TF-IDF vectors: one row for each way in which a topic reads an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

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
    a word of many.
    """

    def __init__(self, topics: Sequence[str], files: Sequence[Features], more: Iterable[str]) -> None:
        self._topics = topics
        known = {feature for file in files for feature in file}
        self.features = sorted({*known, *more, whole(())})  # never empty, which scikit-learn would refuse
        self.whole = np.array([is_whole(feature) for feature in self.features])
        vocabulary = {feature: column for column, feature in enumerate(self.features)}
        self._tfidf = TfidfVectorizer(analyzer=_as_it_is, vocabulary=vocabulary, norm=None, sublinear_tf=True)
        self._tfidf.fit(files)
        alone = np.log((1 + len(files)) / 2) + 1  # scikit-learn's smooth IDF of a word of one topic
        self._tfidf.idf_ = np.minimum(self._tfidf.idf_ / alone, 1.0)

    def of(self, items: Sequence[Read]) -> Rows:
        """The vectors of items."""
        titles: list[Features] = []
        rests: list[Features] = []
        shares: list[float] = []
        row = np.zeros((len(items), len(self._topics)), dtype=np.intp)
        for number, item in enumerate(items):
            row[number] = len(titles)
            views = ["", *item.special()]  # no topic is called "": the plain reading
            for topic in views[1:]:
                row[number, self._topics.index(topic)] = len(titles) + views.index(topic)
            titles += [self._known(item.title.by(view)) for view in views]
            rests += [self._known(item.rest.by(view)) for view in views]
            shares += [REST * min(1.0, (SHORT / max(1, item.rest.length)) ** 0.5)] * len(views)
        return Rows(self._matrix(titles, rests, shares), row)

    def _known(self, features: Features) -> Features:
        """What is in the vocabulary: scikit-learn would find that out too, but slowly."""
        return [feature for feature in features if feature in self._tfidf.vocabulary]

    def _matrix(self, titles: list[Features], rests: list[Features], shares: list[float]) -> Matrix:
        if not titles:  # scikit-learn refuses nothing
            return sparse.csr_array((0, len(self.features)))
        rest = sparse.csr_array(self._tfidf.transform(rests)).multiply(np.array(shares)[:, None])
        return (sparse.csr_array(self._tfidf.transform(titles)) + rest).tocsr()

    def counts(self, documents: Sequence[Features]) -> Matrix:
        """How often each feature stands in each document: documents × features."""
        columns = self._tfidf.vocabulary_
        found = [(n, columns[one]) for n, features in enumerate(documents) for one in features]
        where = np.array(found, dtype=np.intp).reshape(-1, 2).T
        return sparse.csr_array((np.ones(len(found)), where), shape=(len(documents), len(self.features)))


def _as_it_is(features: Features) -> Features:
    """The analyzer for scikit-learn: the reading is done."""
    return features
