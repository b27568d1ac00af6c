"""Reaching the mail server: encrypted wherever mail leaves this machine, and logged in where a user is told."""

import smtplib
import socket
import ssl
from ipaddress import ip_address

from bulletin.deliver.words import ExposedError
from bulletin.model import Security, Smtp

STEP_SECONDS = 20  # to connect, and between two answers of the server


def reached(told: Smtp, domain: str) -> smtplib.SMTP:
    """Connect, turn to encryption, say who we are; `domain` is what we call ourselves.

    Raises OSError, of which smtplib's errors are, and UnicodeError: smtplib knows ASCII passwords only.
    """
    server = _connected(told, domain)
    try:
        if told.security is Security.STARTTLS:
            server.starttls(context=_certificates(told))
        server.ehlo_or_helo_if_needed()
        if told.user:
            server.login(told.user, told.password)
    except BaseException:
        server.close()
        raise
    socket_of(server).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the last dot waits for nothing
    return server


def socket_of(server: smtplib.SMTP) -> socket.socket:
    """The socket of an open conversation; SMTPServerDisconnected where it is not open any more."""
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("hung up")
    return server.sock


def _connected(told: Smtp, domain: str) -> smtplib.SMTP:
    if told.security is Security.TLS:
        return smtplib.SMTP_SSL(told.host, told.port, domain, timeout=STEP_SECONDS, context=_certificates(told))
    server = smtplib.SMTP(told.host, told.port, domain, STEP_SECONDS)
    if told.security is Security.NONE and not _is_this_machine(server):
        server.close()
        raise ExposedError(told.host)
    return server


def _certificates(told: Smtp) -> ssl.SSLContext:
    """Whom we believe to be who they say they are: the system's authorities, and the operator's own."""
    context = ssl.create_default_context()
    if told.ca_file:
        context.load_verify_locations(told.ca_file)
    return context


def _is_this_machine(server: smtplib.SMTP) -> bool:
    """Whether the other end of the connection is here; the name alone could be told to lead elsewhere."""
    return server.sock is not None and ip_address(server.sock.getpeername()[0].partition("%")[0]).is_loopback
