"""What each feature is worth to each topic, in points: first from the topic files, later from decisions too.

One point is the default threshold. Whatever else may come to know weights, such as an estimator fitted on many
decisions, gives the same matrix of topics × features.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from bulletin.classify.coldstart.reading import Features, is_whole
from bulletin.classify.coldstart.vectors import Matrix, Rows, Vectors
from bulletin.classify.common import EVERYWHERE

PHRASE = 2.0  # a whole phrase of the topic's file in the title
ONE_WORD = 1.6  # the same, when the phrase is a single word
PAIR = 1.1  # two words side by side that only this topic uses
WORD = 1.3  # a single word that only this topic uses, and often
EVERYDAY = 0.3  # the part of that which is left for a word that stands everywhere
DOUBT = 2.0  # a word met once proves little: as if it had been met twice more to no effect
CREDIT = 5.0  # a librarian's phrase counts as if five decisions had confirmed it

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Met:
    """How much a topic has met of each feature: in its own file, in decided items under it, and anywhere else."""

    file: Numbers
    decided: Numbers
    elsewhere: Numbers  # in the files of other topics
    otherwise: Numbers  # in items that were decided otherwise or discarded
    odds: float  # of a decision for the topic against any other


def topic_weights(
    vectors: Vectors,
    lessons: Sequence[Sequence[Features]],
    decided: Rows,
    under: NDArray[np.bool_],
) -> Numbers:
    """Points of each feature for each topic, topics × features.

    `lessons` are those of each topic's file; `under[decision, topic]` says where the editor put the item.
    """
    taught = vectors.counts([[one for lesson in file for one in set(lesson)] for file in lessons])
    everywhere = _total(taught)
    # A text has one voice, shared among its words.
    shares = normalize(decided.matrix) if len(decided.row) else decided.matrix
    worth = np.array([_worth(feature) for feature in vectors.features])
    points = []
    for topic, mine in enumerate(under.T):
        seen = shares[decided.row[:, topic]]
        file, chosen = _total(taught[[topic]]), _total(seen[mine])
        odds = mine.sum() / (1 + (~mine).sum())
        met = Met(file, chosen, everywhere - file, _total(seen) - chosen, odds)
        points.append(worth * _share(met, vectors.whole))
    return np.array(points)


def _share(met: Met, whole: NDArray[np.bool_]) -> Numbers:
    """The part of its worth that a feature keeps for a topic, at most 1.

    A whole phrase begins with all of it, and only decisions can wear it out. A word keeps its topic's share of all
    the places where it has been met; but a word that stands in the topic's decided items no more often than in others
    proves nothing, and one that stands there less often counts against the topic.
    """
    phrases = (CREDIT + met.decided) / (CREDIT + met.decided + met.otherwise)
    own, other = met.file + met.decided, met.elsewhere + met.otherwise
    words = (own - met.odds * met.otherwise) / (own + other + DOUBT)
    return np.where(own > 0, np.where(whole, phrases, words), 0.0)


def _worth(feature: str) -> float:
    one_word = " " not in feature
    if is_whole(feature):
        return ONE_WORD if one_word else PHRASE
    if one_word:
        return WORD * EVERYDAY if feature in EVERYWHERE else WORD
    return PAIR


def _total(matrix: Matrix) -> Numbers:
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
