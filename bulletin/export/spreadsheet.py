"""A table for spreadsheets: CSV in UTF-8 that Excel recognises, in which no cell is ever calculated."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from bulletin.export.paper import Paper
from bulletin.export.words import one_line
from bulletin.model import Heading, Printed

# What a spreadsheet may take for a formula, in full width too: OWASP, CSV injection; reference bar C13.
_BEGINS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"[{_BEGINS}]")
# Where the semicolon parts cells, as it does in much of Europe, a formula may begin inside of one of ours.
_INSIDE = re.compile(rf";(?=[\"'\s]*[{_BEGINS}])")

_COLUMNS: dict[str, Callable[[Heading, Printed], str]] = {
    "Heading": lambda heading, _: heading.name,
    "Title": lambda _, item: item.title,
    "Authors": lambda _, item: "; ".join(item.authors),
    "Source": lambda _, item: item.source,
    "Date": lambda _, item: item.date,
    "Published": lambda _, item: item.published,
    "Type": lambda _, item: item.kind,
    "Evidence": lambda _, item: "; ".join(item.flags),
    "Access": lambda _, item: item.access,
    "Link": lambda _, item: item.url,
    "DOI": lambda _, item: item.doi,
    "Journal": lambda _, item: item.citation.journal,
    "Volume": lambda _, item: item.citation.volume,
    "Number": lambda _, item: item.citation.number,
    "Pages": lambda _, item: item.citation.pages,
    "Summary": lambda _, item: item.summary,
    "Editor's pick": lambda _, item: "yes" if item.pick else "",
    "Why this matters here": lambda _, item: item.note,
    "Also from": lambda _, item: "; ".join(item.also_from),
    "See also": lambda _, item: "; ".join(item.see_also),
    "Language": lambda _, item: item.language,
}


def table(paper: Paper) -> bytes:
    """One row an item, in print order, below the names of the columns; CRLF line ends, every cell in quotes."""
    return rows(tuple(_COLUMNS), ([tell(*one) for tell in _COLUMNS.values()] for one in paper.items()))


def rows(heads: Sequence[str], told: Iterable[Sequence[str]]) -> bytes:
    """Rows below the names of their columns, in the same form."""
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    for row in told:
        writer.writerow(map(harmless, row))
    return ("\ufeff" + written.getvalue()).encode()


def harmless(cell: str) -> str:
    """The cell on one line, and nothing in it where a spreadsheet would begin to calculate."""
    cell = one_line(cell)
    if "://" in cell and " " not in cell:
        cell = _INSIDE.sub("%3B", cell)  # an address stays one
    cell = _INSIDE.sub("; ", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
