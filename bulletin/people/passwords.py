"""Passwords: how they are kept, and which are refused. The door to argon2-cffi and zxcvbn."""

import re
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bulletin.errors import InputError

SHORTEST, LONGEST = 12, 200  # characters (reference bar W3: at least 12, and 64 must be allowed)
_ENOUGH = 3  # of zxcvbn's 4: more than 10^8 guesses
_READ = 72  # characters that zxcvbn looks at; the time it takes grows fast with them

# Argon2id with 46 MiB, twice over: above the OWASP cheat sheet's least, at a tenth of a second or so.
_HASHER = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)


def hashed(password: str) -> str:
    """Make what is kept of a password: argon2id with a salt of its own."""
    return _HASHER.hash(_bytes(password))


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept; with an empty `kept` it takes as long, and is not."""
    try:
        if kept:
            return _HASHER.verify(kept, _bytes(password))
        hashed(password)
    except (VerificationError, InvalidHashError):
        pass
    return False


def is_stale(kept: str) -> bool:
    """Whether it was kept with less care than we take today, so that it should be hashed anew."""
    return _HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, about: Sequence[str]) -> None:
    """Raise InputError, which says why, for a password that is short or could be guessed.

    `about`: what an attacker knows of the person and the place, such as names and the address. There are no rules of
    composition (NIST SP 800-63B, 5.1.1.2).
    """
    if len(password) < SHORTEST:
        raise InputError(f"the password is too short: use {SHORTEST} characters or more, such as three or four words")
    if len(password) > LONGEST:
        raise InputError(f"the password is too long: use {LONGEST} characters or fewer")
    reason = _weakness(password, about)
    if reason:
        raise InputError(f"the password is too easy to guess. {reason}")


def _weakness(password: str, about: Sequence[str]) -> str:
    """Why it could be guessed; empty when it could not."""
    from zxcvbn import zxcvbn  # its word lists cost a tenth of a second to load, and most commands need none

    known = [word for text in about for word in (text, *text.split("@"), *re.split(r"[@.\s]", text)) if word]
    found = zxcvbn(password[:_READ], user_inputs=[*known, "bulletin"])
    if found["score"] >= _ENOUGH:
        return ""
    told = found["feedback"]
    return str(told["warning"] or "Add another word or two: uncommon words are better.")


def _bytes(password: str) -> bytes:
    """Half a surrogate pair, which no browser sends, must not stop the program."""
    return password.encode("utf-8", "replace")
