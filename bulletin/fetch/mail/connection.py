"""The connection to the mail server: to an address that may be reached, over TLS, and over in time."""

import imaplib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bulletin.errors import FetchError
from bulletin.fetch.guard import is_public
from bulletin.fetch.mail.bounds import LETTER_BYTES
from bulletin.model import Mailbox, Trouble, place

STEP_SECONDS = 10  # to connect, and between two pieces of an answer
_ODD = (ValueError, TypeError)  # what imaplib itself falls over: a number without end, a literal where none belongs
ALL_SECONDS = 30  # for a whole visit (reference bar F14), so that a server that drips is no trap


@contextmanager
def connected(mailbox: Mailbox, allowed: frozenset[str]) -> Iterator[imaplib.IMAP4]:
    """Speak to the mail server while the context lasts; every failure to do so is a FetchError in plain words."""
    watch = _Watch()
    try:
        with watch, _session(mailbox, allowed, watch) as server:
            yield server
    except (OSError, imaplib.IMAP4.error, *_ODD) as error:
        raise _in_words(error, mailbox, watch) from error


@contextmanager
def _session(mailbox: Mailbox, allowed: frozenset[str], watch: "_Watch") -> Iterator[imaplib.IMAP4]:
    server = _Server(mailbox, allowed, watch)
    try:
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        with suppress(OSError):
            server.shutdown()


class _Watch:
    """Hangs up when the time is over; the time-out of a socket alone begins anew with every byte."""

    def __init__(self) -> None:
        self.over = False
        self.sock: socket.socket | None = None
        self._timer = threading.Timer(ALL_SECONDS, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _hang_up(self) -> None:
        self.over = True
        if self.sock is not None:
            with suppress(OSError):
                # The plain method: that of a TLS socket would take the encryption off while another thread reads.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _Server(imaplib.IMAP4):
    """imaplib's client over a socket of our own."""

    def __init__(self, mailbox: Mailbox, allowed: frozenset[str], watch: _Watch) -> None:
        self._mailbox = mailbox
        self._allowed = allowed
        self._watch = watch
        super().__init__(mailbox.host, mailbox.port, STEP_SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        sock = _reach(self._mailbox, self._allowed, timeout)
        if self._mailbox.tls:
            context = ssl.create_default_context()
            if self._mailbox.ca_file:
                context.load_verify_locations(self._mailbox.ca_file)
            sock = context.wrap_socket(sock, server_hostname=self._mailbox.host, do_handshake_on_connect=False)
        self._watch.sock = sock
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
        except OSError:
            sock.close()
            raise
        return sock

    def read(self, size: int) -> bytes:
        """Read a literal, unless it is bigger than anything that was asked for."""
        if size > LETTER_BYTES + 1:
            raise FetchError("the mail server sent more than it was asked for", Trouble.TOO_BIG)
        return super().read(size)


def _reach(mailbox: Mailbox, allowed: frozenset[str], timeout: float | None) -> socket.socket:
    trouble: OSError | None = None
    for address in _permitted(mailbox, allowed):
        try:
            return socket.create_connection((address, mailbox.port), timeout)
        except OSError as error:
            trouble = error
    raise trouble or OSError("no address")


def _permitted(mailbox: Mailbox, allowed: frozenset[str]) -> list[str]:
    host, port = mailbox.host, mailbox.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no such host: {host} (see BULLETIN_IMAP_URL)", Trouble.NO_HOST) from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not mailbox.tls and not all(map(_is_this_machine, addresses)):
        raise FetchError(
            "a mailbox on another machine is read over TLS only: begin BULLETIN_IMAP_URL with imaps://",
            Trouble.NOT_ALLOWED,
        )
    permitted = [each for each in addresses if is_public(each) or allowed & {place(host, port), place(each, port)}]
    if not permitted:
        raise FetchError(
            f"address not allowed: {place(host, port)} is inside a private network "
            "(BULLETIN_ALLOW_ADDRESSES may name host:port pairs that are safe)",
            Trouble.NOT_ALLOWED,
        )
    return permitted


def _is_this_machine(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _in_words(error: Exception, mailbox: Mailbox, watch: _Watch) -> FetchError:
    server = f"the mail server {mailbox.host}"
    if watch.over:
        return FetchError(f"{server}: not finished within {ALL_SECONDS:g} seconds")
    match error:
        case ssl.SSLError():
            reason = getattr(error, "verify_message", "") or error.reason or "TLS failed"
            return FetchError(f"no secure connection to {server}: {reason}", Trouble.TLS)
        case TimeoutError():
            return FetchError(f"{server} gave no answer within {STEP_SECONDS:g} seconds")
        case imaplib.IMAP4.abort() | ConnectionResetError() | BrokenPipeError():
            return FetchError(f"{server} broke off, or does not speak IMAP")
        case OSError():
            return FetchError(f"nobody answers at {mailbox.host}:{mailbox.port} (see BULLETIN_IMAP_URL)")
        case _:
            return FetchError(f"{server} did not do what was asked, or does not speak IMAP", Trouble.SERVER)
