"""One page brought by hand: what it says of itself for machines, and what is read where it says nothing."""

from datetime import UTC, datetime

import pytest
from pagewriter import URL, page_visit

from bulletin.errors import ParseError
from bulletin.model import Citation, DateSource, Item, Trouble
from bulletin.parse.landing import landing


def landed(head: str, body: str = "", url: str = URL) -> Item:
    return landing(page_visit(f"<html><head>{head}</head><body>{body}</body></html>", url))


def meta(**contents: str) -> str:
    """<meta> tags; in the names, two underscores are a dot and Z is a colon."""
    return "".join(
        f'<meta name="{name.replace("__", ".").replace("Z", ":")}" content="{content}">'
        for name, content in contents.items()
    )


TITLED = meta(citation_title="Title")


def test_an_articles_page_is_an_item_with_all_that_it_says_of_itself():
    item = landed(
        meta(
            citation_title="Effect of &lt;i&gt;H. pylori&lt;/i&gt; when p&lt;0.05 &amp;amp; more",
            citation_doi="https://doi.org/10.1136/BMJ-2026-000001",
            citation_journal_title="BMJ Example",
            citation_volume="393",
            citation_issue="2",
            citation_firstpage="12",
            citation_lastpage="19",
            citation_publication_date="2026/11/03",
            citation_abstract="<p>Background</p><script>x</script><p>Methods and <b>results</b></p>",
            citation_language="en",
            citation_keywords="falls; wards",
            citation_article_type="Research article",
            citation_fulltext_world_readable="",
            ogZtitle="Other title",
        )
        + "<meta name=citation_author content='Smith, Jane'><meta name=citation_author content='Kim Lee'>"
        "<link rel=canonical href='/content/393/1'>",
    )
    assert item.title == "Effect of H. pylori when p<0.05 & more"
    assert item.citation == Citation("BMJ Example", "393", "2", "12–19")
    assert (item.doi, item.url) == ("10.1136/bmj-2026-000001", "https://host.example.org/content/393/1")
    assert (item.published, item.date_source) == (datetime(2026, 11, 3, tzinfo=UTC), DateSource.PUBLISHED)
    assert item.authors == ("Smith, Jane", "Kim Lee")
    assert item.summary == "<p>Background</p><p>Methods and <b>results</b></p>"
    assert (item.language, item.kind, item.categories, item.free) == (
        "en",
        "Research article",
        ("falls", "wards"),
        True,
    )
    assert "doi:10.1136/bmj-2026-000001" in item.keys


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        pytest.param(meta(citation_title="A", dc__title="B", ogZtitle="C"), "<h1>D</h1>", "A", id="Highwire"),
        pytest.param("<meta name=DC.Title content=B>" + meta(ogZtitle="C"), "<h1>D</h1>", "B", id="Dublin Core"),
        pytest.param("<meta property=og:title content=C><title>E</title>", "<h1>D</h1>", "C", id="Open Graph"),
        pytest.param("<title>E</title>", "<h1></h1><h1>D <span class=sr-only>x</span></h1>", "D", id="heading"),
        pytest.param("<title>E | Site</title>", "", "E | Site", id="title"),
        pytest.param("<title>E | Site</title>" + meta(ogZsite_name="Site"), "", "E", id="title with site"),
        pytest.param("<title>On-site – Site</title>" + meta(ogZsite_name="Site"), "", "On-site", id="site twice"),
        pytest.param("<title>Site</title>" + meta(ogZsite_name="Site"), "", "Site", id="only the site"),
        pytest.param("<title>A new site</title>" + meta(ogZsite_name="site"), "", "A new site", id="no sign between"),
    ],
)
def test_the_title_is_the_one_for_machines_else_the_one_for_readers(head, body, title):
    assert landed(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (meta(citation_online_date="2026/10/30", citation_publication_date="2026/11"), "", (2026, 10, 30)),
        (meta(citation_publication_date="2026/11"), "", (2026, 11, 1)),
        (meta(citation_publication_date="2027/02", citation_date="2026/11/02"), "", (2026, 11, 2)),
        (meta(dcterms__issued="2026-11-02"), "", (2026, 11, 2)),
        (meta(articleZpublished_time="2026-11-02T08:00:00+01:00"), "", (2026, 11, 2, 7)),
        ("<meta itemprop=datePublished content=2026-11-02>", "", (2026, 11, 2)),
        (meta(articleZmodified_time="2026-11-09"), "<main><time datetime=2026-11-02>", (2026, 11, 2)),
        ("", "<main><p class=post-date>2 Nov 2026</p></main>", (2026, 11, 2)),
    ],
)
def test_the_day_is_the_one_for_machines_else_one_that_is_marked(head, body, expected):
    item = landed(TITLED + head, body)
    assert (item.published, item.date_source) == (datetime(*expected, tzinfo=UTC), DateSource.PUBLISHED)


def test_a_day_that_the_text_only_mentions_is_not_the_pages_own():
    assert landed(TITLED, "<main><p>By 2 November 2026 all of it must be done.</p></main>").published is None


