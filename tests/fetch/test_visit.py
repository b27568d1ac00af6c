"""A visit: conditional, bounded, and every failure in plain words."""

import gzip
import hashlib
import socket
import struct
import time
import tracemalloc
import zlib
from datetime import timedelta

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import FetchError
from bulletin.fetch import Limits
from bulletin.fetch.inflate import Inflater
from bulletin.model import FeedKind, Fetched, Manners, NotModified, Trouble, Validators

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
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("x-gzip", gzip.compress(FEED, mtime=0)),
        ("gzip", gzip.compress(FEED[:20], mtime=0) + gzip.compress(FEED[20:], mtime=0)),
        ("gzip", gzip.compress(FEED, mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("identity", FEED),
        ("identity", gzip.compress(FEED, mtime=0)),
    ],
    ids=["gzip", "x-gzip", "two members", "padding", "zlib", "bare deflate", "identity", "a file that is packed"],
)
def test_packed_answers_are_unpacked(publisher, fetch, encoding, packed):
    assert fetch(publisher.gives("/feed", packed, Content_Encoding=encoding)).body == FEED


@pytest.mark.parametrize(
    ("encoding", "packed", "why"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(FEED, mtime=0), mtime=0), "packed its answer as 'gzip, gzip'"),
        ("br", b"x", "packed its answer as 'br'"),
        ("gzip", gzip.compress(FEED, mtime=0)[:-9], "cut short"),
        ("gzip", FEED, "broken"),
        ("deflate", b"\xff" * 40, "broken"),
    ],
)
def test_answers_that_cannot_be_unpacked_say_so(publisher, fetch, encoding, packed, why):
    came = fetch(publisher.gives("/feed", packed, Content_Encoding=encoding))
    assert isinstance(came, FetchError)
    assert why in str(came)


