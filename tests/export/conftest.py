"""What opens exports besides us: LibreOffice, started as seldom as can be, and poppler."""

import subprocess
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import specimens
from opened import CSV, Office, tool

from bulletin.export import SHAPES


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


DOCUMENTS = {
    "full": ("docx", specimens.FULL),
    "big": ("docx", specimens.BIG),
    "hostile": ("docx", specimens.ALL_HOSTILE),
    "points": ("talking-points", specimens.FULL),
    "points-big": ("talking-points", specimens.BIG),
    "points-hostile": ("talking-points", specimens.ALL_HOSTILE),
    "points-wide": ("talking-points", specimens.WIDEST),
    "list": ("docx", specimens.LISTED),
}


@pytest.fixture(scope="session")
def printed(office, tmp_path_factory):
    """The Word documents as LibreOffice prints them: a folder of PDFs by their names."""
    folder = tmp_path_factory.mktemp("word")
    for name, (shape, paper) in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(SHAPES[shape].make(paper))
    # Headings and links come into the PDF as bookmarks and annotations.
    return office.convert("pdf", *sorted(folder.glob("*.docx")))


@pytest.fixture(scope="session", params=[",", ";"], ids=["comma", "semicolon"])
def sheet(request, office, tmp_path_factory):
    """The hostile table as LibreOffice reads it, where the comma parts cells and where the semicolon does."""
    file = tmp_path_factory.mktemp("csv") / "hostile.csv"
    file.write_bytes(SHAPES["csv"].make(specimens.ALL_HOSTILE))
    out = office.convert("xlsx", file, reading=CSV.format(separator=ord(request.param), quoted_is_text="false"))
    with ZipFile(out / "hostile.xlsx") as archive:
        told = archive.read("xl/worksheets/sheet1.xml").decode()
    return request.param, openpyxl.load_workbook(out / "hostile.xlsx").active, told


@pytest.fixture(scope="session")
def text_of():
    """The words of a PDF in reading order."""
    program = tool("pdftotext")

    def read(file: Path) -> str:
        return subprocess.run([program, file, "-"], check=True, capture_output=True, timeout=60).stdout.decode()

    return read
