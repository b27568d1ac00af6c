"""One mail to one recipient over SMTP: encrypted wherever it leaves this machine, byte for byte as it was made."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from bulletin.deliver.words import in_words
from bulletin.errors import SendError
from bulletin.model import Security, Smtp

STEP_SECONDS = 20  # to connect, and between two answers of the server
_ADDRESS = re.compile(r"[!-~]+@[!-~]+")  # visible ASCII; what makes an address right is config's affair
_NOT_IN_ADDRESS = frozenset('<>,;:"\\()[]')
# A line end of another kind, or NUL, may mean the end of a mail to one server and not to the next (CVE-2023-51764).
_STRAY = re.compile(rb"\r(?!\n)|(?<!\r)\n|\0")


class Post:
    """The way to the mail server; each mail is a conversation of its own, so any thread may send."""

    def __init__(self, server: Smtp) -> None:
        self._server = server

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand one mail to the server: bare addresses, and a whole message with CRLF at each line's end.

        Nothing in the message is changed but that a dot at the start of a line is doubled for the way (RFC 5321,
        4.5.2). Raises SendError when the server did not take it, and before anything is sent when it cannot be sent.
        """
        _refuse(sender, recipient, message)
        try:
            with _conversation(self._server, sender.rpartition("@")[2]) as server:
                server.sendmail(sender, [recipient], message, _options(server, message))
        except (OSError, UnicodeError) as error:  # smtplib's own errors are OSErrors; it knows ASCII passwords only
            raise SendError(in_words(error, self._server)) from error


def _refuse(sender: str, recipient: str, message: bytes) -> None:
    for address in (sender, recipient):
        if not _ADDRESS.fullmatch(address) or _NOT_IN_ADDRESS & set(address):
            raise SendError("the mail was not sent, because its sender or recipient is no bare e-mail address")
    if _STRAY.search(message):
        raise SendError("the mail was not sent, because it holds a line end or a sign that mail does not know")


@contextmanager
def _conversation(told: Smtp, domain: str) -> Iterator[smtplib.SMTP]:
    """Connect, turn to encryption, say who we are; hangs up at the end."""
    server = _connect(told, domain)
    try:
        if told.security is Security.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        if told.user:
            server.login(told.user, told.password)
        yield server
    finally:
        # The mail is with the server by now, or an error is on its way up: a failed good-bye must not hide that.
        with suppress(OSError):
            server.quit()
        server.close()


def _connect(told: Smtp, domain: str) -> smtplib.SMTP:
    if told.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(told.host, told.port, domain, timeout=STEP_SECONDS, context=context)
    server = smtplib.SMTP(told.host, told.port, domain, STEP_SECONDS)
    if told.security is Security.NONE and not _is_this_machine(server):
        server.close()
        raise SendError(f"{told.host} is not this machine: mail leaves it encrypted only, see BULLETIN_SMTP_URL")
    return server


def _is_this_machine(server: smtplib.SMTP) -> bool:
    """Whether the other end of the connection is here; the name alone could be told to lead elsewhere."""
    return server.sock is not None and ip_address(server.sock.getpeername()[0].partition("%")[0]).is_loopback


def _options(server: smtplib.SMTP, message: bytes) -> list[str]:
    """Say that letters outside ASCII come, where the server takes such (RFC 6152)."""
    server.ehlo_or_helo_if_needed()
    if message.isascii():
        return []
    if not server.has_extn("8bitmime"):
        raise SendError("the mail was not sent, because the mail server takes ASCII only")
    return ["body=8bitmime"]
