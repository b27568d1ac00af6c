"""What came of it as a file: a page with pictures, or a sheet for a spreadsheet."""

from dataclasses import dataclass

from bulletin import report
from bulletin.errors import UnknownError
from bulletin.export.spreadsheet import rows
from bulletin.model.outcomes import Came

SHAPES = ("html", *report.SHEETS)


@dataclass(frozen=True)
class Filed:
    """A file of what came of it."""

    name: str
    content_type: str
    content: bytes


def filed(came: Came, shape: str) -> Filed:
    """Make a file: html, csv (lists) or items; UnknownError for another shape."""
    about = str(came.year) if came.year is not None else came.editions[0].edition
    if shape == "html":
        return Filed(f"outcome-{about}.html", "text/html; charset=utf-8", report.outcome(came).encode())
    if shape not in report.SHEETS:
        raise UnknownError(f"nothing can be reported as {shape[:40]!r}: there are {', '.join(SHAPES)}")
    sheet = report.SHEETS[shape]
    name = f"outcome-{about}{'' if shape == 'csv' else f'-{shape}'}.csv"
    return Filed(name, "text/csv; charset=utf-8", rows(sheet.heads, sheet.rows(came)))
