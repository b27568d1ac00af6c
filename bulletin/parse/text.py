"""Plain text from outside, made fit to print on one line."""

import re
import unicodedata

# Controls, direction marks (they can turn a line round), zero-width and tag characters, halves of characters.
# The joiner U+200D stays between symbols, where it makes one picture of several.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
# Every character that the expression above could begin with: looking for these alone is many times faster.
_SUSPECT = re.compile(_INVISIBLE.pattern.partition("|")[0].replace("]", "\u200d]"))
_SPACES = re.compile(r"\s+")


def plain(text: str, most: int) -> str:
    """One line of at most `most` characters in NFC, without invisible characters; an ellipsis where it was cut."""
    return cut(tidy(text), most)


def tidy(text: str) -> str:
    """One line in NFC, without invisible characters."""
    if text.isascii() and text.isprintable():  # nearly every text: nothing to compose, nothing that cannot be seen
        return " ".join(text.split())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible(text))).strip()


def visible(text: str) -> str:
    """The same text without its invisible characters; nothing else is touched, so it may hold markup."""
    return _INVISIBLE.sub("", text) if _SUSPECT.search(text) else text


def cut(text: str, most: int) -> str:
    """At most `most` characters, the last one an ellipsis when something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
