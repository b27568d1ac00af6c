"""The headers of a message as they stand in its bytes, before anybody has mended them."""

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses

from bulletin.lint.letter import Letter

# Written on the way by servers, which fold as they like.
_TRACE = re.compile(r"received|return-path|delivered-to|x-|arc-|dkim-|domainkey-|authentication-results", re.I)
_NAME = re.compile(rb"[!-9;-~]+$")  # RFC 5322, 3.6.8


@dataclass(frozen=True)
class Field:
    """A header as it stands in the bytes: its lines without their ends."""

    name: bytes
    lines: tuple[bytes, ...]

    @property
    def label(self) -> str:
        """Its name, whatever it is made of."""
        return self.name.decode("ascii", "replace")

    @property
    def value(self) -> str:
        """What stands after the colon, in one line."""
        first, *more = self.lines
        return b"".join((first.partition(b":")[2], *more)).decode("ascii", "surrogateescape").strip()

    @property
    def is_trace(self) -> bool:
        """Whether servers write it on the way."""
        return bool(_TRACE.match(self.label))


def fields(raw: bytes) -> tuple[Field, ...]:
    """The headers up to the first empty line; a line that is none is a header without a name."""
    found: list[list[bytes]] = []
    for line in halves(raw)[0].split(b"\n"):
        if line[:1] in (b" ", b"\t") and found:
            found[-1].append(line)
        elif not (line.startswith(b"From ") and not found):  # the first line of a message in a Unix mailbox
            found.append([line])
    return tuple(Field(_name(lines[0]), tuple(lines)) for lines in found)


def decoded(value: str) -> str:
    """The text of a header, with every letter that its encoded words hold, line breaks too."""
    try:
        pieces = decode_header(value)
        return "".join(
            one if isinstance(one, str) else one.decode(charset or "utf-8", "replace") for one, charset in pieces
        )
    except (ValueError, LookupError, MessageError):  # no encoded word, or a charset that there is not
        return value


def mailboxes(letter: Letter, name: str = "From") -> list[tuple[str, str]]:
    """The names and addresses of a header; decoded after they were told apart, so that a comma in one is no comma."""
    value = next((one.value for one in letter.headers if one.name.lower() == name.lower()), "")
    return [(" ".join(decoded(box).split()), address) for box, address in getaddresses([value]) if box or address]


def mailbox(letter: Letter) -> tuple[str, str]:
    """The name and address of who sends it; empty when nobody says."""
    return next(iter(mailboxes(letter)), ("", ""))


def halves(raw: bytes) -> tuple[bytes, bytes]:
    """The headers and the body of a message, its lines ended by LF."""
    head, _, body = re.sub(rb"\r\n|\r", b"\n", raw).partition(b"\n\n")
    return head, body


def _name(line: bytes) -> bytes:
    name, colon, _ = line.partition(b":")
    return name if colon and _NAME.match(name) else b""