@pytest.mark.parametrize(
    "packing", [zlib.MAX_WBITS + 16, zlib.MAX_WBITS, -zlib.MAX_WBITS], ids=["gzip", "zlib", "bare"]
)
def test_a_bomb_is_stopped_before_it_has_gone_off(publisher, fetch, packing):
    """L04, B1: under two seconds and 50 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, packing)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(30)) + packer.flush()
    url = publisher.gives("/bomb", bomb, Content_Encoding="gzip" if packing > zlib.MAX_WBITS else "deflate")

    tracemalloc.start()
    began = time.monotonic()
    came = fetch(url)
    took, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "unpacks to over" in str(came)
    assert came.trouble is Trouble.TOO_BIG
    assert took < 2
    assert peak < 50 << 20


@given(
    st.binary(max_size=5000).filter(lambda body: body[:2] != b"\x1f\x8b"),
    st.sampled_from(["", "gzip", "deflate"]),
    st.integers(1, 100),
)
def test_however_an_answer_is_packed_and_cut_into_pieces_its_body_is_the_same(body, encoding, piece):
    packed = {"gzip": gzip.compress(body, mtime=0), "deflate": zlib.compress(body)}.get(encoding, body)
    inflater = Inflater(encoding, Limits())
    for start in range(0, len(packed), piece):
        inflater.feed(packed[start : start + piece])
    assert inflater.body() == body


def test_an_endless_answer_is_cut_at_the_cap(publisher, fetch):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while not publisher.stop.is_set():
            handler.wfile.write(b" " * 65536)

    came = fetch(publisher.does("/endless", endless), wire_bytes=1 << 20)
    assert str(came) == "the answer is over 1 MB: this is no feed to read"


def test_an_answer_in_a_million_crumbs_is_left_before_they_cost_everybody_time(publisher, fetch):
    """L06 as its server sends it: each chunk of a few bytes costs as much as one of many."""

    def crumbs(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while not publisher.stop.is_set():
            handler.wfile.write(b"3\r\n a \r\n" * 5_000)

    came = fetch(publisher.does("/crumbs", crumbs))
    assert (str(came), came.trouble) == (
        "the answer comes in over 50,000 pieces: this is no feed to read",
        Trouble.TOO_BIG,
    )


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

    came = fetch(publisher.does("/short", short))
    assert (str(came), came.trouble) == ("the answer broke off before its end", Trouble.BROKEN)


def test_huge_headers_are_refused(publisher, fetch):
    came = fetch(publisher.gives("/feed", FEED, X_A="a" * (1 << 20)))
    assert (str(came), came.trouble) == ("the headers of the answer are too long", Trouble.TOO_BIG)


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
        ("javascript:alert(1)", "address not allowed: javascript:alert(1)"),
    ],
)
def test_a_redirect_leads_only_to_plain_http(publisher, fetch, target, words):
    assert str(fetch(publisher.gives("/to", status=302, Location=target))) == words


@pytest.mark.parametrize(
    ("status", "headers", "words", "trouble"),
    [
        (410, {}, "the server answered 410 Gone", Trouble.GONE),
        (404, {}, "the server answered 404 Not Found", Trouble.NOT_FOUND),
        (401, {}, "the server answered 401 Unauthorized", Trouble.REFUSED),
        (403, {}, "the server answered 403 Forbidden", Trouble.REFUSED),
        (429, {}, "the server answered 429 Too Many Requests", Trouble.BUSY),
        (503, {}, "the server answered 503 Service Unavailable", Trouble.SERVER),
        (500, {}, "the server answered 500 Internal Server Error", Trouble.SERVER),
        (204, {}, "the server answered 204 No Content", Trouble.EMPTY),
        (299, {}, "the server answered 299", Trouble.SERVER),
        (403, {"cf-mitigated": "challenge"}, "the server answered 403: blocked by a bot check", Trouble.BOT_CHECK),
        (503, {"cf-mitigated": "challenge"}, "the server answered 503: blocked by a bot check", Trouble.BOT_CHECK),
    ],
    ids=["F8 410", "F9 404", "401", "403", "F4 429", "F4 503", "F9 500", "204", "299", "F11 403", "F11 503"],
)
def test_a_refusal_is_told_in_words_and_never_in_the_servers_own(publisher, fetch, status, headers, words, trouble):
    """S6: what stands in the body stays there."""
    came = fetch(publisher.gives("/feed", b"<script>boo</script>" * (status != 204), status=status, **headers))
    assert (str(came), came.trouble) == (words, trouble)


def test_a_bot_check_holds_nobody_else(publisher, fetch):
    """F11: it is about one page, however busy it calls itself."""
    checked = publisher.gives("/checked", status=503, cf_mitigated="challenge", Retry_After="60")
    free = publisher.gives("/free", FEED)
    assert fetch(checked, free)[free].body == FEED


@pytest.mark.parametrize("body", [b"", b" \r\n\t ", gzip.compress(b"", mtime=0)], ids=["H01", "H05", "packed"])
def test_an_empty_answer_is_a_failure(publisher, fetch, body):
    came = fetch(publisher.gives("/feed", body, ETag='"1"'))
    assert (str(came), came.trouble) == ("the answer is empty", Trouble.EMPTY)


def test_the_same_bytes_again_are_no_news_whatever_the_server_says(publisher, fetch):
    """F3, S12: the ETag changes, the document does not."""
    digest = fetch(publisher.gives("/feed", FEED, ETag='"1"')).digest
    assert digest == hashlib.sha256(FEED).hexdigest()

    again = fetch(publisher.gives("/feed", FEED, ETag='"2"', Cache_Control="max-age=7200"), digest=digest)
    assert isinstance(again, NotModified)
    assert (again.validators, again.digest) == (Validators('"2"'), digest)
    assert again.advice.wait_until == again.at + timedelta(hours=2)

    changed = fetch(publisher.gives("/feed", FEED + b"\n"), digest=digest)
    assert isinstance(changed, Fetched)


def test_a_304_keeps_the_digest_and_tells_the_servers_wish(publisher, fetch):
    """F5."""
    url = publisher.gives("/feed", status=304, Cache_Control="max-age=7200")
    came = fetch(url, known=Validators('"1"'), digest="abc")
    assert (came.digest, came.advice.wait_until) == ("abc", came.at + timedelta(hours=2))


def test_a_304_that_nobody_asked_for_is_no_answer(publisher, fetch):
    """Else a feed that was never read would stay unread for ever."""
    came = fetch(publisher.gives("/feed", status=304))
    assert (str(came), came.trouble) == ("the server answered 304 Not Modified", Trouble.SERVER)


def test_a_web_page_at_a_feeds_address_arrives_and_parse_says_what_it_is(publisher, fetch):
    """F12, H02."""
    page = b"<!doctype html><title>News</title>"
    came = fetch(publisher.gives("/feed", page, Content_Type="text/html"))
    assert (came.body, came.content_type) == (page, "text/html")


def test_a_meta_refresh_is_not_followed(publisher, fetch):
    """F12, H08."""
    fetch(publisher.gives("/feed", b'<meta http-equiv="refresh" content="0;url=/next">'))
    assert [path for path, _ in publisher.asked] == ["/feed"]


def test_a_feed_may_have_a_user_agent_of_its_own(publisher, fetch):
    """F16."""
    fetch(publisher.gives("/feed", FEED), agent="Mozilla/5.0 (compatible; wexbot/1.0)")
    assert publisher.asked[0][1]["User-Agent"] == "Mozilla/5.0 (compatible; wexbot/1.0)"


def test_only_what_can_be_unpacked_is_asked_for(publisher, fetch):
    """B1."""
    fetch(publisher.gives("/feed", FEED))
    assert publisher.asked[0][1]["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "words",
    [
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"",
    ],
    ids=["a bad header", "another protocol", "a bad length", "nothing"],
)
def test_what_is_not_http_is_one_plain_failure(publisher, fetch, words):
    def answer(handler):
        handler.wfile.write(words)
        handler.close_connection = True

    came = fetch(publisher.does("/feed", answer))
    assert (str(came), came.trouble) == ("the answer broke off or is not HTTP", Trouble.CONNECTION)


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


def test_a_connection_that_is_cut_is_told_in_words(publisher, fetch):
    def cut(handler):
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.close_connection = True

    came = fetch(publisher.does("/cut", cut))
    assert (str(came), came.trouble) == ("the answer broke off or is not HTTP", Trouble.CONNECTION)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpcore.ConnectTimeout(), "no connection within 5 seconds"),
        (httpcore.LocalProtocolError(), "the connection failed (LocalProtocolError)"),
    ],
)
def test_a_connection_that_never_stands_is_told_in_words(fetch, monkeypatch, error, words):
    """F14."""

    async def connect(self, *args):
        raise error

    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    came = fetch("https://93.184.216.34/feed")
    assert (str(came), came.trouble) == (words, Trouble.CONNECTION)


def test_one_failure_stops_no_other(publisher, fetch):
    good = [publisher.gives(f"/good{n}", FEED) for n in range(6)]
    bad = publisher.gives("/bad", status=500)

    came = fetch(*good[:3], bad, *good[3:])

    assert [url for url in good if isinstance(came[url], Fetched)] == good
    assert isinstance(came[bad], FetchError)


def test_leaving_early_breaks_off_what_is_still_open(publisher, fetcher, errands):
    """Ctrl-C in the middle of a fetch must not wait for the slowest publisher."""
    hang = publisher.does("/hang", lambda _: publisher.stop.wait(20))
    good = publisher.gives("/good", FEED)
    with fetcher(manners=Manners(timedelta(0), at_once_a_host=2)) as fetching:
        arrivals = fetching.visits(errands(good, hang))
        assert next(arrivals)[0].url == good
        arrivals.close()
    assert not publisher.stop.is_set()


def test_a_loop_that_an_error_broke_may_be_forgotten_after_the_run(publisher, fetcher, errands):
    with fetcher() as fetching:
        arrivals = fetching.visits(errands(publisher.gives("/a", FEED), publisher.gives("/b", FEED)))
        next(arrivals)
    arrivals.close()


def test_a_bug_is_no_failure_of_a_feed_and_stops_the_visits(fetch, monkeypatch):
    async def search(errand, ask, contact, at):
        raise ZeroDivisionError

    monkeypatch.setattr("bulletin.fetch.visit.search", search)
    with pytest.raises(ZeroDivisionError):
        fetch("http://a.example/", kind=FeedKind.PUBMED)


def test_a_fetcher_may_be_opened_again(publisher, fetcher, errands):
    asked = errands(*(publisher.gives(f"/{n}", FEED) for n in range(9)))
    again = fetcher()
    for _ in range(2):
        with again:
            came = [arrival for _, arrival in again.visits(asked)]
        assert len(came) == 9
