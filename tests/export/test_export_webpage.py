"""The web page stands alone: one file, nothing loaded, nothing run, and everything in it that was printed."""

import html.parser
import xml.etree.ElementTree as Xml

import pytest
import specimens
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from bulletin.export import SHAPES
from bulletin.export.paper import DRAFT

_H = "{http://www.w3.org/1999/xhtml}"


def page(paper) -> str:
    return SHAPES["html"].make(paper).decode()


def tree(paper) -> Xml.Element:
    """As a browser reads it."""
    return tinyhtml5.parse(page(paper))


def texts(root, name):
    return [" ".join("".join(one.itertext()).split()) for one in root.iter(f"{_H}{name}")]


def tags(root):
    return [(one.tag, sorted(set(one.attrib) - {"dir"})) for one in root.iter()]


def test_it_has_the_parts_of_the_edition_in_their_order():
    root = tree(specimens.FULL)
    assert texts(root, "title") == ["Wexbridge Update: December 2026"]
    assert texts(root, "h1") == ["Wexbridge Update"]
    assert texts(root, "h2") == ["Safety & quality", "Workforce", "Elsewhere", "Events and training"]
    assert texts(root, "h3") == ["Early discharge and falls", "Heat in care homes", "Gweithlu iechyd", "Journal club"]
    text = texts(root, "body")[0]
    for words in (
        "What is new.",
        "Number 12, Monday 7 December 2026",
        "Editor’s pick · Journal of Ward Care · 6 August 2026 · Systematic Review · Preprint · NHS OpenAthens",
        "Bo Chan, Ann Grey Jr, Anna van der Berg, Ward Falls Study Group. Journal of Ward Care 2026;12(3):123–129.",
        "Abstract: Falls cost lives.",
        "Grey and others, CC BY 4.0",
        "Why this matters here: Our wards begin in March.",
        "See also: Finance",
        "No items this time",
        "Thursday 10 December 2026, 12:30pm · Room 4",
        "Open Government Licence v3.0, from: NHS England news.",
    ):
        assert words in text
    assert DRAFT not in text


def test_every_address_that_is_printed_is_a_link():
    targets = [one.get("href") for one in tree(specimens.FULL).iter(f"{_H}a")]
    assert targets == [
        *("#heading-1", "#heading-2", "#heading-3", "https://doi.org/10.5555/ward.1"),
        *("https://go.openathens.net/redirector/example?url=x", "mailto:library@example.nhs.uk?subject=x"),
        *("https://www.example.org/heat.pdf", "https://www.example.org/club", "https://www.example.org/cake"),
        *(
            "mailto:library@example.nhs.uk",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
    ]


def test_where_it_can_be_read_and_how_to_suggest_something_is_said_when_it_is_known():
    more = {
        "archive_link": "https://desk.example.nhs.uk/read/update/1",
        "suggest_link": "mailto:library@example.nhs.uk?x",
    }
    found = {one.text: one.get("href") for one in tree(specimens.paper(**more)).iter(f"{_H}a")}
    assert found["Read this on the web"] == more["archive_link"]
    assert found["Suggest an item or a heading"] == more["suggest_link"]


def test_corrections_of_earlier_editions_are_a_part_of_their_own():
    root = tree(specimens.CORRECTED)
    assert texts(root, "h2") == ["Corrections"]
    assert texts(root, "h3") == ["[Retracted] Gowns & <b>heat</b>", "[Corrected] Falls"]
    assert next(one.get("href") for one in root.iter(f"{_H}a")) == "https://www.example.org/gowns"
    assert "In our edition of 5 October 2026" in texts(root, "p")
    assert "Corrections" not in page(specimens.FULL)


def test_it_loads_and_runs_nothing():
    root = tree(specimens.ALL_HOSTILE)
    forbidden = {f"{_H}{name}" for name in ("script", "img", "link", "iframe", "object", "base", "form")}
    assert not [one for one in root.iter() if one.tag in forbidden]
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or name == "style"]


def test_another_language_is_said():
    (welsh,) = [one for one in tree(specimens.FULL).iter() if one.get("lang") == "cy"]
    assert welsh.text == "Gweithlu iechyd"


def test_a_page_says_its_own_language():
    assert tree(specimens.FULL).get("lang") == "en-GB"
    assert tree(specimens.paper(language="cy")).get("lang") == "cy"


def test_a_draft_says_so_first():
    draft = specimens.replace(specimens.FULL, is_draft=True)
    assert texts(tree(draft), "p")[0] == DRAFT
    assert texts(tree(draft), "title")[0].startswith("Draft: ")


def test_the_items_of_a_list_stand_under_its_title_alone():
    root = tree(specimens.LISTED)
    assert texts(root, "h1") == ["Schwartz Round: reading"]
    assert texts(root, "h2") == ["Early discharge and falls", "Heat in care homes"]
    assert not texts(root, "nav")


PLAIN = tags(tree(specimens.hostile("words", intro="words")))


@pytest.mark.parametrize("text", [text for text in specimens.HOSTILE.values() if text.strip()])
def test_hostile_words_are_only_words(text):
    assert tags(tree(specimens.hostile(text, intro="words"))) == PLAIN


@given(st.text(min_size=1).map(lambda text: f"x{text}"))
def test_no_words_become_markup(text):
    assert tags(tree(specimens.hostile(text, intro="words"))) == PLAIN


def test_markup_is_printed_letter_for_letter():
    text = specimens.HOSTILE["markup"]
    assert texts(tree(specimens.hostile(text)), "h3")[0] == text


def test_it_is_well_formed_with_three_hundred_items():
    opened = []

    class Strict(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            opened.extend([] if tag in {"meta", "br"} else [tag])

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Strict().feed(page(specimens.BIG))
    assert opened == []
    assert len(texts(tree(specimens.BIG), "h3")) == 300
