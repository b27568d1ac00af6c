"""Turns: one request a host at a time with a rest between (F6), busy hosts left alone (F4), and nobody in the way."""

import gc
import threading
import time
import weakref
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bulletin.errors import FetchError
from bulletin.fetch import Limits, host_of
from bulletin.model import Fetched, Manners, Trouble

FEED = b"<rss><channel><title>Wexbridge news</title></channel></rss>"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SOON = timedelta(milliseconds=60)


@pytest.fixture
def watched(publisher):
    """Let paths answer in their own time while the server counts; gives the URLs and what it saw."""
    seen = {"times": [], "open": 0, "most": 0}
    lock = threading.Lock()

    def answer(handler):
        with lock:
            seen["times"].append(time.monotonic())
            seen["open"] += 1
            seen["most"] = max(seen["most"], seen["open"])
        publisher.stop.wait(0.02)
        with lock:
            seen["open"] -= 1
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(FEED)))
        handler.end_headers()
        handler.wfile.write(FEED)

    return [publisher.does(f"/{n}", answer) for n in range(4)], seen


def came(fetching, *urls, errands, holds=None):
    return {errand.url: arrival for errand, arrival in fetching.visits(errands(*urls), holds or {})}


def test_one_host_is_asked_one_at_a_time_with_a_rest_between(watched, fetcher, errands):
    """F6, by the server's own clock."""
    urls, seen = watched
    with fetcher(manners=Manners(gap=SOON)) as fetching:
        came(fetching, *urls, errands=errands)
    times = sorted(seen["times"])
    assert len(times) == 4
    assert min(after - before for before, after in pairwise(times)) >= SOON.total_seconds()
    assert seen["most"] == 1


def test_redirects_wait_for_their_turn_too(publisher, watched, fetcher, errands):
    """F6: three steps on one host are three requests with two rests between."""
    urls, _ = watched
    publisher.gives("/b", status=302, Location=urls[0])
    start = publisher.gives("/a", status=302, Location="/b")
    began = time.monotonic()
    with fetcher(manners=Manners(gap=SOON)) as fetching:
        came(fetching, start, errands=errands)
    assert time.monotonic() - began >= 2 * SOON.total_seconds()


def test_a_setting_lets_a_host_be_asked_by_more_at_a_time(publisher, fetcher, errands):
    """Both must be under way for either to end."""
    together = threading.Barrier(2, timeout=10)

    def answer(handler):
        together.wait()
        handler.send_response(304)
        handler.end_headers()

    urls = [publisher.does(f"/{n}", answer) for n in range(2)]
    with fetcher(manners=Manners(timedelta(0), at_once_a_host=2)) as fetching:
        arrivals = came(fetching, *urls, errands=errands)
    assert [str(arrivals[url]) for url in urls] == ["the server answered 304 Not Modified"] * 2


def test_who_waits_for_a_host_takes_no_place_from_another(publisher, other, fetcher, errands):
    """Many feeds of one slow host leave the one place to the feed of another host while they wait for their turn."""
    slow = [publisher.gives(f"/{n}", FEED) for n in range(5)]
    quick = other.gives("/quick", FEED)
    with fetcher(other, manners=Manners(gap=timedelta(milliseconds=100)), limits=Limits(at_once=1)) as fetching:
        order = [errand.url for errand, _ in fetching.visits(errands(*slow, quick))]
    assert order.index(quick) <= 1
    assert len(order) == 6


def test_waiting_for_a_turn_is_not_time_spent_asking(publisher, fetcher, errands):
    """F14: the wall stands around the asking alone."""
    urls = [publisher.gives(f"/{n}", FEED) for n in range(4)]
    limits = Limits(total_seconds=0.4)
    with fetcher(manners=Manners(gap=timedelta(milliseconds=300)), limits=limits) as fetching:
        arrivals = came(fetching, *urls, errands=errands)
    assert all(isinstance(arrival, Fetched) for arrival in arrivals.values())


