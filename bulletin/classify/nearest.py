"""The past decisions on what is most like an item: the cosine of TF-IDF vectors over its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.classify.common import GRAMMAR
from bulletin.classify.past import Decided
from bulletin.classify.text import BREAK, rest, title
from bulletin.model import Decision, Item

_TITLE = 3  # a word in the title counts like three in the summary


@dataclass(frozen=True)
class Precedent:
    """A decided item, what was decided, and how alike the two are: 0 to 1."""

    item: Item
    decision: Decision
    likeness: float


def nearest(item: Item, decided: Decided, most: int = 3) -> list[Precedent]:
    """The decided items that are most like this one, itself left out; what shares no word with it is none."""
    others = sorted((pair for pair in decided if pair[0].id != item.id), key=lambda pair: pair[0].id)
    documents = [_stems(one) for one in (item, *(other for other, _ in others))]
    if not others or not documents[0] or not any(documents[1:]):
        return []
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True).fit_transform(documents)
    alike = (vectors[1:] @ vectors[0].T).toarray().ravel()
    best = np.argsort(-alike, kind="stable")[:most].tolist()
    return [Precedent(others[place][0], others[place][1], float(alike[place])) for place in best if alike[place] > 0]


def _stems(item: Item) -> list[str]:
    words = (*title(item) * _TITLE, *rest(item))
    return [word.stem for word in words if word is not BREAK and word.stem not in GRAMMAR]


def _as_it_is(stems: Sequence[str]) -> Sequence[str]:
    return stems
