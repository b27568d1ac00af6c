"""What a rule is: a number, a name, how grave it is, and a function that looks at a letter."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bulletin.lint.letter import Letter
from bulletin.model import Finding, Severity

Fault = tuple[str, str]  # what is wrong and what to do, and where
Look = Callable[[Letter], Iterable[Fault]]

ERROR, WARNING = Severity.ERROR, Severity.WARNING
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
        seen = dict.fromkeys(self.look(letter))
        for place, (message, where) in enumerate(seen):
            if place == _MOST:
                yield Finding(self.number, self.name, self.severity, f"and {len(seen) - _MOST} more of this kind")
                return
            yield Finding(self.number, self.name, self.severity, message, shorten(where))


def rule(
    number: int, name: str, severity: Severity, about: str, *, needs_desk: bool = False, needs_message: bool = False
) -> Callable[[Look], Rule]:
    """Make a rule of a function; it yields what is wrong and where."""
    return lambda look: Rule(number, name, severity, about, look, needs_desk, needs_message)


def shorten(text: str) -> str:
    """A piece of an email in one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _WHERE else f"{line[: _WHERE - 4]} ..."
