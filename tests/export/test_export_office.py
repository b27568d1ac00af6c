"""LibreOffice opens what is exported: headings, links and pages of the documents, and no formula in the tables."""

import openpyxl
import pikepdf
import pytest
import specimens
from opened import CSV

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


def bookmarks(pdf):
    with pdf.open_outline() as outline:
        return [(one.title, [child.title for child in one.children]) for one in outline.root]


def targets(pdf):
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def test_headings_of_the_document_are_headings(printed):
    with pikepdf.open(printed / "full.pdf") as pdf:
        assert bookmarks(pdf) == [
            ("Safety & quality", ["Early discharge and falls", "Heat in care homes"]),
            ("Workforce", []),
            ("Elsewhere", ["Gweithlu iechyd"]),
            ("Events and training", ["Journal club"]),
            ("About this bulletin", []),
        ]


def test_links_of_the_document_lead_where_they_led(printed):
    with pikepdf.open(printed / "full.pdf") as pdf:
        found = targets(pdf)
    for url in ("https://doi.org/10.5555/ward.1", "https://www.example.org/heat.pdf", "https://www.example.org/cake"):
        assert url in found
    assert "mailto:library@example.nhs.uk" in found


def test_all_its_words_are_there_in_their_order(printed, text_of):
    text = " ".join(text_of(printed / "full.pdf").split())
    places = [
        text.index(words)
        for words in (
            "What is new.",
            "Early discharge and falls Editor",
            "p < 0.05.",
            "Heat in care homes Dep",
            "Cake",
        )
    ]
    assert places == sorted(places)
    assert "Page 1 of" in text


def test_three_hundred_items_are_opened(printed, text_of):
    text = text_of(printed / "big.pdf")
    assert sum(f"Title {one}.{two}" in text for one in range(10) for two in range(30)) == 300


def test_hostile_words_are_opened(printed, text_of):
    text = "".join(text_of(printed / "hostile.pdf").split())
    for name in ("markup", "template", "end of cdata", "formula", "quote"):
        assert "".join(specimens.HOSTILE[name].split())[:60] in text


@pytest.mark.parametrize("name", ["points", "points-big", "points-hostile", "points-wide"])
def test_talking_points_are_one_page(printed, name):
    with pikepdf.open(printed / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_no_cell_is_a_formula(sheet):
    separator, rows, told = sheet
    if separator == ",":  # a file that is read by the wrong one falls apart into other rows
        assert rows.max_row == len(specimens.HOSTILE) + 1
    assert rows.max_row > 1
    assert "<f" not in told
    assert not [cell for row in rows.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_formula_would_be_seen(office, tmp_path):
    """LibreOffice calculates what is not made harmless, so that the test above can fail."""
    (tmp_path / "bad.csv").write_text('a,"=1+1"\r\n', encoding="utf-8")
    out = office.convert("xlsx", tmp_path / "bad.csv", reading=CSV.format(separator=44, quoted_is_text="false"))
    assert openpyxl.load_workbook(out / "bad.xlsx").active["B1"].data_type == "f"
