"""The copy of an approved message that one reader gets: their address, their own links, and nothing else of them.

What is approved holds the links of a sample reader. A copy is the frozen bytes with other letters where the sample's
stood, as many as those, so that no line of it is folded or encoded anew and each copy is what was approved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from bulletin.errors import RenderError
from bulletin.render import links
from bulletin.render.mime import named
from bulletin.render.samples import SAMPLE_CHOICES, SAMPLE_LEAVE

__all__ = ["SAMPLE_CHOICES", "SAMPLE_LEAVE", "Master", "Personal"]

_FORM = re.compile(r"[0-9a-f]{48}")
_PAGES = {SAMPLE_LEAVE: "leave", SAMPLE_CHOICES: "choices"}  # of ours to which a link with it leads
_NOT_KEPT = frozenset(("to", "date", "message-id", "x-unsent"))
_FIELD = re.compile(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*")
_SOFT = "(?:=\r\n)?"  # the line break of quoted-printable that is none, which may stand between any two letters
_BEFORE = '(?:(?<=["\t ])|(?<=["\t ]=\r\n)|(?<=[^=]\r\n))'  # a link begins here, not in the middle of another
_ONE_CLICK = re.compile(rb"<(https?://[^<>\s]+)/leave/" + SAMPLE_LEAVE.encode() + rb">")

Piece = tuple[bytes, str, slice]  # what is the same for all; then which letters of which of the sample's tokens


@dataclass(frozen=True)
class Personal:
    """What is a reader's own in their copy; the tokens are empty where the message has no such links."""

    address: str
    name: str
    message_id: str  # without angle brackets
    dated: datetime  # aware
    leave: str = ""
    choices: str = ""


class Master:
    """An approved message, taken apart once, so that each copy is quickly made; for any number of threads."""

    def __init__(self, mime: bytes) -> None:
        head, _, body = mime.partition(b"\r\n\r\n")
        fields = [field for field in _FIELD.findall(head + b"\r\n") if _name(field) not in _NOT_KEPT]
        place = next((at for at, field in enumerate(fields, 1) if _name(field) == "from"), 0)
        self._first = b"".join(fields[:place])
        self._rest = tuple(_taken_apart(fields[place:], b"\r\n" + body))
        self._wanted = {sample for _, sample, _ in self._rest if sample}

    def copy(self, own: Personal) -> bytes:
        """Make one reader's copy, the same each time; RenderError for an address or a token that is none."""
        tokens = {SAMPLE_LEAVE: own.leave, SAMPLE_CHOICES: own.choices}
        if not links.is_address(own.address):
            raise RenderError(f"the message {own.message_id} is for nobody: its recipient is no email address")
        if not all(_FORM.fullmatch(tokens[sample]) for sample in self._wanted):
            raise RenderError(f"the message {own.message_id} lacks its reader's own links")
        pieces = [self._first, _headers(own)]
        for same, sample, letters in self._rest:
            pieces.append(same)
            if sample:
                pieces.append(tokens[sample][letters].encode())
        return b"".join(pieces)


def _taken_apart(fields: list[bytes], body: bytes) -> Iterator[Piece]:
    """The message in pieces: the sample's letters in the header for leaving, and in links to our own pages.

    They are looked for nowhere else: a feed that quotes them in a link of its own would be told what a reader's are.
    """
    origin = ""
    for field in fields:
        if _name(field) == "list-unsubscribe" and (found := _ONE_CLICK.search(field)):
            origin = found[1].decode("ascii")
            yield from _pieces(field, re.compile(f"({SAMPLE_LEAVE})".encode()))
        else:
            yield field, "", slice(0)
    if origin:
        yield from _pieces(body, re.compile("|".join(_links(origin)).encode()))
    else:
        yield body, "", slice(0)


def _pieces(content: bytes, pattern: re.Pattern[bytes]) -> Iterator[Piece]:
    """What is the same, and runs of a token's letters; the pattern's groups are the samples, in their order."""
    end = 0
    for match in pattern.finditer(content):
        group = match.lastindex or 0
        sample, start, letters = tuple(_PAGES)[group - 1], match.start(group), 0
        for run in re.finditer(rb"[0-9a-f]+", match[group]):
            yield content[end : start + run.start()], sample, slice(letters, letters + len(run[0]))
            letters += len(run[0])
            end = start + run.end()
    yield content[end:], "", slice(0)


def _links(origin: str) -> Iterator[str]:
    """Patterns for the links to our own pages that end in the sample's tokens, which are their groups."""
    for sample, page in _PAGES.items():
        yield f"{_BEFORE}{_spread(f'{origin}/{page}/')}{_SOFT}({_spread(sample)})"


def _spread(text: str) -> str:
    """A pattern for a text in quoted-printable, wherever its lines are broken."""
    return _SOFT.join(map(re.escape, text))


def _headers(own: Personal) -> bytes:
    told = (
        f"To: {named(links.Mailbox(own.name, own.address))}",
        f"Date: {format_datetime(own.dated)}",
        f"Message-ID: <{own.message_id}>",
    )
    return ("\r\n".join(told) + "\r\n").encode("ascii")


def _name(field: bytes) -> str:
    return field.partition(b":")[0].decode("ascii", "replace").strip().lower()
