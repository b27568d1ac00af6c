"""A text as the classifier sees it: plain words, the same for phrases and for items."""

import html
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bulletin.model import Item

_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
# A phrase never reaches over the end of a sentence, a colon, a spaced dash or a paragraph.
_BREAK = re.compile(r"[.!?;:](?=\s|$)|\s[-–—]+\s|[|•]")
_WORD = re.compile(r"[^\W_]+(?:[&'][^\W_]+)*")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_POSSESSIVE = re.compile(r"'s?$")
_IZE = re.compile(r"iz(?=[aei]|$)")
# Spellings from across the Atlantic, by their beginnings, and words that are written as one or as two.
_AMERICAN = {
    "anesth": "anaesth",
    "behavior": "behaviour",
    "center": "centre",
    "pediatr": "paediatr",
    "program": "programme",
}
_TOGETHER = {"healthcare": ("health", "care"), "wellbeing": ("well", "being"), "lifecycle": ("life", "cycle")}


class Word(NamedTuple):
    """One word: as it was written, in house spelling, and without its plural ending."""

    written: str
    full: str
    stem: str


BREAK = Word("", "", "")  # stands between two sentences


def words(text: str) -> tuple[Word, ...]:
    """The words of plain text, with BREAK between sentences."""
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).replace("\u00ad", "")
    found: list[Word] = []
    for sentence in _BREAK.split(text):
        if found:
            found.append(BREAK)
        for written in _WORD.findall(sentence):
            found += word(written)
    return tuple(found)


@lru_cache(maxsize=100_000)
def word(written: str) -> tuple[Word, ...]:
    """A word in house spelling: nearly always one, but two for `healthcare`."""
    full = _POSSESSIVE.sub("", written.casefold())
    full = _IZE.sub("is", full)
    for american, british in _AMERICAN.items():
        if full.startswith(american) and not full.startswith(british[:-1]):
            full = british + full.removeprefix(american)
    if full in _TOGETHER:
        return tuple(Word(part, part, part) for part in _TOGETHER[full])
    return (Word(written, full, stem(full)),)


def stem(full: str) -> str:
    """A word without its plural ending: the only endings that are taken off, so that a librarian can foresee it."""
    if len(full) <= 3 or not full.endswith("s") or full.endswith(("ss", "us", "is")):
        return full
    if full.endswith("ies"):
        return full[:-3] + "y"
    if full.endswith(("sses", "shes", "ches", "xes")):
        return full[:-2]
    return full[:-1]


def title(item: Item) -> tuple[Word, ...]:
    """The words of an item's title."""
    return words(item.title)


def rest(item: Item) -> tuple[Word, ...]:
    """The words of what else a feed says of an item: the summary without its markup, its kind and its categories."""
    return words("|".join((plain(item.summary), item.kind, *item.categories)))


def plain(summary: str) -> str:
    """A clean summary (see `Item`) without its markup; a bar stands where a paragraph or a line ends."""
    return html.unescape(_TAG.sub("|", _INLINE.sub("", summary)))