def test_without_another_day_the_last_change_counts_as_such():
    item = landed(TITLED + meta(articleZmodified_time="2026-11-09"))
    assert (item.published, item.date_source) == (datetime(2026, 11, 9, tzinfo=UTC), DateSource.UPDATED)


@pytest.mark.parametrize(
    ("head", "body", "summary"),
    [
        (meta(dc__description="From Dublin Core", description="Other"), "", "From Dublin Core"),
        ("<meta property=og:description content='From Open Graph'>", "", "From Open Graph"),
        (
            "",
            "<p>Cookies, cookies, cookies and more cookies</p><main><p>The first words of the page.",
            "The first words of the page.",
        ),
        ("", "<p>Cookies, cookies, cookies and more cookies</p>", ""),
    ],
)
def test_the_summary_is_the_abstract_else_the_description_else_the_first_paragraph(head, body, summary):
    assert landed(TITLED + head, body).summary == summary


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/a/1", "https://host.example.org/a/1"),
        ("https://www.host.example.org/a/1", "https://www.host.example.org/a/1"),
        ("https://evil.example/a", URL),
        ("https://host.example.org/", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_a_canonical_address_counts_on_the_same_site_only(canonical, expected):
    assert landed(f"{TITLED}<link rel=canonical href='{canonical}'>").url == expected


def test_a_doi_may_stand_in_the_address_alone():
    assert landed(TITLED, url="https://host.example.org/doi/full/10.1111/abc.123").doi == "10.1111/abc.123"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<meta name=citation_authors content='Smith, J; Lee, K'>", ("Smith, J", "Lee, K")),
        (meta(citation_author="A B", dc__creator="B, A"), ("A B",)),
        (meta(articleZauthor="https://social.example.com/page"), ()),
        (meta(author="Communications team"), ("Communications team",)),
    ],
)
def test_authors_are_named_once_and_are_no_addresses(head, authors):
    assert landed(TITLED + head).authors == authors


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=license href='https://creativecommons.org/licenses/by/4.0/'>",
        meta(dc__rights="CC BY 4.0"),
        meta(citation_fulltext_world_readable=""),
    ],
)
def test_an_open_licence_makes_it_free(head):
    assert landed(TITLED + head).free
    assert not landed(TITLED).free


def test_the_page_tells_its_language_where_the_article_does_not():
    assert landing(page_visit(f"<html lang=cy>{TITLED}")).language == "cy"
    assert landing(page_visit(f"<html lang=cy>{TITLED}{meta(ogZlocale='en_GB')}")).language == "en-GB"


def test_only_one_page_number_is_one_page():
    assert landed(TITLED + meta(citation_firstpage="e12")).citation.pages == "e12"


@pytest.mark.parametrize(
    ("body", "trouble", "reason"),
    [
        pytest.param("", Trouble.EMPTY, "the page is empty", id="empty"),
        pytest.param(
            "<html><p>x", Trouble.NOT_A_FEED, "has no title: look at the address in a browser", id="no title"
        ),
        pytest.param("<title>404: x</title>", Trouble.NOT_A_FEED, "says that there is no such page", id="404"),
        pytest.param("<title>404 Not Found</title>", Trouble.NOT_A_FEED, "no such page", id="404 in words"),
        pytest.param("<h1>Page not found</h1>", Trouble.NOT_A_FEED, "says that there is no such page", id="missing"),
        pytest.param("<title>Access denied</title>", Trouble.BOT_CHECK, "a bot check", id="bot check"),
        pytest.param("%PDF-1.4\n\0", Trouble.NOT_A_FEED, "give the DOI of the document", id="PDF"),
        pytest.param("<rss/>", Trouble.NOT_A_FEED, "gives a feed, not a web page", id="feed"),
        pytest.param("\x89PNG\r\n\0\0", Trouble.NOT_A_FEED, "a file or data, not a web page", id="picture"),
    ],
)
def test_what_is_no_page_is_refused_with_what_to_do(body, trouble, reason):
    with pytest.raises(ParseError, match=reason) as refused:
        landing(page_visit(body))
    assert refused.value.trouble is trouble


@pytest.mark.parametrize("title", ["4040 patients", "410 patients with sepsis", "Page not turned", "40 years"])
def test_a_title_that_only_sounds_like_a_missing_page_is_a_title(title):
    assert landed(f"<title>{title}</title>").title == title


def test_nothing_of_a_page_can_run_or_lead_astray():
    item = landed(
        meta(
            citation_title="<script>alert(1)</script>Title",
            citation_abstract="<p onclick=alert(1)>One <a href='javascript:alert(1)'>two</a></p>",
        )
        + "<meta http-equiv=refresh content='0;url=https://evil.example/'><meta name=citation_doi content='10.1/x'>"
    )
    assert (item.title, item.summary, item.url, item.doi) == ("Title", "<p>One two</p>", URL, "")


def test_thousands_of_tags_are_cut_to_what_is_kept():
    authors = "".join(f"<meta name=citation_author content='Name {n}'>" for n in range(20_000))
    assert len(landed(TITLED + authors).authors) == 50
