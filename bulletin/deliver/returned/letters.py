"""Emails that come back besides reports: complaints, wishes to leave, answers of machines, reports in plain words."""

import re
from email.message import Message

from bulletin.deliver.returned import codes
from bulletin.deliver.returned.shape import decoded, header, headers, plain_text, words
from bulletin.deliver.returned.shape import within as held_in
from bulletin.model import BounceKind

# Types of feedback (RFC 5965, 7.3) that mean that somebody does not want it; there is "not-spam" as well.
_UNWANTED = ("abuse", "fraud", "opt-out", "opt-out-list")
_LEAVE = re.compile(r"\s*leave\s+([0-9a-f]{48})\s*", re.IGNORECASE)
_DAEMON = re.compile(r"\b(mailer-daemon|postmaster|mail delivery (sub)?system)\b", re.IGNORECASE)
_DELAYED = re.compile(
    r"delay|still (being|trying)|will (be retried|keep trying|continue|try)|not yet been delivered|warning",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"permanent|giv(en|ing) up|undeliver|(could|was|were)( not|n't) (be )?(delivered|sent)|returned to sender|failed",
    re.IGNORECASE,
)
_SIGNS = 4000  # characters in which a report in plain words says what it is


def feedback(part: Message) -> tuple[BounceKind, str, str]:
    """What a feedback report asks of us, without a status, and in words."""
    types = {header(one, "Feedback-Type").lower() for one in held_in(part)}
    if types & set(_UNWANTED):
        return BounceKind.COMPLAINT, "", "a mail provider's report that it was called spam"
    return BounceKind.OTHER, "", "a mail provider's report that is no complaint"


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote it by itself (RFC 3834), so that nothing may be done or answered because of it."""
    submitted = header(message, "Auto-Submitted").lower().partition(";")[0].strip()
    return (
        submitted not in ("", "no")
        or header(message, "Precedence").lower() in ("auto_reply", "bulk", "junk", "list")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id", "X-Auto-Reply-From"))
        or has_empty_path(message)
    )


def has_empty_path(message: Message) -> bool:
    """Whether it came from nobody to whom one could answer."""
    return header(message, "Return-Path") == "<>"


def wish_to_leave(message: Message) -> str:
    """The token of somebody who asks to leave, as the mailto: address in our emails makes it; empty for no such."""
    asked = _LEAVE.fullmatch(decoded(header(message, "Subject")))
    return asked[1].lower() if asked and not is_automatic(message) else ""


def is_plain_report(message: Message) -> bool:
    """Whether a mail server wrote it, in words of its own."""
    return "X-Failed-Recipients" in message or bool(_DAEMON.search(headers(message, "From")))


def plain_fate(message: Message, found: list[Message]) -> tuple[BounceKind, str, str]:
    """What such words tell: what it counts as, the status, a line of it."""
    said = plain_text(found)[:_SIGNS]
    status = codes.code_in(said)
    subject = header(message, "Subject")
    is_named = "X-Failed-Recipients" in message
    is_late = _DELAYED.search(subject) or (not is_named and _DELAYED.search(said))
    if is_late or not (is_named or status.startswith("5") or _FAILED.search(said)):
        return BounceKind.OTHER, "", words(subject)
    return codes.kind_of(status, said), status, words(_line_of(said, status) or subject)


def _line_of(said: str, status: str) -> str:
    return next((line for line in said.splitlines() if status and status in line), "")
