"""Links: whether they answer, asked as gently as can be, and never inside the house."""

from datetime import UTC, datetime, timedelta

import pytest

from bulletin.fetch import Limits
from bulletin.model import Manners

BODY = b"<p>Gowns</p>"


def says(status, **headers):
    """An answer to HEAD."""

    def answer(handler):
        handler.send_response(status)
        for name, value in ({"Content-Length": "0"} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


@pytest.fixture
def state(publisher, fetcher):
    """Ask one link; gives its state, or None."""

    def state(url, **settings):
        with fetcher(**settings) as one:
            return one.links([url], 20).get(url)

    return state


def test_head_is_enough_where_it_is_answered(publisher, state):
    url = publisher.gives("/gowns", BODY)
    publisher.heads["/gowns"] = says(200)
    assert (state(url).status, publisher.asked_heads, publisher.asked) == (200, ["/gowns"], [])


@pytest.mark.parametrize("refused", [400, 403, 404, 405, 500, 501])
def test_where_head_is_refused_get_has_the_word(publisher, state, refused):
    url = publisher.gives("/gowns", BODY)
    publisher.heads["/gowns"] = says(refused)
    assert state(url).status == 200


def test_no_more_of_a_document_is_read_than_that_there_is_one(publisher, state):
    url = publisher.gives("/gowns", b"x" * 5000)
    assert state(url, limits=Limits(wire_bytes=1, body_bytes=1)).status == 200


@pytest.mark.parametrize("status", [403, 404, 410, 500])
def test_a_link_that_leads_nowhere_says_what_was_answered(publisher, state, status):
    found = state(publisher.gives("/gowns", b"", status))
    assert found.status == status
    assert found.why.startswith(f"the server answered {status}")


def test_redirects_are_followed_and_the_last_answer_counts(publisher, state):
    publisher.gives("/end", BODY)
    assert state(publisher.gives("/moved", status=301, Location="/end")).status == 200
    assert state(publisher.gives("/lost", status=302, Location="/nowhere")).status == 404
    assert state(publisher.gives("/round", status=302, Location="/round")).status == 0


def test_no_link_leads_into_the_house(publisher, other, state):
    there = other.gives("/secret", BODY)
    for url in (there, publisher.gives("/moved", status=302, Location=there)):
        found = state(url)
        assert found.status == 0
        assert "address not allowed" in found.why
    assert (other.asked, other.asked_heads) == ([], [])


@pytest.mark.parametrize(
    "url", ["mailto:a@example.org", "https://user@example.org/", "javascript:x", "", "https://["]
)
def test_what_is_no_web_address_is_not_visited(state, url):
    assert state(url).status == 0


def test_a_host_that_wants_a_pause_says_nothing_of_its_links(publisher, fetcher):
    busy = publisher.gives("/busy", status=429, Retry_After="600")
    with fetcher() as one:
        assert one.links([busy, publisher.gives("/gowns", BODY)], 20) == {}


def test_a_host_that_asked_for_a_pause_before_is_left_alone(publisher, fetcher):
    url = publisher.gives("/gowns", BODY)
    with fetcher() as one:
        until = datetime.now(UTC) + timedelta(hours=1)
        assert one.links([url], 20, {publisher.address: until}) == {}
    assert (publisher.asked, publisher.asked_heads) == ([], [])


def test_what_has_no_turn_in_time_is_left(publisher, fetcher):
    first, second = publisher.gives("/a", BODY), publisher.gives("/b", BODY)
    publisher.heads |= {"/a": says(200), "/b": says(200)}
    with fetcher(manners=Manners(gap=timedelta(seconds=30))) as one:
        assert list(one.links([first, second], 0.5)) == [first]
    assert publisher.asked_heads == ["/a"]


def test_a_link_that_is_named_twice_is_asked_once(publisher, fetcher):
    url = publisher.gives("/gowns", BODY)
    publisher.heads["/gowns"] = says(200)
    with fetcher() as one:
        assert list(one.links([url, url], 20)) == [url]
        assert one.links([], 20) == {}
    assert publisher.asked_heads == ["/gowns"]
