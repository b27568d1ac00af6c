"""Suggests headings for items, with the words that made each suggestion; knows when it does not know.

    text       a text as plain words, the same for phrases and for items
    common     words that say little about a topic on their own
    coldstart  what topic files alone say of an item, from the first day on
    learn      what decisions teach: the estimator
    taught     the estimator, fitted on decisions and asked for one topic at a time
    blend      how far a topic relies on its file, and how far on its decisions; its threshold
    sorter     both together: opinions on items, with their reasons
    opinion    opinions to suggestions and near misses
    nearest    the past decisions on what is most like an item
    sample     what was missed, estimated from a random sample
    recipe     what an opinion is made with, as a short hash

And finds items that are one thing, by their words alone: `same`.

scikit-learn and numpy cost seconds to import: only `suggest`, `alike` and `HeadingClassifier` bring them in, when
they work.
"""

from typing import TYPE_CHECKING

from bulletin.classify.kept import Kept
from bulletin.classify.nearest import Precedent, nearest
from bulletin.classify.opinion import THRESHOLD, Account, accounts, headings, looks, prepare, suggest, verdicts
from bulletin.classify.points import HINT
from bulletin.classify.recipe import recipe
from bulletin.classify.same.alike import Pair, alike
from bulletin.classify.same.verdict import Reason
from bulletin.classify.sample import Estimate, estimate, sample
from bulletin.identity import is_preprint

if TYPE_CHECKING:
    from bulletin.classify.learn.classifier import HeadingClassifier

__all__ = [
    "HINT",
    "THRESHOLD",
    "Account",
    "Estimate",
    "HeadingClassifier",
    "Kept",
    "Pair",
    "Precedent",
    "Reason",
    "accounts",
    "alike",
    "estimate",
    "headings",
    "is_preprint",
    "looks",
    "nearest",
    "prepare",
    "recipe",
    "sample",
    "suggest",
    "verdicts",
]


def __getattr__(name: str) -> object:
    if name == "HeadingClassifier":
        from bulletin.classify.learn.classifier import HeadingClassifier

        return HeadingClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
