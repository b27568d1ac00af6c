"""Email messages (RFC 5322, MIME) as what a reader sees of them.

The standard library reads them by its older policy: that one takes broken headers for mere text, where the newer one
parses every header that is asked for, and raises at what it did not expect.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from bulletin.errors import ParseError
from bulletin.parse.charset import text_of

# Python's parser takes time that grows with the square of such a header, and of the number of parts.
_ENDLESS_HEADER = re.compile(rb"^content-type:(?:[^\r\n]|\r?\n[ \t]){5000}", re.IGNORECASE | re.MULTILINE)
_MOST_BOUNDARIES = 5_000
_MOST_PARTS = 200
_MOST_TAGS = 30_000  # start and end tags; large newsletters have 8,000
_READ = ("text/html", "text/plain")


@dataclass(frozen=True)
class Letter:
    """One message: its date as it stands there, and its text in both forms, of which one may be empty."""

    date: str
    language: str
    html: str
    text: str
    is_alert: bool  # False: an automatic reply, a report of non-delivery, or a draft of our own


def letter(body: bytes) -> Letter:
    """Read one message. Raise ParseError when it is built to hurt; all else that is broken gives what can be read."""
    if _ENDLESS_HEADER.search(body) or body.count(b"\n--") > _MOST_BOUNDARIES:
        raise ParseError("an email is built as attacks are: it was not read")
    try:
        message = message_from_bytes(body, policy=policy.compat32)
        parts = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    except (RecursionError, ValueError, LookupError) as error:
        raise ParseError("an email is broken and cannot be read") from error
    texts = {kind: "\n".join(_text(part) for part in parts if _is(part, kind)) for kind in _READ}
    if texts["text/html"].count("<") > _MOST_TAGS:
        raise ParseError("an email has more elements than any needs, as attacks do: it was not read")
    return Letter(
        date=_header(message, "Date"),
        language=_header(message, "Content-Language"),
        html=texts["text/html"],
        text=texts["text/plain"],
        is_alert=not _is_automatic(message),
    )


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _is(part: Message, kind: str) -> bool:
    """Whether a part is text of this kind that is shown, and not attached as a file."""
    attached = _header(part, "Content-Disposition").lower().startswith("attachment")
    return part.get_content_type() == kind and not attached and not part.is_multipart()


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return text_of(payload, _header(part, "Content-Type"))[0] if isinstance(payload, bytes) else ""


def _is_automatic(message: Message) -> bool:
    """Whether it is a reply (RFC 3834), a report (RFC 6522) or our own draft; alerts are "auto-generated" too."""
    return (
        _header(message, "Auto-Submitted").lower().startswith("auto-replied")
        or _header(message, "Precedence").lower() == "auto_reply"
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Unsent"))
        or message.get_content_type() == "multipart/report"
    )
