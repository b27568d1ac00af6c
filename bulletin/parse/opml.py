"""OPML, in which programs exchange lists of feeds: read with what is wrong in it, and written.

The standard library reads it. listparser was tried: it imports requests, a second HTTP client; it takes 15 seconds
for 2 MB of folders in folders, and a minute for one feed in 40,000 categories; and it drops, without a word, the
duplicates and the outlines without an address that a person should hear of.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.etree.ElementTree import ParseError as XmlError

from bulletin.errors import ParseError
from bulletin.identity import canonical_url
from bulletin.model import Feed, FeedKind, Fetched, Trouble, place
from bulletin.parse.charset import text_of
from bulletin.parse.links import web_address
from bulletin.parse.text import cut, plain
from bulletin.parse.xmlsteps import steps

_LONGEST = 2_000_000  # bytes, and ...
_MOST = 2_000  # ... feeds of a list (reference bar B7)
_DEEPEST = 64  # folders in folders
_NAME = 200  # characters
_ROOT = re.compile(r"<opml(?=[\s>/])", re.IGNORECASE)
# Programs forget to escape an ampersand in an address. Escaping every other reference also means that no entity of
# the document's own is ever looked up.
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE)
_UNFIT = re.compile(r"[\s\\<>\"]|[^\x21-\x7e\xa0-\U0010ffff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):[/\\]*", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"^feed:(?://(?=https?:))?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)  # what makes a host an IPv4 address (WHATWG URL)


@dataclass(frozen=True)
class Listed:
    """One feed of a list; `folder` is where it lies there, outermost first, with slashes between."""

    name: str
    url: str
    folder: str = ""


@dataclass(frozen=True)
class Outlines:
    """The feeds of a list in its order, each once, and, in words, what was refused."""

    feeds: tuple[Listed, ...]
    refused: tuple[str, ...] = ()


@dataclass
class _Open:
    """An outline that has begun: the path of folders to what is in it, and whether anything is."""

    path: str
    is_folder: bool = False


def opml(fetched: Fetched, allowed: str = "") -> Outlines:
    """Read a list of feeds; nothing in it is visited.

    `allowed` holds the host:port pairs, with spaces between, of private addresses that may be read all the same.
    Raise ParseError when it is no such list, or has more than 2 MB or 2,000 feeds.
    """
    if len(fetched.body) > _LONGEST:
        raise ParseError("the list of feeds has more than 2 MB: split it")
    text, _ = text_of(fetched.body, fetched.content_type)
    root = _ROOT.search(text)
    if not root:
        raise ParseError("this is no list of feeds (OPML)", Trouble.NOT_A_FEED)
    feeds: dict[str, Listed] = {}
    refused = []
    try:
        for listed in _outlines(_AMPERSAND.sub("&amp;", text[root.start() :])):
            reason = _refusal(listed.url, feeds, frozenset(allowed.split()))
            if reason:
                refused.append(f"{listed.name or listed.url or 'an outline without a name'}: {reason}")
            else:
                feeds[_comparable(listed.url)] = listed
            if len(feeds) + len(refused) > _MOST:
                raise ParseError(f"the list has more than {_MOST:,} feeds: split it")
    except XmlError as error:
        refused.append(f"the rest of the list, which is not well-formed XML from line {error.position[0]} on")
    return Outlines(tuple(feeds.values()), tuple(refused))


def write_opml(feeds: Sequence[Feed], title: str) -> bytes:
    """OPML 2.0 (http://opml.org/spec2.opml) of those feeds that any feed reader can read."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = plain(title, _NAME)
    body = SubElement(root, "body")
    for feed in feeds:
        if feed.kind is FeedKind.FEED:
            name = plain(feed.name, _NAME)
            SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    indent(root)
    declared = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return declared + tostring(root, encoding="unicode").encode("utf-8") + b"\n"


def _refusal(url: str, known: Container[str], allowed: frozenset[str]) -> str:
    """Why an address is not taken; empty when it is."""
    scheme, host = _SCHEME.match(url), _host(url)
    if not url:
        return "it has no address of a feed"
    if not scheme or scheme[1].lower() not in ("http", "https"):
        return "its address is not http or https"
    if "@" in re.split(r"[/?#\\]", url[scheme.end() :], maxsplit=1)[0]:
        return "there is a user name or password in its address"
    if _UNFIT.search(url) or not web_address(url):
        return "its address cannot be read"
    if _is_private(host) and _place(url) not in allowed:
        return "its address lies inside a private network"
    return "it is in the list twice" if _comparable(url) in known else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # a bracket that never closes
        return ""


def _place(url: str) -> str:
    """The host and port that an address leads to."""
    parts = urlsplit(url)
    return place(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


def _is_private(host: str) -> bool:
    """Whether it is this machine, or a number that no public host has; other names are looked up when visited."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return bool(_NUMBERS.fullmatch(host.rpartition(".")[2]))


def _comparable(url: str) -> str:
    return canonical_url(url) or url


def _outlines(text: str) -> Iterator[Listed]:
    """Yield every outline that is a feed, or is empty and so should be one; raises XmlError where the list breaks."""
    opened: list[_Open] = []
    for begins, element in steps(text):
        if _local(element.tag) == "outline":
            yield from _started(opened, element) if begins else _ended(opened.pop())


def _started(opened: list[_Open], element: Element) -> Iterator[Listed]:
    if len(opened) >= _DEEPEST:
        raise ParseError("the list has folders in folders without end, as attacks do: it was not read")
    around = opened[-1].path if opened else ""
    if opened:
        opened[-1].is_folder = True
    said = {_local(name): value for name, value in element.attrib.items()}
    name = plain(said.get("text") or said.get("title") or "", _NAME)
    address = "xmlurl" in said
    opened.append(_Open(cut("/".join(filter(None, (around, name))), _NAME), is_folder=address))
    if address:
        url = _FEED_SCHEME.sub("", said["xmlurl"].strip())
        yield Listed(name or plain(_host(url), _NAME), url, around)


def _ended(outline: _Open) -> Iterator[Listed]:
    """Yield an outline that is neither a feed nor a folder."""
    if not outline.is_folder:
        yield Listed(outline.path.rpartition("/")[2], "")


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
