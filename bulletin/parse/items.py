"""From a feed's words to items: everything cut to size, cleaned, resolved and dated."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from bulletin import identity
from bulletin.model import Citation, Fetched, Item, Mark, Notice
from bulletin.parse import dates, markup, notices
from bulletin.parse.abstracts import without_head
from bulletin.parse.links import web_address
from bulletin.parse.people import names
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.text import plain

_TITLE = 500  # characters, as the others
_GUID = 500
_SHORT = 100
_JOURNAL = 200
_CATEGORIES = 30
_LINKS = 100  # looked at
_TITLE_WORDS = 12
_LITTLE = 200  # a summary of a journal article that is shorter says only where the article stands

_DOI_PARAMETERS = frozenset({"doi", "id"})
# dc:type is mostly a word for machines: a DCMI type or a MIME type.
_NO_KIND = frozenset(
    {"text", "dataset", "image", "still image", "moving image", "sound", "software", "collection", "event", "service"}
    | {
        "interactive resource",
        "physical object",
        "interactiveresource",
        "stillimage",
        "movingimage",
        "physicalobject",
    }
)
_WORDS = re.compile(r"[^\W\d_][^\W\d_]")
_OPEN = re.compile(r"creativecommons\.org/|\bcc[ -]by\b|\bcc0\b|\bopen[ -]?access\b|^\s*open\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"://|^[A-Za-z][A-Za-z0-9+.-]*:\S+$")  # a name has spaces where a scheme's colon stands
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_FILE_END = re.compile(r"\.\w{1,5}$")


def build(feed: RawFeed, fetched: Fetched) -> list[Item]:
    """The feed's items in its own order; what says nothing is left out."""
    home = web_address(feed.home, fetched.url)
    base = web_address(feed.base, fetched.url) or fetched.url
    return [_item(entry, feed, fetched, base, home) for entry in feed.entries if not entry.is_empty]


def _item(entry: RawEntry, feed: RawFeed, fetched: Fetched, base: str, home: str) -> Item:
    links = [web_address(link, base) for link in entry.links[:_LINKS]]
    doi = _doi(entry, links)
    url = _url(entry, links, base, doi)
    summary = without_head(_summary(entry, base, has_doi=bool(doi)))
    when, source, flag = dates.published(entry.dates, fetched.at)
    title = _title(entry.title) or _stand_in(summary, url, fetched.feed.name)
    item = Item(
        title=title,
        url=url,
        doi=doi,
        published=when,
        date_source=source,
        date_flag=flag,
        authors=names(entry.authors),
        summary=summary,
        kind=_kind(entry),
        categories=_categories(entry),
        citation=_citation(entry, title),
        language=_language(entry, feed),
        free=any(_OPEN.search(text) for text in entry.rights),
        guid=plain(entry.guid, _GUID),
        notice=_notice(entry, title, doi),
        marks=_marks(entry, title, doi),
    )
    # The home page stands in for a missing link, but it is no item's own address: keys come first.
    return replace(item, keys=identity.keys(item, fetched.feed.id), url=url or home)


def _url(entry: RawEntry, links: list[str], base: str, doi: str) -> str:
    """The entry's own address, empty when it has none."""
    guid = web_address(entry.guid) if entry.permalink else ""
    enclosures = (web_address(enclosure, base) for enclosure in entry.enclosures[:_LINKS])
    resolver = web_address(f"https://doi.org/{doi}") if doi else ""
    return next(filter(None, (*links, guid, *enclosures, resolver)), "")


def _doi(entry: RawEntry, links: list[str]) -> str:
    """The DOI of the entry itself; one that is only mentioned is somebody else's."""
    stated = (identity.doi(plain(text, _GUID)) for text in (*entry.identifiers, entry.guid))
    linked = (identity.doi(part) for link in links for part in _places_of_doi(link))
    return next(filter(None, (*stated, *linked)), "")


def _places_of_doi(link: str) -> list[str]:
    """Where an address names its own DOI: the path, or a parameter doi= or id=."""
    parts = urlsplit(link)
    return [
        unquote(parts.path),
        *(value for name, value in parse_qsl(parts.query) if name.lower() in _DOI_PARAMETERS),
    ]


