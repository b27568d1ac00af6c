"""The feeds of a site, found from one of its pages."""

import pytest
from feedwriter import rss, visit
from pagewriter import URL, page_visit, stored

from bulletin.errors import ParseError
from bulletin.parse.alternates import FoundFeed
from bulletin.parse.discovery import feeds_of

HOST = "https://host.example.org"


def urls(page: str | bytes, url: str = URL) -> list[str]:
    return [feed.url for feed in feeds_of(page_visit(page, url))]


def test_what_a_page_names_as_its_feeds_is_sure_and_feeds_of_comments_come_last():
    page = """<html><head><base href="/x/">
        <link rel="alternate" type="application/rss+xml" title="Example » Comments Feed" href="/comments/feed/">
        <link rel="alternate" type="application/rss+xml; charset=utf-8" title="Example &amp;raquo; Feed" href="feed/">
        <LINK REL='alternate home' TYPE='application/atom+xml' HREF='//other.example.org/atom'>
        <link rel=alternate type=application/feed+json href=/feed.json?a=1&copy=2>
        <link rel="alternate" type="application/json+oembed" href="/oembed">
        <link rel="alternate" type="text/html" hreflang="cy" href="/cy">
        <link rel="stylesheet" type="application/rss+xml" href="/style">
        <link rel=alternate type=application/rss+xml href=javascript:alert(1)>
        <link rel=alternate type=application/rss+xml href=https://user@evil.example/feed>
        <link rel=alternate type=application/rss+xml href="/x/feed/" title=again>"""
    assert feeds_of(page_visit(page)) == (
        FoundFeed(f"{HOST}/x/feed/", "Example &raquo; Feed", sure=True),
        FoundFeed("https://other.example.org/atom", "", sure=True),
        FoundFeed(f"{HOST}/feed.json?a=1&copy=2", "", sure=True),
        FoundFeed(f"{HOST}/comments/feed/", "Example » Comments Feed", sure=True),
    )


@pytest.mark.parametrize(
    "address",
    [
        *("/feed", "/feed/", "/news/feed/", "/rss", "/rss/", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml"),
        *(
            "/news.rss",
            "/a/b.atom",
            "/x.rdf",
            "/feeds/news.xml",
            "/rss/news.xml",
            "/rss.aspx",
            "/rss.php",
            "/feed.json",
        ),
        *("/a?feed=rss2", "/a?x=1&format=rss", "/action/showFeed?type=etoc&feed=rss&jc=x", "/news/rss.ashx?id=1"),
        "https://feeds.example.com/news",
    ],
)
def test_a_link_that_looks_like_a_feed_is_offered_but_not_sure(address):
    (found,) = feeds_of(page_visit(f"<p><a href='{address}'>News <b>feed</b></a>"))
    assert found == FoundFeed(address if "://" in address else HOST + address, "News feed", sure=False)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/feedback",
            "/feedback/",
            "/rss-feeds.html",
            "/sitemap.xml",
            "/news",
            "/newsfeed",
            "/press",
            "/a.pdf",
            "#rss",
        ),
        *("javascript:rss()//rss", "https://user@evil.example/rss", "https://feeds.example.com/", "/feeding/babies"),
        "mailto:rss@host.example.org",
    ],
)
def test_a_link_that_only_sounds_like_a_feed_is_not_offered(address):
    assert urls(f"<p><a href='{address}'>RSS</a>") == []


