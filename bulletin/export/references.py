"""The door to rispy: RIS, which EndNote, Zotero and Mendeley open, with the headings as keywords."""

from typing import Any

import rispy

from bulletin.export.paper import Paper
from bulletin.export.records import Record, Sort, records
from bulletin.export.words import one_line

# Types as https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp lists them.
_TYPES = {Sort.ARTICLE: "JOUR", Sort.REPORT: "RPRT", Sort.WEB: "ELEC", Sort.OTHER: "GEN"}


class _Plain(rispy.RisWriter):  # type: ignore[misc] # it ships no types
    """As the format asks: CRLF line ends, and no number before a record."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy's own signature
        """Nothing stands before a record."""
        return ""


def ris(paper: Paper) -> bytes:
    """Every item as one record from TY to ER, in print order; UTF-8."""
    told = [_told(paper, record) for record in records(paper)]
    written: str = rispy.dumps(told, implementation=_Plain)
    return written.encode()


def _told(paper: Paper, record: Record) -> dict[str, Any]:
    """The record by rispy's names for the tags, without those that say nothing."""
    source = "journal_name" if record.sort is Sort.ARTICLE else "publisher"
    everything = {
        "type_of_reference": _TYPES[record.sort],
        "id": record.id,
        "title": record.title,
        "authors": list(record.authors),
        source: record.source,
        "year": record.published[:4],
        "date": record.published.replace("-", "/"),
        "volume": record.volume,
        "number": record.number,
        "start_page": record.first_page,
        "end_page": record.last_page,
        "doi": record.doi,
        "urls": [record.url] if record.url else [],
        "abstract": record.summary,
        "keywords": list(record.keywords),
        "language": record.language,
        "type_of_work": record.kind,
        "notes": list(record.notes),
        "name_of_database": one_line(f"{paper.page.title}, {paper.page.day}"),
        "database_provider": one_line(paper.page.library.name),
    }
    return {name: value for name, value in everything.items() if value}
