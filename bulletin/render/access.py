"""How a reader gets at the full text of an item: worked out from the item and the library's settings, never typed.

Each link is built from parts that are percent-encoded once and whole, so that nothing in a title or an address can
become another parameter, another header or another place.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from bulletin.model import Library, Printed
from bulletin.render import links
from bulletin.render.plain import cut

FREE = "Free to read"
OPENATHENS = "NHS OpenAthens"
ASK = "Ask the library"

_PLACES = re.compile(r"\{(title|doi|url|source)\}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_STEPS = re.compile(r"/\.{1,2}(?:/|$)")  # a browser would take these out, and ask LibKey for something else
_LENGTHS = (300, 150, 75, 0)  # letters of a title in a link, until the link is short enough
_ADDRESS_SHARE = 4  # letters of an address for each letter of a title: it is whole or not there
_SUBJECT_LETTERS = 80


@dataclass(frozen=True)
class Wanted:
    """What a request for an item tells the library; plain text, the address in ASCII."""

    title: str
    url: str
    doi: str
    source: str
    date: str


@dataclass(frozen=True)
class Note:
    """What stands beside an item: words, where they lead, and where else to ask; either link may be empty."""

    words: str
    link: str = ""
    ask: str = ""


def note(wanted: Wanted, library: Library, *, free: bool, inside: bool) -> Note:
    """Say how to read an item; `inside`: by people who have an account of the library's own organisation.

    The title leads to what is free. RenderError when the library's address is none.
    """
    if free and wanted.url:
        return Note(FREE)
    ask = asking(wanted, library)
    signed_in = through(wanted, library) if inside else ""
    if signed_in:
        return Note(OPENATHENS, signed_in, ask)
    if wanted.url and library.login:
        return Note(library.login, ask=ask)
    return Note(ASK, ask)


def without_account(item: Printed) -> Printed:
    """The item as who has no account of the library's own organisation can get at it."""
    return replace(item, access=ASK, access_link=item.ask_link, ask_link="") if item.access == OPENATHENS else item


def through(wanted: Wanted, library: Library) -> str:
    """Where the library's subscriptions open an item: LibKey by its DOI, or OpenAthens by its address; or nowhere."""
    if library.libkey and _DOI.fullmatch(wanted.doi) and not _STEPS.search(wanted.doi):
        link = f"https://libkey.io/libraries/{library.libkey}/{quote(wanted.doi, safe='/')}"
        if len(link) <= links.LONGEST:
            return link
    if library.openathens and wanted.url:
        link = f"https://go.openathens.net/redirector/{library.openathens}?url={quote(wanted.url, safe='')}"
        if len(link) <= links.LONGEST:
            return link
    return ""


def asking(wanted: Wanted, library: Library) -> str:
    """The library's form, or an email to it, filled in with as much of the item as a link can hold."""
    makers = (_form, _letter) if library.ask else (_letter,)
    found = (make(_shorter(wanted, letters), library) for make in makers for letters in _LENGTHS)
    return next(link for link in found if 0 < len(link) <= links.LONGEST)  # the last letter says next to nothing


def _form(wanted: Wanted, library: Library) -> str:
    filled = _PLACES.sub(lambda place: quote(getattr(wanted, place[1]), safe=""), library.ask)
    return links.web(filled)


def _letter(wanted: Wanted, library: Library) -> str:
    address = links.mailbox(library.email, "library: email").address
    about = ", ".join(filter(None, (wanted.source, wanted.date)))
    lines = [wanted.title, about, wanted.doi and f"DOI: {wanted.doi}", wanted.url]
    body = "\r\n".join(["Please get me the full text of:", "", *filter(None, lines)])
    subject = ": ".join(filter(None, ("Full text", cut(wanted.title, _SUBJECT_LETTERS))))
    return f"{links.mailto(address, subject)}&body={quote(body, safe='')}"


def _shorter(wanted: Wanted, letters: int) -> Wanted:
    title, source = (cut(words, letters) if letters else "" for words in (wanted.title, wanted.source))
    url, doi = (words if len(words) <= _ADDRESS_SHARE * letters else "" for words in (wanted.url, wanted.doi))
    return Wanted(title, url, doi, source, wanted.date)
