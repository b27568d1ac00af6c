"""Tokens: what links and cookies carry, and what the store keeps of it. One key for each purpose."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

_BYTES = 32  # 256 bits: nobody guesses one (reference bar W2 asks for 128)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what looks alike on paper
_CODES = 10


def new_token() -> str:
    """A token of 256 bits that may stand in an address and in a cookie."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """What the store keeps of a token: who reads the database cannot log in with it. Hexadecimal SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_codes() -> tuple[str, ...]:
    """Ten recovery codes of 79 bits, in groups of four letters, for somebody whose telephone is lost."""
    return tuple("-".join("".join(map(secrets.choice, [_ALPHABET] * 4)) for _ in range(4)) for _ in range(_CODES))


def code_digest(typed: str) -> str:
    """What the store keeps of a recovery code, however its groups were typed."""
    return digest("".join(letter for letter in typed.lower() if letter in _ALPHABET))


class Keys:
    """Keys made from the newsroom's secret, a different one for each purpose, so that no token serves for another."""

    def __init__(self, secret: bytes, old: Sequence[bytes] = ()) -> None:
        self._secret = secret
        self._old = tuple(old)  # of before: what was made with them is still known, and nothing new is

    def mark(self, purpose: str, *about: str) -> str:
        """A keyed hash of some texts; who does not know the secret can neither make nor reverse it. Hexadecimal."""
        return _mark(self._secret, purpose, *about)

    def marks(self, purpose: str, *about: str) -> tuple[str, ...]:
        """The mark, and those that older secrets would have given."""
        return tuple(_mark(secret, purpose, *about) for secret in (self._secret, *self._old))

    def proves(self, given: str, purpose: str, *about: str) -> bool:
        """Whether somebody was given this mark by us; takes the same time either way."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.mark(purpose, *about).encode())

    def made(self, given: str, letters: int, purpose: str, *about: str) -> bool:
        """Whether these are the first letters of a mark of ours, now or under an older secret."""
        told = given.encode("utf-8", "replace")
        marks = self.marks(purpose, *about)
        same = [hmac.compare_digest(told, mark[:letters].encode()) for mark in marks]  # all: the time tells nothing
        return any(same)


def _mark(secret: bytes, purpose: str, *about: str) -> str:
    key = hmac.digest(secret, f"bulletin {purpose}".encode(), "sha256")
    parts = (part.encode("utf-8", "replace") for part in about)
    whole = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(key, whole, "sha256").hexdigest()
