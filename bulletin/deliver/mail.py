"""One mail as it goes over the line: who it is from and for, and bytes that mean the same to every server."""

import re
from dataclasses import dataclass

from bulletin.model import Answer, Reply

_ADDRESS = re.compile(r"[!-~]+@[!-~]+")  # visible ASCII; what makes an address right is config's affair
_NOT_IN_ADDRESS = frozenset('<>,;:"\\()[]')
_LONGEST, _LONGEST_LOCAL = 254, 64  # RFC 5321, 4.5.3.1
_PLAIN = re.compile(r"[!-*,-<>-~]*")  # RFC 3461, 4: in xtext all but + and = stand for themselves
_LONGEST_ENVELOPE = 100  # RFC 3461, 4.4


@dataclass(frozen=True)
class Mail:
    """One message for one recipient: bare addresses, and a whole message with CRLF at each line's end."""

    sender: str
    recipient: str
    message: bytes
    envelope_id: str = ""  # comes back in a report of failure, where the server knows such (RFC 3461)

    def unfit(self) -> Answer | None:
        """Say why this mail is not even offered to a server; None for one that can be."""
        if not _is_bare(self.recipient):
            fault = "the mail was not sent, because its recipient is no bare e-mail address"
            return Answer(Reply.GONE, words=fault)
        if not _is_bare(self.sender):
            return Answer(Reply.STOP, words="the mail was not sent, because its sender is no bare e-mail address")
        if not _is_clean(self.message):
            fault = "the mail was not sent, because it holds a line end or a sign that mail does not know"
            return Answer(Reply.REFUSED, words=fault)
        return None

    def content(self) -> bytes:
        """The message as it goes over the line but for the last dot: a dot at a line's start is doubled.

        RFC 5321, 4.5.2; nothing else is changed.
        """
        stuffed = self.message.replace(b"\r\n.", b"\r\n..")
        start = b"." if stuffed.startswith(b".") else b""
        return start + stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n")

    @property
    def xtext(self) -> str:
        """The envelope's id as it is written in MAIL; empty for one that cannot be."""
        is_plain = _PLAIN.fullmatch(self.envelope_id) and len(self.envelope_id) <= _LONGEST_ENVELOPE
        return self.envelope_id if is_plain else ""


def _is_bare(address: str) -> bool:
    local = address.rpartition("@")[0]
    is_short = len(address) <= _LONGEST and len(local) <= _LONGEST_LOCAL
    return is_short and bool(_ADDRESS.fullmatch(address)) and not _NOT_IN_ADDRESS & set(address)


def _is_clean(message: bytes) -> bool:
    """Whether all line ends are CRLF and nothing is NUL: one of another kind may end a mail to one server and not to
    the next (CVE-2023-51764)."""
    ends = message.count(b"\r\n")
    return message.count(b"\r") == ends == message.count(b"\n") and b"\0" not in message