@pytest.mark.parametrize(
    ("status", "retry_after", "until"),
    [
        (429, "3600", NOW + timedelta(hours=1)),
        (429, "Mon, 23 Nov 2026 09:00:00 GMT", NOW + timedelta(days=1)),
        (429, "", NOW + timedelta(hours=1)),
        (429, "perhaps", NOW + timedelta(hours=1)),
        (503, "3600", NOW + timedelta(hours=1)),
        (503, "Mon, 23 Nov 2026 09:00:00 GMT", NOW + timedelta(days=1)),
    ],
    ids=["seconds", "a date", "silence", "a riddle", "503 with seconds", "503 with a date"],
)
def test_a_busy_host_is_asked_nothing_more_in_this_run(publisher, fetcher, errands, status, retry_after, until):
    """F4, S07."""
    headers = {"Retry-After": retry_after} if retry_after else {}
    busy = publisher.gives("/busy", b"later", status=status, **headers)
    others = [publisher.gives(f"/{n}", FEED) for n in range(3)]

    with fetcher(now=lambda: NOW) as fetching:
        arrivals = came(fetching, busy, *others, errands=errands)
        again = came(fetching, others[0], errands=errands)
        with pytest.raises(FetchError, match="waits: "):
            fetching.document(others[0])

    assert [path for path, _ in publisher.asked] == ["/busy"]
    assert str(arrivals[busy]).startswith(f"the server answered {status} ")
    assert (arrivals[busy].trouble, arrivals[busy].held_host) == (Trouble.BUSY, publisher.address)
    assert arrivals[busy].advice.wait_until == until
    for held in [arrivals[url] for url in others] + [again[others[0]]]:
        assert (held.trouble, held.held_host, held.advice.wait_until) == (Trouble.BUSY, "", until)
        assert str(held) == f"waits: {publisher.address} asked for no visit before {until:%Y-%m-%d %H:%M} UTC"


def test_a_page_that_is_down_holds_no_other(publisher, fetcher, errands):
    """F4: a 503 without Retry-After."""
    down, fine = publisher.gives("/down", status=503), publisher.gives("/fine", FEED)
    with fetcher() as fetching:
        arrivals = came(fetching, down, fine, errands=errands)
    assert (arrivals[down].trouble, arrivals[down].held_host) == (Trouble.SERVER, "")
    assert arrivals[fine].body == FEED


def test_the_host_that_is_busy_is_the_one_that_answered(publisher, other, fetcher, errands):
    """F4: a feed that was led on to a busy host holds that one, not its own."""
    busy = other.gives("/busy", status=503, Retry_After="60")
    led_on, fine = publisher.gives("/to", status=302, Location=busy), publisher.gives("/fine", FEED)
    with fetcher(other) as fetching:
        arrivals = came(fetching, led_on, fine, errands=errands)
    assert arrivals[led_on].held_host == other.address
    assert arrivals[fine].body == FEED


def test_a_host_that_was_held_before_the_run_is_asked_nothing(publisher, other, fetcher, errands):
    """F4, S07: the hold of an earlier run."""
    held, free = publisher.gives("/held", FEED), other.gives("/free", FEED)
    until = NOW + timedelta(minutes=1)
    with fetcher(other, now=lambda: NOW) as fetching:
        arrivals = came(fetching, held, free, errands=errands, holds={publisher.address: until})
    assert (arrivals[held].trouble, arrivals[held].advice.wait_until) == (Trouble.BUSY, until)
    assert publisher.asked == []
    assert arrivals[free].body == FEED


def test_a_hold_that_is_over_holds_nobody(publisher, fetcher, errands):
    url = publisher.gives("/feed", FEED)
    with fetcher(now=lambda: NOW) as fetching:
        assert came(fetching, url, errands=errands, holds={publisher.address: NOW})[url].body == FEED


def test_a_new_run_asks_a_host_again(publisher, fetcher, errands):
    busy = publisher.gives("/busy", status=429)
    again = fetcher()
    for _ in range(2):
        with again:
            came(again, busy, errands=errands)
    assert len(publisher.asked) == 2


