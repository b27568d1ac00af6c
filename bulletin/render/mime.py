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

from bulletin.model import DistributionList, Edition, Page
from bulletin.render.links import Mailbox, mailbox, mailto
from bulletin.render.plain import cut
from bulletin.render.samples import SAMPLE_LEAVE
from bulletin.render.words import header_text

_LINE = 76  # letters in a line that holds an encoded word: RFC 2047, section 2
_NAME_LETTERS = 60  # with quotation marks and "Reply-To: " still a short line
_LINE_END = re.compile(r"\r\n?|\n")
_WORD_BYTES = 39  # in base64 52 letters, with "=?utf-8?B?" and "?=" 64: fits behind the longest of our header names


def message(
    shown: Page, html: str, text: str, edition: Edition, audience: DistributionList, leave_at: str = ""
) -> bytes:
    """A draft without recipient, which its sender fills in (X-Unsent has Outlook open it so); CRLF line ends.

    A draft names its list too: Outlook keeps those headers or drops them, and either does no harm. What asks to leave
    is sent to `leave_at`, or where answers go. RenderError for an address that is none.
    """
    subject = header_text(shown.subject)
    sender = mailbox(audience.sender, f"list {audience.id}: from")
    answers = mailbox(audience.reply_to, f"list {audience.id}: reply_to")
    domain = sender.address.rpartition("@")[2]
    name = "together" if shown.parts else f"{audience.id}.{edition.bulletin}"
    boundary = "=_" + hashlib.sha256(f"{subject}\0{text}\0{html}".encode()).hexdigest()[:32]
    headers = [
        f"From: {named(sender)}",
        f"Reply-To: {named(answers)}",
        f"Subject: {_unstructured(subject, len('Subject: '))}",
        f"Date: {format_datetime(datetime.combine(edition.day, time(9), UTC))}",
        f"Message-ID: <{edition.id}.{audience.id}@{domain}>",
        *_of_list(shown, name, domain, answers.address, leave_at),
        "Auto-Submitted: auto-generated",  # RFC 3834: no machine shall answer
        "Precedence: bulk",  # the same for older ones
        "MIME-Version: 1.0",
        f"Content-Language: {shown.language}",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        "X-Unsent: 1",
    ]
    parts = f"{_part('plain', text, boundary)}{_part('html', html, boundary)}--{boundary}--\r\n"
    return ("\r\n".join(headers) + "\r\n\r\n" + parts).encode("ascii")


def _of_list(shown: Page, name: str, domain: str, answers: str, leave_at: str) -> Iterator[str]:
    """The headers of RFC 2369 and RFC 2919: addresses in ASCII, one a line, which are never folded or encoded.

    The List-Id stays as long as the ids and the sender's domain do. What to write is made of ids, which are ASCII and
    short, so that every line is within 998 letters whatever a bulletin is called.
    """
    library = mailbox(shown.library.email, "library: email").address
    yield f"List-Id: <{name}.{domain}>"
    yield from _of_leaving(shown, name, answers, leave_at)
    yield f"List-Help: <{mailto(library, f'Help with {name}')}>"
    yield f"List-Owner: <{mailto(library)}>"
    if shown.archive_link:
        yield f"List-Archive: <{shown.archive_link}>"


def _of_leaving(shown: Page, name: str, answers: str, leave_at: str) -> Iterator[str]:
    """How to leave: by an email, or, where readers have pages of their own, by RFC 8058's one click, or an email."""
    if shown.leave_subject:
        yield f"List-Unsubscribe: <{mailto(answers, f'Unsubscribe {name}')}>"
    else:
        yield f"List-Unsubscribe: <{shown.leave_link}>, <{mailto(leave_at or answers, f'leave {SAMPLE_LEAVE}')}>"
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def _unstructured(text: str, used: int) -> str:
    """Header text as it is when it is ASCII and fits behind `used` letters of its line; else in encoded words."""
    return text if text.isascii() and used + len(text) <= _LINE else _encoded(text)


def _encoded(text: str) -> str:
    """The text in encoded words (RFC 2047), one a line."""
    return "\r\n ".join(f"=?utf-8?B?{b64encode(chunk.encode()).decode()}?=" for chunk in _chunks(text))


def named(box: Mailbox) -> str:
    """A mailbox as a header holds it; its name quoted, because a bare comma or full stop would change who it is."""
    if not box.name:
        return box.address
    name = cut(header_text(box.name), _NAME_LETTERS)
    if not name.isascii() or '"' in name or "\\" in name:  # OpenSMTPD takes an escaped quotation mark for the end
        return f"{_encoded(name)}\r\n <{box.address}>"
    fold = "\r\n " if len(name) + len(box.address) > _NAME_LETTERS else " "
    return f'"{name}"{fold}<{box.address}>'


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
