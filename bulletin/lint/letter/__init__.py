"""Reads an email, or a piece of HTML alone, into what the rules look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from functools import cached_property
from typing import Any

from bulletin.lint.letter.charsets import decode, guess
from bulletin.lint.letter.css import Sheet, sheet
from bulletin.lint.letter.looks import Looks, Palette, looks, views
from bulletin.lint.letter.reading import Passage, read_passages
from bulletin.lint.letter.tree import Node, Tree, grow
from bulletin.model import Known


@dataclass(frozen=True)
class Header:
    """A header as it stands: `raw` with its folds, `value` in one line, `text` decoded."""

    name: str
    raw: str
    value: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of a message that is no container; a message that is attached is one part, whatever it holds."""

    type: str  # in lower case: text/html
    charset: str  # in lower case; empty when it names none
    encoding: str  # of the transfer, in lower case
    content: bytes  # decoded; empty of a message that is attached
    is_attached: bool

    @property
    def text(self) -> str:
        """Its words; what cannot be decoded is U+FFFD."""
        return decode(self.content, self.charset) if self.charset else guess(self.content)


@dataclass(frozen=True)
class Letter:
    """An email: its bytes and what they mean. `raw` of HTML alone is empty, and there are no headers then."""

    raw: bytes
    headers: tuple[Header, ...]
    type: str  # of the whole message
    parts: tuple[Part, ...]
    html: str  # empty when there is no such part
    text: str
    known: Known | None = None

    @property
    def is_message(self) -> bool:
        """Whether it is a whole message, with headers."""
        return bool(self.raw)

    def header(self, name: str) -> str:
        """The text of the first header of this name; empty when there is none."""
        return next((one.text for one in self.headers if one.name.lower() == name.lower()), "")

    @cached_property
    def tree(self) -> Tree:
        """The HTML as a browser would build it."""
        return grow(self.html)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The style sheets of its style elements."""
        return tuple(
            sheet("".join(piece for piece in node.children if isinstance(piece, str)), node.get("media").lower())
            for node in self.styles
        )

    @cached_property
    def styles(self) -> tuple[Node, ...]:
        """The style elements."""
        return tuple(self.tree.all("style"))

    @cached_property
    def looks(self) -> dict[Palette, Looks]:
        """How everything looks, in the light and in the dark."""
        return looks(self.tree, self.sheets)

    @cached_property
    def views(self) -> tuple[tuple[str, Looks], ...]:
        """All the looks to judge, named in words: light, dark, and a small screen where that is another look."""
        return tuple(views(self.looks))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The text of the HTML as it is read, with what nobody sees."""
        return tuple(read_passages(self.tree.body, self.light)) if self.html else ()

    @property
    def light(self) -> Looks:
        """How everything looks in the light."""
        return self.looks[Palette.LIGHT]


def read(raw: bytes, known: Known | None = None) -> Letter:
    """Read a whole message."""
    try:
        message = message_from_bytes(raw)
        parts = tuple(_parts(message))
    except RecursionError:  # parts in parts without end: no mail program shows them either
        message, parts = BytesHeaderParser().parsebytes(raw), ()
    headers = tuple(_header(name, str(value)) for name, value in message.raw_items())
    html, text = _shown(parts, "text/html"), _shown(parts, "text/plain")
    return Letter(raw, headers, message.get_content_type(), parts, html, text, known)


def read_html(content: bytes, known: Known | None = None) -> Letter:
    """Read HTML that stands alone, in the charset that its first bytes tell."""
    return Letter(b"", (), "text/html", (), guess(content), "", known)


def looks_like_html(content: bytes) -> bool:
    """Whether a file holds HTML and no message: it begins with an angle bracket."""
    start = content[:4].replace(b"\0", b"") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else b""
    if start:  # UTF-16
        return guess(content[:200]).lstrip().startswith("<")
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _shown(parts: tuple[Part, ...], kind: str) -> str:
    """The words of the part of this type that a mail program shows; empty when there is none."""
    return next((part.text for part in parts if part.type == kind and not part.is_attached), "")


def _parts(message: "Message[str, str]") -> Iterator[Part]:
    """The parts in their order. Not Message.walk, which would take the HTML of a forwarded email for our own."""
    waiting = [(message, "")]
    while waiting:
        part, within = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            # Only of what is multipart: of text, get_payload would decode, and fall over an odd charset.
            inside: Any = part.get_payload()
            waiting.extend((one, part.get_content_subtype()) for one in reversed(inside))
        else:
            yield _part(part, is_body=part is message or within == "alternative")


def _part(part: "Message[str, str]", *, is_body: bool) -> Part:
    content = part.get_payload(decode=True)  # nothing of a message/rfc822
    return Part(
        part.get_content_type().lower(),
        _charset(part),
        str(part.get("Content-Transfer-Encoding", "7bit")).strip().lower(),
        content if isinstance(content, bytes) else b"",
        part.get_content_disposition() == "attachment" or (not is_body and _has_filename(part)),
    )


def _charset(part: "Message[str, str]") -> str:
    try:
        return str(part.get_content_charset() or "").strip()
    except (LookupError, ValueError):  # a parameter in a charset that there is not (RFC 2231)
        return ""


def _has_filename(part: "Message[str, str]") -> bool:
    try:
        return bool(part.get_filename())
    except (LookupError, ValueError):
        return True


def _header(name: str, raw: str) -> Header:
    value = " ".join(raw.split())
    told = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # a header in UTF-8 (RFC 6532)
    try:
        text = str(make_header(decode_header(told)))
    except (ValueError, LookupError, MessageError):
        text = _as_it_may_be(told)
    return Header(name, raw, value, " ".join(text.split()))


def _as_it_may_be(told: str) -> str:
    """A header with an encoded word that is none, or in a charset that there is not, as mail programs show it."""
    try:
        pieces = decode_header(told)
    except (ValueError, MessageError):
        return told
    return "".join(one if isinstance(one, str) else decode(one, charset or "latin-1") for one, charset in pieces)