def test_a_link_that_says_it_is_a_feed_is_sure():
    (found,) = feeds_of(page_visit("<a href=/x type=application/atom+xml title=Atom><img></a>"))
    assert found == FoundFeed(f"{HOST}/x", "Atom", sure=True)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "https://www.gov.uk/search/policy-papers-and-consultations?organisations[]=x&order=updated-newest",
            ["https://www.gov.uk/search/policy-papers-and-consultations.atom?organisations[]=x&order=updated-newest"],
        ),
        (
            "https://www.gov.uk/government/organisations/nhs-england/about",
            ["https://www.gov.uk/government/organisations/nhs-england.atom"],
        ),
        ("https://ukhsa.blog.gov.uk/2026/11/02/a-post/", ["https://ukhsa.blog.gov.uk/feed/"]),
        ("https://www.gov.wales/announcements/search", ["https://www.gov.wales/announcements/rss"]),
        ("https://www.legislation.gov.uk/new", ["https://www.legislation.gov.uk/new/data.feed"]),
        ("https://www.theguardian.com/society/nhs", ["https://www.theguardian.com/society/nhs/rss"]),
        ("https://www.nature.com/nclimate/", ["https://www.nature.com/nclimate.rss"]),
        ("https://www.nature.com/subjects/climate-change", ["https://www.nature.com/subjects/climate-change.rss"]),
        ("https://www.nature.com/articles/s1", []),
        (
            "https://onlinelibrary.wiley.com/journal/14680009",
            ["https://onlinelibrary.wiley.com/feed/14680009/most-recent"],
        ),
        ("https://www.tandfonline.com/toc/rjhp20/current", ["https://www.tandfonline.com/feed/rss/rjhp20"]),
        (
            "https://journals.sagepub.com/home/hsr",
            ["https://journals.sagepub.com/action/showFeed?type=etoc&feed=rss&jc=hsr"],
        ),
        (
            "https://www.thelancet.com/journals/lanplh/home",
            [
                "https://www.thelancet.com/rssfeed/lanplh_current.xml",
                "https://www.thelancet.com/rssfeed/lanplh_online.xml",
            ],
        ),
        ("https://journals.plos.org/plosmedicine/", ["https://journals.plos.org/plosmedicine/feed/atom"]),
        (
            "https://bmchealthservres.biomedcentral.com/about",
            ["https://bmchealthservres.biomedcentral.com/articles/most-recent/rss.xml"],
        ),
        (
            "https://qualitysafety.bmj.com/",
            ["https://qualitysafety.bmj.com/rss/current.xml", "https://qualitysafety.bmj.com/rss/recent.xml"],
        ),
        (
            "https://www.sciencedirect.com/journal/health-policy",
            ["https://rss.sciencedirect.com/publication/science/01688510"],
        ),
        ("https://evil.example/https://www.gov.uk/search/all", []),
        ("https://www.gov.uk.evil.example/search/all", []),
    ],
)
def test_a_publisher_whose_rule_is_known_has_feeds_to_be_tried(page, expected):
    found = feeds_of(page_visit("<html><p>ISSN: 0168-8510</p>", page))
    assert [feed.url for feed in found] == expected
    assert not any(feed.sure for feed in found)


def test_what_the_software_of_a_page_has_is_offered():
    assert urls(stored("wordpress"), f"{HOST}/category/news/?page=2") == [
        f"{HOST}/feed/",
        f"{HOST}/category/news/feed/",
        f"{HOST}/comments/feed/",
    ]
    assert urls("<img src='/wp-content/a.png'>", f"{HOST}/") == [f"{HOST}/feed/"]
    assert urls(stored("drupal")) == [f"{HOST}/rss.xml"]


def test_a_page_is_not_its_own_feed():
    assert urls("<a href=/rss>RSS</a>", f"{HOST}/rss") == []


def test_a_feed_is_its_own_feed():
    assert feeds_of(visit(rss(""), url=URL)) == (FoundFeed(URL, sure=True),)
    assert feeds_of(visit('{"version": "https://jsonfeed.org/version/1.1"}', url=URL)) == (FoundFeed(URL, sure=True),)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "the page is empty"),
        ("{}", "a file or data, not a web page"),
        ("%PDF-1.7", "a PDF"),
        ("<title>Just a moment...</title>", "a bot check"),
    ],
)
def test_what_is_neither_page_nor_feed_is_refused(body, reason):
    with pytest.raises(ParseError, match=reason):
        feeds_of(page_visit(body))


def test_at_most_twenty_feeds_are_offered_and_the_sure_ones_first():
    links = "".join(f"<a href=/f{n}/feed/>x</a>" for n in range(50))
    named = "".join(f"<link rel=alternate type=application/rss+xml href=/n{n}>" for n in range(15))
    assert urls(links + named) == [f"{HOST}/n{n}" for n in range(15)] + [f"{HOST}/f{n}/feed/" for n in range(5)]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            "<link rel=alternate type=application/rss+xml href=/" + "f" * 1_000_000 + ">", id="long address"
        ),
        pytest.param("<a href=/feed/>" * 40_000, id="links"),
        pytest.param("<a href='" + "/feed" * 300_000 + "'>", id="long link"),
        pytest.param("<base href='" + "/x" * 300_000 + "'>", id="long base"),
    ],
)
def test_a_page_that_wants_to_cost_much_is_searched_all_the_same(page):
    assert len(urls(page)) <= 20
