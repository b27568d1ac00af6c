"""One web page brought by hand, such as an article's page at its publisher, as one item.

What a page says of itself for machines is believed in this order: the citation_* tags that Google Scholar reads
(Highwire), Dublin Core, PRISM, Open Graph; only then its own words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from bulletin.errors import ParseError
from bulletin.identity import canonical_url
from bulletin.model import DateSource, Fetched, Item, Trouble
from bulletin.parse.blocks import first_paragraph, marked_dates
from bulletin.parse.htmlpage import Page, page_of
from bulletin.parse.items import build
from bulletin.parse.links import web_address
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.soup import Tag, attribute, words

_TAGS = 2_000  # <meta> that are looked at
_HEADINGS = 5  # looked at
_VALUES = 200  # of one name: a paper of a large trial has more authors than that, and 50 are kept

_TITLE = ("citation_title", "dc.title", "dcterms.title", "prism.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "article:author", "author")
_DOI = ("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "bepress_citation_doi")
_JOURNAL = ("citation_journal_title", "prism.publicationname", "citation_conference_title", "citation_journal_abbrev")
_VOLUME = ("citation_volume", "prism.volume")
_NUMBER = ("citation_issue", "prism.number", "prism.issueidentifier")
_FIRST_PAGE = ("citation_firstpage", "prism.startingpage")
_LAST_PAGE = ("citation_lastpage", "prism.endingpage")
_ABSTRACT = (
    *("citation_abstract", "dcterms.abstract", "dc.description.abstract", "dc.description", "dcterms.description"),
    *("og:description", "description", "twitter:description"),
)
# The day it went online comes first: the cover's date is often only a month, or to come.
_PUBLISHED = (
    *("citation_online_date", "citation_publication_date", "citation_date", "citation_cover_date"),
    *("prism.publicationdate", "govuk:first-published-at", "dc.date.issued", "dcterms.issued"),
    *("dc.date", "dcterms.date", "dcterms.created"),
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "date"),
)
_UPDATED = ("dcterms.modified", "article:modified_time", "og:updated_time", "datemodified", "govuk:public-updated-at")
_KIND = ("citation_article_type", "dc.type", "dcterms.type")
_SUBJECTS = ("citation_keywords", "dc.subject", "dcterms.subject", "article:tag", "keywords")
_LANGUAGE = ("citation_language", "dc.language", "dcterms.language", "og:locale")
_RIGHTS = ("dc.rights", "dcterms.rights", "dcterms.license", "dcterms.accessrights")
_SITE = ("og:site_name", "application-name")
_OPEN = "citation_fulltext_world_readable"  # its presence says so: it is mostly empty

_MISSING = re.compile(
    r"(?:error\s*)?(?:404|410)(?:\s*(?:[-–:|]|error|not found|page).*)?"
    r"|(?:page|article|content) (?:not found|unavailable).*|not found|page missing",
    re.IGNORECASE,
)
_BETWEEN = ("|", "·", "»", "—", "–", ":", "-")  # a title and the name of its site

Metas = Mapping[str, Sequence[str]]


def landing(fetched: Fetched) -> Item:
    """Read a page as one item, cleaned as any other.

    Raise ParseError, which says what to do instead, when the document is no page, has no title, or says that there is
    no such page.
    """
    page = page_of(fetched)
    metas = _metas(page.tree)
    title = _title(page, metas)
    if not title or _MISSING.fullmatch(title):
        says = "says that there is no such page" if title else "has no title"
        raise ParseError(f"the page {says}: look at the address in a browser, or give a DOI", Trouble.NOT_A_FEED)
    (item,) = build(RawFeed((_entry(page, metas, title),), home=page.url, base=page.base), fetched)
    return item


def _entry(page: Page, metas: Metas, title: str) -> RawEntry:
    said = _first(metas, _ABSTRACT)
    return RawEntry(
        title=Words(title),
        summary=Words(said) if said else first_paragraph(_middle(page)),
        links=(_canonical(page), page.url),
        identifiers=tuple(_all(metas, _DOI)),
        dates=tuple(_dates(page, metas)),
        authors=tuple(author for author in _all_of_first(metas, _AUTHORS) if "://" not in author),
        categories=tuple(part for value in _all(metas, _SUBJECTS) for part in re.split("[;,]", value)),
        journals=tuple(_all(metas, _JOURNAL)),
        volume=_first(metas, _VOLUME),
        number=_first(metas, _NUMBER),
        first_page=_first(metas, _FIRST_PAGE),
        last_page=_first(metas, _LAST_PAGE),
        kinds=tuple(_all(metas, _KIND)),
        rights=(*_all(metas, _RIGHTS), *_licences(page), "open access" if _OPEN in metas else ""),
        language=_first(metas, _LANGUAGE) or page.language,
    )


def _metas(tree: Tag) -> Metas:
    """What each <meta> says, by its name in lower case: Dublin Core is written both DC.title and dc.Title."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for meta in tree.find_all("meta", limit=_TAGS):
        names = (attribute(meta, kind) for kind in ("name", "property", "itemprop"))
        name = next(filter(None, names), "").strip().lower()
        if len(found[name]) < _VALUES:
            found[name].append(attribute(meta, "content").strip())
    return found


def _all(metas: Metas, names: Iterable[str]) -> Iterable[str]:
    return (value for name in names for value in metas.get(name, ()) if value)


def _first(metas: Metas, names: Iterable[str]) -> str:
    return next(iter(_all(metas, names)), "")


def _all_of_first(metas: Metas, names: Iterable[str]) -> Sequence[str]:
    """All values of the first name that has one: two vocabularies would name every author twice."""
    return next((metas[name] for name in names if any(metas.get(name, ()))), ())


def _title(page: Page, metas: Metas) -> str:
    """The title for machines, else the first heading, else what the window would be called."""
    shown = (words(tag) for name in ("h1", "title") for tag in page.tree.find_all(name, limit=_HEADINGS))
    return _without_site(_first(metas, _TITLE) or next(filter(None, shown), ""), _first(metas, _SITE))


def _without_site(title: str, site: str) -> str:
    """The title without " | The Site" behind it."""
    rest = title.removesuffix(site).rstrip()
    is_behind = site and rest != title and rest.endswith(_BETWEEN)
    return rest.rstrip(" |·»—–:-") if is_behind else title


def _canonical(page: Page) -> str:
    """The page's own word for its address, believed only for the same site and not for its front page."""
    for link in page.tree.find_all("link", rel="canonical", href=True, limit=1):
        address = web_address(attribute(link, "href"), page.base)
        if canonical_url(address) and _host(address) == _host(page.url):
            return address
    return ""


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _dates(page: Page, metas: Metas) -> Iterator[tuple[DateSource, str]]:
    """The days for machines, then those that are marked as dates in the text; the text itself may tell of any day."""
    yield from ((DateSource.PUBLISHED, text) for text in _all(metas, _PUBLISHED))
    yield from marked_dates(_middle(page))
    yield from ((DateSource.UPDATED, text) for text in _all(metas, _UPDATED))


def _middle(page: Page) -> tuple[Tag, ...]:
    """The part of the page that it is about, if it says which."""
    found = page.tree.find(["main", "article"])
    return (found,) if isinstance(found, Tag) else ()


def _licences(page: Page) -> Iterator[str]:
    return (attribute(link, "href") for link in page.tree.find_all(["link", "a"], rel="license", limit=_HEADINGS))
