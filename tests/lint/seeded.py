"""What a seeded fault is: a message with one thing wrong, and the rules that must find it."""

from base64 import encodebytes
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from good import GOOD, Good

Change = Callable[[Good], Good | bytes]


@dataclass(frozen=True)
class Fault:
    """`rules` must be found and nothing else may be, but for `also`: what comes with such a fault by its nature."""

    name: str
    rules: frozenset[int]
    change: Change
    also: frozenset[int] = frozenset()

    def content(self) -> bytes:
        """The bytes to judge."""
        changed = self.change(GOOD)
        return changed if isinstance(changed, bytes) else changed.as_bytes()

    def known(self):
        """What the desk knows of it."""
        changed = self.change(GOOD)
        return None if isinstance(changed, bytes) else changed.known


def bad(rule: int, name: str, change: Change, *also: int) -> Fault:
    """A message that breaks one rule."""
    return Fault(f"{rule}: {name}", frozenset({rule}), change, frozenset(also))


def fine(rule: int, name: str, change: Change) -> Fault:
    """A message that comes near to breaking a rule and does not."""
    return Fault(f"{rule}, fine: {name}", frozenset(), change)


def html(old: str, new: str, times: int = 1) -> Change:
    """The good message with other HTML."""
    return lambda good: good.with_html(old, new, times)


def text(old: str, new: str) -> Change:
    """The good message with another text part."""
    return lambda good: good.with_text(old, new)


def header(name: str, value: str | None) -> Change:
    """The good message with another header, or without it."""
    return lambda good: good.with_header(name, value)


def knowing(**changes) -> Change:
    """The good message, of which the desk knows something else."""
    return lambda good: good.knowing(**changes)


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def changed(good: Good) -> Good | bytes:
        for change in changes:
            good = change(good)
        return good

    return changed


def unknown(change: Change) -> Change:
    """The change, in a message of which the desk knows nothing."""
    return lambda good: change(replace(good, known=None))


def adding(name: str, value: str) -> Change:
    """The good message with one header more."""
    return lambda good: replace(good, headers=(*good.headers, (name, value)))


@dataclass(frozen=True)
class Sealed(Good):
    """A message of which the bytes are known, and what the desk says of it."""

    raw: bytes = b""

    def as_bytes(self) -> bytes:
        """The bytes."""
        return self.raw


def seal(good: Good, raw: bytes) -> Sealed:
    """Other bytes for a message."""
    return Sealed(*(getattr(good, one.name) for one in fields(Good)), raw=raw)


def raw(old: bytes, new: bytes, times: int = 1) -> Change:
    """The good message with other bytes."""

    def changed(good: Good) -> Sealed:
        content = good.as_bytes()
        assert old in content, f"{old!r} is not in the good message"
        return seal(good, content.replace(old, new, times))

    return changed


def attaching(kind: str, content: bytes, how: str = "attachment") -> Change:
    """The good message in a multipart/mixed, with a file."""

    def changed(good: Good) -> Sealed:
        head, _, body = good.as_bytes().partition(b"Content-Type: multipart/alternative")
        file = encodebytes(content).replace(b"\n", b"\r\n")
        said = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: {how}\r\n\r\n".encode()
        start = b'Content-Type: multipart/mixed; boundary="=_mixed"\r\n\r\n--=_mixed\r\nContent-Type: multipart/alternative'
        return seal(good, head + start + body + b"--=_mixed\r\n" + said + file + b"--=_mixed--\r\n")

    return changed
