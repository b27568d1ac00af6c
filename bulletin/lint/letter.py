"""Reads an email, or a piece of HTML alone, into what the rules look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from functools import cached_property

from bulletin.lint.css import Sheet, sheet
from bulletin.lint.looks import Looks, Palette, looks, views
from bulletin.lint.tree import Node, Tree, grow
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
    """A part of a message that is no container."""

    type: str  # in lower case: text/html
    charset: str  # in lower case; empty when it names none
    encoding: str  # of the transfer, in lower case
    content: bytes  # decoded
    is_attached: bool

    @property
    def text(self) -> str:
        """Its words; what cannot be decoded is U+FFFD."""
        try:
            return self.content.decode(self.charset or "utf-8", errors="replace")
        except LookupError:  # a charset that there is not
            return self.content.decode("utf-8", errors="replace")


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

    @property
    def light(self) -> Looks:
        """How everything looks in the light."""
        return self.looks[Palette.LIGHT]


def read(raw: bytes, known: Known | None = None) -> Letter:
    """Read a whole message."""
    message = message_from_bytes(raw)
    parts = tuple(_parts(message))
    html = next((part.text for part in parts if part.type == "text/html" and not part.is_attached), "")
    text = next((part.text for part in parts if part.type == "text/plain" and not part.is_attached), "")
    headers = tuple(_header(name, str(value)) for name, value in message.raw_items())
    return Letter(raw, headers, message.get_content_type(), parts, html, text, known)


def read_html(content: bytes, known: Known | None = None) -> Letter:
    """Read HTML that stands alone, in UTF-8 or what its first letters say."""
    html = content.decode("utf-8-sig", errors="replace")
    return Letter(b"", (), "text/html", (), html, "", known)


def looks_like_html(content: bytes) -> bool:
    """Whether a file holds HTML and no message: it begins with an angle bracket."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _parts(message: "Message[str, str]") -> Iterator[Part]:
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            yield Part(
                part.get_content_type().lower(),
                str(part.get_content_charset() or ""),
                str(part.get("Content-Transfer-Encoding", "7bit")).strip().lower(),
                content if isinstance(content, bytes) else b"",
                part.get_content_disposition() == "attachment" or bool(part.get_filename()),
            )


def _header(name: str, raw: str) -> Header:
    value = " ".join(raw.split())
    try:
        text = str(make_header(decode_header(value)))
    except (ValueError, LookupError):  # an encoded word that is none, or in a charset that there is not
        text = value
    return Header(name, raw, value, " ".join(text.split()))
