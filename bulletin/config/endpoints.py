"""Addresses that the machine's own settings give: of services, of a mailbox and a mail server, of a proxy.

No sentence repeats what was written, because a password may stand in it.
"""

import ipaddress
import re
import ssl
from collections.abc import Collection
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from bulletin.config.asked import mail_folder
from bulletin.model import Mailbox, Security, Smtp, place

_PORTS = {"http": 80, "https": 443, "imap": 143, "imaps": 993, "smtp": 587, "smtps": 465}
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+", re.ASCII | re.IGNORECASE)
_SIGNS = "in a name or password, write %40 for @, %2F for /, %3A for :, %23 for #, %3F for ? and %25 for %"


def service(value: str, allowed: Collection[str]) -> str:
    """Read the base address of a service, without a slash at its end.

    `allowed` are the host:port pairs that may be asked without encryption; a service on this very machine may, too.
    """
    parts = _parts(value, {"http", "https"}, "https://www.example.org/path")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an address without user, password, ? and #, such as https://www.example.org/path")
    host = parts.hostname or ""
    if parts.scheme == "http" and not (is_loopback(host) or place(host, _port(parts)) in allowed):
        raise ValueError("must begin with https://, or its host:port must stand in BULLETIN_ALLOW_ADDRESSES")
    return value.rstrip("/")


def mail_account(value: str) -> Mailbox:
    """Read the address of a mailbox, with user and password; unencrypted (imap://) on this very machine only."""
    parts = _parts(value, {"imap", "imaps"}, f"imaps://user:password@mail.example.org; {_SIGNS}")
    host, (user, password) = parts.hostname or "", _account(parts)
    if not (user and password):
        raise ValueError(f"lacks the user or the password: write imaps://user:password@mail.example.org; {_SIGNS}")
    if _goes_on(parts):
        raise ValueError(f"must end after the host; the folder goes into feeds.yaml; {_SIGNS}")
    if parts.scheme == "imap" and not is_loopback(host):
        raise ValueError("must begin with imaps://, because the password would go over the network for all to read")
    return Mailbox(host, _port(parts), user, password, tls=parts.scheme == "imaps")


def mail_server(value: str) -> Smtp:
    """Read the address of the server that takes our mail, with or without an account (reference bar R22).

    `smtps://` is encrypted from the start; `smtp://` must turn to encryption, and stays plain on this machine alone.
    """
    form = "smtp://user:password@mail.example.org, or smtps:// where it is encrypted from the start"
    parts = _parts(value, {"smtp", "smtps"}, f"{form}; {_SIGNS}")
    host, (user, password) = parts.hostname or "", _account(parts)
    if bool(user) != bool(password):
        raise ValueError(f"has a user or a password, but not both: write it as {form}; {_SIGNS}")
    if _goes_on(parts):
        raise ValueError(f"must end after the host and port; {_SIGNS}")
    if parts.scheme == "smtps":
        return Smtp(host, _port(parts), user, password, Security.TLS)
    return Smtp(host, _port(parts), user, password, Security.NONE if is_loopback(host) else Security.STARTTLS)


def folder(value: str) -> Path:
    """Read the address of a folder on this machine."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme == "file" and parts.netloc in ("", "localhost") and len(parts.path) > 1
    except ValueError:
        usable = False
    if not usable or _goes_on_behind(parts) or not unquote(parts.path).isprintable():
        raise ValueError("is no folder: write it as file:///srv/newsroom/outgoing")
    path = unquote(parts.path)
    return Path(path[1:] if path[2:3] == ":" else path)  # file:///C:/outgoing


def returns(value: str) -> str:
    """Read where mail comes back: a folder of the mailbox that BULLETIN_IMAP_URL names, or one of .eml files."""
    if value.startswith("file:"):
        folder(value)
        return value
    try:
        return f"imap:{mail_folder(value.removeprefix('imap:'))}"
    except ValueError as error:
        raise ValueError(f"{error}; write imap:INBOX/Bounces or file:///srv/newsroom/bounces") from error


def peer(value: str) -> str:
    """Read the address of a machine as connections from it show it; a name could be told to mean another one."""
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise ValueError("must be the IP address of one machine, such as 127.0.0.1") from error


def web_base(value: str) -> str:
    """Read the address at which people reach the pages: scheme, host and port, in the one spelling of an origin."""
    form = "https://bulletin.example.nhs.uk"
    parts = _parts(value, {"http", "https"}, form)
    if "@" in parts.netloc or _goes_on(parts):
        raise ValueError(f"must be a host and nothing behind it, such as {form}")
    host = (parts.hostname or "").lower()
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must begin with https://, because passwords would go over the network for all to read")
    where = place(host, _port(parts))
    return f"{parts.scheme}://{where.removesuffix(f':{_PORTS[parts.scheme]}')}"


def authority(value: str, allowed: Collection[str]) -> str:
    """Read who signs people in: the issuer, word for word as its tokens name it, a slash at its end included."""
    service(value, allowed)
    return value


def proxy(value: str) -> str:
    """Read the address of the proxy that all requests go through, without a slash at its end."""
    form = "http://proxy.example.nhs.uk:8080"
    parts = _parts(value, {"http"}, f"{form}; {_SIGNS}")
    if parts.port is None or _goes_on(parts):
        raise ValueError(f"must be a host and port and nothing behind them, such as {form}; {_SIGNS}")
    return value.rstrip("/")


def authorities(value: str) -> Path:
    """Read the name of a file of certificates, in PEM; they come in addition to what the system believes."""
    path = Path(value).absolute()
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError as error:
        raise ValueError("holds no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----") from error
    except OSError as error:
        raise ValueError(
            f"cannot be read ({error.strerror}): give the whole path of a file of certificates"
        ) from error
    return path


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine, by its name or number."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def _account(parts: SplitResult) -> tuple[str, str]:
    """The user and the password, both empty where there is none."""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isprintable():
        raise ValueError("holds an invisible character in user or password: type them again")
    return user, password


def _parts(value: str, schemes: Collection[str], form: str) -> SplitResult:
    """Take an address apart; raise ValueError when it has not the `form`."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and _HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that never closes
        usable = False
    # urlsplit would drop some invisible characters without a word.
    if not usable or not value.isprintable() or " " in value:
        raise ValueError(f"is no address: write it as {form}")
    return parts


def _goes_on(parts: SplitResult) -> bool:
    return parts.path not in {"", "/"} or bool(parts.query or parts.fragment)


def _goes_on_behind(parts: SplitResult) -> bool:
    return bool(parts.query or parts.fragment)


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]
