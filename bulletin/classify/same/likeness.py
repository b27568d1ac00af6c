"""How alike are titles and texts? The cosine of their TF-IDF vectors over runs of four characters.

Runs of characters forgive an ending, a hyphen and a spelling. What few items have weighs more than what many have.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bulletin.classify.same.wording import Wording

_RUN = 4  # characters
_AT_ONCE = 200  # new items held against all others at a time: bounds the memory
_RARE = 0.01  # of all items; two items that share no run as rare as this are not looked at
_FEW = 50  # items: what no more of them have is rare, however few there are in all
_HINT = 0.1  # of the cosine, from rare runs alone; with less, two items are not looked at
_NOTHING = "nothing"  # scikit-learn refuses a vocabulary without a word

Matrix = Any  # scipy.sparse ships no types
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Likeness:
    """Two items, by their places, and how alike their titles and their texts are: 0 to 1."""

    later: int
    earlier: int
    titles: float
    texts: float


def likenesses(wordings: Sequence[Wording], new: int) -> Iterator[Likeness]:
    """Compare each of the last `new` wordings with all before it; yield those that are worth a look.

    Never all pairs, and never a dense matrix: memory grows with the number of wordings.
    """
    titles = _Vectors([one.title for one in wordings])
    texts = _Vectors([one.opening if one.has_text else "" for one in wordings])
    for start in range(len(wordings) - new, len(wordings), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        near = (titles.near(rows) + texts.near(rows)).tocoo()
        later, earlier = near.row + start, near.col
        later, earlier = later[earlier < later], earlier[earlier < later]
        cosines = titles.cosines(later, earlier), texts.cosines(later, earlier)
        yield from map(Likeness, later.tolist(), earlier.tolist(), *(one.tolist() for one in cosines))


class _Vectors:
    """The vectors of documents, whole and cut to what is rare; their length is 1, or 0 for an empty document."""

    def __init__(self, documents: Sequence[str]) -> None:
        tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(_RUN, _RUN), sublinear_tf=True, dtype=np.float32)
        self._all = sparse.csr_array(tfidf.fit_transform([*documents, _NOTHING]))[:-1]
        having = np.bincount(self._all.indices, minlength=self._all.shape[1])
        self._rare = self._all[:, np.flatnonzero(having <= max(_FEW, _RARE * len(documents)))]
        self._by_run = self._rare.T.tocsr()

    def near(self, rows: slice) -> Matrix:
        """Which documents have enough that is rare in common with these rows: rows × documents."""
        shared = self._rare[rows] @ self._by_run
        shared.data = (shared.data >= _HINT).astype(np.int8)
        shared.eliminate_zeros()
        return shared

    def cosines(self, one: Places, other: Places) -> NDArray[np.float32]:
        """How alike pairs of documents are."""
        return np.asarray(self._all[one].multiply(self._all[other]).sum(axis=1)).ravel()
