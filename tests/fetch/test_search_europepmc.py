"""A Europe PMC search is asked by its REST service and followed from cursor to cursor."""

import json
from datetime import UTC, datetime

import pytest
from search_kit import CONTACT, asked, find, gives_in_turn

from bulletin.errors import FetchError
from bulletin.model import FeedKind, Trouble


def page(results: int, following: str | None = None, **more: object) -> dict[str, object]:
    result = [{"id": str(n), "source": "MED", "doi": f"10.5555/bulletin.{n}"} for n in range(results)]
    cursor = {} if following is None else {"nextCursorMark": following}
    return {"version": "6.9", "hitCount": results, "resultList": {"result": result}} | cursor | more


@pytest.fixture
def europepmc(publisher):
    """Search a Europe PMC that gives these answers."""

    def europepmc(*answers: object, what: str = "bed occupancy", since: datetime | None = None):
        gives_in_turn(publisher, "/base/search", *answers)
        return find(publisher, FeedKind.EUROPEPMC, what, since).documents

    return europepmc


def cursors(publisher) -> list[str]:
    return [question["cursorMark"] for _, question in asked(publisher)]


def test_a_search_asks_for_what_was_first_indexed_in_the_last_sixty_days(europepmc, publisher):
    (document,) = europepmc(page(1))
    assert json.loads(document) == page(1)
    assert asked(publisher) == [
        (
            "/base/search",
            {
                "query": "(bed occupancy) AND (FIRST_IDATE:[2030-01-30 TO 2030-03-31])",
                "resultType": "core",
                "synonym": "true",
                "format": "json",
                "pageSize": "100",
                "sort": "FIRST_IDATE_D desc",
                "cursorMark": "*",
            },
        )
    ]


def test_a_later_visit_asks_from_three_days_before_the_last_one(europepmc, publisher):
    europepmc(page(0), since=datetime(2030, 3, 2, 8, 0, tzinfo=UTC))
    assert "FIRST_IDATE:[2030-02-27 TO 2030-03-31]" in asked(publisher)[0][1]["query"]


def test_the_contact_stays_out_of_the_newsletter(europepmc, publisher):
    europepmc(page(0))
    assert CONTACT not in str(publisher.asked[0][0])


def test_pages_are_followed_until_the_cursor_repeats(europepmc, publisher):
    assert len(europepmc(page(100, "AoE=&+/"), page(100, "AoF"), page(3, "AoF"))) == 3
    assert cursors(publisher) == ["*", "AoE=&+/", "AoF"]


@pytest.mark.parametrize(
    "last", [pytest.param(page(3), id="no cursor"), pytest.param(page(0, "AoX"), id="no results")]
)
def test_the_end_is_also_known_by(last, europepmc, publisher):
    assert len(europepmc(page(100, "AoE"), last)) == 2


def test_five_hundred_results_are_the_most(europepmc, publisher):
    assert len(europepmc(*[page(100, f"Ao{n}") for n in range(20)])) == 5


def test_ten_pages_are_the_most(europepmc, publisher):
    assert len(europepmc(*[page(1, f"Ao{n}") for n in range(20)])) == 10


def test_a_search_that_it_does_not_understand_says_where_to_try_it(europepmc):
    with pytest.raises(FetchError, match=r"Invalid query.*try the search on https://europepmc.org") as caught:
        europepmc({"version": "6.9", "errCode": 404, "errMsg": "Invalid query"})
    assert caught.value.trouble is Trouble.SERVER


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<?xml version='1.0'?><responseWrapper/>", id="XML"),
        pytest.param({}, id="nothing of it"),
        pytest.param({"resultList": []}, id="a list for an object"),
        pytest.param({"resultList": {"result": {"id": "1"}}}, id="one result for a list"),
        pytest.param({"resultList": {"result": ["1"]}}, id="results that are no objects"),
        pytest.param(page(1) | {"nextCursorMark": 7}, id="a cursor that is no text"),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_is_said_to_be_so(europepmc, answer):
    with pytest.raises(FetchError, match="Europe PMC answered, but not with what was asked for") as caught:
        europepmc(answer)
    assert caught.value.trouble is Trouble.UNREADABLE


def test_a_later_page_that_breaks_fails_the_visit_instead_of_losing_the_rest(europepmc):
    with pytest.raises(FetchError):
        europepmc(page(100, "AoE"), b'{"resultList": {"resu')
