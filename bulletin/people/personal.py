"""A reader's own tokens: the links in their emails are the proof that they are theirs, for years without a log-in.

A token is the reader's id and a keyed hash of what it is for (reference bar E12): nobody can make one, one for
another purpose or list serves for nothing, and no address is in it. It is letters and digits, which no mail
scanner's encoding changes.
"""

import re
from urllib.parse import unquote

from bulletin.people.tokens import Keys

_ID, _MARK = 16, 32  # hexadecimal letters; the mark has 128 bits
_FORM = re.compile(rf"[0-9a-f]{{{_ID + _MARK}}}")
_WITHIN = re.compile(rf"(?<![0-9a-f])[0-9a-f]{{{_ID + _MARK}}}(?![0-9a-f])")
_WRAPPINGS = 3  # around an address, each of which may encode what is in it once more


def token(keys: Keys, purpose: str, subscriber: str, *about: str) -> str:
    """Make the token of a reader, by id, for one purpose (leave, choices) about one thing."""
    return f"{subscriber}{keys.mark(purpose, subscriber, *about)[:_MARK]}"


def found_in(given: str) -> str:
    """Take the token out of what a scanner or a mail program made of a link; what holds none comes back as it is.

    An address within an address (Safe Links), encoded again each time, is undone; capitals and what was hung on at
    the end do not matter. Nothing becomes a token by it that is not written there in full.
    """
    text = given
    for _ in range(_WRAPPINGS):
        text = unquote(text)
    found = set(_WITHIN.findall(text.lower()))
    return found.pop() if len(found) == 1 else given


def reader_of(given: str) -> str:
    """The id that a token names, which is proved by `is_for` alone; empty for what is no token."""
    return given[:_ID] if _FORM.fullmatch(given) else ""


def is_for(keys: Keys, given: str, purpose: str, *about: str) -> bool:
    """Whether we made this token, now or under an older secret, for this purpose about this thing."""
    subscriber = reader_of(given)
    return keys.made(given[_ID:], _MARK, purpose, subscriber, *about) and bool(subscriber)
