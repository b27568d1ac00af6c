"""From a feed's words to the fields of an item."""

import pytest
from feedwriter import HOME, item, read, rss


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("&lt;script&gt;x&lt;/script&gt;Trial", "Trial", id="script"),
        pytest.param(
            "&amp;lt;img src=x onerror=y&amp;gt; Results", "<img src=x onerror=y> Results", id="escaped twice"
        ),
        pytest.param("P &lt; 0.05 at AT&amp;T", "P < 0.05 at AT&T", id="less than"),
        pytest.param("AT&amp;amp;T", "AT&T", id="ampersand"),
        pytest.param("<![CDATA[outer ]]]]><![CDATA[> <b>bold</b>]]>", "outer ]]> bold", id="CDATA"),
        pytest.param("two\n  lines&#8203;", "two lines", id="lines"),
        pytest.param(
            "New =?UTF-8?Q?=0A?=Bcc: x@example.org", "New =?UTF-8?Q?=0A?=Bcc: x@example.org", id="encoded word"
        ),
        pytest.param("<b>real</b> markup", "real markup", id="elements in the title"),
    ],
)
def test_a_title_is_one_line_of_plain_text(title, expected):
    assert item(f"<title>{title}</title>").title == expected


def test_a_title_without_end_is_cut():
    title = item(f"<title>{'word ' * 1_000}</title>").title
    assert len(title) <= 500
    assert title.endswith("word…")


@pytest.mark.parametrize(
    ("elements", "doi"),
    [
        pytest.param("<prism:doi>10.5555/A</prism:doi>", "10.5555/a", id="prism"),
        pytest.param("<dc:identifier>doi:10.5555/b</dc:identifier>", "10.5555/b", id="dc"),
        pytest.param("<guid isPermaLink='false'>10.5555/c</guid>", "10.5555/c", id="guid"),
        pytest.param("<link>https://dx.doi.org/10.5555/d</link>", "10.5555/d", id="resolver"),
        pytest.param("<link>https://j.example.org/article?id=10.5555/e</link>", "10.5555/e", id="parameter id"),
        pytest.param("<link>https://j.example.org/x?DOI=10.5555%2Ff</link>", "10.5555/f", id="parameter doi"),
        pytest.param("<link>https://j.example.org/doi/abs/10.5555%2Fg/abstract</link>", "10.5555/g", id="path"),
        pytest.param("<link>https://j.example.org/x?cites=10.5555/h</link>", "", id="another parameter"),
        pytest.param("<link>https://j.example.org/x#10.5555/i</link>", "", id="fragment"),
        pytest.param("<description>See doi:10.5555/j</description>", "", id="description"),
    ],
)
def test_a_doi_is_taken_only_where_it_names_the_item(elements, doi):
    assert item(f"<title>t</title>{elements}").doi == doi


@pytest.mark.parametrize(
    ("elements", "url"),
    [
        pytest.param(
            "<link>https://a.example/1</link><guid>https://a.example/2</guid>", "https://a.example/1", id="link"
        ),
        pytest.param("<guid>https://a.example/2</guid>", "https://a.example/2", id="permalink"),
        pytest.param("<guid>2</guid>", HOME, id="guid that is no address"),
        pytest.param("<guid isPermaLink='false'>https://a.example/2</guid>", HOME, id="guid that is no link"),
        pytest.param("<prism:doi>10.5555/x</prism:doi>", "https://doi.org/10.5555/x", id="DOI"),
        pytest.param("<link>javascript:alert(1)</link>", HOME, id="bad link"),
    ],
)
def test_the_address_is_the_best_that_the_feed_gives(elements, url):
    assert item(f"<title>t</title>{elements}").url == url


def test_an_item_without_any_address_has_none():
    assert item("<title>t</title>", home="").url == ""


