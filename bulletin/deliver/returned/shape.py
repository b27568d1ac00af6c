"""Emails as a tree that cannot grow, and their headers as plain lines.

The standard library reads them by its older policy: that one takes broken headers for mere text, where the newer one
parses every header that is asked for, and raises at what it did not expect.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from itertools import islice

_MOST_BYTES = 256 * 1024  # what a report tells stands before the email that it gives back, whatever that holds
# Python's parser takes time that grows with the square of such a header, of the number of parts, and of their depth.
_ENDLESS_HEADER = re.compile(rb"^content-type:(?:[^\r\n]|\r?\n[ \t]){5000}", re.IGNORECASE | re.MULTILINE)
_MOST_BOUNDARIES = 2000
_MOST_MULTIPARTS = 20
_MOST_PARTS = 50
_MOST_TEXT = 64 * 1024  # bytes of one part
_MOST_HEADER = 2000  # characters
_MOST_LINES = 50  # headers of one name
_MOST_WORDS = 200  # characters
_ADDRESS = re.compile(r"[^\s<>@]{1,320}@[^\s<>@]{1,255}")
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)


def opened(letter: bytes) -> Message | None:
    """Take an email apart; None for one that is built to hurt or so broken that nothing can be read."""
    head = letter[:_MOST_BYTES]
    many = head.count(b"\n--") > _MOST_BOUNDARIES or len(_MULTIPART.findall(head)) > _MOST_MULTIPARTS
    if many or _ENDLESS_HEADER.search(head):
        return None
    try:
        return message_from_bytes(head, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, MessageError):
        return None


def parts(message: Message) -> list[Message]:
    """The first parts of an email, in their order; what lies in an email within it is not of it."""
    return list(islice(_parts(message), _MOST_PARTS))


def _parts(message: Message) -> Iterator[Message]:
    children = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(children, list):
        for child in children:
            if isinstance(child, Message):
                yield from _parts(child)
    else:
        yield message


def within(part: Message) -> list[Message]:
    """The emails, or the blocks of fields, that a part of type message/* holds."""
    held = part.get_payload()
    return [one for one in held[:_MOST_PARTS] if isinstance(one, Message)] if isinstance(held, list) else []


def header(message: Message, name: str) -> str:
    """The first header of a name as one line, unfolded and cut; empty when there is none."""
    return _line(message.get(name, ""))


def headers(message: Message, *names: str) -> str:
    """All headers of these names, each in a line."""
    lines = [_line(value) for name in names for value in (message.get_all(name) or [])[:_MOST_LINES]]
    return "\n".join(filter(None, lines))


def _line(value: object) -> str:
    return " ".join(str(value)[:_MOST_HEADER].split())


def decoded(value: str) -> str:
    """A header's encoded words (RFC 2047) as text; as it stands where they are broken."""
    try:
        pieces = decode_header(value)
        return "".join(
            piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except (ValueError, LookupError, MessageError):
        return value


def text(part: Message) -> str:
    """What a part says, cut; letters that are no UTF-8 are replaced."""
    held = part.get_payload(decode=True)
    return held[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(held, bytes) else ""


def plain_text(found: list[Message]) -> str:
    """The first text among parts."""
    return next((text(part) for part in found if part.get_content_type() == "text/plain"), "")


def words(said: str) -> str:
    """One printable line of bounded length, in which nobody's address stands."""
    plain = "".join(letter if letter.isprintable() else " " for letter in _ADDRESS.sub("(an address)", said[:2000]))
    return " ".join(plain.split())[:_MOST_WORDS]