def _title(words: Words) -> str:
    return plain(words.text if words.literal else markup.text_of(words.text), _TITLE)


def _stand_in(summary: str, url: str, feed: str) -> str:
    """A title for what has none: how it begins, else what its address says, else whose it is."""
    words = markup.text_of(summary).split()
    if words:
        return plain(" ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else ""), _TITLE)
    segment = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    readable = plain(re.sub(r"[-_+]+", " ", _FILE_END.sub("", segment)), _TITLE)
    return readable.capitalize() if _WORDS.search(readable) else plain(f"Untitled item from {feed}", _TITLE)


def _summary(entry: RawEntry, base: str, *, has_doi: bool) -> str:
    """The summary, else the content; for an article whose summary is only a reference, the abstract behind it."""
    summary = _clean(entry.summary, base)
    if summary and not (has_doi and len(summary) < _LITTLE < len(entry.content.text)):
        return summary
    return _clean(entry.content, base) or summary


def _clean(words: Words, base: str) -> str:
    if words.literal:
        return markup.clean(markup.from_plain(words.text))
    return markup.clean(words.text, web_address(words.base, base) or base)


def _kind(entry: RawEntry) -> str:
    kinds = (plain(markup.text_of(kind), _SHORT) for kind in entry.kinds)
    return next(
        (kind for kind in kinds if _WORDS.match(kind) and "/" not in kind and kind.lower() not in _NO_KIND), ""
    )


def _categories(entry: RawEntry) -> tuple[str, ...]:
    found = dict.fromkeys(
        plain(markup.text_of(category), _SHORT) for category in entry.categories[: 10 * _CATEGORIES]
    )
    return tuple(filter(None, found))[:_CATEGORIES]


def _citation(entry: RawEntry, title: str) -> Citation:
    first, last = (plain(markup.text_of(page), _SHORT) for page in (entry.first_page, entry.last_page))
    return Citation(
        journal=_journal(entry, title),
        volume=plain(markup.text_of(entry.volume), _SHORT),
        number=plain(markup.text_of(entry.number), _SHORT),
        pages=f"{first}–{last}" if first and last and first != last else first or last,
    )


def _journal(entry: RawEntry, title: str) -> str:
    """The journal's name; Taylor & Francis put the article's title there, and some sites an address."""
    found = (plain(markup.text_of(journal), _JOURNAL) for journal in entry.journals)
    return next((name for name in found if _WORDS.search(name) and name != title and not _ADDRESS.search(name)), "")


def _language(entry: RawEntry, feed: RawFeed) -> str:
    found = (language.strip() for language in (entry.language, feed.language))
    return next((language.replace("_", "-") for language in found if _LANGUAGE.fullmatch(language)), "")


def _notice(entry: RawEntry, title: str, doi: str) -> Notice | None:
    """What the entry is a notice of; one that names its own DOI tells of no other (see `_marks`)."""
    of_others = [(word, named) for word, named in entry.notices if not doi or identity.doi(named) != doi]
    found = notices.notice(title, entry.kinds, of_others)
    return replace(found, doi="") if found and found.doi == doi else found


def _marks(entry: RawEntry, title: str, doi: str) -> tuple[Mark, ...]:
    """What notices say of the entry; some publishers state a retraction in the retracted paper's own record."""
    own = (word for word, named in entry.notices if doi and identity.doi(named) == doi)
    return notices.marks(title, entry.kinds, (*entry.noticed, *own))


def newest(entries: Sequence[RawEntry], most: int, at: datetime) -> Sequence[RawEntry]:
    """At most so many entries, the newest ones, in their own order; without a date, one is as new as its visit."""
    if len(entries) <= most:
        return entries
    when = [dates.published(entry.dates, at)[0] or at for entry in entries]
    by_date = sorted(range(len(entries)), key=when.__getitem__, reverse=True)
    return [entries[place] for place in sorted(by_date[:most])]
