"""Redirects: where a chain leads, what of it is for good (F7), and what never crosses it (F13)."""

import pytest

from bulletin.errors import FetchError
from bulletin.model import Fetched, NotModified, Trouble, Validators

FEED = b"<rss><channel><title>Wexbridge news</title></channel></rss>"


@pytest.fixture
def chain(publisher):
    """Lay a chain of redirects with these status codes, one step after the other, to /end; gives its start."""

    def chain(*codes: int) -> str:
        publisher.gives("/end", FEED)
        for step, code in enumerate(codes, start=1):
            target = "/end" if step == len(codes) else f"/{step + 1}"
            publisher.gives(f"/{step}", status=code, Location=target)
        return f"http://{publisher.address}/1"

    return chain


@pytest.mark.parametrize(
    ("codes", "moved_to"),
    [
        ([301], "/end"),
        ([308], "/end"),
        ([301, 308, 301], "/end"),
        ([301, 302, 301], "/2"),
        ([308, 301, 307], "/3"),
        ([302, 301], ""),
        ([303], ""),
        ([307, 308], ""),
    ],
    ids=lambda value: "F7-" + "-".join(map(str, value)) if isinstance(value, list) else "",
)
def test_a_feed_has_moved_as_far_as_an_unbroken_chain_for_good_leads(publisher, fetch, chain, codes, moved_to):
    came = fetch(chain(*codes))
    assert came.url == f"http://{publisher.address}/end"
    assert came.advice.moved_to == (moved_to and f"http://{publisher.address}{moved_to}")


def test_a_304_at_the_end_of_a_chain_tells_the_move_too(publisher, fetch):
    publisher.gives("/new", status=304)
    came = fetch(publisher.gives("/old", status=301, Location="/new#top"), known=Validators('"1"'))
    assert isinstance(came, NotModified)
    assert came.advice.moved_to == f"http://{publisher.address}/new"


def test_a_feed_that_stands_where_it_stood_has_not_moved(publisher, fetch):
    assert fetch(publisher.gives("/feed", FEED)).advice.moved_to == ""


def test_five_redirects_are_followed_and_not_six(fetch, chain):
    """F13, S04."""
    assert isinstance(fetch(chain(*[302] * 5)), Fetched)
    came = fetch(chain(*[302] * 6))
    assert (str(came), came.trouble) == ("more than 5 redirects", Trouble.SERVER)


def test_a_redirect_without_a_target_is_no_document(publisher, fetch):
    assert str(fetch(publisher.gives("/to", b"x", status=302))) == "the server answered 302 Found"


def test_no_credentials_and_no_cookies_are_ever_sent(publisher, other, fetcher, errands):
    """F13: a server that sets cookies gets none back, neither itself nor the next one."""
    there = other.gives("/feed", FEED)
    publisher.gives("/to", status=302, Location=there, Set_Cookie="who=we; Path=/")
    start = publisher.gives("/", status=302, Location="/to", Set_Cookie="who=we; Path=/")

    with fetcher(other) as fetching:
        came = [arrival for _ in range(2) for _, arrival in fetching.visits(errands(start))]

    assert all(isinstance(arrival, Fetched) for arrival in came)
    sent = {name for _, headers in publisher.asked + other.asked for name in headers}
    assert not sent & {"Cookie", "Authorization", "Proxy-Authorization", "Referer"}


def test_the_next_host_of_a_chain_is_asked_in_its_own_turn(publisher, other, fetcher, errands):
    """Two feeds that lead to each other's host never wait for each other for ever."""
    here, there = publisher.gives("/end", FEED), other.gives("/end", FEED)
    starts = [publisher.gives("/to", status=302, Location=there), other.gives("/to", status=302, Location=here)]
    with fetcher(other) as fetching:
        came = [arrival for _, arrival in fetching.visits(errands(*starts * 5))]
    assert [arrival.body for arrival in came] == [FEED] * 10


@pytest.mark.parametrize(
    "location",
    [
        "http://[::1",
        "http://exa\u00admple.org:99999999/",
        "//",
        "http://" + "a" * 70000,
        "http://xn--a/",
        "\u00ff\u00fe",
    ],
    ids=["bracket", "port", "nothing", "endless", "no name", "bytes"],
)
def test_a_redirect_to_what_is_no_address_is_one_plain_failure(publisher, fetch, location):
    came = fetch(publisher.gives("/to", status=302, Location=location.encode().decode("latin-1")))
    assert isinstance(came, FetchError)
    assert len(str(came)) < 300
    assert str(came).isprintable()
