"""A visit: conditional, bounded, and every failure in plain words."""

import gzip
import tracemalloc
import zlib

import pytest

from bulletin.errors import FetchError
from bulletin.fetch import Fetcher, _spread
from bulletin.model import Feed, Fetched, NotModified, Validators

FEED = b"<rss><channel><title>Wexbridge news</title></channel></rss>"


def test_a_document_arrives_with_its_type_and_validators(publisher, fetch):
    url = publisher.gives("/feed", FEED, Content_Type="application/rss+xml", ETag='W/"1"', Last_Modified="Mon")

    came = fetch(url)

    assert isinstance(came, Fetched)
    assert (came.body, came.content_type, came.url) == (FEED, "application/rss+xml", url)
    assert came.validators == Validators('W/"1"', "Mon")
    assert came.at.tzinfo is not None


def test_both_validators_go_back_byte_for_byte(publisher, fetch):
    url = publisher.gives("/feed", status=304)
    known = Validators('W/"a, b"', "Mon, 02 Jun 2025 09:00:00 GMT")

    came = fetch(url, known=known)

    assert isinstance(came, NotModified)
    headers = publisher.asked[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (known.etag, known.last_modified)


@pytest.mark.parametrize("etag", ['"\u00e9"', '"\u00c3\u00a9"'], ids=["latin-1", "utf-8"])
def test_validators_beyond_ascii_go_back_as_they_came(publisher, fetch, etag):
    url = publisher.gives("/feed", FEED, ETag=etag)
    fetch(url, known=fetch(url).validators)
    assert publisher.asked[1][1]["If-None-Match"] == etag


@pytest.mark.parametrize("where", ["of the feed", "of a redirect"])
def test_a_host_that_is_no_name_stops_no_other_feed(publisher, fetch, where):
    bad = "http://xn--a/feed"
    url = bad if where == "of the feed" else publisher.gives("/to", status=302, Location=bad)
    good = publisher.gives("/good", FEED)
    came = fetch(url, good)
    assert str(came[url]) == "the address is not one that can be visited"
    assert came[good].body == FEED


def test_a_304_may_bring_a_new_validator(publisher, fetch):
    url = publisher.gives("/feed", status=304, ETag='"2"')
    assert fetch(url, known=Validators('"1"', "Mon")).validators == Validators('"2"', "Mon")


def test_a_first_visit_sends_no_validators(publisher, fetch):
    fetch(publisher.gives("/feed", FEED))
    assert not {"If-None-Match", "If-Modified-Since"} & set(publisher.asked[0][1])


def test_the_user_agent_names_the_product_and_a_contact(publisher, fetch):
    fetch(publisher.gives("/feed", FEED))
    agent = publisher.asked[0][1]["User-Agent"]
    assert agent.startswith("bulletin/")
    assert "library@example.nhs.uk" in agent


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(FEED)),
        ("x-gzip", gzip.compress(FEED)),
        ("gzip", gzip.compress(FEED[:20]) + gzip.compress(FEED[20:])),
        ("gzip", gzip.compress(FEED) + b"\0\0\0"),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("identity", FEED),
        ("identity", gzip.compress(FEED)),
    ],
    ids=["gzip", "x-gzip", "two members", "padding", "zlib", "bare deflate", "identity", "a file that is packed"],
)
def test_packed_answers_are_unpacked(publisher, fetch, encoding, packed):
    assert fetch(publisher.gives("/feed", packed, Content_Encoding=encoding)).body == FEED


@pytest.mark.parametrize(
    ("encoding", "packed", "why"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(FEED)), "packed its answer as 'gzip, gzip'"),
        ("br", b"x", "packed its answer as 'br'"),
        ("gzip", gzip.compress(FEED)[:-9], "cut short"),
        ("gzip", FEED, "broken"),
        ("deflate", b"\xff" * 40, "broken"),
    ],
)
def test_answers_that_cannot_be_unpacked_say_so(publisher, fetch, encoding, packed, why):
    came = fetch(publisher.gives("/feed", packed, Content_Encoding=encoding))
    assert isinstance(came, FetchError)
    assert why in str(came)


