"""Searches and email alerts through the fetcher: several documents, one errand, the same limits and digest."""

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from bulletin.fetch import Limits
from bulletin.fetch.mail import Post
from bulletin.fetch.searches import Found
from bulletin.model import FeedKind, Fetched, Manners, NotModified, Trouble, Validators

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LETTER = b"From: alerts@journal.example\nSubject: New papers\n\nhttps://journal.example/1\n"


@pytest.fixture
def pages(monkeypatch):
    """Let a search ask these URLs, one after the other; gives what else it was given."""
    given = []

    def pages(*urls):
        async def search(errand, ask, contact, at):
            given.append((errand.feed.kind, contact, at))
            return Found(tuple([await ask(url) for url in urls]), missed=0)

        monkeypatch.setattr("bulletin.fetch.visit.search", search)
        return given

    return pages


@pytest.fixture
def run(fetcher, errands):
    """Run one errand of a search at a service; gives what came."""

    def run(base: str, kind: FeedKind, digest: str = "", **settings: object):
        with fetcher(**settings) as fetching:
            ((_, arrival),) = fetching.visits(errands(base, kind=kind, search="sepsis", digest=digest))
        return arrival

    return run


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        (FeedKind.PUBMED, "application/xml"),
        (FeedKind.EUROPEPMC, "application/json"),
        (FeedKind.CROSSREF, "application/json"),
    ],
)
def test_a_search_brings_all_its_pages_as_one_document(publisher, pages, run, kind, content_type):
    given = pages(publisher.gives("/1", b"one"), publisher.gives("/2", b"two"))
    came = run(f"http://{publisher.address}", kind, now=lambda: NOW)
    assert (came.body, came.pages, came.content_type) == (b"one", (b"two",), content_type)
    assert came.digest == hashlib.sha256(b"onetwo").hexdigest()
    assert (came.url, came.at) == (f"http://{publisher.address}", NOW)
    assert given == [(kind, "library@example.nhs.uk", NOW)]


def test_a_search_that_finds_the_same_again_brings_no_news(publisher, pages, run):
    """F3."""
    pages(publisher.gives("/1", b"one"))
    came = run("http://a.example", FeedKind.PUBMED, digest=hashlib.sha256(b"one").hexdigest())
    assert isinstance(came, NotModified)


def test_a_page_that_cannot_be_had_is_the_failure_of_the_whole_search(publisher, pages, run):
    pages(publisher.gives("/1", b"one"), f"http://{publisher.address}/missing")
    assert run("http://a.example", FeedKind.CROSSREF).trouble is Trouble.NOT_FOUND


def test_the_pages_of_a_search_are_bounded_together(publisher, pages, run):
    """B1, F17."""
    page = publisher.gives("/1", b" " * 700)
    pages(page, page)
    came = run("http://a.example", FeedKind.EUROPEPMC, limits=Limits(body_bytes=1000))
    assert came.trouble is Trouble.TOO_BIG


@pytest.mark.parametrize(
    ("kind", "page", "missed"),
    [
        (FeedKind.EUROPEPMC, {"hitCount": 9, "resultList": {"result": [{}]}, "nextCursorMark": "x"}, 8),
        (FeedKind.CROSSREF, {"message": {"total-results": 900, "items": [{}] * 100, "next-cursor": "x"}}, 800),
    ],
)
def test_pages_that_find_no_room_are_missed_and_do_not_fail_the_search(publisher, run, kind, page, missed):
    """B1: or it would fail at every visit, for ever."""
    whole = json.dumps(page).encode()
    path = "/search" if kind is FeedKind.EUROPEPMC else "/journals/sepsis/works"
    publisher.gives(path, whole)
    came = run(f"http://{publisher.address}", kind, limits=Limits(body_bytes=len(whole) + 9))
    assert (came.body, came.pages, came.missed) == (whole, (), missed)


def test_articles_that_find_no_room_are_missed_and_do_not_fail_the_search(publisher, run):
    articles = b"<PubmedArticleSet>" + b" " * 900
    publisher.gives("/esearch.fcgi", b'{"esearchresult": {"count": "250", "webenv": "w", "querykey": "1"}}')
    publisher.gives("/efetch.fcgi", articles)
    came = run(f"http://{publisher.address}", FeedKind.PUBMED, limits=Limits(body_bytes=2100))
    assert (came.pages, came.missed) == ((articles,), 50)


