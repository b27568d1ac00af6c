"""The errors that a person can do something about, as one tree.

    BulletinError            exit code 1: the work failed
    ├── FeedError            one feed could not be read; the others go on
    │   ├── FetchError       the address did not give a document
    │   └── ParseError       the document is not a feed
    ├── StoreError           the database is locked, unreachable or from another release
    ├── RenderError          a template is broken, or the email would be too big to arrive whole
    ├── SendError            the mail server did not take a mail
    ├── SignInError          who signs people in for us does not answer as it should
    ├── OutputError          a file or folder cannot be written
    ├── ModelError           a classifier's file is not what it was when it was written
    └── InputError           exit code 2: what was typed or written in a file is wrong
        ├── ConfigError      holds every Mistake of the workspace at once
        ├── FormError        what was typed into a form, field by field
        ├── ChangedError     somebody else changed it meanwhile
        ├── ApprovedError    an edition that is approved stays as it is
        ├── WaitError        too many tries: it says when the next one may be
        └── UnknownError     no such bulletin, edition, item or topic

A message is one line in plain words that says what to do. Anything that is not in this tree is a bug and stops
the program aloud.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bulletin.model import Advice, Trouble


class BulletinError(Exception):
    """The work failed, for a reason that the message tells."""

    exit_code: ClassVar[int] = 1


class FeedError(BulletinError):
    """One feed could not be read; the others go on. `trouble` says what that means for the next visit."""

    trouble: Trouble

    def __init__(self, message: str, trouble: Trouble) -> None:
        super().__init__(message)
        self.trouble = trouble


class FetchError(FeedError):
    """The address did not give a document.

    `advice` is what the answer said about the next visit, and `held_host` the host:port that wants no visit before.
    """

    def __init__(
        self,
        message: str,
        trouble: Trouble = Trouble.CONNECTION,
        advice: Advice = Advice(),  # noqa: B008 - frozen, and without a field that could change
        held_host: str = "",
    ) -> None:
        super().__init__(message, trouble)
        self.advice = advice
        self.held_host = held_host


class ParseError(FeedError):
    """The document is not a feed, or cannot be read."""

    def __init__(self, message: str, trouble: Trouble = Trouble.UNREADABLE) -> None:
        super().__init__(message, trouble)


class StoreError(BulletinError):
    """The database is locked, unreachable or from another release."""


class RenderError(BulletinError):
    """A template is broken, or the email would be too big to arrive whole."""


class SendError(BulletinError):
    """The mail server did not take a mail, or cannot be spoken to in private.

    `is_final`: it will not take this one, however often it is asked.
    """

    def __init__(self, words: str, *, is_final: bool = False) -> None:
        super().__init__(words)
        self.is_final = is_final


class SignInError(BulletinError):
    """Who signs people in for us cannot be asked, or does not answer as it should."""


class OutputError(BulletinError):
    """A file or folder cannot be written."""


class ModelError(BulletinError):
    """A classifier's file is missing, of another version, or not what it was when it was written: fit it anew."""


class InputError(BulletinError):
    """What was typed, or written in a file, is wrong."""

    exit_code: ClassVar[int] = 2


class WaitError(InputError):
    """There were too many tries to get in; the message says when the next one may be."""


class UnknownError(InputError):
    """No such bulletin, edition, item or topic."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong in one file; `line` counts from 1, and 0 means the file as a whole."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        """The form that editors and terminals can jump to."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.message}"


class ConfigError(InputError):
    """Every mistake of the workspace, sorted by file and line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class FormError(InputError):
    """What is wrong with a form: sentences by field; the field is empty where it is the form as a whole."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__("\n".join(f"{field}: {told}" if field else told for field, told in fields.items()))


class ApprovedError(InputError):
    """An edition that is approved stays as it is: the approval is to be taken back first."""


class ChangedError(InputError):
    """Somebody else changed what this would have changed; nothing was written."""
