"""The complete message as bytes: plain text and HTML, 7-bit clean, with headers that hold whatever a title says.

Python's own email package breaks long or hostile subjects in ways that differ between its releases (CVE-2024-6923,
cpython#144156), so the few headers that we need are written here.
"""

import binascii
import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, time
from email.utils import format_datetime

from bulletin.model import DistributionList, Edition
from bulletin.render.links import Mailbox, mailbox
from bulletin.render.plain import cut
from bulletin.render.words import header_text

_LINE = 76  # letters in a line that holds an encoded word: RFC 2047, section 2
_NAME_LETTERS = 60  # with quotation marks and "Reply-To: " still a short line
_LINE_END = re.compile(r"\r\n?|\n")
_WORD_BYTES = 39  # in base64 52 letters, with "=?utf-8?B?" and "?=" 64: fits behind the longest of our header names


def message(subject: str, html: str, text: str, edition: Edition, audience: DistributionList) -> bytes:
    """A draft without recipient, which its sender fills in (X-Unsent has Outlook open it so); CRLF line ends."""
    subject = header_text(subject)
    sender = mailbox(audience.sender, f"list {audience.id}: from")
    boundary = "=_" + hashlib.sha256(f"{subject}\0{text}\0{html}".encode()).hexdigest()[:32]
    headers = [
        f"From: {_named(sender)}",
        f"Reply-To: {_named(mailbox(audience.reply_to, f'list {audience.id}: reply_to'))}",
        f"Subject: {_unstructured(subject, len('Subject: '))}",
        f"Date: {format_datetime(datetime.combine(edition.day, time(9), UTC))}",
        f"Message-ID: <{edition.id}.{audience.id}@{sender.address.rpartition('@')[2]}>",
        "MIME-Version: 1.0",
        "Content-Language: en-GB",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        "X-Unsent: 1",
    ]
    parts = f"{_part('plain', text, boundary)}{_part('html', html, boundary)}--{boundary}--\r\n"
    return ("\r\n".join(headers) + "\r\n\r\n" + parts).encode("ascii")


def _unstructured(text: str, used: int) -> str:
    """Header text as it is when it is ASCII and fits behind `used` letters of its line; else in encoded words."""
    return text if text.isascii() and used + len(text) <= _LINE else _encoded(text)


def _encoded(text: str) -> str:
    """The text in encoded words (RFC 2047), one a line."""
    return "\r\n ".join(f"=?utf-8?B?{b64encode(chunk.encode()).decode()}?=" for chunk in _chunks(text))


def _named(box: Mailbox) -> str:
    """A mailbox with its name; the name quoted, because a bare comma or full stop would change who it is from."""
    if not box.name:
        return box.address
    name = cut(header_text(box.name), _NAME_LETTERS)
    if not name.isascii():
        return f"{_encoded(name)}\r\n <{box.address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    fold = "\r\n " if len(escaped) + len(box.address) > _NAME_LETTERS else " "
    return f'"{escaped}"{fold}<{box.address}>'


def _chunks(text: str) -> Iterator[str]:
    """Pieces of whole characters, each short enough for one encoded word."""
    chunk = ""
    for character in text:
        if len((chunk + character).encode()) > _WORD_BYTES:
            yield chunk
            chunk = ""
        chunk += character
    yield chunk


def _part(subtype: str, content: str, boundary: str) -> str:
    encoded = binascii.b2a_qp(_LINE_END.sub("\n", content).encode()).decode("ascii").replace("\n", "\r\n")
    return (
        f"--{boundary}\r\n"
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        f"{encoded}\r\n"
    )