def test_a_slow_caller_is_not_flooded(publisher, others, fetcher, errands):
    """As many as are under way may wait to be taken; then no more are asked."""
    urls = [each.gives("/feed", FEED) for each in (publisher, *others)]
    page = publisher.gives("/page", FEED)
    with fetcher(*others, limits=Limits(at_once=1)) as fetching:
        arrivals = fetching.visits(errands(*urls))
        next(arrivals)
        for _ in range(30):
            fetching.document(page)  # by the end of which all that may be asked has been
            asked = [path for each in (publisher, *others) for path, _ in each.asked]
            assert asked.count("/feed") <= 1 + 2
        assert asked.count("/feed") == 1 + 2
        assert len(list(arrivals)) == 3


def test_a_slow_caller_is_not_flooded_with_bytes_either(publisher, others, fetcher, errands, monkeypatch):
    monkeypatch.setattr("bulletin.fetch.turns._UNTAKEN_BYTES", len(FEED))
    urls = [each.gives("/feed", FEED) for each in (publisher, *others)]
    page = publisher.gives("/page", FEED)
    with fetcher(*others, limits=Limits(at_once=2)) as fetching:
        arrivals = fetching.visits(errands(*urls))
        next(arrivals)
        for _ in range(3):
            fetching.document(page)
        asked = [path for each in (publisher, *others) for path, _ in each.asked]
        assert asked.count("/feed") <= 1 + 2  # without the bound, all four
        assert len(list(arrivals)) == 3


def test_a_hold_is_told_as_long_as_it_counts(publisher, fetcher, errands):
    """F4: a week at the most, whatever the server says."""
    busy, other = publisher.gives("/busy", status=429, Retry_After="99999999"), publisher.gives("/other", FEED)
    with fetcher(now=lambda: NOW) as fetching:
        assert str(came(fetching, busy, other, errands=errands)[other]).endswith("before 2026-11-29 09:00 UTC")


def test_a_document_that_was_taken_is_not_kept(publisher, fetcher, errands):
    """Ten thousand feeds must not lie in memory until the last of them has come."""
    with fetcher() as fetching:
        arrivals = fetching.visits(errands(publisher.gives("/a", FEED), publisher.gives("/b", FEED)))
        first = weakref.ref(next(arrivals)[1])
        next(arrivals)
        gc.collect()
        assert first() is None


def test_a_document_by_hand_is_had_in_the_middle_of_visits(publisher, fetcher, errands):
    """Even when every place is taken by visits that wait to be taken, of the very same host."""
    urls = [publisher.gives(f"/{n}", FEED) for n in range(10)]
    with fetcher(limits=Limits(at_once=1)) as fetching:
        bodies = [fetching.document(errand.url).body for errand, _ in fetching.visits(errands(*urls))]
    assert bodies == [FEED] * 10


def test_a_document_by_hand_says_what_it_accepts_and_where_it_was(publisher, fetcher):
    publisher.gives("/end", b"{}", Content_Type="application/json")
    with fetcher() as fetching:
        got = fetching.document(publisher.gives("/to", status=302, Location="/end"), accept="application/json")
    assert (got.body, got.url, got.content_type) == (b"{}", f"http://{publisher.address}/end", "application/json")
    assert got.feed.id == "by-hand"
    assert publisher.asked[0][1]["Accept"] == "application/json"


def test_a_document_by_hand_that_cannot_be_had_is_an_error(publisher, fetcher):
    with fetcher() as fetching, pytest.raises(FetchError) as caught:
        fetching.document(f"http://{publisher.address}/nowhere")
    assert caught.value.trouble is Trouble.NOT_FOUND


def test_a_connection_is_kept_only_for_who_waits_for_the_same_host(publisher, fetch):
    fetch(publisher.gives("/a", FEED), publisher.gives("/b", FEED))
    assert [headers["Connection"] for _, headers in publisher.asked] == ["keep-alive", "close"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://A.example./feed", "a.example:443"),
        ("http://a.example", "a.example:80"),
        ("https://a.example:8443/", "a.example:8443"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("file:///alerts", ""),
        ("http://[::1", ""),
    ],
)
def test_a_host_is_told_by_its_name_and_port(url, host):
    assert host_of(url) == host
