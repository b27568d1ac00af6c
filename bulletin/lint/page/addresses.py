"""Addresses as a browser takes them (URL Standard), however they are written."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_DROPPED = str.maketrans("", "", "\t\n\r")
_EDGES = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LONE_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_OURS = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "corp", "private")
# Scripts that are written together in honest names; every other pair is a disguise (UTS 39, 5.1).
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True)
class Address:
    """An address in its parts; `host` in lower case and without the dot at its end, empty where there is none."""

    written: str
    scheme: str  # in lower case; empty for an address that is not absolute
    credentials: str
    host: str
    port: str
    rest: str  # path, query and fragment of a web address; of another all after the colon

    @property
    def is_web(self) -> bool:
        """Whether it is an address of the web."""
        return self.scheme in PORTS

    @property
    def is_hidden(self) -> bool:
        """Whether tabs, line ends or control characters disguise it, which browsers drop."""
        return self.written.strip(" \t\r\n") != self.written.strip(_EDGES).translate(_DROPPED)

    @property
    def path(self) -> str:
        """The path alone."""
        return re.split(r"[?#]", self.rest, maxsplit=1)[0]

    @property
    def query(self) -> str:
        """What stands between ? and #."""
        return self.rest.partition("#")[0].partition("?")[2]

    @property
    def fragment(self) -> str:
        """What stands after #."""
        return self.rest.partition("#")[2]

    @property
    def target(self) -> str:
        """Where it leads: the same for all ways to write one address."""
        if not self.is_web:
            return f"{self.scheme}:{self.rest}"
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}{self.rest or '/'}"


@lru_cache(maxsize=4096)
def address(written: str) -> Address:
    """Take an address apart; nothing is refused."""
    clean = written.strip(_EDGES).translate(_DROPPED)
    match = _SCHEME.match(clean)
    if not match:
        return Address(written, "", "", "", "", clean)
    scheme, after = match[1].lower(), clean[match.end() :]
    if scheme not in PORTS:
        return Address(written, scheme, "", "", "", after)
    bare = after.lstrip("/\\")
    end = re.search(r"[/\\?#]", bare)
    place, rest = (bare[: end.start()], bare[end.start() :]) if end else (bare, "")
    credentials, _, site = place.rpartition("@")
    host, port = _host_and_port(site)
    return Address(written, scheme, credentials, host, port, rest)


def _host_and_port(site: str) -> tuple[str, str]:
    if site.startswith("["):
        host, _, after = site[1:].partition("]")
        return host.lower(), after.removeprefix(":")
    host, _, port = site.partition(":")
    plain = unicodedata.normalize("NFKC", unquote(host)).lower()
    return re.sub("[\u3002\uff0e\uff61]", ".", plain).removesuffix("."), port


def number_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address of a host that is a number in any of the forms that browsers take: 127.1, 0x7f000001, ::1."""
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host.partition("%")[0])
        except ValueError:
            return None
    pieces = host.split(".")
    if len(pieces) > 4 or not all(_LONE_NUMBER.fullmatch(piece) for piece in pieces):
        return None
    try:
        values = [_number(piece) for piece in pieces]
        whole = sum(value << (8 * (3 - place)) for place, value in enumerate(values[:-1])) + values[-1]
        return ipaddress.IPv4Address(whole)
    except ValueError:
        return None


def _number(piece: str) -> int:
    if piece.lower().startswith("0x"):
        return int(piece[2:] or "0", 16)
    return int(piece, 8 if piece.startswith("0") and len(piece) > 1 else 10)


def is_private(host: str) -> bool:
    """Whether a host is one's own computer or network: nobody outside reaches it."""
    number = number_of(host)
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        return not (inner or number).is_global
    if number:
        return not number.is_global
    return any(host == name or host.endswith(f".{name}") for name in _OURS)


def is_lone(host: str) -> bool:
    """Whether a host is one word, as on an intranet."""
    return "." not in host and ":" not in host and number_of(host) is None


def is_mixed(host: str) -> bool:
    """Whether a label of a host mixes scripts, as in a name that shall be taken for another."""
    return any(_mixes(label) for label in host.split("."))


def _mixes(label: str) -> bool:
    scripts = frozenset(_scripts(_shown(label)))
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


def _shown(label: str) -> str:
    """A label as people see it: xn--... decoded (RFC 3492)."""
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _scripts(label: str) -> Iterator[str]:
    for letter in label:
        if letter.isalpha():
            yield unicodedata.name(letter, "UNKNOWN").replace("-", " ").split(" ")[0]
