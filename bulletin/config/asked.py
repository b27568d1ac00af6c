"""What a feed is asked for, and where: searches, ISSNs, mail folders, selectors and User-Agents.

Each reader takes what was written and returns what is meant, or raises ValueError in plain words.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bulletin.config.values import line, quoted
from bulletin.model import FeedKind, Mailbox, Selectors, Services

# The keys of which every feed has one.
SOURCES = {"url": FeedKind.FEED} | {kind.value: kind for kind in FeedKind if kind is not FeedKind.FEED}
# The keys that only a page has, and what they are called in the nouns.
SELECTORS = {"items": "item", "title": "title", "link": "link", "date": "date", "summary": "summary"}

_LONGEST_SEARCH = 4_000
_LONGEST_SELECTOR = 500
_LONGEST_NAME = 200  # of a folder, or of a program

_ISSN = re.compile(r"(?P<first>[0-9]{4})-?(?P<second>[0-9]{3})(?P<check>[0-9Xx])")
_ESCAPED = re.compile(r"\\.")
_IN_QUOTES = re.compile("\"[^\"]*\"|'[^']*'")
_IN_BRACKETS = re.compile(r"\([^()\[\]\"']*\)|\[[^()\[\]\"']*\]")


def search(value: str) -> str:
    """Read the words that a service is searched for."""
    words = line(value)
    if re.match("https?://", words, re.IGNORECASE):
        raise ValueError("is an address: write the words of the search, or put the address of a feed after url")
    if len(words) > _LONGEST_SEARCH:
        raise ValueError(f"is over {_LONGEST_SEARCH:,} letters long: make two feeds with a shorter search each")
    return words


def issn(value: str) -> str:
    """Read an ISSN, with or without its hyphen, and check its last digit (ISO 3297)."""
    found = _ISSN.fullmatch(line(value))
    if not found:
        raise ValueError(f"{quoted(value)} is no ISSN, the number of a journal, such as 0140-6736")
    digits = found["first"] + found["second"]
    check = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    if found["check"].upper() != "0123456789X"[check]:
        raise ValueError(f"{quoted(value)} is no ISSN, because its last digit does not fit: copy it once more")
    return f"{found['first']}-{found['second']}{found['check'].upper()}"


def mail_folder(value: str) -> str:
    """Read the name of a mailbox folder, or the path of a folder of .eml files."""
    words = line(value)
    if len(words) > _LONGEST_NAME:
        raise ValueError(f"is over {_LONGEST_NAME} letters long: check the name of the folder")
    return words


def selector(value: str) -> str:
    """Read a CSS selector; only what can be none is told, because a page is needed to know the rest."""
    words = line(value)
    if len(words) > _LONGEST_SELECTOR or set("{};<") & set(words) or not _is_closed(words):
        raise ValueError(
            f'{quoted(value)} is no CSS selector, such as ul.news > li: type "bulletin feeds try ADDRESS", '
            "which proposes one"
        )
    return words


def agent(value: str) -> str:
    """Read a User-Agent, which goes into a header of every visit."""
    words = line(value)
    if len(words) > _LONGEST_NAME or not (words.isascii() and words.isprintable()):
        raise ValueError(
            f"{quoted(value)} is no User-Agent: write at most {_LONGEST_NAME} plain letters, digits and signs"
        )
    return words


def selectors(written: dict[str, str]) -> Selectors | None:
    """Return the selectors of a page from their keys in the file; None when there are none."""
    given = {SELECTORS[key]: value for key, value in written.items() if value}
    return Selectors(**given) if given else None


def is_folder(workspace: Path, value: str) -> bool:
    """Tell whether `mail` names a folder of .eml files: it ends in a slash, or there is such a folder."""
    try:
        return value.endswith("/") or (workspace / value).is_dir()
    except OSError:  # a name that no folder here can have
        return False


@dataclass(frozen=True)
class Places:
    """Where feeds are asked that bring no address of their own."""

    workspace: Path
    services: Services
    mailbox: Mailbox | None

    def of(self, kind: FeedKind, asked: str) -> tuple[str, str]:
        """Return the url and the search of a feed from what stands after its key."""
        services = {
            FeedKind.PUBMED: self.services.pubmed,
            FeedKind.EUROPEPMC: self.services.europepmc,
            FeedKind.CROSSREF: self.services.crossref,
        }
        if kind in services:
            return services[kind], asked
        return self._mail(asked) if kind is FeedKind.MAIL else (asked, "")

    def _mail(self, asked: str) -> tuple[str, str]:
        # Without a mailbox, what is no folder has been told as a mistake.
        if self.mailbox is None or is_folder(self.workspace, asked):
            return (self.workspace.resolve() / asked).as_uri(), ""
        host = f"[{self.mailbox.host}]" if ":" in self.mailbox.host else self.mailbox.host
        return f"imaps://{host}", asked


def _is_closed(words: str) -> bool:
    """Tell whether every quotation mark and bracket has its other half."""
    rest = _IN_QUOTES.sub("", _ESCAPED.sub("", words))
    while (shorter := _IN_BRACKETS.sub("", rest)) != rest:
        rest = shorter
    return not set("\"'()[]") & set(rest)
