"""Which new items are the same thing as another one, although nothing but their words says so?

docs/duplicates.md tells it to librarians, with the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.classify.same.verdict import Reason, verdict
from bulletin.classify.same.wording import wording
from bulletin.model import Item


@dataclass(frozen=True)
class Pair:
    """Two items that are one thing."""

    a: str  # id of a new one
    b: str  # id of a known one, or of one that stands before it among the new
    score: float  # 0 to 1
    reason: Reason
    because: str  # for an editor to read


def alike(new: Sequence[Item], known: Sequence[Item]) -> list[Pair]:
    """The pairs of which one item is new; each new one is held against the known ones and the new ones before it.

    All are items as the store gives them: with id, feeds and first_seen. Known are best those of the last two years:
    no pair is further apart, and the more there are, the better are rare words told from common ones. A new item may
    be among them.
    """
    if not new:
        return []
    from bulletin.classify.same.likeness import likenesses  # scikit-learn costs seconds to import

    ids = {item.id for item in new}
    wordings = [wording(item) for item in (*(item for item in known if item.id not in ids), *new)]
    pairs = []
    for like in likenesses(wordings, len(new)):
        one, other = wordings[like.later], wordings[like.earlier]
        if said := verdict(one, other, like.titles, like.texts):
            pairs.append(Pair(one.item.id, other.item.id, round(said.score, 3), said.reason, said.because))
    return pairs
