"""What a seeded fault is: a message with one thing wrong, and the rules that must find it."""

from collections.abc import Callable
from dataclasses import dataclass

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
