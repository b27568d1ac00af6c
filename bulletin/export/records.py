"""An item as a bibliographic record, the same for RIS and for PubMed's format: what it is, who wrote it, where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bulletin.export.paper import Paper
from bulletin.export.words import NOTE, one_line
from bulletin.model import Heading, ItemType, Printed


class Sort(StrEnum):
    """What a record is a record of."""

    ARTICLE = "article"
    REPORT = "report"
    WEB = "web page"
    OTHER = "other"


# Of items that stand in no journal; for one without a type, its source's own word tells.
_REPORT_TYPES = frozenset({ItemType.GUIDANCE, ItemType.REPORT, ItemType.STATISTICS, ItemType.CONSULTATION})
_WEB_TYPES = frozenset({ItemType.NEWS, ItemType.EVENT, ItemType.FUNDING})
_RESEARCH_TYPES = frozenset({ItemType.RESEARCH, ItemType.SYSTEMATIC_REVIEW})
_REPORTS = re.compile(
    r"report|guid(?:ance|eline)|statistic|policy|consultation|strategy|framework|evaluation|briefing|working paper",
    re.IGNORECASE,
)
# An author that is no person: its name is never turned round.
_ORGANISATION = re.compile(
    r"\b(?:of|for|the|and|group|team|trust|centre|center|institute|committee|council|collaborat\w+|department|ministry"
    r"|university|hospitals?|foundation|society|association|agency|office|service|network|consortium|college|ltd)\b"
    r"|&|\d",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z]{2,}\b.*\b[A-Z][a-z]")  # NHS England; but not Chan BO
_INITIALS = re.compile(r"(?P<family>.+?) (?P<given>(?:[A-Z]\.?-?){1,4})")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter", "bin", "al")
)
_PAGES = re.compile(r"(\w+)\s*[-\u2010-\u2015]\s*(\w+)")


@dataclass(frozen=True)
class Record:
    """One item; every text is one line, and what is not known is empty."""

    id: str
    sort: Sort
    title: str
    authors: tuple[str, ...]  # family name first: Chan, Bo
    source: str  # the journal, or who published it
    volume: str
    number: str
    first_page: str
    last_page: str
    published: str  # 2026-08-06, or empty
    doi: str
    url: str
    summary: str
    keywords: tuple[str, ...]
    language: str
    kind: str
    notes: tuple[str, ...]


def records(paper: Paper) -> Iterator[Record]:
    """Yield a record of every item of a paper, in print order; its heading is the first of its keywords."""
    for heading, item in paper.items():
        yield _record(paper, heading, item)


def _record(paper: Paper, heading: Heading, item: Printed) -> Record:
    told = item.citation
    first_page, last_page = _pages(one_line(told.pages))
    return Record(
        id=one_line(item.id),
        sort=_sort(item),
        title=one_line(item.title),
        authors=tuple(family_first(one_line(author)) for author in item.authors if one_line(author)),
        source=one_line(told.journal or item.source),
        volume=one_line(told.volume),
        number=one_line(told.number),
        first_page=first_page,
        last_page=last_page,
        published=item.published,
        doi=one_line(item.doi),
        url=one_line(item.url),
        summary=one_line(item.summary),
        keywords=tuple(dict.fromkeys(filter(None, map(one_line, (paper.keyword(heading), *item.see_also))))),
        language=(item.language or paper.language).partition("-")[0],
        kind=one_line(item.kind),
        notes=tuple(map(one_line, _notes(item))),
    )


def _notes(item: Printed) -> Iterator[str]:
    """What to know of it besides: why it is there, what it is as evidence, how to get it."""
    told = (f"{NOTE} {item.note}" if item.note else "", "; ".join(item.flags), item.access, item.credit)
    yield from filter(None, told)


def family_first(name: str) -> str:
    """ "Bo Chan Jr" as "Chan, Bo, Jr", as catalogues want it; an organisation, or a name of one word, as it is."""
    if "," in name or " " not in name or _is_organisation(name):
        return name
    if found := _INITIALS.fullmatch(name):  # as PubMed writes them: van der Berg AB
        return f"{found['family']}, {found['given']}"
    words = name.split()
    suffix = f", {words.pop()}" if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = next((place for place, word in enumerate(words) if place and word.lower() in _PARTICLES), len(words) - 1)
    start = min(start, len(words) - 1)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}{suffix}"


def _is_organisation(name: str) -> bool:
    return bool(_ORGANISATION.search(name) or _CAPITALS.match(name))


def _sort(item: Printed) -> Sort:
    if item.citation.journal:
        return Sort.ARTICLE
    if item.type in _REPORT_TYPES or (not item.type and _REPORTS.search(item.kind)):
        return Sort.REPORT
    if item.doi and item.type not in _WEB_TYPES:
        return Sort.ARTICLE
    if item.type in _RESEARCH_TYPES:  # without journal and DOI it is somebody's own: GOV.UK's research and analysis
        return Sort.REPORT
    return Sort.WEB if item.url else Sort.OTHER


def _pages(told: str) -> tuple[str, str]:
    found = _PAGES.fullmatch(told)
    return (found[1], found[2]) if found else (told, "")