@pytest.mark.parametrize(
    ("elements", "kind"),
    [
        ("<prism:section>Research Article</prism:section>", "Research Article"),
        ("<prism:section></prism:section><dc:type>Guidance</dc:type>", "Guidance"),
        ("<dc:type>Text</dc:type>", ""),
        ("<dc:type>text/html</dc:type>", ""),
        ("<dc:type>7</dc:type>", ""),
    ],
)
def test_a_kind_is_a_word_for_people(elements, kind):
    assert item(f"<title>t</title>{elements}").kind == kind


@pytest.mark.parametrize(
    ("elements", "free"),
    [
        ("<dc:rights>https://creativecommons.org/licenses/by/4.0</dc:rights>", True),
        ("<dc:rights>Licensed CC BY 4.0</dc:rights>", True),
        ("<dc:rights>Open access</dc:rights>", True),
        ("<dcterms:accessRights>open</dcterms:accessRights>", True),
        ("<creativeCommons:license>http://creativecommons.org/licenses/by/2.0/</creativeCommons:license>", True),
        ("<dc:rights>Copyright 2026, all rights reserved</dc:rights>", False),
        ("<description>open access</description>", False),
        ("", False),
    ],
)
def test_full_text_is_free_only_if_the_feed_says_so(elements, free):
    assert item(f"<title>t</title>{elements}").free is free


@pytest.mark.parametrize(
    ("elements", "journal", "pages"),
    [
        ("<prism:publicationName>BMJ</prism:publicationName><prism:startingPage>7</prism:startingPage>", "BMJ", "7"),
        ("<prism:publicationName>t</prism:publicationName><dc:source>The Lancet</dc:source>", "The Lancet", ""),
        ("<dc:source>https://j.example.org</dc:source>", "", ""),
        ("<prism:startingPage>7</prism:startingPage><prism:endingPage>7</prism:endingPage>", "", "7"),
        ("<prism:endingPage>9</prism:endingPage>", "", "9"),
    ],
)
def test_a_citation_holds_what_the_feed_knows(elements, journal, pages):
    citation = item(f"<title>t</title>{elements}").citation
    assert (citation.journal, citation.pages) == (journal, pages)


def test_categories_are_plain_and_counted_once():
    elements = "<category>Policy &amp;amp; law</category><category>Policy &amp; law</category><category> </category>"
    assert item(f"<title>t</title>{elements}").categories == ("Policy & law",)
    many = "".join(f"<category>{n} {'x' * 200}</category>" for n in range(40))
    categories = item(f"<title>t</title>{many}").categories
    assert (len(categories), max(map(len, categories))) == (30, 100)


@pytest.mark.parametrize(("words", "language"), [("en-gb", "en-gb"), ("en_GB", "en-GB"), ("English, please", "")])
def test_a_language_is_a_tag_or_nothing(words, language):
    (only,) = read(rss(f"<language>{words}</language><item><title>t</title></item>")).items
    assert only.language == language


def test_a_guid_stays_as_it_came_and_is_cut():
    assert item("<title>t</title><guid>post 17</guid>").guid == "post 17"
    assert len(item(f"<title>t</title><guid>{'x' * 900}</guid>").guid) == 500


def test_two_items_with_one_guid_have_different_keys():
    one, two = read(
        rss(
            "<item><title>First</title><link>https://a.example/1</link><guid isPermaLink='false'>same</guid></item>"
            "<item><title>Second</title><link>https://a.example/2</link><guid isPermaLink='false'>same</guid></item>"
        )
    ).items
    assert not set(one.keys) & set(two.keys)


SCRIPT = "javascript:alert(1)"


def test_a_script_is_an_address_in_no_field():
    """Every field of RSS and its modules that can hold an address."""
    named = ("link", "guid", "comments", "dc:source", "dc:identifier", "prism:url", "feedburner:origLink")
    elements = "".join(f"<{name}>{SCRIPT}</{name}>" for name in named)
    links = "".join(f"<{name} url='{SCRIPT}' href='{SCRIPT}'/>" for name in ("enclosure", "source", "atom:link"))
    found = item(f"<title>Trial</title>{elements}{links}<description>&lt;a href='{SCRIPT}'>x&lt;/a></description>")
    assert "javascript" not in str(found).replace(f"guid='{SCRIPT}'", "")
