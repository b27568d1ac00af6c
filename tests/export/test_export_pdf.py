"""PDF: tagged as PDF/UA-1 asks, in reading order, and made without asking anybody for anything."""

import socket
import sys
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import specimens

from bulletin.errors import InputError
from bulletin.export import SHAPES, pdf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


def made(paper):
    pytest.importorskip("weasyprint", reason="no WeasyPrint or no Pango here: make test as root", exc_type=OSError)
    return SHAPES["pdf"].make(paper)


@pytest.fixture(scope="module")
def full():
    with pikepdf.open(BytesIO(made(specimens.FULL))) as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile():
    with pikepdf.open(BytesIO(made(specimens.ALL_HOSTILE))) as opened:
        yield opened


def elements(node, above=()):
    """The elements of the structure tree in reading order, each with the names of those around it."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, above)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node, above
            above = (*above, str(node.S))
        if "/K" in node:
            yield from elements(node.K, above)


def structure(opened):
    return list(elements(opened.Root.StructTreeRoot.K))


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_it_says_that_it_is_tagged_and_in_what_language(request, name):
    root = request.getfixturevalue(name).Root
    assert root.MarkInfo.Marked is True or bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle)


def test_it_names_itself_and_the_standard(full):
    with full.open_metadata() as told:
        assert told["dc:title"] == "Wexbridge Update: December 2026"
        assert told["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_every_page_is_tabbed_in_the_order_of_the_structure(request, name):
    for page in request.getfixturevalue(name).pages:
        assert str(page.Tabs) == "/S"
        assert "/StructParents" in page


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_headings_begin_at_one_and_skip_none(request, name):
    levels = [int(str(node.S)[2:]) for node, _ in structure(request.getfixturevalue(name)) if str(node.S)[:2] == "/H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_every_link_stands_in_the_structure_and_says_what_it_is(request, name):
    opened = request.getfixturevalue(name)
    notes = [note for page in opened.pages for note in page.get("/Annots", [])]
    assert notes
    assert all(str(note.Contents) and "/StructParent" in note for note in notes)
    linked = [node for node, _ in structure(opened) if str(node.S) == "/Link"]
    referred = [
        kid.Obj.objgen
        for node in linked
        for kid in (node.K if isinstance(node.K, pikepdf.Array) else [node.K])
        if isinstance(kid, pikepdf.Dictionary) and str(kid.get("/Type")) == "/OBJR"
    ]
    assert sorted(referred) == sorted(note.objgen for note in notes)


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_nothing_is_drawn_outside_of_the_structure(request, name):
    """Everything that makes marks stands between the tags of an element, or is said to be an artifact."""
    drawing = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}
    for page in request.getfixturevalue(name).pages:
        inside = 0
        for _, operator in pikepdf.parse_content_stream(page):
            inside += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            assert inside or str(operator) not in drawing
        assert inside == 0


def test_lists_are_lists(full):
    names = [(str(node.S), above[-1:] or ("",)) for node, above in structure(full)]
    assert ("/LI", ("/L",)) in names
    assert all(above == ("/L",) for name, above in names if name == "/LI")


def test_every_font_comes_with_it(full):
    fonts = [font for page in full.pages for font in page.Resources.Font.values()]
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts if "/DescendantFonts" in font]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3", "/FontFile"} & set(one.keys()) for one in descriptors)


def test_its_bookmarks_are_its_headings(full):
    with full.open_outline() as outline:
        (top,) = outline.root
    assert top.title == "Wexbridge Update"
    assert [one.title for one in top.children][:2] == ["Safety & quality", "Workforce"]
    assert [one.title for one in top.children[0].children] == ["Early discharge and falls", "Heat in care homes"]


def test_its_words_stand_in_reading_order(text_of, tmp_path):
    (tmp_path / "full.pdf").write_bytes(made(specimens.FULL))
    text = " ".join(text_of(tmp_path / "full.pdf").split())
    words = [
        "Wexbridge Update",
        "What is new.",
        "Early discharge",
        "p < 0.05",
        "Heat in care",
        "Journal club",
        "Cake",
    ]
    places = [text.rindex(one) if one == "Cake" else text.index(one) for one in words]
    assert places == sorted(places)
    assert "Page 1 of" in text


def test_hostile_words_are_printed_as_words(hostile, text_of, tmp_path):
    hostile.save(tmp_path / "hostile.pdf")
    text = "".join(text_of(tmp_path / "hostile.pdf").split())
    for name in ("markup", "template", "end of cdata", "formula"):
        assert "".join(specimens.HOSTILE[name].split())[:60] in text


def test_nobody_is_asked_for_anything(monkeypatch):
    def refuse(*told):
        raise AssertionError(f"somebody was asked: {told}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    text = '<img src="http://127.0.0.1:9/x.png"><link rel="stylesheet" href="file:///etc/passwd">'
    assert made(specimens.hostile(text)).startswith(b"%PDF-1.7")
    with pytest.raises(ValueError, match="nothing is fetched"):
        pdf._refuse(None, "https://www.example.org/")


def test_three_hundred_items_are_printed():
    with pikepdf.open(BytesIO(made(specimens.BIG))) as opened:
        assert sum(str(node.S) == "/H3" for node, _ in structure(opened)) == 300


def test_where_weasyprint_is_not_installed_the_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(InputError, match=r'pip install "bulletin\[pdf\]"'):
        pdf.pdf(specimens.FULL)


def test_where_pango_is_missing_the_line_says_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(InputError, match="apt-get install libpango"):
        pdf.pdf(specimens.FULL)
