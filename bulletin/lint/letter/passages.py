"""Which words of an email are the library's own, and what stands with each item."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from bulletin.lint.letter import Letter
from bulletin.lint.letter.reading import Passage
from bulletin.model import Known, KnownItem

_SHORT = 8  # letters; what is shorter is taken out of a passage only where it is all of it
_BEFORE = 40  # letters before a title, where a mark may stand
_WORD, _OF_ADDRESSES = re.compile(r"\S+"), ("://", "@", "www.")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "\xa0": " "})


def visible(letter: Letter) -> tuple[Passage, ...]:
    """The passages that readers see."""
    return tuple(passage for passage in letter.passages if not passage.is_hidden)


def own_texts(letter: Letter) -> tuple[str, ...]:
    """What we wrote ourselves: everything that is seen but titles, summaries and sources of items.

    Of an email of which the desk knows nothing, all its words; of one without HTML, the lines of its text.
    """
    seen = [passage.text for passage in visible(letter)] if letter.html else letter.text.splitlines()
    if letter.known is None:
        return tuple(filter(None, (squeeze(text) for text in seen)))
    others = _Others(letter.known.items)
    own = [text for text in (others.taken_out(squeeze(text)) for text in seen) if text]
    printed = squeeze(" ".join(own))
    told = (squeeze(line) for line in letter.known.own_text.splitlines())
    return (*own, *(line for line in told if line and line not in printed))


def own_passages(letter: Letter) -> tuple[Passage, ...]:
    """The passages that hold words of our own."""
    if letter.known is None:
        return visible(letter)
    others = _Others(letter.known.items)
    return tuple(passage for passage in visible(letter) if re.search(r"\w", others.taken_out(passage.text)))


def squeeze(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


def without_addresses(text: str) -> str:
    """A text without the words that are addresses."""
    return _WORD.sub(lambda word: " " if any(one in word[0] for one in _OF_ADDRESSES) else word[0], text)


def loose(text: str) -> str:
    """A text as it is compared: no case, one kind of quotation mark and dash, nothing that takes no room."""
    bare = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    return squeeze(bare.translate(_QUOTES)).casefold()


def around(texts: Iterable[str], items: Iterable[KnownItem]) -> dict[int, tuple[str, str]]:
    """What stands with each item that is there, by its place: a little before its title, and from it to the next one.

    As `loose` makes it; the items in the order in which they are printed.
    """
    whole = loose(" ".join(texts))
    starts: dict[int, int] = {}
    cursor = 0
    for place, item in enumerate(items):
        start = _find(loose(item.title), whole, cursor)
        if start >= 0:
            starts[place] = start
            cursor = max(cursor, start + 1)
    ends = [*sorted(starts.values()), len(whole)]
    return {
        place: (
            whole[max(0, start - _BEFORE) : start],
            whole[start : ends[bisect_right(ends, start, hi=len(ends) - 1)]],
        )
        for place, start in starts.items()
    }


def _find(title: str, whole: str, start: int) -> int:
    """Where a title stands, after `start` if it does, else anywhere; -1: nowhere."""
    if not title:
        return -1
    pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
    match = pattern.search(whole, start) or pattern.search(whole)
    return match.start() if match else -1


class _Others:
    """The words of others: of the items, in any passage."""

    def __init__(self, items: Iterable[KnownItem]) -> None:
        items = tuple(items)
        texts = {squeeze(text) for item in items for text in (item.title, item.summary, item.url) if text}
        self._whole = frozenset(texts)
        self._long = sorted((text for text in texts if len(text) >= _SHORT), key=len, reverse=True)
        self._sources = frozenset((item.source, item.dated) for item in items if item.source)

    def taken_out(self, text: str) -> str:
        """A passage without what is not ours."""
        if text in self._whole:
            return ""
        for one in self._long:
            if one in text:
                text = text.replace(one, " ")
        for source, dated in self._sources:
            if source in text and ((dated and dated in text) or text.startswith(source)):
                text = text.replace(source, " ").replace(dated, " ") if dated else text.replace(source, " ")
        return squeeze(text)


def known_items(known: Known | None) -> tuple[KnownItem, ...]:
    """The items that the desk knows of, or none."""
    return known.items if known else ()
