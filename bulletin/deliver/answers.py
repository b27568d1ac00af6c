"""What the mail server's answer to one message means: for its reader, and for the messages behind it.

A code alone says too little: 550 is a reader who is gone, a rule that we broke, and a password that lapsed. What we
go by is how far the conversation had come and the enhanced status code (RFC 3463); reference bars R8, R9, R12.
"""

import re
import smtplib
import ssl
from enum import IntEnum

from bulletin.deliver.words import AsciiOnlyError, ExposedError, in_words, refusal
from bulletin.model import Answer, Reply, Smtp


class Step(IntEnum):
    """How far the conversation about a message has come."""

    OPENING = 0  # to the server's welcome, encryption and log-in
    SENDER = 1
    RECIPIENT = 2
    DATA = 3  # asked to take the content, of which nothing has gone
    CONTENT = 4
    DOT = 5  # the last dot is on its way, so that the server may take the mail


_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_NOBODY_GETS_IN = frozenset({530, 534, 535, 538})  # log in first, by another way, with another password, encrypted
_UNPROVED = "5.7.515"  # Microsoft: the sending domain does not prove itself
_OF_THE_SENDER = ("5.1.7", "5.1.8")  # among the codes of addresses those that mean ours
_RATE = re.compile(
    r"\brate\b|too many (?:messages|connections|mails|emails|concurrent)|too fast|throttl|slow down|server busy",
    re.IGNORECASE,
)
_OF_ONE_MAILBOX = ("4.1.", "4.2.")  # "receives mail at too high a rate" is about the reader's mailbox, not about us


def answered(step: Step, code: int, said: bytes | str) -> Answer:
    """Read a refusal; `code` is -1 where what came was no answer of SMTP."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    found = _STATUS.match(text)
    status = found[1] if found and found[1][0] == str(code)[0] else ""
    is_recipient = step is Step.RECIPIENT
    return Answer(_reply(step, code, status, text), max(code, 0), status, refusal(code, text, is_recipient))


def broken(step: Step, error: OSError | UnicodeError, server: Smtp) -> Answer:
    """Read what broke a conversation before the last dot, or did not let it begin."""
    words = in_words(error, server, is_open=step > Step.OPENING)
    match error:
        case smtplib.SMTPResponseException():
            reply = _reply(Step.OPENING, error.smtp_code, "", str(error.smtp_error))
            return Answer(reply, max(error.smtp_code, 0), words=words)
        case AsciiOnlyError():
            return Answer(Reply.REFUSED, words=words)
        case UnicodeError() | ExposedError() | smtplib.SMTPNotSupportedError():
            return Answer(Reply.STOP, words=words)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Answer(Reply.LATER, words=words)
        case ssl.SSLError() if step is Step.OPENING:
            return Answer(Reply.STOP, words=words)
        case _:
            return Answer(Reply.LATER, words=words)


def _reply(step: Step, code: int, status: str, said: str) -> Reply:
    match code // 100:
        case 4:
            return Reply.SLOWER if _is_rate(code, status, said) else Reply.LATER
        case 5:
            return _refused(step, code, status)
        case _:  # no answer to what was asked; after the last dot nobody knows what became of the mail
            return Reply.UNKNOWN if step is Step.DOT else Reply.LATER


def _is_rate(code: int, status: str, said: str) -> bool:
    return code == 432 or (_RATE.search(said) is not None and not status.startswith(_OF_ONE_MAILBOX))


def _refused(step: Step, code: int, status: str) -> Reply:
    if code in _NOBODY_GETS_IN or status == _UNPROVED or step is Step.OPENING:
        return Reply.STOP
    if step is Step.SENDER or status.startswith("5.7.") or status in _OF_THE_SENDER:
        return Reply.POLICY
    return Reply.GONE if status.startswith("5.1.") else Reply.REFUSED
