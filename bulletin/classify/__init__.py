"""Suggests headings for items, with the words that made each suggestion; knows when it does not know.

    text      a text as plain words, the same for phrases and for items
    phrases   the phrases of topic files, found in a text
    reading   how a topic reads a text: features
    vectors   readings as TF-IDF vectors
    weights   what each feature is worth to each topic: from topic files, and from decisions
    scale     points of items for topics, and the words that made them
    opinion   points to suggestions: score, threshold, hint

Only `vectors`, `weights` and `scale` import scikit-learn and numpy, and only `suggest` brings them in, when it works.
"""

from bulletin.classify.opinion import HINT, THRESHOLD, suggest
from bulletin.classify.recipe import recipe

__all__ = ["HINT", "THRESHOLD", "recipe", "suggest"]
