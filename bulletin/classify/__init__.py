"""Suggests headings for items, with the words that made each suggestion; knows when it does not know.

    text      a text as plain words, the same for phrases and for items
    phrases   the phrases of topic files, found in a text
    reading   how a topic reads a text: features
    vectors   readings as TF-IDF vectors
    weights   what each feature is worth to each topic: from topic files, and from decisions
    scale     points of items for topics, and the words that made them
    opinion   points to suggestions: score, threshold, hint

And finds items that are one thing, by their words alone:

    wording   what of an item is compared
    likeness  how alike titles and texts are
    apart     words that tell two things apart
    preprints preprints, and who wrote them
    verdict   whether two items are one
    alike     the pairs among new and known items

Only `vectors`, `weights`, `scale` and `likeness` import scikit-learn and numpy, and only `suggest` and `alike` bring
them in, when they work.
"""

from bulletin.classify.alike import Pair, alike
from bulletin.classify.opinion import HINT, THRESHOLD, suggest
from bulletin.classify.preprints import is_preprint
from bulletin.classify.recipe import recipe
from bulletin.classify.verdict import Reason

__all__ = ["HINT", "THRESHOLD", "Pair", "Reason", "alike", "is_preprint", "recipe", "suggest"]
