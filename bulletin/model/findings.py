"""What the linter finds in an email, and what it is told besides the bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Severity(StrEnum):
    """What a finding means for an approval."""

    ERROR = "error"  # forbids it
    WARNING = "warning"  # a person may accept it, by name


@dataclass(frozen=True)
class Finding:
    """One fault of an email; `rule` is the number and `name` the word by which people speak of the rule."""

    rule: int
    name: str
    severity: Severity
    message: str  # what is wrong and what to do, in one line
    where: str = ""  # the piece of the email, shortened

    @property
    def key(self) -> str:
        """What tells it from every other finding of the same email, and stays when the email is made anew."""
        return f"{self.rule}:{self.message}:{self.where}"


@dataclass(frozen=True)
class Accepted:
    """A person's yes to one warning of an edition; it holds as long as the finding's key is the same."""

    edition: str
    key: str  # sha256 of the finding's key, in hexadecimal
    rule: int
    name: str
    message: str
    editor: str
    at: datetime


@dataclass(frozen=True)
class LinkState:
    """What a link answered when it was asked last; `status` is that of HTTP, 0 when there was no answer."""

    status: int
    at: datetime
    why: str = ""  # of no answer


@dataclass(frozen=True)
class KnownItem:
    """An item of an edition, as far as an email can do wrong by it."""

    id: str
    title: str  # as it shall be printed
    url: str = ""
    doi: str = ""
    summary: str = ""  # as it shall be printed
    source: str = ""
    dated: str = ""  # as it shall be printed
    date: datetime | None = None
    marks: tuple[str, ...] = ()  # retracted, corrected ...: words that must stand with it
    provenance: str = ""  # whose words the summary is: abstract, summary or library
    editor: str = ""  # who changed its title or summary, as readers are told
    printed_in: str = ""  # an earlier edition of this list that had it, among the last twelve
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What the desk knows of an email that its bytes cannot tell; without it, some rules are not judged."""

    sender: str  # as in the From header of the list
    reply_to: str
    title: str  # of the bulletin
    day: date
    library: str  # who sends it
    hosts: frozenset[str] = frozenset()  # ours, for images and for leaving; in lower case
    language: str = "en-GB"
    last_subject: str = ""  # of the edition before
    window: timedelta = timedelta(days=62)
    most: int = 0  # items a heading; 0: as many as there are
    headings: Mapping[str, int] = field(default_factory=dict)  # how many items stand under each that is printed
    keep_empty: bool = False
    archive_link: str = ""  # where everybody can read the edition in a browser; empty: nowhere
    leave_link: str = ""  # the page for leaving of the sample's reader; empty: readers leave by email
    items: tuple[KnownItem, ...] = ()
    own_text: str = ""  # what the library itself wrote: the opening, notes, blocks; a paragraph a line
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # of the house, and what they stand for
    capitals: frozenset[str] = frozenset()  # words that are always in capitals
    links: Mapping[str, LinkState] | None = None  # None: nobody checked any
    now: datetime | None = None
