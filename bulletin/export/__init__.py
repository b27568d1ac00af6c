"""Turns an edition in words into what other programs open: Word, PDF, references, spreadsheets, feeds, calendars.

Pure: the same paper gives the same bytes, on any day. What Word and PDF take comes in only when it is asked for,
because it is slow to come.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bulletin.errors import UnknownError
from bulletin.export import atom, nbib, pdf, references, spreadsheet, webpage
from bulletin.export.files import write
from bulletin.export.paper import Paper

__all__ = ["LISTED", "SHAPES", "Paper", "Shape", "shape", "write"]


@dataclass(frozen=True)
class Shape:
    """A form in which an edition can be had: its name, how people call it, and how its bytes are made."""

    name: str
    words: str
    suffix: str  # how its files end, with the dot
    content_type: str
    make: Callable[[Paper], bytes]


def _docx(paper: Paper) -> bytes:
    from bulletin.export import manuscripts

    return manuscripts.edition(paper)


def _talking_points(paper: Paper) -> bytes:
    from bulletin.export import manuscripts

    return manuscripts.talking_points(paper)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHAPES = {
    one.name: one
    for one in (
        Shape("docx", "Word", ".docx", _WORD, _docx),
        Shape("pdf", "PDF", ".pdf", "application/pdf", pdf.pdf),
        Shape("ris", "RIS, for EndNote and Zotero", ".ris", "application/x-research-info-systems", references.ris),
        Shape("nbib", "nbib, as PubMed gives it", ".nbib", "application/nbib", nbib.nbib),
        Shape("csv", "CSV, for spreadsheets", ".csv", "text/csv; charset=utf-8", spreadsheet.table),
        Shape("html", "Web page", ".html", "text/html; charset=utf-8", webpage.web_page),
        Shape("atom", "Atom feed", ".atom", "application/atom+xml; charset=utf-8", atom.items),
        Shape("talking-points", "Talking points", "-talking-points.docx", _WORD, _talking_points),
    )
}
LISTED = ("docx", "pdf", "ris", "csv", "html")  # what a list of items can be had as


def shape(name: str) -> Shape:
    """The shape of this name; raises UnknownError."""
    if name not in SHAPES:
        raise UnknownError(f"nothing can be exported as {name[:40]!r}: there are {', '.join(SHAPES)}")
    return SHAPES[name]