def test_a_gzip_bomb_is_stopped_before_it_has_gone_off(publisher, fetch):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    url = publisher.gives("/bomb", bomb, Content_Encoding="gzip")

    tracemalloc.start()
    came = fetch(url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "unpacks to over" in str(came)
    assert peak < 50 << 20


def test_an_endless_answer_is_cut_at_the_cap(publisher, fetch):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while not publisher.stop.is_set():
            handler.wfile.write(b" " * 65536)

    came = fetch(publisher.does("/endless", endless), wire_bytes=1 << 20)
    assert str(came) == "the answer is over 1 MB: this is no feed to read"


def test_a_server_that_drips_is_left_in_time(publisher, fetch):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        while not publisher.stop.wait(0.02):
            handler.wfile.write(b" ")

    assert str(fetch(publisher.does("/drip", drip), total_seconds=0.3)) == "not finished within 0.3 seconds"


def test_a_server_that_hangs_is_left_in_time(publisher, fetch):
    hang = publisher.does("/hang", lambda _: publisher.stop.wait(20))
    assert str(fetch(hang, read_seconds=0.2)) == "no answer within 0.2 seconds"


def test_a_body_shorter_than_announced_is_a_failure(publisher, fetch):
    def short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(FEED)
        handler.close_connection = True

    assert "broke off" in str(fetch(publisher.does("/short", short)))


def test_huge_headers_are_refused(publisher, fetch):
    assert "broke off" in str(fetch(publisher.gives("/feed", FEED, X_A="a" * (1 << 20))))


def test_redirects_are_followed_and_the_last_address_is_told(publisher, fetch):
    publisher.gives("/b", status=302, Location="/c?x=1")
    end = publisher.gives("/c", FEED)
    came = fetch(publisher.gives("/a", status=301, Location="/b"))
    assert (came.url, came.body) == (end + "?x=1", FEED)


def test_a_redirect_loop_ends(publisher, fetch):
    assert str(fetch(publisher.gives("/loop", status=302, Location="/loop"))) == "more than 5 redirects"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "address not allowed: file:/etc/passwd"),
        ("ftp://example.org/", "address not allowed: ftp://example.org/"),
        ("http://user:pw@example.org/", "address not allowed: it carries a user name"),
        ("javascript:alert(1)", "the address is not one that can be visited"),
    ],
)
def test_a_redirect_leads_only_to_plain_http(publisher, fetch, target, words):
    assert str(fetch(publisher.gives("/to", status=302, Location=target))) == words


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (404, {}, "the server answered 404 Not Found"),
        (503, {}, "the server answered 503 Service Unavailable"),
        (299, {}, "the server answered 299"),
        (403, {"cf-mitigated": "challenge"}, "the server answered 403: blocked by a bot check"),
    ],
)
def test_a_refusal_is_told_in_words(publisher, fetch, status, headers, words):
    assert str(fetch(publisher.gives("/feed", b"no", status=status, **headers))) == words


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1/feed", "nobody answers at this address"),
        ("http://no-such-host.invalid/feed", "no such host: no-such-host.invalid"),
        ("http://[::1/feed", "the address is not one that can be visited"),
        ("https:///feed", "address not allowed: https:/feed"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_words(fetch, url, words):
    assert str(fetch(url, allowed=frozenset({"127.0.0.1:1"}))) == words


def test_a_server_without_tls_is_told_in_words(publisher, fetch):
    assert "no secure connection" in str(fetch(f"https://{publisher.address}/feed"))


def test_one_failure_stops_no_other(publisher, fetch):
    good = [publisher.gives(f"/good{n}", FEED) for n in range(20)]
    bad = publisher.gives("/bad", status=500)

    came = fetch(*good[:10], bad, *good[10:])

    assert [url for url in good if isinstance(came[url], Fetched)] == good
    assert isinstance(came[bad], FetchError)


def test_leaving_early_breaks_off_what_is_still_open(publisher, fetch):
    """Ctrl-C in the middle of a fetch must not wait for the slowest publisher."""
    hang = publisher.does("/hang", lambda _: publisher.stop.wait(20))
    good = publisher.gives("/good", FEED)
    feeds = [Feed("a", "A", good), Feed("b", "B", hang)]
    with Fetcher("x@example.org", frozenset({publisher.address})) as fetcher:
        arrivals = fetcher.visits((feed, Validators()) for feed in feeds)
        assert next(arrivals)[0].id == "a"
        arrivals.close()
    assert not publisher.stop.is_set()


def test_a_fetcher_may_be_opened_again(publisher):
    feeds = [Feed(str(n), str(n), publisher.gives(f"/{n}", FEED)) for n in range(9)]
    fetcher = Fetcher("x@example.org", frozenset({publisher.address}))
    for _ in range(2):
        with fetcher:
            came = [arrival for _, arrival in fetcher.visits((feed, Validators()) for feed in feeds)]
        assert len(came) == 9


def test_hosts_take_turns(publisher, fetch):
    """One publisher's many feeds do not fill every place before another's first."""
    asked = [(Feed(str(n), str(n), f"https://one.example/{n}"), Validators()) for n in range(3)]
    asked.append((Feed("x", "x", "https://two.example/"), Validators()))
    assert [feed.id for feed, _ in _spread(asked)] == ["0", "x", "1", "2"]
