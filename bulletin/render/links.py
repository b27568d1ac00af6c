"""The only addresses that an email may hold: http(s) and mailto, in characters that survive every mail program."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bulletin.errors import RenderError
from bulletin.model import Item
from bulletin.render.plain import plain

LONGEST = 2_000  # letters; reference bars, rule 36
_AS_WRITTEN = "%/:=&?~#+!$,;'()*@[]"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def web(url: str) -> str:
    """The address in ASCII when it is an http(s) one of usable length, and nothing otherwise."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a bracket that never closes, a port that is no number
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return ""
    ascii_url = quote(parts._replace(netloc=_ascii_host(parts.netloc)).geturl(), safe=_AS_WRITTEN)
    return ascii_url if len(ascii_url) <= LONGEST else ""


def of(item: Item) -> str:
    """Where the title of an item leads: to an open copy that a service found, its page, its DOI, or nowhere."""
    open_copy = web(item.free_url) if any(one.field == "free_url" for one in item.added) else ""
    return open_copy or web(item.url) or (web("https://doi.org/" + quote(item.doi, safe="/:;")) if item.doi else "")


def is_address(text: str) -> bool:
    """Whether a text is an email address and nothing else."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


def mailto(address: str, subject: str = "") -> str:
    """A link that opens a message to the address, with the subject filled in if there is one."""
    link = f"mailto:{quote(address, safe='@+')}"
    return f"{link}?subject={quote(subject, safe='')}" if subject else link


@dataclass(frozen=True)
class Mailbox:
    """An email address and the name before it."""

    name: str
    address: str


def mailbox(text: str, where: str) -> Mailbox:
    """Read `Library <library@example.nhs.uk>` or a bare address; `where` begins the RenderError's message."""
    name, _, address = plain(text).rpartition("<")
    local, at, domain = address.rstrip("> ").rpartition("@")
    address = f"{local}{at}{_ascii_host(domain)}"
    if not is_address(address):
        raise RenderError(f"{where}: {text!r} is not an email address; write it like library@example.nhs.uk")
    return Mailbox(name.strip(' "'), address)


def _ascii_host(host: str) -> str:
    """The host as the DNS knows it; one that has no such name stays as it is and is quoted."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
