"""What in a title tells two things apart, and what a preprint is."""

import pytest

from bulletin.classify.same.apart import contradict, is_periodical, is_standing, numbers, stages
from bulletin.classify.same.preprints import surnames
from bulletin.classify.same.wording import wording
from bulletin.identity import is_preprint, normal_title
from bulletin.model import Item


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("One in four nurses", ("1", "4")),
        ("Part iv, section 12", ("4", "12")),
        ("Sept figures for 2026", ("september", "2026")),
        ("Q3 results v201509", ("3", "201509")),
        ("Thirty-day mortality", ("30",)),
        ("COVID-19 in care homes", ()),
        ("2,600 more beds", ("2600",)),
        ("Week 04", ("4",)),
        ("Friday briefing, autumn", ("friday", "autumn")),
        ("Plain words", ()),
    ],
)
def test_numbers_and_dates_are_read_in_any_form(title, found):
    assert numbers(normal_title(title)) == found


def test_a_stage_is_known_by_its_singular():
    assert stages("draft guideline and slides") == {"draft", "slide"}


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("sepsis over 16", "sepsis under 16", True),
        ("more nurses", "fewer nurses", True),
        ("the case for change", "the case against change", True),
        ("men and women", "men and women", False),
        ("men", "adults", False),
    ],
)
def test_opposites_contradict(one, other, do):
    assert contradict(one, other) == contradict(other, one) == do


def test_titles_of_standing_documents_and_of_periodicals_are_known():
    assert is_standing("board papers")
    assert is_standing("our annual report and accounts")
    assert not is_standing("the road to recovery")
    assert is_periodical("weekly flu report")
    assert not is_periodical("flu report")


@pytest.mark.parametrize(
    ("item", "is_one"),
    [
        pytest.param(Item("x", doi="10.1101/2026.01.14.26300111"), True, id="medRxiv"),
        pytest.param(Item("x", doi="10.1101/gad.123.4"), False, id="a journal of Cold Spring Harbor"),
        pytest.param(Item("x", doi="10.64898/2026.02.20.706001"), True, id="openRxiv"),
        pytest.param(Item("x", doi="10.21203/rs.3.rs-1/v1"), True, id="Research Square"),
        pytest.param(Item("x", doi="10.2139/ssrn.1"), True, id="SSRN"),
        pytest.param(Item("x", doi="10.48550/arxiv.2601.1"), True, id="arXiv"),
        pytest.param(Item("x", doi="10.20944/preprints202601.1.v1"), True, id="Preprints.org"),
        pytest.param(Item("x", doi="10.31234/osf.io/x7k2q"), True, id="PsyArXiv"),
        pytest.param(Item("x", doi="10.31218/x"), False, id="beside the OSF family"),
        pytest.param(Item("x", url="https://www.arxiv.org/abs/2601.1"), True, id="arXiv by its address"),
        pytest.param(Item("x", url="https://arxiv.org/abs/1", doi="10.5555/x"), False, id="a DOI has the last word"),
        pytest.param(Item("x", doi="10.3310/hta1"), False, id="NIHR journals"),
        pytest.param(Item("x"), False, id="nothing"),
    ],
)
def test_a_preprint_is_known_by_its_doi_or_address(item, is_one):
    assert is_preprint(item) == is_one


@pytest.mark.parametrize(
    "name",
    ["Amara B. Nwosu", "A.B. Nwosu", "Nwosu A", "Nwosu AB", "Nwosu, Amara", "Nwosu, A.-B.", "NWOSU A", "Nwosu"],
)
def test_a_family_name_is_found_in_any_form(name):
    assert surnames(Item("x", authors=(name,))) == {"nwosu"}


def test_initials_alone_are_better_than_no_name():
    assert surnames(Item("x", authors=("LI", ""))) == {"li"}


def test_a_text_is_read_without_markup_up_to_its_first_words():
    read = wording(Item("A title", summary="<p>Some <b>bold</b> words</p>" + "<p>and more</p>" * 100))
    assert read.opening.startswith("some bold words and more")
    assert len(read.opening) <= 400
    assert read.text.startswith(read.opening)


def test_a_few_words_are_no_text():
    assert not wording(Item("x", summary="<p>Volume 3, Issue 2, Page 1-9, March 2026.</p>")).has_text
    assert wording(Item("x", summary="<p>" + "word " * 12 + "</p>")).has_text
