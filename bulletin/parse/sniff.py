"""What a document is, before anything reads it: an XML feed, a JSON Feed, or something else with its reason.

The prolog ends here: no reader ever sees a document type, so no entity is ever expanded or opened.
"""

import re
from dataclasses import dataclass

from bulletin.errors import ParseError
from bulletin.model import Trouble
from bulletin.parse.alternates import alternates
from bulletin.parse.botcheck import REFUSAL, is_bot_check

_HEAD = 65_536  # characters in which the root element must begin
_PROLOG = re.compile(
    r"(?:[^<]+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})", re.ASCII)
ROOTS = ("rss", "rdf", "feed")
_HTML_PARTS = frozenset({"head", "body", "title", "meta", "link", "script", "style", "div", "p", "h1", "center"})
_LATE_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)(?=[\s>])", re.IGNORECASE)
_HTML_TYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_CHANNEL = re.compile(r"<(?:[\w.-]{1,40}:)?channel[\s>]", re.IGNORECASE)
_NESTED_ENTITY = re.compile(r"<!ENTITY[^<>\"']{0,200}[\"'][^<\"'&]{0,2000}&[A-Za-z]")

_OFFERED_MOST = 3


@dataclass(frozen=True)
class Sniffed:
    """A document that looks like a feed: its text from the root on."""

    text: str
    is_json: bool = False
    is_atom: bool = False
    warning: str = ""


def sniff(text: str, url: str) -> Sniffed:
    """Tell what the text is; `url` is where it was. Raise ParseError when it is no feed."""
    text = text.lstrip("\ufeff \t\r\n\0")
    if not text:
        raise ParseError("the document is empty: look at the address in a browser", Trouble.EMPTY)
    if text[0] in "{[":
        return Sniffed(text, is_json=True)
    start = _root(text, url)
    prolog = text[:start]
    if _NESTED_ENTITY.search(prolog):
        raise ParseError("the document defines entities within entities, as attacks do: it was not read")
    warning = "the feed defines entities of its own; they were left as they are" if "<!ENTITY" in prolog else ""
    return Sniffed(text[start:], is_atom=_name(text, start) == "feed", warning=warning)


def first_element(text: str) -> str:
    """The local name of a document's first element, lower case; empty when it does not begin with one."""
    return _name(text, _after_prolog(text))


def _after_prolog(text: str) -> int:
    prolog = _PROLOG.match(text, 0, _HEAD)
    return prolog.end() if prolog else 0


def _root(text: str, url: str) -> int:
    """Where the feed's root element begins."""
    start = _after_prolog(text)
    name = _name(text, start)
    if name == "html" or _HTML_TYPE.search(text, 0, start):
        raise _web_page(text, url)
    if name == "rdf" and not _CHANNEL.search(text):
        raise _no_feed("this address gives RDF data, not a feed")
    return start if name in ROOTS else _late_root(text, url, start, name)


def _name(text: str, start: int) -> str:
    """The local name of the element that begins at `start`, lower case, or empty."""
    element = _ELEMENT.match(text, start)
    return element[1].lower() if element else ""


def _late_root(text: str, url: str, start: int, name: str) -> int:
    """Where a feed begins behind junk such as a server's own complaint."""
    late = _LATE_ROOT.search(text, start, _HEAD)
    if late:
        return late.start()
    if name in _HTML_PARTS:
        raise _web_page(text, url)
    if name == "opml":
        raise _no_feed(
            "this address gives a list of feeds (OPML): save it, and `bulletin feeds import FILE` adds those in it"
        )
    if name:
        raise _no_feed(f"this address gives a document of another kind (<{name}>), not a feed")
    raise _no_feed("this address gives neither XML nor JSON, so it is not a feed")


def _web_page(text: str, url: str) -> ParseError:
    """What to say of a web page: what it offers, unless it only wants to know who asks."""
    if is_bot_check(text):
        return ParseError(REFUSAL, Trouble.BOT_CHECK)
    offered = [feed.url for feed in alternates(text, url)][:_OFFERED_MOST]
    offer = f"; the page offers {' and '.join(offered)}" if offered else ""
    return _no_feed(f"this address gives a web page, not a feed{offer}")


def _no_feed(message: str) -> ParseError:
    return ParseError(message, Trouble.NOT_A_FEED)
