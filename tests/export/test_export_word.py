"""Word: real styles, real links, the right language; read again by python-docx and as XML."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
import specimens
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bulletin.export import SHAPES
from bulletin.export.manuscripts import MOST_POINTS, narrow
from bulletin.export.paper import DRAFT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def word(paper, shape="docx"):
    return docx.Document(BytesIO(SHAPES[shape].make(paper)))


def styled(document, *styles):
    return [one.text for one in document.paragraphs if one.style.name in styles]


def links(document):
    """Words and where they lead, in the order of the document."""
    found = []
    for link in document.element.iter(f"{W}hyperlink"):
        target = (
            document.part.rels[link.get(f"{R}id")].target_ref if link.get(f"{R}id") else "#" + link.get(f"{W}anchor")
        )
        found.append(("".join(one.text for one in link.iter(f"{W}t")), target))
    return found


def test_headings_are_headings_by_their_style():
    document = word(specimens.FULL)
    assert styled(document, "Title") == ["Wexbridge Update"]
    assert styled(document, "Heading 1") == [
        *("Safety & quality", "Workforce", "Elsewhere", "Events and training", "About this bulletin")
    ]
    assert styled(document, "Heading 2") == [
        *("Early discharge and falls", "Heat in care homes", "Gweithlu iechyd", "Journal club")
    ]


def test_corrections_of_earlier_editions_are_a_part_of_their_own():
    document = word(specimens.CORRECTED)
    assert styled(document, "Heading 1") == ["Corrections", "About this bulletin"]
    assert styled(document, "Heading 2") == ["[Retracted] Gowns & <b>heat</b>", "[Corrected] Falls"]
    assert styled(document, "Item details") == [
        "In our edition of 2 November 2026",
        "In our edition of 5 October 2026",
    ]
    assert ("[Retracted] Gowns & <b>heat</b>", "https://www.example.org/gowns") in links(document)


def test_titles_and_contents_are_links_that_lead_somewhere():
    document = word(specimens.FULL)
    found = links(document)
    assert found[:3] == [("Safety & quality", "#heading_1"), ("Workforce", "#heading_2"), ("Elsewhere", "#heading_3")]
    assert ("Early discharge and falls", "https://doi.org/10.5555/ward.1") in found
    assert ("NHS OpenAthens", "https://go.openathens.net/redirector/example?url=x") in found
    assert ("Cake", "https://www.example.org/cake") in found
    names = {one.get(f"{W}name") for one in document.element.iter(f"{W}bookmarkStart")}
    assert {target[1:] for _, target in found if target.startswith("#")} <= names


def test_its_language_title_and_author_are_said():
    document = word(specimens.FULL)
    told = document.core_properties
    assert (told.title, told.author, told.language) == (
        "Wexbridge Update: December 2026",
        "Wexbridge Library",
        "en-GB",
    )
    assert told.comments == ""
    assert document.styles.element.find(f".//{W}lang").get(f"{W}val") == "en-GB"
    (welsh,) = [one for one in document.element.iter(f"{W}lang") if one.get(f"{W}val") == "cy"]
    assert welsh.getparent().getparent().find(f"{W}t").text == "Gweithlu iechyd"


def test_every_page_says_what_it_is_of_and_its_number():
    section = word(specimens.FULL).sections[0]
    assert section.header.paragraphs[0].text == "Wexbridge Update, Monday 7 December 2026"
    fields = [one.get(f"{W}instr").strip() for one in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_looks_come_from_styles_alone_and_there_is_no_table_and_no_picture():
    document = word(specimens.FULL)
    for run in document.element.iter(f"{W}rPr"):
        assert {one.tag for one in run} <= {f"{W}rStyle", f"{W}lang"}
    for paragraph in document.element.iter(f"{W}pPr"):
        assert {one.tag for one in paragraph} <= {f"{W}pStyle"}
    assert not document.tables
    assert not document.inline_shapes
    known = {one.name for one in document.styles}
    assert {"Hyperlink", "Strong", "Item details"} <= known


def test_lists_are_lists():
    document = word(specimens.FULL)
    assert styled(document, "List Bullet") == ["Safety & quality 2", "Workforce 0", "Elsewhere 1", "Tea", "Cake"]
    assert document.styles["List Bullet"].element.find(f".//{W}numPr") is not None


def test_a_draft_says_so_in_text_title_and_on_every_page():
    document = word(replace(specimens.FULL, is_draft=True))
    assert styled(document, "Draft notice") == [DRAFT]
    assert document.core_properties.title.startswith("Draft: ")
    assert document.sections[0].header.paragraphs[0].text.startswith("Draft: ")


def test_the_same_words_give_the_same_bytes():
    assert SHAPES["docx"].make(specimens.FULL) == SHAPES["docx"].make(specimens.FULL)


@pytest.mark.parametrize("shape", ["docx", "talking-points"])
@pytest.mark.parametrize("text", specimens.HOSTILE.values(), ids=specimens.HOSTILE)
def test_hostile_words_are_only_words(text, shape):
    assert_sound(SHAPES[shape].make(specimens.hostile(text)))


@settings(max_examples=15, deadline=None)
@given(st.text())
def test_no_words_break_a_document(text):
    assert_sound(SHAPES["docx"].make(specimens.hostile(text)))


def assert_sound(content):
    """Every part of it is XML, and it opens."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    docx.Document(BytesIO(content))


@pytest.mark.slow
def test_three_hundred_items_have_three_hundred_headings():
    assert len(styled(word(specimens.BIG), "Heading 2")) == 300


def test_talking_points_are_the_picks_then_what_leads_each_heading():
    def one(name, **more):
        return specimens.item(name, source="Source", **more)

    first = [
        specimens.heading(f"H{n}", *(one(f"{n}.{m}", pick=(n, m) == (9, 3)) for m in range(4))) for n in range(10)
    ]
    document = word(specimens.paper(*first), "talking-points")
    points = styled(document, "Talking point")
    assert len(points) == MOST_POINTS
    assert [one for one in points if one.startswith("9.")] == ["9.0 (Source)", "9.3 (Source)"]
    assert {f"{n}.0 (Source)" for n in range(10)} <= set(points)
    assert styled(document, "Heading 1") == [f"H{n}" for n in range(10)]


def test_talking_points_of_nothing_say_so():
    assert styled(word(specimens.paper(), "talking-points"), "Normal") == ["No items this time"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("short", "short"),
        ("a long title here", "a long ..."),
        ("x" * 20, "xxxxxxxx ..."),
        ("医療政策の動向", "医療政策 ..."),
    ],
)
def test_a_point_is_cut_by_its_width(text, told):
    assert narrow(text, 12) == told
