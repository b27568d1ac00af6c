"""CSV: a row an item, in the letters that Excel expects, and never a formula."""

import csv
from io import StringIO

import pytest
import specimens
from hypothesis import given
from hypothesis import strategies as st

from bulletin.export import SHAPES
from bulletin.export.spreadsheet import harmless

BEGINS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
WORDS = st.text(st.sampled_from("=+-@;\t\r\n,'\" ax1\u200b\uff1d") | st.characters())


def rows(paper, delimiter=","):
    content = SHAPES["csv"].make(paper)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_each_item_is_a_row_below_the_names_of_the_columns():
    names, article, report, welsh = rows(specimens.FULL)
    assert names[:5] == ["Heading", "Title", "Authors", "Source", "Date"]
    told = dict(zip(names, article, strict=True))
    assert told["Heading"] == "Safety & quality"
    assert told["Authors"] == "Bo Chan; Ann Grey Jr; Anna van der Berg; Ward Falls Study Group"
    assert (told["DOI"], told["Published"], told["Editor's pick"]) == ("10.5555/ward.1", "2026-08-06", "yes")
    assert (told["Evidence"], told["Pages"]) == ("Preprint", "123–129")
    assert report[1] == "Heat in care homes"
    assert welsh[-1] == "cy"


def test_lines_end_as_excel_wants_them_and_only_there():
    content = SHAPES["csv"].make(specimens.ALL_HOSTILE).decode("utf-8-sig")
    assert content.count("\r\n") == content.count("\n") == content.count("\r") == len(specimens.HOSTILE) + 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("text", specimens.HOSTILE.values(), ids=specimens.HOSTILE)
def test_no_cell_begins_as_a_formula_whatever_parts_the_cells(text, delimiter):
    cells = [cell for row in rows(specimens.hostile(text), delimiter) for cell in row]
    assert not [cell for cell in cells if cell[:1] in BEGINS and cell]


@given(WORDS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_words_make_a_formula(delimiter, text):
    cells = [cell for row in rows(specimens.hostile(text), delimiter) for cell in row]
    assert not [cell for cell in cells if cell[:1] in BEGINS and cell]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        ("\u200b=1", "'=1"),
        ("a = b", "a = b"),
        ("well-known", "well-known"),
        ("a;=b", "a; =b"),
        ("a; b - c", "a; b - c"),
        ("https://example.org/?a;=1", "https://example.org/?a%3B=1"),
        ("https://example.org/?a;b=1", "https://example.org/?a;b=1"),
    ],
)
def test_only_what_would_be_calculated_is_changed(cell, told):
    assert harmless(cell) == told


def test_three_hundred_items_are_three_hundred_rows():
    assert len(rows(specimens.BIG)) == 301
