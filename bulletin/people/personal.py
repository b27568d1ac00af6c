"""A reader's own tokens: the links in their emails are the proof that they are theirs, for years without a log-in.

A token is the reader's id and a keyed hash of what it is for (reference bar E12): nobody can make one, one for
another purpose or list serves for nothing, and no address is in it. It is letters and digits, which no mail
scanner's encoding changes.
"""

import hmac
import re

from bulletin.people.tokens import Keys

_ID, _MARK = 16, 32  # hexadecimal letters; the mark has 128 bits
_FORM = re.compile(rf"[0-9a-f]{{{_ID + _MARK}}}")


def token(keys: Keys, purpose: str, subscriber: str, *about: str) -> str:
    """Make the token of a reader, by id, for one purpose (leave, choices) about one thing."""
    return f"{subscriber}{keys.mark(purpose, subscriber, *about)[:_MARK]}"


def reader_of(given: str) -> str:
    """The id that a token names, which is proved by `is_for` alone; empty for what is no token."""
    return given[:_ID] if _FORM.fullmatch(given) else ""


def is_for(keys: Keys, given: str, purpose: str, *about: str) -> bool:
    """Whether we made this token, now or under an older secret, for this purpose about this thing."""
    subscriber = reader_of(given)
    told = given[_ID:].encode()
    marks = [mark[:_MARK].encode() for mark in keys.marks(purpose, subscriber, *about)]
    same = [hmac.compare_digest(told, mark) for mark in marks]  # all of them, so that the time tells nothing
    return bool(subscriber) and any(same)
