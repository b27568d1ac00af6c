"""A DOI, out of whatever a feed wraps around it."""

import pytest

from bulletin.identity import doi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("10.5555/Abc.1", "10.5555/abc.1", id="alone"),
        pytest.param("doi:10.5555/abc", "10.5555/abc", id="labelled"),
        pytest.param("https://doi.org/10.5555/abc?af=R", "10.5555/abc", id="resolver"),
        pytest.param("https://example.org/doi/full/10.5555/abc.1", "10.5555/abc.1", id="publisher"),
        pytest.param("https://example.org/doi/10.5555/abc/full", "10.5555/abc", id="page behind it"),
        pytest.param("https://example.org/10.5555/abc;jsessionid=1F2E?x=1", "10.5555/abc", id="session behind it"),
        pytest.param("(10.5555/abc).", "10.5555/abc", id="sentence around it"),
        pytest.param("10.5555/s0140-6736(20)30183-5", "10.5555/s0140-6736(20)30183-5", id="brackets inside"),
        pytest.param("10.5555/0012-9658(2006)", "10.5555/0012-9658(2006)", id="its own bracket last"),
        pytest.param("[10.5555/87[2445:aibn]2.0.co;2]", "10.5555/87[2445:aibn]2.0.co;2", id="square brackets"),
        pytest.param(
            "10.5555/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.5555/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
            id="SICI",
        ),
        pytest.param("https://doi.org/10.5555/079%3C0001:X%3E2.0.CO;2", "10.5555/079<0001:x>2.0.co;2", id="escaped"),
        pytest.param('10.5555/"><script>', "", id="markup"),
        pytest.param("110.5555/abc", "", id="part of another number"),
        pytest.param("10.55/abc", "", id="prefix too short"),
        pytest.param("pmid:34811326", "", id="another identifier"),
    ],
)
def test_a_doi_is_found_and_nothing_of_its_wrapping_is_kept(text, expected):
    assert doi(text) == expected


def test_two_articles_that_differ_only_within_a_sici_are_two():
    stem = "10.5555/(sici)1097-0258(19980815)17:15"
    assert doi(f"{stem}<1661::aid-sim968>3.0.co;2-2") != doi(f"{stem}<1671::aid-sim969>3.0.co;2-2")
