"""Crossref's JSON (/journals/{issn}/works and /works/{doi}) as raw entries.

Fields are those of https://api.crossref.org (Works); any of them may be missing or of another type.
"""

import re
from collections.abc import Iterator
from typing import Any

from bulletin import identity
from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse import loose, records
from bulletin.parse.pages import joined
from bulletin.parse.raw import RawEntry, RawFeed, Words

_NAME = "Crossref"
_NOT_FOUND = b"Resource not found."  # not JSON, as everything else that it says
_DATES = ("published-online", "posted", "published", "published-print", "issued")
_KINDS = {"posted-content": "Preprint", "journal-article": ""}

# JATS (https://jats.nlm.nih.gov/archiving/tag-library/) in HTML's words; elements that are not here are left out by
# the cleaning, and their words stay.
_JATS = {
    "title": "h4",
    "p": "p",
    "sec": "div",
    "italic": "i",
    "bold": "b",
    "sub": "sub",
    "sup": "sup",
    "list": "ul",
    "list-item": "li",
    "break": "br",
    "disp-quote": "blockquote",
}
_ELEMENT = re.compile(r"<(/?)(?:jats:)?([a-z][a-z-]{0,30})(?:\s[^<>]*)?(/?)>", re.IGNORECASE)
_OPEN_NOW = frozenset({"vor", "unspecified"})  # the version of record; a manuscript's licence begins years later


def read(fetched: Fetched) -> RawFeed:
    """Read the works of a journal. Raise ParseError for anything that is no list of works."""
    return joined(fetched, _read)


def work(body: bytes, doi: str) -> RawEntry | None:
    """What Crossref has of the work with this very DOI, or None. Raise ParseError for anything that is no work."""
    if body.strip() == _NOT_FOUND:
        return None
    message = loose.load(body, _NAME).get("message")
    if not isinstance(message, dict):
        raise _unasked()
    return _entry(message) if identity.doi(loose.text(message, "DOI")) == doi else None


def _read(body: bytes) -> RawFeed:
    message = loose.inside(loose.load(body, _NAME), "message")
    if not isinstance(message.get("items"), list):
        raise _unasked()
    return RawFeed(tuple(map(_entry, loose.objects(message, "items"))))


def _unasked() -> ParseError:
    return ParseError(f"{_NAME} answered with something else than asked: try again later")


def _entry(work: dict[str, Any]) -> RawEntry:
    doi = loose.text(work, "DOI")
    first_page, last_page = records.pages(loose.text(work, "page", "article-number"))
    return RawEntry(
        title=Words(_title(work)),
        summary=Words(_html(loose.text(work, "abstract"))),
        links=() if identity.doi(doi) else (loose.text(work, "URL"),),
        guid=doi,
        permalink=False,
        identifiers=(doi,),
        dates=_dates(work),
        authors=tuple(map(_author, loose.objects(work, "author"))),
        categories=tuple(loose.texts(work, "subject")),
        journals=_journals(work),
        volume=loose.text(work, "volume"),
        number=loose.text(work, "issue"),
        first_page=first_page,
        last_page=last_page,
        kinds=(_kind(work),),
        rights=tuple(_rights(work)),
        language=loose.text(work, "language"),
        notices=tuple(_updates(work, "update-to")),
        noticed=tuple(word for word, _ in _updates(work, "updated-by")),
    )


def _title(work: dict[str, Any]) -> str:
    """The title with its subtitle, unless it has that already."""
    title = next(iter(loose.texts(work, "title")), "")
    subtitle = next(iter(loose.texts(work, "subtitle")), "")
    is_new = subtitle and subtitle.casefold() not in title.casefold()
    return f"{title}: {subtitle}" if title and is_new else title


def _journals(work: dict[str, Any]) -> tuple[str, ...]:
    """The journal or book; of a preprint, the server that holds it."""
    holders = (loose.text(holder, "name") for holder in loose.objects(work, "institution"))
    return (*loose.texts(work, "container-title"), *holders)


def _html(jats: str) -> str:
    return _ELEMENT.sub(_in_html, jats)


def _in_html(found: re.Match[str]) -> str:
    name = _JATS.get(found[2].lower())
    return f"<{found[1]}{name}>" if name else found[0]


def _dates(work: dict[str, Any]) -> records.Dates:
    """The day it came out, best first, and the day that its DOI was first deposited."""
    days = ["-".join(_date_parts(loose.inside(work, name))) for name in _DATES]
    return records.dates(*days, loose.text(loose.inside(work, "created"), "date-time"))


def _date_parts(date: dict[str, Any]) -> Iterator[str]:
    """Year, month and day out of {"date-parts": [[2026, 11, 3]]}, as far as they are numbers."""
    lists = date.get("date-parts")
    first = lists[0] if isinstance(lists, list) and lists else []
    for part in first[:3] if isinstance(first, list) else []:
        if not isinstance(part, int) or isinstance(part, bool) or not 0 < part < 10_000:
            break
        yield str(part)


def _author(author: dict[str, Any]) -> str:
    names = (loose.text(author, name) for name in ("given", "family", "suffix"))
    return " ".join(filter(None, names)) or loose.text(author, "name")


def _kind(work: dict[str, Any]) -> str:
    """A preprint by its type or by what it says of the paper that it became; otherwise Crossref's word for it."""
    said = loose.text(work, "type")
    if loose.inside(work, "relation").get("is-preprint-of"):
        return "Preprint"
    return _KINDS.get(said, said.replace("-", " ").capitalize())


def _rights(work: dict[str, Any]) -> Iterator[str]:
    """The licences that hold today."""
    for licence in loose.objects(work, "license"):
        version = loose.text(licence, "content-version") or "unspecified"
        if version in _OPEN_NOW and loose.text(licence, "delay-in-days") in ("", "0"):
            yield loose.text(licence, "URL")


def _updates(work: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """Crossref's words for an update ("retraction", "expression_of_concern") and the DOI at its other end."""
    for update in loose.objects(work, name):
        yield loose.text(update, "type"), loose.text(update, "DOI")
