"""The works of a journal are asked of Crossref by ISSN and followed from cursor to cursor."""

import json
from datetime import UTC, datetime

import pytest
from search_kit import CONTACT, asked, find, gives_in_turn

from bulletin.errors import FetchError
from bulletin.model import FeedKind, Trouble

ISSN = "2049-3630"
PATH = f"/base/journals/{ISSN}/works"


def page(works: int, following: object = "DnF1+/==", **more: object) -> dict[str, object]:
    items = [{"DOI": f"10.5555/bulletin.{n}", "title": ["A fictional trial of chairs"]} for n in range(works)]
    message = {"total-results": 12345, "items-per-page": 100, "items": items, "next-cursor": following}
    return {"status": "ok", "message-type": "work-list", "message": message | more}


@pytest.fixture
def crossref(publisher):
    """Ask a Crossref that gives these answers."""

    def crossref(*answers: object, since: datetime | None = None):
        gives_in_turn(publisher, PATH, *answers)
        return find(publisher, FeedKind.CROSSREF, ISSN, since).documents

    return crossref


def test_a_journal_is_asked_for_the_works_first_deposited_in_the_last_sixty_days(crossref, publisher):
    (document,) = crossref(page(2))
    assert json.loads(document) == page(2)
    assert asked(publisher) == [
        (
            PATH,
            {
                "filter": "from-created-date:2030-01-30",
                "sort": "created",
                "order": "desc",
                "rows": "100",
                "cursor": "*",
                "mailto": CONTACT,
            },
        )
    ]


def test_a_later_visit_asks_from_three_days_before_the_last_one(crossref, publisher):
    crossref(page(0), since=datetime(2030, 3, 2, 8, 0, tzinfo=UTC))
    assert asked(publisher)[0][1]["filter"] == "from-created-date:2030-02-27"


def test_pages_are_followed_until_one_is_not_full_though_the_cursor_stays_the_same(crossref, publisher):
    assert len(crossref(page(100), page(100), page(7))) == 3
    assert [question["cursor"] for _, question in asked(publisher)] == ["*", "DnF1+/==", "DnF1+/=="]


def test_an_empty_page_is_the_last(crossref, publisher):
    assert len(crossref(page(100), page(0))) == 2


def test_five_hundred_works_are_the_most(crossref, publisher):
    assert len(crossref(*[page(100) for _ in range(20)])) == 5


def test_a_full_page_without_a_cursor_is_the_last(crossref):
    assert len(crossref(page(100, ""))) == 1


def test_an_issn_that_crossref_does_not_know_is_said_in_plain_words(publisher):
    with pytest.raises(FetchError, match=r"no journal with the ISSN 0000-0000: check it at") as caught:
        find(publisher, FeedKind.CROSSREF, "0000-0000")
    assert caught.value.trouble is Trouble.NOT_FOUND


def test_an_issn_that_is_none_cannot_lead_elsewhere(publisher):
    with pytest.raises(FetchError, match="no journal with the ISSN"):
        find(publisher, FeedKind.CROSSREF, "../../works?x=\n#")
    assert publisher.asked[0][0].startswith("/base/journals/..%2F..%2Fworks%3Fx%3D%0A%23/works?filter=")


def test_any_other_refusal_is_told_as_it_is(publisher):
    publisher.gives(PATH, status=503)
    with pytest.raises(FetchError, match="the server answered 503"):
        find(publisher, FeedKind.CROSSREF, ISSN)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"Resource not found.", id="words"),
        pytest.param({"status": "failed", "message": [{"type": "validation-failure"}]}, id="a list for an object"),
        pytest.param({"status": "ok", "message": {"items": "none"}}, id="text for a list"),
        pytest.param(page(100, following=None), id="a cursor that is no text"),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_is_said_to_be_so(crossref, answer):
    with pytest.raises(FetchError, match="Crossref answered, but not with what was asked for") as caught:
        crossref(answer)
    assert caught.value.trouble is Trouble.UNREADABLE


def test_what_is_beyond_the_newest_five_hundred_is_counted(publisher):
    page = {"message": {"total-results": 734, "items": [{}] * 100, "next-cursor": "more"}}
    gives_in_turn(publisher, PATH, *[page] * 5)
    came = find(publisher, FeedKind.CROSSREF, ISSN)
    assert (len(came.documents), came.missed) == (5, 234)
