"""The one door of feedparser: RSS and Atom text in, raw entries out.

Three habits of feedparser shape this module. It opens files and addresses when it is given a string, so it gets
bytes in a stream. It resolves relative addresses, a guid like "12345" too, so it is not told where the document was:
`items` resolves them, and the guid stays as it came. And some of its steps take time that grows with the square of
what they read, so what can be made smaller is made smaller first.
"""

import io
from collections.abc import Iterator
from xml.sax import SAXException

import feedparser

from bulletin.errors import ParseError
from bulletin.model import DateSource, Trouble
from bulletin.parse.pause import pause
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.xmltext import cut_inside_an_entry, fewer_entries, harmless, has_its_end

# feedparser trusts its input in many places. Seen on hostile bytes: chr() and int() out of range (ValueError),
# surrogates (UnicodeEncodeError), a tag named like a list it keeps (AttributeError, TypeError), an end without a
# start (IndexError, KeyError), its SGML parser's own errors (AssertionError, RuntimeError), deep nesting
# (RecursionError), absurd dates (OverflowError). All of them mean the same: this document cannot be read.
_GIVES_UP = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    SAXException,
    TypeError,
    ValueError,
)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_DATES = ("published", "updated", "prism_publicationdate", "prism_coverdate", "created")
_RIGHTS = ("rights", "dcterms_license", "dcterms_accessrights", "dc_accessrights", "prism_accessrights")


def read(text: str, *, atom: bool) -> RawFeed:
    """Read an XML feed from its root on; `atom` says which rules its titles follow. Raise ParseError."""
    text, fewer = fewer_entries(harmless(text))
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8")),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _GIVES_UP as error:
        raise ParseError("the feed is broken and cannot be read: tell its publisher") from error
    if not found["entries"] and found.get("version") in (None, "", "atom"):  # atom: a <feed> of whatever kind
        raise ParseError("this address gives an XML document that is no feed", Trouble.NOT_A_FEED)
    entries, warnings = list(found["entries"]), [fewer] if fewer else []
    cut = bool(found["bozo"]) and cut_inside_an_entry(text)
    if found["bozo"]:
        entries = entries[:-1] if cut else entries
        warnings.append(_trouble(cut=cut))
    channel = found["feed"]
    home = _text(channel, "link")
    return RawFeed(
        entries=tuple(_entry(entry, atom=atom) for entry in entries),
        home=home,
        base="" if atom else home,
        language=_text(channel, "language"),
        warnings=tuple(warnings),
        complete=not found["bozo"] or (not cut and has_its_end(text)),
        title=_text(channel, "title"),
        pause=pause(
            text,
            _text(channel, "ttl"),
            _text(channel, "sy_updateperiod"),
            _text(channel, "sy_updatefrequency"),
        ),
    )


def _trouble(*, cut: bool) -> str:
    if cut:
        return "the feed ends in the middle of an entry, which was left out"
    return "the feed is not well-formed XML; what could be read was kept"


def _entry(entry: dict[str, object], *, atom: bool) -> RawEntry:
    links = list(_dicts(entry, "links"))
    guid = _text(entry, "id")
    return RawEntry(
        title=_words(_text(entry, "title"), _dict(entry, "title_detail"), atom=atom),
        summary=_summary(entry, atom=atom),
        content=_content(entry, atom=atom),
        links=tuple(dict.fromkeys(filter(None, _own_links(entry, links, guid)))),
        guid=guid,
        permalink=dict.get(entry, "guidislink", True) is not False,
        enclosures=tuple(_text(link, "href") for link in links if _text(link, "rel") == "enclosure"),
        identifiers=_texts(entry, "prism_doi", "dc_identifier"),
        dates=tuple((_source(name, atom=atom), _text(entry, name)) for name in _DATES if _text(entry, name)),
        authors=tuple(_text(author, "name") for author in _dicts(entry, "authors")),
        categories=tuple(_text(tag, "label") or _text(tag, "term") for tag in _dicts(entry, "tags")),
        journals=_texts(entry, "prism_publicationname", "prism_publicationtitle", "dc_source"),
        volume=_text(entry, "prism_volume"),
        number=_text(entry, "prism_number"),
        first_page=_text(entry, "prism_startingpage"),
        last_page=_text(entry, "prism_endingpage"),
        kinds=_texts(entry, "prism_section", "dc_type"),
        rights=(
            *_texts(entry, *_RIGHTS),
            *(_text(link, "href") for link in links if _text(link, "rel") == "license"),
        ),
        language=_text(_dict(entry, "title_detail"), "language"),
    )


def _source(name: str, *, atom: bool) -> DateSource:
    """Only Atom speaks of updates: in RSS the same name holds dc:date, the day that a journal gives an article."""
    return DateSource.UPDATED if atom and name == "updated" else DateSource.PUBLISHED


def _own_links(entry: dict[str, object], links: list[dict[str, object]], guid: str) -> Iterator[str]:
    """The addresses that an entry gives as its own; FeedBurner keeps the real one aside."""
    yield _text(entry, "feedburner_origlink")
    link = _text(entry, "link")
    if link != guid:  # feedparser takes the guid where there is no link
        yield link
    yield from (_text(link, "href") for link in links if _text(link, "rel") == "alternate")


def _summary(entry: dict[str, object], *, atom: bool) -> Words:
    """The entry's own summary; one without detail is feedparser's copy of the content, and has lost its type."""
    detail = _dict(entry, "summary_detail")
    return _words(_text(entry, "summary"), detail, atom=atom) if detail else Words()


def _content(entry: dict[str, object], *, atom: bool) -> Words:
    """The longest text among the entry's contents, of which there may be several."""
    texts = [
        part for part in _dicts(entry, "content") if "text" in _text(part, "type") or "html" in _text(part, "type")
    ]
    longest = max(texts, key=lambda part: len(_text(part, "value")), default={})
    return _words(_text(longest, "value"), longest, atom=atom)


def _words(text: str, detail: dict[str, object], *, atom: bool) -> Words:
    """RSS never says whether a text is HTML, and mostly it is; Atom says (RFC 4287, section 3.1.1)."""
    return Words(text, literal=atom and _text(detail, "type") == "text/plain", base=_text(detail, "base"))


# Any of feedparser's values may be of any type: <authors x="y"/> replaces its list of authors with attributes. Its
# dictionaries answer for names that they do not hold, so `dict`'s own `get` is asked.
def _text(entry: dict[str, object], name: str) -> str:
    value = dict.get(entry, name)
    return value if isinstance(value, str) else ""


def _texts(entry: dict[str, object], *names: str) -> tuple[str, ...]:
    return tuple(filter(None, (_text(entry, name) for name in names)))


def _dict(entry: dict[str, object], name: str) -> dict[str, object]:
    value = dict.get(entry, name)
    return value if isinstance(value, dict) else {}


def _dicts(entry: dict[str, object], name: str) -> Iterator[dict[str, object]]:
    value = dict.get(entry, name)
    yield from (part for part in value if isinstance(part, dict)) if isinstance(value, list) else ()
