"""OPML in and out."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from feedwriter import visit
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import ParseError
from bulletin.model import Feed, FeedKind
from bulletin.parse.opml import Listed, Outlines, opml, write_opml

HOSTILE = Path(__file__).parents[3] / "shared" / "data" / "hostile" / "h11_opml_hostile.opml"


def load(outlines: str | bytes, allowed: str = "") -> Outlines:
    """What is made of a list with these outlines."""
    if isinstance(outlines, str):
        outlines = f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'.encode()
    return opml(visit(outlines, "text/x-opml"), allowed)


def refused(address: str) -> str:
    """Why an address is refused."""
    outlines = load(f'<outline text="One" xmlUrl="{address}"/>')
    assert outlines.feeds == ()
    (reason,) = outlines.refused
    return reason


def test_feeds_come_with_their_names_and_folders():
    found = load(
        '<outline text="Policy"><outline title="Deeper"><outline text="King" xmlUrl="https://k.example/f"/></outline>'
        '<outline text="Trust" title="Other" xmlUrl="http://t.example/f" /></outline>'
        '<outline xmlUrl="https://no-name.example/f"/>'
    )
    assert found == Outlines(
        (
            Listed("King", "https://k.example/f", "Policy/Deeper"),
            Listed("Trust", "http://t.example/f", "Policy"),
            Listed("no-name.example", "https://no-name.example/f"),
        )
    )


def test_names_of_attributes_may_be_in_any_case():
    assert load('<OUTLINE TEXT="One" XMLURL="https://a.example/f"/>').feeds == (Listed("One", "https://a.example/f"),)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "One: it has no address of a feed"),
        ("javascript:alert(1)", "One: its address is not http or https"),
        ("file:///etc/passwd", "One: its address is not http or https"),
        ("/relative", "One: its address is not http or https"),
        ("https://u:p@a.example/f", "One: there is a user name or password in its address"),
        ("https://u@a.example/f", "One: there is a user name or password in its address"),
        ("https:\\\\u:p@a.example/f", "One: there is a user name or password in its address"),
        ("https://a.example/a b", "One: its address cannot be read"),
        ("https://a.example:no/", "One: its address cannot be read"),
        ("https://[::1/", "One: its address cannot be read"),
        ("https:///f", "One: its address cannot be read"),
        ("http://169.254.169.254/latest/meta-data/", "One: its address lies inside a private network"),
        ("http://127.0.0.1:8080/f", "One: its address lies inside a private network"),
        ("http://[::1]/f", "One: its address lies inside a private network"),
        ("http://localhost/f", "One: its address lies inside a private network"),
        ("http://2130706433/f", "One: its address lies inside a private network"),
        ("http://0x7f.1/f", "One: its address lies inside a private network"),
    ],
)
def test_an_address_that_is_refused_is_told(address, reason):
    assert refused(address) == reason


def test_a_private_address_that_is_allowed_is_taken():
    outline = '<outline text="One" xmlUrl="http://127.0.0.1:8080/f"/>'
    assert load(outline, "localhost:1 127.0.0.1:8080").feeds == (Listed("One", "http://127.0.0.1:8080/f"),)
    assert load(outline.replace(":8080", ""), "127.0.0.1:80").feeds == (Listed("One", "http://127.0.0.1/f"),)
    assert load(outline, "127.0.0.1:80").feeds == ()
    assert len(load(outline.replace("127.0.0.1", "[0:0::0:1]"), "[::1]:8080").feeds) == 1


def test_an_outline_with_nothing_in_it_is_told():
    assert load('<outline text="Empty"/><outline/>').refused == (
        "Empty: it has no address of a feed",
        "an outline without a name: it has no address of a feed",
    )


def test_a_feed_that_is_there_twice_counts_once():
    found = load(
        '<outline text="One" xmlUrl="https://www.a.example/f/"/><outline text="Two" xmlUrl="http://a.example/f"/>'
    )
    assert [feed.name for feed in found.feeds] == ["One"]
    assert found.refused == ("Two: it is in the list twice",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example/?feed=rss&page=2", "https://a.example/?feed=rss&page=2"),
        ("https://a.example/?feed=rss&amp;page=2", "https://a.example/?feed=rss&page=2"),
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed://https://a.example/f", "https://a.example/f"),
        (" https://a.example/f ", "https://a.example/f"),
    ],
)
def test_an_address_stays_as_its_publisher_wrote_it(written, read):
    assert load(f'<outline text="One" xmlUrl="{written}"/>').feeds == (Listed("One", read),)


def test_entities_are_never_looked_up():
    body = (
        '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<opml><body><outline text="&b;&x;" xmlUrl="https://a.example/f"/></body></opml>'
    )
    assert load(body.encode()).feeds == (Listed("&b;&x;", "https://a.example/f"),)


@pytest.mark.skipif(not HOSTILE.is_file(), reason="the hostile documents are not part of the project")
def test_of_the_hostile_list_one_feed_is_taken_and_every_other_is_told():
    found = load(HOSTILE.read_bytes())
    assert found.feeds == (Listed("<script>XSSMARK", "https://journal.example.org/rss"),)
    assert found.refused == (
        "&x;: its address is not http or https",
        "ssrf: its address lies inside a private network",
        "file: its address is not http or https",
        "dup: it is in the list twice",
        "creds: there is a user name or password in its address",
    )


def test_what_comes_before_a_break_is_kept_and_the_break_is_told():
    body = b'<opml><body>\n<outline text="One" xmlUrl="https://a.example/f"/>\n<outline text="Two" xml'
    found = load(body)
    assert [feed.name for feed in found.feeds] == ["One"]
    assert found.refused == ("the rest of the list, which is not well-formed XML from line 3 on",)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<rss/>", b"\0\xff", b"<opmlx>"])
def test_another_document_is_an_error(body):
    with pytest.raises(ParseError, match=r"^this is no list of feeds \(OPML\)$"):
        load(body)


@pytest.mark.parametrize(
    ("outlines", "words"),
    [
        pytest.param('<outline xmlUrl="x"/>' * 2_001, "more than 2,000 feeds", id="many feeds"),
        pytest.param("<outline text='a'>" * 30_000, "folders in folders without end", id="folders in folders"),
        pytest.param("x" * 2_000_000, "more than 2 MB", id="big"),
    ],
)
def test_a_list_beyond_all_measure_is_refused(outlines, words):
    with pytest.raises(ParseError, match=words):
        load(outlines)


def test_only_what_any_reader_can_read_is_written():
    feeds = [
        Feed("a", "Wards & <b>beds</b>\x07\u202e", "https://a.example/?x=1&y=2"),
        Feed("b", "A search", "https://b.example/", kind=FeedKind.PUBMED, search="x"),
    ]
    root = ElementTree.fromstring(write_opml(feeds, "Our feeds"))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Our feeds")
    (outline,) = root.findall("body/outline")
    assert outline.attrib == {
        "type": "rss",
        "text": "Wards & <b>beds</b>",
        "title": "Wards & <b>beds</b>",
        "xmlUrl": "https://a.example/?x=1&y=2",
    }


NAMES = st.text(st.sampled_from("aZ09 é–‘’“&<>\"'/]&;中"), min_size=1, max_size=30).map(str.strip).filter(bool)


@given(st.lists(NAMES, max_size=8))
def test_what_was_written_is_read_again(names):
    feeds = [Feed(str(n), " ".join(name.split()), f"https://a.example/{n}?a=1&b=é") for n, name in enumerate(names)]
    listed = load(write_opml(feeds, "Feeds"))
    assert listed == Outlines(tuple(Listed(feed.name, feed.url) for feed in feeds))
