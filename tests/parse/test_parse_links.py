"""Addresses from outside, as a browser reads them."""

import pytest

from bulletin.parse.links import web_address, whole_address

BASE = "https://site.example.org/news/index.html"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTPS://A.Example/X", "https://a.example/X"),
        (" \n https://a.example/x \t", "https://a.example/x"),
        ("https://a.exa\nmple/\tx", "https://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x", "https://a.example/x"),
        ("FEED://http://a.example/x", "http://a.example/x"),
        ("https:\\\\a.example\\x?y=\\z", "https://a.example/x?y=%5Cz"),
        ("//a.example/x", "https://a.example/x"),
        ("item-1", "https://site.example.org/news/item-1"),
        ("../x", "https://site.example.org/x"),
        ("?id=1", "https://site.example.org/news/index.html?id=1"),
        ("https://a.example/ä b\"<>?q=ä'|#ü", "https://a.example/%C3%A4%20b%22%3C%3E?q=%C3%A4'|#%C3%BC"),
        ("https://a.example/%C3%A4?q=%22", "https://a.example/%C3%A4?q=%22"),
        ("https://a.example/x?utm_source=rss&id=1", "https://a.example/x?id=1"),
        ("https://a.example:8080/", "https://a.example:8080/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("https://www.nһs.uk/page", "https://www.xn--ns-4wc.uk/page"),
        ("https://ｗｗｗ.example.org/", "https://www.example.org/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
    ],
)
def test_an_address_becomes_what_a_browser_would_visit(text, expected):
    assert web_address(text, BASE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "\xa0javascript:alert(1)",
        "feed:javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://a.example/x",
        "view-source:https://a.example/",
        "mailto:a@example.org",
        "ftp://a.example/x",
        "http:a.example/x",
        "https://user@evil.example/",
        "https://www.nhs.uk:x@evil.example/",
        "https://a.example:port/",
        "https://a.example:99999/",
        "https://[::1/",
        "https://a b.example/",
        "https://a%2eexample/",
        "https://a.example\x00.evil.example/",
        "https://a.example/" + "x" * 2_000,
        "https://a.example/" + "ä" * 1_900,
    ],
)
def test_what_is_no_plain_web_address_is_refused(text):
    assert web_address(text, BASE) == ""


def test_a_relative_address_without_a_base_is_none():
    assert web_address("/x") == ""
    assert web_address("x", "javascript:") == ""


@pytest.mark.parametrize("text", ["https://a.example/ä b?q=%20&x=ü#ß", "https://straße.example/?a=b|c&d=[1]"])
def test_a_clean_address_stays_as_it_is(text):
    once = web_address(text)
    assert once
    assert web_address(once) == once


def test_a_feeds_own_address_keeps_what_would_be_tracking_elsewhere():
    address = "https://a.example/action/showFeed?type=etoc&feed=rss&jc=x"
    assert whole_address(address) == address
    assert web_address(address) == "https://a.example/action/showFeed?type=etoc&jc=x"
