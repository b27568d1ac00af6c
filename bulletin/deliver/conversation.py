"""One conversation with the mail server, step by step: it always knows how far it has come."""

import select
import socket
import time
from contextlib import suppress

from bulletin.deliver.answers import Step
from bulletin.deliver.mail import Mail
from bulletin.deliver.opening import STEP_SECONDS, reached, socket_of
from bulletin.deliver.words import AsciiOnlyError
from bulletin.model import Smtp

_GOODBYE_SECONDS = 2
_AT_ONCE = 1.0  # seconds; a reset that comes later may be that of a firewall which forgot us
_RESET_MILLISECONDS = 500  # a reset comes right behind the end of a connection, or never


class Conversation:
    """An open connection; what breaks it is raised as OSError, and `close` is all that is left to do then."""

    def __init__(self, told: Smtp, domain: str) -> None:
        self._server = reached(told, domain)
        self._watch = socket.socket(fileno=socket.dup(socket_of(self._server).fileno()))  # smtplib closes its own
        self._is_idle = True  # whether the server thinks of no mail
        self._dot_at = 0.0  # when the last dot was sent, monotonic
        self.step = Step.SENDER
        self.mails = 0  # whose content was given

    def begin(self, mail: Mail) -> tuple[int, bytes]:
        """Tell who a mail is from, as the first word about it; gives the code and the words of the answer."""
        self.step = Step.SENDER
        options = self._options(mail)
        if not self._is_idle:
            code, said = self._server.docmd("RSET")
            if code != 250:
                return 421, said  # this conversation is good for nothing more
        self._is_idle = False
        return self._server.docmd("MAIL", f"FROM:<{mail.sender}>{options}")

    def name(self, mail: Mail) -> tuple[int, bytes]:
        """Tell who it is for; a report is wanted of failure alone (RFC 3461, 4.1)."""
        self.step = Step.RECIPIENT
        notify = " NOTIFY=FAILURE" if self._server.has_extn("dsn") else ""
        return self._server.docmd("RCPT", f"TO:<{mail.recipient}>{notify}")

    def hand(self, mail: Mail, patience: float) -> tuple[int, bytes]:
        """Give the content, and wait so many seconds for the answer to it."""
        line, self.step = socket_of(self._server), Step.DATA
        code, said = self._server.docmd("DATA")
        if code != 354:
            return code, said
        self.step = Step.CONTENT
        line.sendall(mail.content())
        line.sendall(b".\r\n")  # by itself: when this fails, the dot is not on its way
        self.step, self._dot_at = Step.DOT, time.monotonic()
        self.mails += 1
        line.settimeout(patience)
        code, said = self._server.getreply()
        line.settimeout(STEP_SECONDS)
        self._is_idle = True
        return code, said

    def lost_the_end(self, error: OSError) -> bool:
        """Whether the server surely did not read the last dot, after which the connection broke with this error.

        A system that closes a connection while something in it is unread sends a reset to show that data was lost
        (RFC 1122, 4.2.2.13), and the dot is the last of the data. Whoever read it all ends the connection in peace.
        """
        if time.monotonic() - self._dot_at > _AT_ONCE:
            return False
        if ConnectionResetError in (type(error), type(error.__context__)):
            return True
        there = select.poll()
        there.register(self._watch, 0)
        return any(event & select.POLLERR for _, event in there.poll(_RESET_MILLISECONDS))

    def leave(self) -> None:
        """Say good-bye, which may fail: what was sent is sent."""
        if self.step is not Step.CONTENT:  # in the middle of it, good-bye would be a line of the mail
            with suppress(OSError):
                socket_of(self._server).settimeout(_GOODBYE_SECONDS)
                self._server.quit()
        self.close()

    def close(self) -> None:
        """Hang up without a word."""
        self._server.close()
        self._watch.close()

    def _options(self, mail: Mail) -> str:
        """What MAIL says besides, as far as the server knows it (RFC 1870, 3461, 6152); AsciiOnlyError."""
        options = f" SIZE={len(mail.message)}" if self._server.has_extn("size") else ""
        if not mail.message.isascii():
            if not self._server.has_extn("8bitmime"):
                raise AsciiOnlyError
            options += " BODY=8BITMIME"
        if self._server.has_extn("dsn"):
            options += " RET=HDRS" + (f" ENVID={mail.xtext}" if mail.xtext else "")
        return options