def test_a_first_page_that_is_too_big_fails_the_search(publisher, run):
    publisher.gives("/search", b" " * 900)
    assert (
        run(f"http://{publisher.address}", FeedKind.EUROPEPMC, limits=Limits(body_bytes=800)).trouble
        is Trouble.TOO_BIG
    )


def test_a_search_has_its_own_wall_around_all_of_its_pages(publisher, pages, run):
    def slow(handler):
        publisher.stop.wait(0.1)
        handler.send_response(200)
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"x")

    pages(*[publisher.does("/slow", slow)] * 50)
    began = time.monotonic()
    came = run("http://a.example", FeedKind.PUBMED, limits=Limits(search_seconds=0.35))
    assert str(came) == "not finished within 0.35 seconds"
    assert time.monotonic() - began < 3


@pytest.fixture
def alerts(tmp_path):
    """A folder of email alerts with one letter; gives its address."""
    (tmp_path / "alert.eml").write_bytes(LETTER)
    return tmp_path.as_uri()


def test_email_alerts_arrive_as_letters(alerts, run):
    came = run(alerts, FeedKind.MAIL, now=lambda: NOW)
    assert isinstance(came, Fetched)
    assert (came.content_type, came.body, came.pages, came.at) == ("message/rfc822", LETTER, (), NOW)


def test_the_same_letters_again_are_no_news(alerts, run):
    """F3."""
    digest = run(alerts, FeedKind.MAIL).digest
    assert isinstance(run(alerts, FeedKind.MAIL, digest=digest), NotModified)


def test_letters_that_were_left_behind_are_told_even_where_nothing_else_came(run, monkeypatch):
    post = Post((), Validators("7:8"), "1 of the emails were not read")
    monkeypatch.setattr("bulletin.fetch.visit.letters", lambda *_: post)
    came = run("imaps:", FeedKind.MAIL, digest=hashlib.sha256(b"").hexdigest())
    assert (came.body, came.note, came.validators) == (b"", post.note, post.validators)


def test_a_folder_without_letters_brings_nothing(tmp_path, run):
    assert isinstance(run(tmp_path.as_uri(), FeedKind.MAIL), NotModified)


def test_a_mailbox_that_nobody_set_is_told_in_words(run):
    came = run("imaps://mail.example.nhs.uk", FeedKind.MAIL)
    assert (str(came), came.trouble) == ("this feed reads a mailbox: set BULLETIN_IMAP_URL", Trouble.NOT_ALLOWED)


def test_a_mailbox_that_does_not_answer_is_left_in_time(publisher, run, monkeypatch):
    def silent(*_):
        publisher.stop.wait(0.5)

    monkeypatch.setattr("bulletin.fetch.visit.letters", silent)
    came = run("imaps://mail.example.nhs.uk", FeedKind.MAIL, limits=Limits(mail_seconds=0.05))
    assert (str(came), came.trouble) == ("the mailbox was not read within 0.05 seconds", Trouble.CONNECTION)


def test_errands_of_all_kinds_run_side_by_side(publisher, alerts, pages, fetcher, errands):
    pages(publisher.gives("/1", b"one"))
    asked = errands(publisher.gives("/feed", b"feed"), kind=FeedKind.FEED)
    asked += errands(publisher.gives("/page", b"page"), kind=FeedKind.PAGE)
    asked += errands("http://a.example", kind=FeedKind.PUBMED) + errands(alerts, kind=FeedKind.MAIL)
    with fetcher() as fetching:
        came = {errand.feed.kind: arrival.body for errand, arrival in fetching.visits(asked)}
    assert came == {
        FeedKind.FEED: b"feed",
        FeedKind.PAGE: b"page",
        FeedKind.PUBMED: b"one",
        FeedKind.MAIL: LETTER,
    }


def test_waiting_between_pages_is_not_time_spent_asking(publisher, pages, run):
    """F14: ten pages of one host with a rest between are no slow search."""
    pages(*[publisher.gives("/1", b"one")] * 5)
    manners, limits = Manners(gap=timedelta(seconds=0.1)), Limits(search_seconds=0.4)
    came = run("http://a.example", FeedKind.PUBMED, limits=limits, manners=manners)
    assert isinstance(came, Fetched)
