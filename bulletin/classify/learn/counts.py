"""Texts as counts of features, in views: words, pairs of words, runs of letters inside words, and words of titles.

Runs of letters forgive an ending, a hyphen and a spelling. They are found in each distinct word once, so that a text
costs no more than the sum of its words.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bulletin.classify.learn.tokens import Ids, Tokens, Vocabulary

RUN = 5  # letters, a word's two borders among them
VIEWS = ("words", "pairs", "runs", "title")
_FEW = 500  # texts; among more, what stands in one text only says nothing of the others
PAIR = np.int64(1 << 32)  # a pair's number is its first word's × this + its second word's

Matrix = Any  # scipy.sparse ships no types
Views = dict[str, Matrix]  # by the names in VIEWS: texts × features


@dataclass(frozen=True)
class Lexicon:
    """The features that are known: words and runs by name, pairs by the numbers of their two words."""

    words: tuple[str, ...]  # all that the texts had
    word_columns: Ids  # the numbers of those that count as features of their own
    pairs: Ids  # first word × 2^32 + second word, sorted
    runs: tuple[str, ...]
    titles: Ids  # the numbers of the words that count in titles

    @classmethod
    def of(cls, texts: Sequence[str]) -> "tuple[Lexicon, Views]":
        """The lexicon of texts, and their counts; what is too rare to say anything is left out."""
        vocabulary = Vocabulary()
        tokens = vocabulary.read(texts)
        least = 1 if tokens.texts < _FEW else 2
        words, title = _count_words(tokens, len(vocabulary)), _count_titles(tokens, len(vocabulary))
        names, runs = _runs_of(tuple(vocabulary))
        letters = words @ runs
        pairs, pair_counts = _count_pairs(tokens)
        kept = {
            name: np.flatnonzero(_having(counts) >= least)
            for name, counts in (("words", words), ("pairs", pair_counts), ("runs", letters), ("title", title))
        }
        lexicon = cls(
            tuple(vocabulary),
            kept["words"],
            pairs[kept["pairs"]],
            tuple(names[column] for column in kept["runs"]),
            kept["title"],
        )
        counts = dict(zip(VIEWS, (words, pair_counts, letters, title), strict=True))
        return lexicon, {name: _float(matrix[:, kept[name]]) for name, matrix in counts.items()}

    def count(self, texts: Sequence[str]) -> Views:
        """The counts of other texts over the known features; an unknown word counts by its runs alone."""
        vocabulary = self._vocabulary.grown()
        tokens = vocabulary.read(texts)
        words = _count_words(tokens, len(vocabulary))
        known, unknown = words[:, : len(self.words)], words[:, len(self.words) :]
        new = tuple(islice(vocabulary, len(self.words), None))
        return {
            "words": _float(words[:, self.word_columns]),
            "pairs": _float(self._known_pairs(tokens)),
            "runs": _float(known @ self._known_runs + unknown @ self._incidence(new)),
            "title": _float(_count_titles(tokens, len(vocabulary))[:, self.titles]),
        }

    def name(self, column: int) -> tuple[str, str]:
        """The view that a column of the whole matrix belongs to, and what the feature is called there."""
        place = bisect_right(self._starts, column) - 1
        return VIEWS[place], self.names[place][column - self._starts[place]]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self.names), initial=0))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self.words)

    @cached_property
    def names(self) -> list[tuple[str, ...]]:
        """What each view's features are called, in the order of VIEWS; a pair is called by its two words."""
        firsts, seconds = np.divmod(self.pairs, PAIR)
        pairs = (f"{self.words[one]} {self.words[two]}" for one, two in zip(firsts, seconds, strict=True))
        return [
            tuple(self.words[column] for column in self.word_columns),
            tuple(pairs),
            self.runs,
            tuple(self.words[column] for column in self.titles),
        ]

    @cached_property
    def _column(self) -> dict[str, int]:
        return {run: number for number, run in enumerate(self.runs)}

    @cached_property
    def _known_runs(self) -> Matrix:
        return self._incidence(self.words)

    def _incidence(self, words: tuple[str, ...]) -> Matrix:
        column = self._column
        found = [(row, column[run]) for row, word in enumerate(words) for run in runs(word) if run in column]
        return _incidence(found, (len(words), len(column)))

    def _known_pairs(self, tokens: Tokens) -> Matrix:
        keys, text = _pairs(tokens)
        if not len(self.pairs):
            return sparse.csr_array((tokens.texts, 0))
        place = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        known = self.pairs[place] == keys
        return _tally(text[known], place[known], (tokens.texts, len(self.pairs)))


def runs(word: str) -> Iterator[str]:
    """The runs of letters in a word, which has a space at either end; a short word is one run."""
    padded = f" {word} "
    for start in range(max(1, len(padded) - RUN + 1)):
        yield padded[start : start + RUN]


def _runs_of(words: tuple[str, ...]) -> tuple[list[str], Matrix]:
    vocabulary = Vocabulary()
    found = [(row, vocabulary[run]) for row, word in enumerate(words) for run in runs(word)]
    return list(vocabulary), _incidence(found, (len(words), len(vocabulary)))


def _count_words(tokens: Tokens, words: int) -> Matrix:
    return _tally(tokens.text, tokens.ids, (tokens.texts, words))


def _count_titles(tokens: Tokens, words: int) -> Matrix:
    return _tally(tokens.text[tokens.in_title], tokens.ids[tokens.in_title], (tokens.texts, words))


def _count_pairs(tokens: Tokens) -> tuple[Ids, Matrix]:
    keys, text = _pairs(tokens)
    names, column = np.unique(keys, return_inverse=True)
    return names, _tally(text, column, (tokens.texts, len(names)))


def _pairs(tokens: Tokens) -> tuple[Ids, Ids]:
    """Each pair of neighbours in one text, in title or rest, as one number; and the texts that they stand in."""
    beside = (tokens.text[1:] == tokens.text[:-1]) & (tokens.in_title[1:] == tokens.in_title[:-1])
    return (tokens.ids[:-1] * PAIR + tokens.ids[1:])[beside], tokens.text[1:][beside]


def _incidence(found: list[tuple[int, int]], shape: tuple[int, int]) -> Matrix:
    rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return _tally(rows, columns, shape)


def _tally(rows: Ids, columns: Ids, shape: tuple[int, int]) -> Matrix:
    return sparse.csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


def _having(counts: Matrix) -> NDArray[np.int64]:
    """In how many texts each feature stands."""
    return np.bincount(counts.tocsr().indices, minlength=counts.shape[1])


def _float(counts: Matrix) -> Matrix:
    return counts.tocsr().astype(np.float32)
