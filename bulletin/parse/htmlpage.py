"""A web page as its readers take it up, or the reason why it is none."""

import re
from dataclasses import dataclass

from bulletin.errors import ParseError
from bulletin.model import Fetched, Trouble
from bulletin.parse.botcheck import REFUSAL, is_bot_check
from bulletin.parse.charset import text_of
from bulletin.parse.links import web_address
from bulletin.parse.sniff import ROOTS, first_element
from bulletin.parse.soup import LONGEST, Tag, attribute, soup

_HEAD = 4_096  # bytes or characters that tell what a document is
_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A web page: its text, its tree, where it was, and what its relative links stand on."""

    text: str
    tree: Tag
    url: str
    base: str
    language: str = ""
    warnings: tuple[str, ...] = ()


def page_of(fetched: Fetched) -> Page:
    """Read a web page. Raise ParseError when it is empty, a bot check, a PDF, a feed or anything else but a page.

    Nothing on it is followed, no <meta refresh> either.
    """
    text, mislabelled = text_of(fetched.body, _content_type(fetched))
    text = text.lstrip("\ufeff \t\r\n")
    _refuse_other_things(fetched.body, text)
    tree = soup(text)
    cut = f"the page is too long: only its first {LONGEST:,} characters were read" if len(text) > LONGEST else ""
    warnings = tuple(filter(None, (mislabelled, cut)))
    root = tree.find("html")
    language = attribute(root, "lang") if isinstance(root, Tag) else ""
    return Page(text, tree, fetched.url, _base(tree, fetched.url), language, warnings)


def _content_type(fetched: Fetched) -> str:
    """The server's label, with the character set that the page itself names if the server names none."""
    named = _CHARSET.search(fetched.body, 0, _HEAD)
    if "charset" in fetched.content_type.lower() or not named:
        return fetched.content_type
    return f"{fetched.content_type}; charset={named[1].decode('ascii')}"


def _refuse_other_things(body: bytes, text: str) -> None:
    if not text.strip("\0"):
        raise ParseError("the page is empty: look at the address in a browser", Trouble.EMPTY)
    if is_bot_check(text):
        raise ParseError(REFUSAL, Trouble.BOT_CHECK)
    complaint = _other_thing(body, text)
    if complaint:
        raise ParseError(complaint, Trouble.NOT_A_FEED)


def _other_thing(body: bytes, text: str) -> str:
    if b"%PDF-" in body[:1024]:
        return "this address gives a PDF: give the DOI of the document, or the web page that leads to it"
    root = first_element(text)
    if root in ROOTS:
        return "this address gives a feed, not a web page: it can be read without selectors"
    if "\0" in text[:_HEAD] or not root:
        return "this address gives a file or data, not a web page: give the web page that leads to it"
    return ""


def _base(tree: Tag, url: str) -> str:
    """What relative links stand on: the first <base> counts, but only if it is a web address."""
    base = tree.find("base", href=True)
    return web_address(attribute(base, "href"), url) or url if isinstance(base, Tag) else url
