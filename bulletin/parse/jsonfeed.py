"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) as raw entries; feedparser does not read it."""

import json
from collections.abc import Iterator

from bulletin.errors import ParseError
from bulletin.model import DateSource, Trouble
from bulletin.parse.raw import RawEntry, RawFeed, Words

_VERSION = "jsonfeed.org/version/"
_MOST_ENTRIES = 5_000


def read(text: str) -> RawFeed:
    """Read a JSON Feed. Raise ParseError for what is no JSON or JSON of another kind."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits, and lists in lists in lists
        raise ParseError("the document looks like JSON but cannot be read: tell its publisher") from error
    if not isinstance(feed, dict) or _VERSION not in _text(feed, "version"):
        raise ParseError("this address gives JSON data, not a JSON Feed", Trouble.NOT_A_FEED)
    everyone = tuple(_authors(feed))
    entries = list(_dicts(feed, "items"))
    warning = f"the feed has {len(entries):,} entries; the first {_MOST_ENTRIES:,} were read"
    return RawFeed(
        entries=tuple(_entry(entry, everyone) for entry in entries[:_MOST_ENTRIES]),
        home=_text(feed, "home_page_url"),
        language=_text(feed, "language"),
        warnings=(warning,) if len(entries) > _MOST_ENTRIES else (),
        title=_text(feed, "title"),
    )


def _entry(entry: dict[str, object], everyone: tuple[str, ...]) -> RawEntry:
    html, plain = _text(entry, "content_html"), _text(entry, "content_text")
    number = entry.get("id")
    return RawEntry(
        title=Words(_text(entry, "title"), literal=True),
        summary=Words(_text(entry, "summary"), literal=True),
        content=Words(html) if html else Words(plain, literal=True),
        links=tuple(filter(None, (_text(entry, "url"), _text(entry, "external_url")))),
        guid=str(number) if isinstance(number, int | float) else _text(entry, "id"),
        enclosures=tuple(_text(part, "url") for part in _dicts(entry, "attachments")),
        dates=tuple(
            (source, _text(entry, name))
            for source, name in ((DateSource.PUBLISHED, "date_published"), (DateSource.UPDATED, "date_modified"))
            if _text(entry, name)
        ),
        authors=tuple(_authors(entry)) or everyone,
        categories=tuple(tag for tag in _list(entry, "tags") if isinstance(tag, str)),
        language=_text(entry, "language"),
    )


def _authors(holder: dict[str, object]) -> Iterator[str]:
    """Version 1.1 has a list of authors, 1.0 one author."""
    one = holder.get("author")
    for author in (*_dicts(holder, "authors"), *([one] if isinstance(one, dict) else [])):
        yield _text(author, "name")


def _text(holder: dict[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _list(holder: dict[str, object], name: str) -> list[object]:
    value = holder.get(name)
    return value if isinstance(value, list) else []


def _dicts(holder: dict[str, object], name: str) -> Iterator[dict[str, object]]:
    yield from (part for part in _list(holder, name) if isinstance(part, dict))
