"""E-mail and web addresses: what was written goes in, what is meant comes out, or a ValueError in plain words."""

import re
from urllib.parse import urlsplit

from bulletin.config.values import quoted, text
from bulletin.model import place

# RFC 5321 and 5322, without what no mail server in use allows: quoted local parts, comments, IP addresses.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})+")
_MAILBOX = re.compile(r"(?P<quote>\"?)(?P<name>[^\"<>@\\]*)(?P=quote)\s*<(?P<email>[^<>]*)>")
_PLAIN_NAME = re.compile(r"[\w !#$%&'*+/^`{|}~-]*")  # what may stand in a From header without quotes

_PAIR = re.compile(r"(?:(?P<name>[\w.-]+)|\[(?P<ip>[0-9a-f:.]+)\]):(?P<port>[0-9]{1,5})", re.ASCII | re.IGNORECASE)
_SCHEMES = frozenset({"http", "https"})


def email(value: str) -> str:
    """Read one bare e-mail address, in ASCII."""
    found = _EMAIL.fullmatch(value)
    if not found or len(found["local"]) > 64 or len(value) > 254:  # RFC 5321, 4.5.3.1
        raise ValueError(f"{quoted(value)} is not one e-mail address, such as library@example.nhs.uk")
    return value


def mailbox(value: str) -> str:
    """Read one e-mail address, with or without a name before it, in the form of a From header.

    A name that the header's grammar would take apart (`St. Mary's, Leeds`) comes back in quotation marks.
    """
    value = text(value)
    if "<" not in value:
        return email(value)
    found = _MAILBOX.fullmatch(value)
    if not found:
        raise ValueError(f"{quoted(value)} is not one sender: write it as Library <library@example.nhs.uk>")
    address, name = email(found["email"]), found["name"].strip()
    if not name:
        return address
    return f"{name} <{address}>" if _PLAIN_NAME.fullmatch(name) else f'"{name}" <{address}>'


def bare_email(mailbox: str) -> str:
    """Return the address of a mailbox without the name."""
    return mailbox.rpartition("<")[2].rstrip(">")


def web_address(value: str) -> str:
    """Read an http or https address with a host and without a password."""
    no_address = f"{quoted(value)} is no web address: write it as https://www.example.org"
    # urlsplit would drop some of these without a word.
    if not value.isprintable() or any(c in value for c in ' \\<>"') or len(value) > 2000:
        raise ValueError(no_address)
    try:
        parts = urlsplit(value)
        usable = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that never closes
        usable = False
    if not usable:
        raise ValueError(no_address)
    if "@" in parts.netloc:
        raise ValueError("holds a user name or password, and this file is no place for one: take it out")
    return value


def host_and_port(value: str) -> str:
    """Read an exact host:port pair, in the one spelling in which such pairs are compared."""
    found = _PAIR.fullmatch(value)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError(f"{quoted(value)} is no host and port, such as localhost:8080 or [::1]:8080")
    return place(found["name"] or found["ip"], int(found["port"]))
