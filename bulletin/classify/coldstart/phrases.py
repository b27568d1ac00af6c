"""Finds the phrases of topic files in a text, many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from bulletin.classify.text import BREAK, Word, words


class Part(NamedTuple):
    """One word of a phrase; an open one stands for every word that begins like it."""

    text: str
    open: bool

    def fits(self, word: Word) -> bool:
        """Whether a word of a text is this one."""
        return word.full.startswith(self.text) if self.open else word.stem == self.text


Phrase = tuple[Part, ...]


class Found(NamedTuple):
    """A phrase and where it stands: from word `start` up to, not including, word `end`."""

    start: int
    end: int
    phrase: Phrase

    @property
    def places(self) -> range:
        """The places of its words in the text."""
        return range(self.start, self.end)


def phrase(written: str) -> Phrase:
    """A phrase as a librarian wrote it, where `librar* service` is an open and a closed word; empty without words."""
    parts: list[Part] = []
    for piece in written.split():
        found = [word for word in words(piece) if word is not BREAK]
        parts += [Part(word.stem, open=False) for word in found]
        if found and piece.endswith("*"):
            parts[-1] = Part(found[-1].full, open=True)
    return tuple(parts)


class Phrasebook:
    """Phrases, ready to be found in texts."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._closed: dict[str, list[Phrase]] = defaultdict(list)
        self._open: dict[str, list[Phrase]] = defaultdict(list)
        for one in sorted(set(phrases)):
            if one:
                (self._open if one[0].open else self._closed)[one[0].text].append(one)
        self._lengths = sorted({len(beginning) for beginning in self._open})
        self._starters: dict[Word, tuple[Phrase, ...]] = {}

    def find(self, text: Sequence[Word]) -> list[Found]:
        """Every place where a phrase stands in a text; places may overlap."""
        return [
            Found(start, start + len(one), one)
            for start, word in enumerate(text)
            for one in self._starting_with(word)
            if len(one) == 1 or _goes_on(one, text, start)
        ]

    def _starting_with(self, word: Word) -> tuple[Phrase, ...]:
        """The phrases whose first word this is; remembered, because most words come again and start none."""
        if word not in self._starters:
            beginnings = {word.full[:length] for length in self._lengths}
            opened = chain.from_iterable(self._open.get(beginning, ()) for beginning in sorted(beginnings))
            self._starters[word] = (*self._closed.get(word.stem, ()), *opened)
        return self._starters[word]


def _goes_on(one: Phrase, text: Sequence[Word], start: int) -> bool:
    """Whether a phrase of two words or more, whose first one stands at `start`, goes on from there."""
    if start + len(one) > len(text) or not one[1].fits(text[start + 1]):
        return False
    return all(one[place].fits(text[start + place]) for place in range(2, len(one)))
