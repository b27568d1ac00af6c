"""What is made to be costly ends soon, in items or in one plain line, and no text costs more than its length."""

import time
from contextlib import suppress

import pytest
from feedwriter import rss, visit

from bulletin import identity
from bulletin.errors import ParseError
from bulletin.parse import Limits, Readers, abstracts, dates, links, markup, people, text, xmltext
from bulletin.parse.charset import text_of
from bulletin.parse.sniff import sniff

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id><title>T</title>{}</entry></feed>'
SOON = 5  # seconds of processor time

pytestmark = pytest.mark.slow


def half_a_megabyte(token: str) -> str:
    return token * (500_000 // len(token))


def in_an_item(elements: str) -> str:
    return rss(f"<item><title>x</title>{elements}</item>")


def described(html: str) -> str:
    return in_an_item(f"<description><![CDATA[{html}]]></description>")


DOCUMENTS = {
    "commas": in_an_item(f"<itunes:keywords>{half_a_megabyte(',')}</itunes:keywords>"),
    "keywords": in_an_item(f"<itunes:keywords>{','.join(map(str, range(70_000)))}</itunes:keywords>"),
    "tags": in_an_item(f"<tags>{','.join(map(str, range(70_000)))}</tags>"),
    "an author in pieces": in_an_item(f"<author>{half_a_megabyte('a<b></b>')}</author>"),
    "an author of references": in_an_item(f"<dc:creator>{half_a_megabyte('&#45;')}</dc:creator>"),
    "an author in a section": in_an_item(f"<author><![CDATA[{half_a_megabyte('a')}]]></author>"),
    "names without a semicolon": ATOM.format(f"<content type='xhtml'><div>{'&nbsp ' * 500_000}</div></content>"),
    "labels behind comments": in_an_item("".join(f"<category>{n}</category><!--<item>-->" for n in range(40_000))),
    "20 MB of ampersands": in_an_item(f"<description>{'&' * 20_000_000}</description>"),
    "10 MB of authors": in_an_item(f"<author>{'a' * 300}</author>" * 31_000),
    "18 MB that never close": described("<p><b>" * 3_000_000),
    # the rows L01, L02, L03, L06 and L07 of the hostile catalogue
    "a title of 5 MB": in_an_item(f"<title>{'Lorem ipsum dolor ' * 280_000}</title>"),
    "100,000 entries": rss(
        "<item><guid>g</guid><title>Entry</title><description>Short</description></item>" * 100_000
    ),
    "200,000 blocks in blocks": described("<div>" * 200_000 + "deep" + "</div>" * 200_000),
    "100,000 blocks in blocks": described("<div>" * 100_000 + "deep" + "</div>" * 100_000),
    "a million attributes": in_an_item("<x" + "".join(f' a{n}="1"' for n in range(1_000_000)) + "/>"),
    "a picture of 8 MB": described(f"<img alt='x' src='data:image/png;base64,{'QUJD' * 2_000_000}'>"),
}


@pytest.fixture(scope="module")
def readers():
    with Readers(1, Limits(cpu=SOON)) as ours:
        yield ours


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_made_to_be_costly_is_read_or_refused_soon(readers, name):
    future = readers.submit(visit(DOCUMENTS[name]))
    if future.exception():
        assert "as attacks do: it was not read" in str(future.exception())
        return
    (item,) = future.result().items
    assert len(item.title) <= 500
    assert len(item.summary) <= 20_000


FUNCTIONS = {
    "clean": markup.clean,
    "text_of": markup.text_of,
    "from_plain": markup.from_plain,
    "tidy": text.tidy,
    "without_head": lambda words: abstracts.without_head(f"<p>{words}"),
    "names": lambda words: people.names([words]),
    "read a date": dates.read,
    "web_address": lambda words: links.web_address(f"https://a.example.org/{words}", "https://b.example.org/"),
    "doi": identity.doi,
    "clean_url": lambda words: identity.clean_url(f"https://a.example.org/?{words}"),
    "canonical_url": lambda words: identity.canonical_url(f"https://a.example.org/{words}"),
    "normal_title": identity.normal_title,
    "harmless": lambda words: xmltext.harmless(f"<item><author>{words}"),
    "fewer_entries": xmltext.fewer_entries,
    "cut_inside_an_entry": xmltext.cut_inside_an_entry,
    "sniff": lambda words: sniff(f"<html>{words}", "https://a.example.org/"),
    "character set": lambda words: text_of(words.encode(), words),
}
TOKENS = [
    *(
        "a",
        "a ",
        "<",
        "&",
        "&#45;",
        "&lt;",
        "<p>",
        "<p><b>",
        "<i></b>",
        "<!--",
        "<![CDATA[",
        "]]>",
        "-->",
        "<?",
        "<!",
    ),
    *("<a href='", '<a b="1" ', "<img alt='", "<h1>", "<h1 ", "<a>x", "(", "[a", '"', "'", ";", ",", "a, ", " and "),
    *("10.1234/", "10.1234/a.(", "/full", ".pdf", "x@", "a.b@c.", "Abstract ", "<p>doi:", "<p>doi:</p>", "Vol 1 "),
    *(
        "1",
        "1,000",
        "1 jan ",
        "12:",
        "2026-",
        "\u200d",
        "e\u0301",
        "\n",
        "\n \n",
        "%41",
        "?a=",
        "&a=",
        "//",
        "http://",
    ),
    *("<!DOCTYPE [", '<!ENTITY a "', "<link rel=x href=", "<item>", "<item ", "<author>", "</author>", "<x:y "),
]
LITTLE = 0.01  # seconds, below which a clock tells too little
ROUNDS = 3  # seconds apart: who shares the machine's caches makes one length slow for a while, but not another time


def seconds(function, words: str) -> float:
    """Processor time."""
    began = time.process_time()
    with suppress(ParseError):
        function(words)
    return time.process_time() - began


def takes_more_than_twice_as_long(function, words: str, tries: int = 3) -> bool:
    """Whether it does so each time that it is tried; where one doubling leaves a cache behind, two tell more."""
    for _ in range(tries):
        once, twice = seconds(function, words), seconds(function, words + words)
        if twice < LITTLE or twice <= 2.5 * once or seconds(function, words * 4) <= 2.5**2 * once:
            return False
    return True


@pytest.mark.parametrize("name", FUNCTIONS)
def test_twice_the_text_takes_about_twice_the_time(name):
    """Reference bar B6."""
    texts = {token: (token * 100_000)[:100_000] for token in TOKENS}
    slow = set(TOKENS)
    for _ in range(ROUNDS):
        slow &= {token for token in texts if takes_more_than_twice_as_long(FUNCTIONS[name], texts[token])}
        if not slow:
            break
    assert sorted(slow) == []
