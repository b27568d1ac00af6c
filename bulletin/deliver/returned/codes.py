"""Enhanced status codes (RFC 3463): what they say of the reader, and what of us."""

import re

from bulletin.model import Answer, BounceKind, Reply

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
# "5.0.0" says nothing; then the words may (Exim gives no other code).
_NOBODY = re.compile(
    r"(user|recipient|mailbox|address|account)s? (is )?(unknown|not found|does not exist|doesn't exist|no longer)"
    r"|unknown (user|recipient|mailbox|address|account)|(invalid|no such) (user|recipient|mailbox|address|person)",
    re.IGNORECASE,
)
_OURS = ("5.1.7", "5.1.8", "5.3.4")  # the sender's address, or the size
_OUR_SUBJECTS = ("5", "6", "7")  # protocol, content, policy


def code_in(text: str) -> str:
    """The first status code in a text; empty when there is none."""
    found = _CODE.search(text)
    return found[1] if found else ""


def sharper(status: str, words: str) -> str:
    """The status, or the one in the words where it is missing or says nothing in particular."""
    vague = not status or status.endswith(".0.0")
    return (code_in(words) or status) if vague else status


def kind_of(status: str, words: str = "") -> BounceKind:
    """What a message that cannot be brought for this reason says of its reader."""
    if status.startswith("2"):
        return BounceKind.OTHER
    if status in ("", "5.0.0"):
        return BounceKind.HARD if _NOBODY.search(words) else BounceKind.SOFT
    reply_class, subject, _ = status.split(".")
    if reply_class == "5" and (status in _OURS or subject in _OUR_SUBJECTS):
        return BounceKind.OTHER
    return BounceKind.HARD if (reply_class, subject) == ("5", "1") else BounceKind.SOFT


def kind_of_answer(answer: Answer) -> BounceKind:
    """What the mail server's last word on a message, in the conversation itself, says of its reader."""
    match answer.reply:
        case Reply.GONE:
            return kind_of(answer.status or "5.1.1")
        case Reply.LATER:
            return BounceKind.SOFT
        case Reply.REFUSED if answer.status or answer.code == 552:
            return kind_of(answer.status or "5.2.2")
        case _:
            return BounceKind.OTHER
