"""robots.txt for web pages (RFC 9309): asked once, obeyed, and a doubt is a no."""

import itertools
import time
from datetime import timedelta

import pytest

from bulletin.errors import FetchError
from bulletin.model import FeedKind, Fetched, Manners, Trouble

PAGE = b"<html><body><h2>News</h2></body></html>"


@pytest.fixture
def visit(publisher, fetch):
    """Visit /news as a page of a site that says this in robots.txt; gives what came."""

    def visit(robots: bytes | None, status: int = 200, agent: str = "", **headers: str):
        if robots is not None:
            publisher.gives("/robots.txt", robots, status=status, **headers)
        return fetch(publisher.gives("/news", PAGE), kind=FeedKind.PAGE, agent=agent)

    return visit


def paths(publisher) -> list[str]:
    return [path for path, _ in publisher.asked]


def test_robots_txt_is_asked_before_the_page(publisher, visit):
    assert visit(b"User-agent: *\nDisallow: /private\n").body == PAGE
    assert paths(publisher) == ["/robots.txt", "/news"]


def test_a_page_that_is_closed_to_robots_is_not_asked_for(publisher, visit):
    came = visit(b"User-agent: *\nDisallow: /news\n")
    assert str(came) == "the robots.txt of 127.0.0.1 asks us to stay away from this page"
    assert came.trouble is Trouble.ROBOTS
    assert paths(publisher) == ["/robots.txt"]


@pytest.mark.parametrize(
    ("group", "agent", "closed"),
    [
        ("bulletin", "", True),
        ("Bulletin", "", True),
        ("otherbot", "", False),
        ("library", "", False),
        ("wexbot", "Mozilla/5.0 (compatible; wexbot/1.0)", True),
        ("bulletin", "Mozilla/5.0 (compatible; wexbot/1.0)", False),
    ],
    ids=["ours", "in any case", "another's", "a word of our contact", "the feed's own", "not ours any more"],
)
def test_the_group_of_the_agent_that_asks_counts(visit, group, agent, closed):
    came = visit(f"User-agent: {group}\nDisallow: /\n".encode(), agent=agent)
    assert isinstance(came, FetchError if closed else Fetched)


@pytest.mark.parametrize(
    ("robots", "status"),
    [(None, 404), (b"", 200), (b"Disallow: /", 403), (b"Disallow: /", 410), (b"<html>Not found</html>", 200)],
    ids=["none", "empty", "403", "410", "a web page"],
)
def test_a_site_without_rules_asks_for_nothing(visit, robots, status):
    assert visit(robots, status).body == PAGE


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (500, {}, "the server answered 500 Internal Server Error"),
        (200, {"Content-Length": "9999"}, "the answer broke off before its end"),
        (302, {"Location": "/robots.txt"}, "more than 5 redirects"),
    ],
    ids=["500", "cut short", "a loop"],
)
def test_while_the_rules_cannot_be_read_no_page_is_asked_for(publisher, visit, status, headers, words):
    def cut(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.close_connection = True

    publisher.does("/robots.txt", cut)
    came = visit(None)
    assert str(came) == f"no page is asked for while robots.txt cannot be read: {words}"
    assert came.trouble is Trouble.ROBOTS
    assert "/news" not in paths(publisher)


def test_rules_that_are_too_long_are_not_read_in_part(visit):
    came = visit(b"#" * (500 * 1024 + 1))
    assert str(came).endswith("the answer unpacks to over 512000 bytes: this is no feed to read")


def test_a_site_too_busy_for_robots_txt_is_left_alone(publisher, visit):
    came = visit(b"", 503, Retry_After="60")
    assert (came.trouble, came.held_host) == (Trouble.BUSY, publisher.address)
    assert paths(publisher) == ["/robots.txt"]


def test_the_rules_are_asked_for_once_a_run(publisher, fetch):
    publisher.gives("/robots.txt", b"User-agent: *\nDisallow: /b\n")
    urls = [publisher.gives(path, PAGE) for path in ("/a", "/b", "/c")]
    came = fetch(*urls, kind=FeedKind.PAGE)
    assert [isinstance(came[url], Fetched) for url in urls] == [True, False, True]
    assert paths(publisher).count("/robots.txt") == 1


def test_a_redirect_leads_only_where_robots_may_go(publisher, fetch):
    publisher.gives("/robots.txt", b"User-agent: *\nDisallow: /closed\n")
    publisher.gives("/closed", PAGE)
    came = fetch(publisher.gives("/news", status=302, Location="/closed"), kind=FeedKind.PAGE)
    assert came.trouble is Trouble.ROBOTS
    assert paths(publisher) == ["/robots.txt", "/news"]


def test_a_site_that_asks_for_a_longer_rest_gets_it(publisher, fetcher, errands):
    times = []

    def answer(handler):
        times.append(time.monotonic())
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PAGE)))
        handler.end_headers()
        handler.wfile.write(PAGE)

    publisher.gives("/robots.txt", b"User-agent: *\nCrawl-delay: 0.1\n")
    urls = [publisher.does(path, answer) for path in ("/a", "/b", "/c")]
    with fetcher(manners=Manners(gap=timedelta(0))) as fetching:
        assert len(list(fetching.visits(errands(*urls, kind=FeedKind.PAGE)))) == 3
    assert all(after - before >= 0.1 for before, after in itertools.pairwise(times))


def test_feeds_are_made_for_machines_and_need_no_leave(publisher, fetch):
    """F16."""
    publisher.gives("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert fetch(publisher.gives("/feed", PAGE)).body == PAGE
    assert paths(publisher) == ["/feed"]
