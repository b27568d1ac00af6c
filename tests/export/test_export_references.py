"""RIS and nbib: one record an item, whatever its words are, and what is read back is what was printed."""

import re
import warnings
from datetime import UTC, datetime

import pytest
import rispy
import specimens
from hypothesis import given
from hypothesis import strategies as st

from bulletin.export import SHAPES
from bulletin.export.records import family_first
from bulletin.model import Citation, Feed, Fetched, Validators
from bulletin.parse.records import given_first
from bulletin.parse.references import references

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=()) | st.sampled_from("\r\n\x0b\x1c\u2028-; TYERPMID  ")
)


def ris(paper):
    return SHAPES["ris"].make(paper)


def nbib(paper):
    return SHAPES["nbib"].make(paper)


def by_rispy(paper):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return rispy.loads(ris(paper).decode())


def by_us(content):
    when = datetime(2026, 12, 7, tzinfo=UTC)
    return references(Fetched(Feed("file", "ours.ris", ""), "", "", content, Validators(), when)).items


def test_an_article_is_read_back_by_rispy_with_its_heading_as_keyword():
    (found, report, _) = by_rispy(specimens.FULL)
    assert found["type_of_reference"] == "JOUR"
    assert found["title"] == "Early discharge and falls"
    assert found["authors"] == ["Chan, Bo", "Grey, Ann, Jr", "van der Berg, Anna", "Ward Falls Study Group"]
    assert (found["journal_name"], found["volume"], found["number"]) == ("Journal of Ward Care", "12", "3")
    assert (found["start_page"], found["end_page"], found["year"], found["date"]) == (
        "123",
        "129",
        "2026",
        "2026/08/06",
    )
    assert (found["doi"], found["urls"]) == ("10.5555/ward.1", ["https://doi.org/10.5555/ward.1"])
    assert found["abstract"] == specimens.ARTICLE.summary
    assert found["keywords"] == ["Safety & quality", "Finance"]
    assert found["name_of_database"] == "Wexbridge Update, Monday 7 December 2026"
    assert found["notes"][0] == "Why this matters here: Our wards begin in March."
    assert (report["type_of_reference"], report["publisher"]) == ("RPRT", "Department of Wards, Beds and Care")


@pytest.mark.parametrize("shape", [ris, nbib])
def test_what_is_exported_can_be_brought_back(shape):
    article, report, welsh = by_us(shape(specimens.FULL))
    assert article.title == "Early discharge and falls"
    assert article.authors == specimens.ARTICLE.authors
    assert article.citation == specimens.ARTICLE.citation
    assert article.doi == "10.5555/ward.1"
    assert article.categories[0] == "Safety & quality"
    assert str(article.published.date()) == "2026-08-06"
    assert report.url == "https://www.example.org/heat.pdf"
    assert welsh.language == "cy"


@pytest.mark.parametrize(
    ("more", "sort"),
    [
        ({"citation": Citation("Journal of Wards")}, "JOUR"),
        ({"citation": Citation("Journal of Wards"), "type": "news"}, "JOUR"),
        ({"type": "systematic-review", "doi": "10.5555/x"}, "JOUR"),
        ({"type": "research"}, "RPRT"),
        ({"type": "guidance", "doi": "10.5555/x"}, "RPRT"),
        ({"doi": "10.5555/x"}, "JOUR"),
        ({"type": "guidance"}, "RPRT"),
        ({"kind": "Policy paper"}, "RPRT"),
        ({"kind": "Official statistics", "doi": "10.5555/x"}, "RPRT"),
        ({"type": "news", "kind": "Report"}, "ELEC"),
        ({"kind": "Blog"}, "ELEC"),
        ({"url": ""}, "GEN"),
    ],
)
def test_the_type_of_a_record_is_told_by_its_item(more, sort):
    (found,) = by_rispy(specimens.paper(specimens.heading("Wards", specimens.item(**more))))
    assert found["type_of_reference"] == sort


def test_the_items_of_a_list_are_filed_under_its_title():
    assert {tuple(one["keywords"][:1]) for one in by_rispy(specimens.LISTED)} == {("Schwartz Round: reading",)}
    assert nbib(specimens.LISTED).count(b"OT  - Schwartz Round: reading\r\n") == 2


def lines(content):
    return content.decode().split("\r\n")


@pytest.mark.parametrize("text", specimens.HOSTILE.values(), ids=specimens.HOSTILE)
def test_hostile_words_stay_in_their_record(text):
    paper = specimens.hostile(text)
    assert_pairs(ris(paper), 3)
    assert len(by_rispy(paper)) == 3
    assert_pmids(nbib(paper), 3)
    if text.strip():
        assert len(by_us(ris(paper))) + len(by_us(nbib(paper))) <= 6


def assert_pairs(content, items):
    """TY begins and ER ends each record, and nothing but tags and empty lines stands anywhere."""
    found = [line[:2] for line in lines(content) if line[:5] in ("TY  -", "ER  -")]
    assert found == ["TY", "ER"] * items
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines(content) if line)
    assert len(content.decode().splitlines()) <= len(lines(content))


def assert_pmids(content, items):
    assert [line for line in lines(content) if line.startswith("PMID")] == ["PMID- 0"] * items
    assert all(re.fullmatch(r"[A-Z]{2,4} *- .+", line) for line in lines(content) if line)
    assert len([one for one in content.decode().split("\r\n\r\n") if one]) == items


@given(WORDS)
def test_whatever_is_in_them_there_is_one_record_an_item(text):
    paper = specimens.hostile(text)
    assert_pairs(ris(paper), 3)
    assert_pmids(nbib(paper), 3)
    assert "\r" not in ris(paper).decode().replace("\r\n", "")


def test_three_hundred_items_are_three_hundred_records():
    assert len(by_rispy(specimens.BIG)) == len(by_us(nbib(specimens.BIG))) == 300


def test_a_pubmed_address_gives_its_number():
    item = specimens.item(url="https://pubmed.ncbi.nlm.nih.gov/39012345/")
    assert nbib(specimens.paper(specimens.heading("Wards", item))).startswith(b"PMID- 39012345\r\n")


NAMES = [
    ("Bo Chan", "Chan, Bo"),
    ("Bo B. Chan", "Chan, Bo B."),
    ("Bo Chan Jr", "Chan, Bo, Jr"),
    ("Anna van der Berg", "van der Berg, Anna"),
    ("Chan BB", "Chan, BB"),
    ("van der Berg A", "van der Berg, A"),
    ("Chan, Bo", "Chan, Bo"),
    ("Plato", "Plato"),
    ("NHS England", "NHS England"),
    ("Department of Health", "Department of Health"),
    ("The King's Fund", "The King's Fund"),
    ("Nuffield Trust", "Nuffield Trust"),
    ("Wards Study Group", "Wards Study Group"),
    ("Ann O'Neill-Smith", "O'Neill-Smith, Ann"),
    ("孙 逸仙", "逸仙, 孙"),
    ("van der", "der, van"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "catalogued"), NAMES)
def test_people_are_filed_by_their_family_and_organisations_as_they_are(name, catalogued):
    assert family_first(name) == catalogued


@pytest.mark.parametrize(
    "name", ["Bo Chan", "Ann Grey Jr", "Anna van der Berg", "NHS England", "Ward Falls Study Group"]
)
def test_a_name_that_was_turned_round_is_turned_back(name):
    assert given_first(family_first(name)) == name
