"""What a rule is: a number, a name, how grave it is, and a function that looks at a letter."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bulletin.lint.letter import Letter
from bulletin.model import Finding, Severity

# What is wrong and what to do, and where; and how grave, where that is not as grave as the rule.
Fault = tuple[str, str] | tuple[str, str, Severity]
Look = Callable[[Letter], Iterable[Fault]]

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WHERE = 120  # letters of the piece of an email that a finding shows
_MOST = 10  # findings of one rule that are told one by one


@dataclass(frozen=True)
class Rule:
    """A rule of the linter; the numbers are those of docs/linter.md."""

    number: int
    name: str
    severity: Severity
    about: str  # what it wants, in one line
    look: Look
    needs_desk: bool = False  # judged only of our own editions, for bytes alone do not tell
    needs_message: bool = False  # not judged of HTML alone

    def findings(self, letter: Letter) -> Iterator[Finding]:
        """What it finds in a letter; of very many the first ones."""
        if (self.needs_desk and letter.known is None) or (self.needs_message and not letter.is_message):
            return
        seen = list(dict.fromkeys(self.look(letter)))
        told = [self._finding(*fault) for fault in seen]
        yield from told[:_MOST]
        if len(told) > _MOST:
            grave = ERROR if any(one.severity is ERROR for one in told[_MOST:]) else WARNING
            yield Finding(self.number, self.name, grave, f"and {len(told) - _MOST} more of this kind")

    def _finding(self, message: str, where: str, severity: Severity | None = None) -> Finding:
        return Finding(self.number, self.name, severity or self.severity, printable(message), shorten(where))


def rule(
    number: int, name: str, severity: Severity, about: str, *, needs_desk: bool = False, needs_message: bool = False
) -> Callable[[Look], Rule]:
    """Make a rule of a function; it yields what is wrong and where, and how grave where that differs."""
    return lambda look: Rule(number, name, severity, about, look, needs_desk, needs_message)


def shorten(text: str) -> str:
    """A piece of an email in one line that is not too long and that any screen or file can take."""
    line = " ".join(printable(text).split())
    return line if len(line) <= _WHERE else f"{line[: _WHERE - 4]} ..."


def printable(text: str) -> str:
    """The text with U+FFFD for what would steer a terminal or cannot be encoded: controls, bidi marks, surrogates."""
    return _UNPRINTABLE.sub("\ufffd", text)
