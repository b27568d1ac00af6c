"""Highlighting: a text in pieces, those marked that hold the words which spoke for a heading or against it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bulletin.model import Because

_ENDING = 4  # letters that a word of the text may have more than the word that told: waste, wasted, wasteful
_SLIGHT = 0.1  # of the weight of the strongest word: what is slighter is noise to the eye
_TOLD = re.compile(r" \(from (?:decisions|\d+ other words?)\)$")
_WORD = re.compile(r"\w+")


class Piece(NamedTuple):
    """A piece of text and what it added to the score: 0 for a piece that told nothing."""

    text: str
    weight: float = 0.0


def pieces(text: str, because: Sequence[Because]) -> list[Piece]:
    """The text in pieces, in order and complete; of words that overlap the longer ones are marked."""
    return list(_cut(text, _spans(text, because)))


def _spans(text: str, because: Iterable[Because]) -> list[tuple[int, int, float]]:
    found: list[tuple[int, int, float]] = []
    telling = list(because)
    least = _SLIGHT * max((abs(one.weight) for one in telling), default=0.0)
    for one in telling:
        if abs(one.weight) >= least and (pattern := _pattern(one.words)):
            found += [(*match.span(), one.weight) for match in pattern.finditer(text)]
    kept: list[tuple[int, int, float]] = []
    for start, end, weight in sorted(found, key=lambda span: (span[0] - span[1], span[0], -abs(span[2]))):
        place = bisect_left(kept, (start,))  # a long text with one word ten thousand times takes no time
        if (not place or kept[place - 1][1] <= start) and (place == len(kept) or end <= kept[place][0]):
            kept.insert(place, (start, end, weight))
    return kept


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = _WORD.findall(_TOLD.sub("", words))
    if not parts:
        return None
    inside = r"[\W_]{1,3}".join(map(re.escape, parts))
    return re.compile(rf"(?<!\w){inside}\w{{0,{_ENDING}}}(?!\w)", re.IGNORECASE)


def _cut(text: str, spans: Iterable[tuple[int, int, float]]) -> Iterator[Piece]:
    here = 0
    for start, end, weight in spans:
        if start > here:
            yield Piece(text[here:start])
        yield Piece(text[start:end], weight)
        here = end
    if here < len(text):
        yield Piece(text[here:])
