"""DKIM signatures (RFC 6376): what each covers, and how strong it is as far as the signature itself tells."""

import base64
import binascii
import re
from dataclasses import dataclass

from bulletin.lint.received.head import Head

_MOST = 10  # signatures of one email
_NAME = re.compile(r"[a-z]{1,8}")


@dataclass(frozen=True)
class Signature:
    """One DKIM-Signature header."""

    domain: str
    selector: str
    algorithm: str
    covers: tuple[str, ...]  # headers, in lower case
    is_of_a_part: bool  # l=: the end of the body is not signed
    start: str  # of the signature itself, as receivers name it (header.b)
    bits: int  # of an RSA key, which is as long as what it signs; 0: not told

    def lacks(self, *names: str) -> list[str]:
        """Which of these headers it does not cover."""
        return [name for name in names if name.lower() not in self.covers]


def signatures(head: Head) -> tuple[Signature, ...]:
    """The signatures, the topmost first."""
    return tuple(_read(one.value) for one in head.all("dkim-signature")[:_MOST])


def _read(value: str) -> Signature:
    told: dict[str, str] = {}
    for piece in value.split(";"):
        name, _, content = piece.partition("=")
        if _NAME.fullmatch(name.strip()):
            told.setdefault(name.strip(), "".join(content.split()))
    algorithm, signed = told.get("a", "").lower(), told.get("b", "")
    return Signature(
        told.get("d", "").lower().rstrip("."),
        told.get("s", "").lower(),
        algorithm,
        tuple(name.lower() for name in told.get("h", "").split(":")),
        "l" in told,
        signed,
        _bits(signed) if algorithm.startswith("rsa") else 0,
    )


def _bits(signed: str) -> int:
    try:
        return len(base64.b64decode(signed, validate=True)) * 8
    except (binascii.Error, ValueError):
        return 0
