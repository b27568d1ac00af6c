"""What `bulletin feeds` says of each fault that a source can have: its state, what happened, and what to do."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import newsroom
import pytest
from publisher import Publisher

from bulletin import jobs
from bulletin.jobs import State

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = newsroom.document(newsroom.entry("Net zero theatres"))
PAGE = b"""<!doctype html><html><head><title>News</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.rss"></head><body>News</body></html>"""
CHALLENGE = {"cf_mitigated": "challenge", "Content_Type": "text/html"}

Fault = Callable[[Publisher], str]


def gives(body: bytes = b"", status: int = 200, **headers: str) -> Fault:
    return lambda publisher: publisher.gives("/feed", body, status, **headers)


def moved_away(publisher: Publisher) -> str:
    return publisher.gives("/old", status=301, Location=publisher.gives("/feed", GOOD))


# Fault, state, what happened, what to do.
FAULTS = {
    "410": (gives(status=410), State.TROUBLED, "410 Gone", "bulletin feeds try http://"),
    "403": (gives(status=403), State.TROUBLED, "403 Forbidden", "use a PubMed, Europe PMC or Crossref source"),
    "bot check": (gives(b"<html>", 403, **CHALLENGE), State.TROUBLED, "bot check", "use a PubMed"),
    "404": (gives(status=404), State.TROUBLED, "404 Not Found", "bulletin feeds try http://"),
    "500": (gives(status=500), State.TROUBLED, "500 Internal Server Error", "nothing to do yet"),
    "429": (gives(status=429, Retry_After="7200"), State.TROUBLED, "429 Too Many Requests", "nothing to do"),
    "no such host": (
        lambda _: "http://no-such-host.invalid/feed",
        State.TROUBLED,
        "no such host: no-such-host.invalid",
        "look for its new address",
    ),
    "private": (
        lambda _: "http://10.0.0.1/feed",
        State.TROUBLED,
        "address not allowed",
        "BULLETIN_ALLOW_ADDRESSES",
    ),
    "web page": (
        gives(PAGE, Content_Type="text/html"),
        State.TROUBLED,
        "a web page, not a feed; the page offers http://",
        "/feed` shows what can be read there",
    ),
    "other XML": (gives(b"<error><code>403</code></error>"), State.TROUBLED, "(<error>), not a feed", "feeds try"),
    "empty": (gives(), State.TROUBLED, "the answer is empty", "nothing to do yet"),
    "spaces": (gives(b" \n "), State.TROUBLED, "the answer is empty", "nothing to do yet"),
    "cut short": (gives(GOOD[:60]), State.SILENT, "", "never brought an item"),
    "too big": (gives(b" " * (11 << 20)), State.TROUBLED, "over 10 MB", "look at http://"),
    "entity bomb": (
        gives(b"<!DOCTYPE rss [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>"),
        State.TROUBLED,
        "entities within entities",
        "tell the publisher",
    ),
    "moved": (moved_away, State.MOVED, "", "bulletin feeds move feed-old"),
    "well": (gives(GOOD), State.WELL, "", ""),
}


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk_at(tmp_path, clock):
    """Open a desk whose one feed is at this address."""
    opened = []

    def desk(url: str) -> jobs.Desk:
        opened.append(jobs.open_desk(newsroom.settings(newsroom.workspace(tmp_path, url)), clock))
        return opened[-1].__enter__()

    yield desk
    for one in opened:
        one.__exit__(None, None, None)


def health(desk: jobs.Desk) -> jobs.Health:
    (found,) = jobs.health(desk)
    return found


@pytest.mark.parametrize(("fault", "state", "error", "advice"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_in_one_line_with_what_to_do(desk_at, publisher, fault, state, error, advice):
    desk = desk_at(fault(publisher))
    jobs.fetch(desk, jobs.due(desk))
    found = health(desk)
    assert found.state is state
    for text, words in ((found.error, error), (found.advice, advice)):
        assert words in text
        assert bool(words) == bool(text)
    assert all(text.isprintable() and len(text) < 250 for text in (found.error, found.advice))


def test_what_was_wrong_with_a_document_that_was_read_is_told(desk_at, publisher):
    cut = GOOD.replace(b"</channel></rss>", b"<item><title>Cut")
    desk = desk_at(publisher.gives("/feed", cut))
    jobs.fetch(desk, jobs.due(desk))
    found = health(desk)
    assert (found.state, found.error) == (State.WELL, "")
    assert found.warning == "the feed ends in the middle of an entry, which was left out"


def test_two_things_with_one_id_are_told(desk_at, publisher):
    items = (f"<guid isPermaLink='false'>same</guid>{newsroom.entry(name)}" for name in ("One", "Two", "Three"))
    desk = desk_at(publisher.gives("/feed", newsroom.document(*items)))
    (visit,) = jobs.fetch(desk, jobs.due(desk))
    assert visit.new == 3
    assert (
        health(desk).warning == "2 items have the same id as another one: they were told apart by title and address"
    )


@pytest.mark.parametrize(
    ("fault", "state", "advice"),
    [
        pytest.param(gives(status=410), State.GONE, "looks for its successor", id="410"),
        pytest.param(gives(status=500), State.FAILING, "in a browser", id="500"),
        pytest.param(gives(), State.FAILING, "in a browser", id="empty"),
        pytest.param(gives(status=404), State.FAILING, "looks for the feed", id="404"),
    ],
)
def test_what_stays_sick_for_days_says_so(desk_at, publisher, clock, fault, state, advice):
    desk = desk_at(fault(publisher))
    for _ in range(3):
        jobs.fetch(desk, list(desk.config.feeds))
        clock.now += DAY
    found = health(desk)
    assert (found.state, found.alarming) == (state, True)
    assert advice in found.advice


def test_a_feed_that_failed_and_is_well_again_says_nothing(desk_at, publisher, clock):
    desk = desk_at(publisher.gives("/feed", status=500))
    jobs.fetch(desk, jobs.due(desk))
    publisher.gives("/feed", GOOD)
    clock.now += DAY
    jobs.fetch(desk, jobs.due(desk))
    found = health(desk)
    assert (found.state, found.error, found.advice, found.failures) == (State.WELL, "", "", 0)


def test_the_command_gives_the_same_as_json(publisher, tmp_path, run_bulletin):
    place = newsroom.workspace(tmp_path, publisher.gives("/gone", status=410), publisher.gives("/feed", GOOD))
    run_bulletin("-C", place, "fetch", **newsroom.environment(place))
    gone, well = (json.loads(line) for line in run_bulletin("-C", place, "feeds", "--json").stdout.splitlines())
    assert (gone["state"], gone["last_error"]) == ("in trouble", "the server answered 410 Gone")
    assert (well["state"], well["last_error"], well["warning"]) == ("well", "", "")
