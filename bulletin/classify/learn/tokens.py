"""A text as numbers: its words in their order, whatever its language or script.

A text's first line is its title when more lines follow it. A script that is written without spaces goes letter by
letter, and pairs of letters then stand for words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

READ = 200_000  # characters of a text
OPENING = 30  # words of a text without a title that stand in for it: what matters is said first
LONGEST = 40  # letters of a word; a longer one is read in pieces

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0f00-\u0fff"
_WORD = re.compile(rf"[\w{_MARKS}]{{1,{LONGEST}}}(?:'[a-z]{{1,5}})?")
_ASCII_WORD = re.compile(rf"[a-z0-9_]{{1,{LONGEST}}}(?:'[a-z]{{1,5}})?")  # isn't is one word
_APOSTROPHE = "\u2019"
# Thai and Lao, Burmese, Khmer, kana and the Chinese characters of four planes.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Tokens:
    """The words of many texts, one after the other.

    `ids` numbers the words by the vocabulary that made them, `text` says of which text each one is, and `in_title`
    whether it stands in the title.
    """

    texts: int
    ids: Ids
    text: Ids
    in_title: NDArray[np.bool_]


class Vocabulary(dict[str, int]):
    """Numbers for words, given in the order of their coming."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__(zip(words, count()))

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def grown(self) -> "Vocabulary":
        """A copy that may learn further words."""
        copy = Vocabulary()
        copy.update(self)
        return copy

    def read(self, texts: Sequence[str]) -> Tokens:
        """Number the words of texts; a word that is not known yet gets the next number."""
        ids: list[int] = []
        titles: list[int] = []
        lengths: list[int] = []
        number = self.__getitem__
        for text in texts:
            title, rest = _parts(text[:READ])
            words = _words(title)
            titles.append(len(words) or OPENING)
            words += _words(rest)
            lengths.append(len(words))
            ids.extend(map(number, words))
        ends = np.cumsum(np.array(lengths, dtype=np.int64))
        text_of = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
        place = np.arange(len(ids), dtype=np.int64) - np.repeat(ends - lengths, lengths)
        return Tokens(len(texts), np.array(ids, dtype=np.int64), text_of, place < np.repeat(titles, lengths))


def _parts(text: str) -> tuple[str, str]:
    """The title and the rest; a text of one line has no title."""
    title, _, rest = text.strip().partition("\n")
    return (title, rest) if rest else ("", title)


def _words(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = unicodedata.normalize("NFKC", text).lower().replace(_APOSTROPHE, "'")
    return _WORD.findall(_UNSPACED.sub(r" \1 ", text))
