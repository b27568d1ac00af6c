"""Which known items is an incoming one? Decided without a database."""

import pytest

from bulletin.model import Item
from bulletin.store.match import Known, homes

TITLE, LIKE, OTHER = "Hand hygiene in three wards", "Hand hygiene in three busy wards", "Minister visits hospital"


def known(name, title=TITLE, doi="", *, exact=False, by_doi=False, met=False):
    return Known(Item(title, id=name, doi=doi), "", exact, by_doi, met)


@pytest.mark.parametrize(
    ("candidates", "doi", "expected"),
    [
        pytest.param([], "", [], id="nobody"),
        pytest.param([known("a")], "", ["a"], id="by title"),
        pytest.param([known("a", OTHER, "10.5555/a")], "10.5555/a", ["a"], id="by DOI"),
        pytest.param(
            [known("a", OTHER, "10.5555/paper", by_doi=True)], "10.5555/a", ["a"], id="by the DOI of its preprint"
        ),
        pytest.param(
            [known("a", OTHER, "10.5555/paper", by_doi=True), known("b")],
            "10.5555/a",
            ["a", "b"],
            id="by the DOI of its preprint, and by title",
        ),
        pytest.param([known("a", OTHER, exact=True)], "", ["a"], id="by an exact key"),
        pytest.param([known("a", LIKE)], "", ["a"], id="by likeness"),
        pytest.param([known("a", LIKE, met=True)], "", [], id="likeness is not enough within one document"),
        pytest.param([known("a", OTHER)], "", [], id="nothing alike"),
        pytest.param([known("a", LIKE), known("b", exact=True)], "", ["b"], id="the same words before likeness"),
        pytest.param(
            [known("a", OTHER, "10.5555/a"), known("b", LIKE)], "10.5555/a", ["a", "b"], id="DOI and likeness"
        ),
        pytest.param([known("a", doi="10.5555/a"), known("b")], "10.5555/a", ["a", "b"], id="DOI and title"),
        pytest.param([known("a", doi="10.5555/b", exact=True)], "10.5555/a", [], id="another DOI"),
        pytest.param(
            [known("a", LIKE), known("b", doi="10.5555/b", exact=True)],
            "10.5555/a",
            ["a"],
            id="what has another DOI stands in nobody's way",
        ),
        pytest.param(
            [known("a"), known("b", doi="10.5555/b"), known("c", doi="10.5555/c"), known("d", doi="10.5555/b")],
            "",
            ["a", "b", "d"],
            id="of two DOIs the one with the stronger key",
        ),
    ],
)
def test_an_incoming_item_is(candidates, doi, expected):
    assert homes(candidates, Item(TITLE, doi=doi)) == expected
