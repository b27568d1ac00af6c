"""Why a text got its score for a label: the words for it and against it, exactly."""

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.learn.counts import Lexicon, Views, runs
from bulletin.classify.learn.linear import Linear
from bulletin.classify.learn.tokens import Vocabulary

Because = list[tuple[str, float]]


def because(text: str, weighed: Views, lexicon: Lexicon, linear: Linear, label: int) -> Because:
    """The words and pairs of words of one text with what each adds to its score; strongest first, for or against.

    A run of letters speaks for the words that it stands in: they share what it adds, each as often as it has the run.
    The sum and the label's bias are the score.
    """
    row = linear.vectors.of(weighed)
    added: NDArray[np.float64] = row.data.astype(np.float64) * linear.weights[row.indices, label]
    found: defaultdict[str, float] = defaultdict(float)
    words = _words(text)
    by_run = _by_run(words)
    for column, value in zip(row.indices.tolist(), added.tolist(), strict=True):
        view, name = lexicon.name(column)
        if view != "runs":
            found[name] += value
            continue
        holders = by_run[name]
        times = sum(holders.values())
        for word, often in holders.items():
            found[word] += value * often / times
    return sorted(found.items(), key=lambda pair: (-abs(pair[1]), pair[0]))


def _words(text: str) -> Counter[str]:
    vocabulary = Vocabulary()
    ids = vocabulary.read([text]).ids
    names = list(vocabulary)
    return Counter(names[number] for number in ids)


def _by_run(words: Counter[str]) -> dict[str, Counter[str]]:
    """The words that have each run, and how often."""
    holders: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, times in words.items():
        for run in runs(word):
            holders[run][word] += times
    return holders
