"""What is no feed, and what the reader is told."""

from time import process_time

import pytest
from feedwriter import read, read_file

from bulletin.errors import ParseError
from bulletin.model import Trouble


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("", "the document is empty: look at the address in a browser", id="empty"),
        pytest.param(" \n\t\ufeff ", "the document is empty: look at the address in a browser", id="white space"),
        pytest.param("<html><p>x</p></html>", "this address gives a web page, not a feed", id="page"),
        pytest.param("<title>x</title>", "this address gives a web page, not a feed", id="page without html"),
        pytest.param(
            '<?xml version="1.0"?><error><code>403</code></error>',
            "this address gives a document of another kind (<error>), not a feed",
            id="error document",
        ),
        pytest.param(
            "<opml version='2.0'><body/></opml>",
            "this address gives a list of feeds (OPML): save it, and `bulletin feeds import FILE` adds those in it",
            id="OPML",
        ),
        pytest.param(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><x/></rdf:RDF>",
            "this address gives RDF data, not a feed",
            id="other RDF",
        ),
        pytest.param(
            "<feed xmlns='urn:other'><x/></feed>",
            "this address gives an XML document that is no feed",
            id="other feed",
        ),
        pytest.param("%PDF-1.7", "this address gives neither XML nor JSON, so it is not a feed", id="PDF"),
        pytest.param(
            "<!--" * 50_000, "this address gives neither XML nor JSON, so it is not a feed", id="endless prolog"
        ),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(body, reason):
    with pytest.raises(ParseError) as refused:
        read(body)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("", Trouble.EMPTY),
        ("<html>", Trouble.NOT_A_FEED),
        ("<error/>", Trouble.NOT_A_FEED),
        ("<opml/>", Trouble.NOT_A_FEED),
        ("<feed xmlns='urn:other'><x/></feed>", Trouble.NOT_A_FEED),
        ("{}", Trouble.NOT_A_FEED),
        ("{", Trouble.UNREADABLE),
        ("<!DOCTYPE rss [<!ENTITY a '&b;&b;'>]><rss/>", Trouble.UNREADABLE),
    ],
)
def test_what_is_no_feed_has_its_trouble(body, trouble):
    with pytest.raises(ParseError) as refused:
        read(body)
    assert refused.value.trouble is trouble


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><title>Just a moment...</title>",
        "<html><head><title data-x=y>\n Attention Required! | Cloudflare</title>",
        "<html><title>Access Denied</title><h1>Access Denied</h1>",
        "<html><head></head><body><iframe src='/_Incapsula_Resource?x'></iframe></body></html>",
        "<p>Please enable JS and disable any ad blocker</p>",
    ],
)
def test_a_bot_check_is_called_one(body):
    with pytest.raises(ParseError, match="answered with a bot check, which only a browser passes") as refused:
        read(body)
    assert refused.value.trouble is Trouble.BOT_CHECK


@pytest.mark.parametrize(
    "body",
    [
        "<html><title>Just a moment of your time: a survey</title>",
        "<html><title>News</title><script>px-captcha</script>" + "<p>News of today and yesterday" * 200,
        "<html><title>Access denied to treatment</title>",
    ],
)
def test_a_page_that_only_sounds_like_a_bot_check_is_a_page(body):
    with pytest.raises(ParseError) as refused:
        read(body)
    assert refused.value.trouble is Trouble.NOT_A_FEED


def test_a_web_page_tells_which_feeds_it_offers():
    page = """<!DOCTYPE html><html><head>
        <link rel="stylesheet" href="/style.css">
        <link rel="alternate" type="text/html" hreflang="cy" href="/cy">
        <link rel="alternate" type="application/rss+xml" title="News" href="/news/feed?a=1&amp;b=2">
        <LINK REL='alternate home' TYPE='application/atom+xml' HREF='https://host.example.org/atom'>
        <link rel=alternate type=application/rss+xml href=javascript:alert(1)>
        <link rel="alternate" type="application/rss+xml" href="/news/feed?a=1&amp;b=2">
        </head></html>"""
    with pytest.raises(ParseError) as refused:
        read(page, url="https://host.example.org/news/")
    assert str(refused.value) == (
        "this address gives a web page, not a feed; the page offers "
        "https://host.example.org/news/feed?a=1&b=2 and https://host.example.org/atom"
    )


def test_entities_within_entities_are_refused():
    with pytest.raises(ParseError, match="entities within entities"):
        read_file("entity-bomb.xml")


@pytest.mark.parametrize(
    "before",
    ["\n\n  <!-- comment -->\n", "\ufeff", "junk ", "<?php echo ?>", "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>"],
    ids=["comment", "mark", "words", "instruction", "document type"],
)
def test_junk_before_a_feed_is_passed_over(before):
    feed = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>A</title></item></channel></rss>"
    assert [item.title for item in read(before + feed).items] == ["A"]


def test_a_feed_whose_root_has_a_prefix_is_a_feed():
    atom = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>One</a:title></a:entry></a:feed>"
    assert [item.title for item in read(atom).items] == ["One"]


def test_a_web_page_full_of_endless_links_is_refused_at_once():
    """Time that grew with the square of a link's length took seven seconds here."""
    page = "<html>" + ("<link " + "a" * 1_990 + ">") * 131
    before = process_time()
    with pytest.raises(ParseError, match="web page"):
        read(page)
    assert process_time() - before < 1
