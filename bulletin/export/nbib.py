"""PubMed's own format (nbib, MEDLINE), by its rules: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format.

No library writes it. A record begins with its PMID and ends with an empty line; programs that read it want both.
"""

import re
from collections.abc import Iterator
from datetime import date

from bulletin.export.paper import Paper
from bulletin.export.records import Record, Sort, records
from bulletin.export.words import one_line

_AT_PUBMED = re.compile(r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b")
_NONE = "0"  # no article has this PMID
_TYPES = {Sort.ARTICLE: "Journal Article", Sort.REPORT: "Technical Report"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# Languages have three letters there; those that the web names with two.
_LANGUAGES = (
    {"en": "eng", "fr": "fre", "de": "ger", "es": "spa", "it": "ita", "pt": "por", "nl": "dut", "da": "dan"}
    | {"no": "nor", "sv": "swe", "fi": "fin", "pl": "pol", "cs": "cze", "hu": "hun", "el": "gre", "tr": "tur"}
    | {"ru": "rus", "uk": "ukr", "ar": "ara", "he": "heb", "fa": "per", "zh": "chi", "ko": "kor", "cy": "wel"}
)


def nbib(paper: Paper) -> bytes:
    """Every item as one record, in print order; UTF-8, CRLF line ends."""
    lines = [line for record in records(paper) for line in (*_lines(paper, record), "")]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(paper: Paper, record: Record) -> Iterator[str]:
    """The lines of a record, each with its tag; what says nothing is left out."""
    for tag, value in _values(paper, record):
        if value:
            yield f"{tag:<4}- {value}"


def _values(paper: Paper, record: Record) -> Iterator[tuple[str, str]]:
    found = _AT_PUBMED.match(record.url)
    yield "PMID", found[1] if found else _NONE
    yield "VI", record.volume
    yield "IP", record.number
    yield "DP", _day(record.published)
    yield "TI", record.title
    yield "PG", "-".join(filter(None, (record.first_page, record.last_page)))
    yield "LID", record.url  # Zotero makes a link of an address here
    yield "AID", f"{record.doi} [doi]" if record.doi else ""
    yield "AB", record.summary
    for author in record.authors:
        yield ("FAU" if "," in author else "CN"), author
    yield "LA", _LANGUAGES.get(record.language, record.language)
    yield "PT", _TYPES.get(record.sort, "")
    yield "PT", record.kind
    yield "JT", record.source
    for keyword in record.keywords:
        yield "OT", keyword
    for note in record.notes:
        yield "GN", note
    yield "DB", one_line(f"{paper.page.title}, {paper.page.day}")


def _day(published: str) -> str:
    """2026-08-06 as 2026 Aug 6."""
    if not published:
        return ""
    told = date.fromisoformat(published)
    return f"{told.year} {_MONTHS[told.month - 1]} {told.day}"
