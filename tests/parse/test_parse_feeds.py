"""Whole documents: each of tests/feeds says in its head why it is there."""

from datetime import UTC, datetime

import pytest
from feedwriter import FEEDS, HOME, item, read, read_file, rss

from bulletin.errors import ParseError
from bulletin.model import Citation, DateSource


def titles(name: str) -> list[str]:
    return [item.title for item in read_file(name).items]


@pytest.mark.parametrize("name", sorted(path.name for path in FEEDS.iterdir()))
def test_every_feed_says_in_its_head_why_it_is_there(name):
    head = (FEEDS / name).read_text(encoding="utf-8")[:600]
    assert "<!-- " in head or '"_reason"' in head


def test_a_journal_feed_gives_all_that_it_knows():
    (article,) = read_file("journal-rdf.xml").items
    assert article.title == "Effect of vitamin B12 on H. pylori"
    assert article.url == "https://journal.example.org/doi/full/10.5555/je.1"
    assert article.doi == "10.5555/je.1"
    assert article.authors == ("Smith, J.", "O'Neill, Áine")
    assert article.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert article.summary == "<p>A trial in 12 wards.</p>"
    assert article.citation == Citation("Journal of Examples", "12", "3", "101–109")
    assert article.kind == "Original Research"
    assert article.language == "en-GB"
    assert article.free
    assert article.keys[:2] == ("doi:10.5555/je.1", "url:journal.example.org/doi/full/10.5555/je.1")


def test_the_abstract_is_taken_where_the_description_is_only_a_reference():
    article, post = read_file("abstract-behind-citation.xml").items
    assert article.summary.startswith("<p>We observed two hundred")
    assert article.authors == ("Ann Grey", "Bo Chan")
    assert post.summary == "A short teaser."


def test_a_cited_doi_in_the_description_is_not_the_articles():
    (article,) = read_file("pubmed.xml").items
    assert article.doi == "10.5555/falls.9"
    assert article.url == "https://pubmed.example.org/34811326/?fc=2026"
    assert article.citation.journal == "Age & Ageing"
    assert article.published == datetime(2026, 11, 3, 11, tzinfo=UTC)
    assert article.guid == "pubmed:34811326"


def test_a_search_feed_loses_its_marks_and_keeps_the_words():
    (paper,) = read_file("gov-search.atom.xml").items
    assert paper.summary == "How the workforce will grow &amp; train."
    assert (paper.date_source, paper.language) == (DateSource.UPDATED, "en-GB")
    assert paper.guid == "tag:www.gov.example,2005:/government/publications/workforce-plan"


def test_relative_links_in_rss_stand_on_the_channels_link_and_a_guid_stays_as_it_came():
    (news,) = read_file("relative-links.xml").items
    assert news.url == "https://trust.example.org/news/wing-opens"
    assert news.summary == '<a href="https://trust.example.org/plan.pdf">Plan</a>'
    assert news.guid == "4711"


def test_relative_links_in_atom_stand_on_xml_base_unless_it_is_no_web_address():
    one, two = read_file("xml-base.atom.xml").items
    assert one.url == "https://site.example.org/a/one"
    assert one.summary == '<a href="https://other.example.org/b/two">two</a>'
    assert two.url == "https://site.example.org/a/alert(1)"
    assert two.summary == '<a href="https://site.example.org/a/alert(1)">x</a>'


def test_relative_links_in_atom_without_a_base_stand_on_the_feeds_own_address():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://elsewhere.example.org/"/>'
        '<entry><id>urn:x:1</id><title>T</title><link href="../one"/></entry></feed>'
    )
    (one,) = read(atom, url="https://host.example.org/feeds/news/all.atom").items
    assert one.url == "https://host.example.org/feeds/one"


def test_atom_03_is_read():
    (post,) = read_file("atom03.xml").items
    assert (post.title, post.summary, post.authors) == ("Hand & hygiene", "<p>Wash.</p>", ("Ann Grey",))
    assert post.published == datetime(2026, 10, 1, 10, tzinfo=UTC)


def test_rss_091_is_read_and_its_entities_are_those_of_html():
    assert titles("rss091.xml") == ["Café – open again"]


def test_only_a_literal_atom_text_keeps_its_tags_as_words():
    html, literal, xhtml = read_file("atom-text-types.xml").items
    assert html.title == "Bold html"
    assert html.summary == "5 &lt; 7 &amp; so on"
    assert literal.title == "5 < 7 and <script> literal &amp; so"
    assert xhtml.title == "X2 & y"
    assert xhtml.summary == "<p>Kept <em>so</em></p>"


def test_an_item_that_was_cut_off_is_left_out_and_the_reader_is_told():
    parsed = read_file("truncated.xml")
    assert [item.title for item in parsed.items] == ["Whole"]
    assert parsed.warning == "the feed ends in the middle of an entry, which was left out"


def test_a_feed_that_was_cut_off_between_items_keeps_them_all():
    parsed = read_file("cut-between.xml")
    assert [item.title for item in parsed.items] == ["One", "Two"]
    assert "not well-formed" in parsed.warning


@pytest.mark.parametrize(
    ("name", "complete"),
    [("truncated.xml", False), ("cut-between.xml", False), ("ill-formed.xml", True), ("podcast.xml", True)],
)
def test_only_a_feed_that_ended_early_may_come_whole_the_next_time(name, complete):
    assert read_file(name).complete is complete


def test_an_atom_entry_in_an_rss_feed_is_an_item_too():
    assert titles("mixed.xml") == ["RSS item", "Atom in RSS"]


def test_an_item_without_a_title_or_link_gets_what_stands_in_for_it():
    bare, described, linked, enclosed, unlinked = read_file("scarce.xml").items
    assert (bare.title, bare.url) == ("Title only", "https://scarce.example.org/")
    assert described.title == "A description of more than a dozen words, so that its beginning…"
    assert linked.title == "The permalink is here"
    assert linked.url == "https://scarce.example.org/a/the-permalink_is-here.html"
    assert enclosed.url == "https://scarce.example.org/a.mp3"
    assert unlinked.url == "https://scarce.example.org/"


def test_the_home_page_that_stands_in_for_a_link_is_no_key():
    elements = "<title>One</title><guid isPermaLink='false'>1</guid>"
    stranded = item(elements, home=f"{HOME}a/page/that-is-not-bare")
    assert stranded.url == f"{HOME}a/page/that-is-not-bare"
    assert all(key.startswith("guid:") for key in stranded.keys)


def test_a_title_of_nothing_is_made_from_the_feeds_name():
    assert item("<guid isPermaLink='false'>77</guid>").title == "Untitled item from Example news"


def test_what_feedburner_kept_aside_is_the_address():
    (post,) = read_file("podcast.xml").items
    assert post.url == "https://burnt.example.org/one?id=1"


def test_no_hostile_link_is_printed():
    parsed = read_file("hostile-links.xml")
    assert len(parsed.items) == 8
    assert {item.url for item in parsed.items} == {"https://hostile.example.org/"}


def test_hostile_markup_loses_what_acts_and_keeps_its_words():
    summaries = {item.title: item.summary for item in read_file("hostile-summaries.xml").items}
    assert summaries == {
        "handlers": '<p>kept</p><a href="https://example.org">link</a>',
        "mathml": "kept",
        "noscript": "\"&gt;'&gt;kept",
        "style": "<p>kept</p>",
        "form": '<a href="https://hostile.example.org/kept">kept</a>',
        "comments": "<p>kept</p>x",
        "svg": "kept",
        "layout": "<p><strong>kept</strong></p>",
        "scheme": "kepttoo",
    }


def test_markup_in_plain_fields_is_dropped_and_odd_elements_break_nothing():
    trial, lists = read_file("hostile-fields.xml").items
    assert trial.title == "Trial of aspirin"
    assert (trial.authors, trial.categories, trial.citation.journal) == (("Smith J",), ("Trials",), "BMJ")
    assert trial.doi == ""
    assert (lists.title, lists.url) == ("Lists", "https://hostile.example.org/2")


def test_an_entity_of_its_own_is_left_as_it_stands():
    parsed = read_file("entities-own.xml")
    assert [item.title for item in parsed.items] == ["In &journal; & elsewhere"]
    assert "entities of its own" in parsed.warning


def test_an_ill_formed_feed_is_read_as_far_as_it_goes():
    parsed = read_file("ill-formed.xml")
    assert [item.title for item in parsed.items] == ["Research & development", "Half a character"]
    assert parsed.items[0].url == "https://ill.example.org/1?a=1&b=2"
    assert parsed.warning == "the feed is not well-formed XML; what could be read was kept"


def test_a_feed_behind_its_servers_complaint_is_found():
    assert titles("server-complaint.xml") == ["Behind the junk"]


def test_a_feed_without_entries_has_no_items():
    assert read(rss("")).items == ()


def test_the_newest_500_items_are_kept_in_the_feeds_own_order():
    day = "<pubDate>{:02} Nov 2026 00:00:00 GMT</pubDate>"
    old, new = day.format(1), day.format(2)
    items = "".join(f"<item><title>{n}</title>{old if n % 2 else new}</item>" for n in range(600))
    parsed = read(rss(items))
    assert len(parsed.items) == 500
    kept = [int(item.title) for item in parsed.items]
    assert kept == sorted(kept)
    assert set(range(0, 600, 2)) <= set(kept)
    assert parsed.warning == "the feed has 600 items; the newest 500 were kept"


def test_of_absurdly_many_entries_only_the_first_are_read():
    parsed = read(rss("<item><title>x</title></item>" * 6_000))
    assert len(parsed.items) == 500
    assert "the feed has 6,000 entries; the first 5,000 were read" in parsed.warning
    assert "not well-formed" not in parsed.warning


def test_literal_atom_content_without_a_summary_stays_literal():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>'
        '<content type="text">a &lt;b&gt; c</content></entry></feed>'
    )
    assert read(atom).items[0].summary == "a &lt;b&gt; c"


def test_a_comment_that_looks_like_an_entry_is_none():
    parsed = read(rss("<item><title>One</title></item><!-- <item><title>Old --><br>"))
    assert [item.title for item in parsed.items] == ["One"]
    assert parsed.warning == "the feed is not well-formed XML; what could be read was kept"


def test_what_looks_like_a_comment_in_a_literal_text_is_kept():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id>'
        '<title type="text"><![CDATA[a <!-- b --> c]]></title></entry></feed>'
    )
    assert read(atom).items[0].title == "a <!-- b --> c"


def test_a_long_list_of_names_with_markup_in_it_is_read():
    people = ", ".join(f"<b>Ann Grey{'abcdefghijklmnopqrstuvwxyz'[n % 26]}</b> &amp;amp; " for n in range(200))
    article = item(f"<title>T</title><author><![CDATA[{people}]]></author>")
    assert article.authors[0].startswith("Ann Greya &")


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            rss("<item>" + "".join(f"<category>{n}</category>" for n in range(20_000)) + "</item>"), id="labels"
        ),
        pytest.param(rss("".join(f"<category>{n}</category>" for n in range(40_000))), id="labels of the feed"),
        pytest.param(
            rss("<item>" + "".join(f"<category>{n}</category><!--<item>-->" for n in range(9_000)) + "</item>"),
            id="labels with comments between",
        ),
        pytest.param(rss("<item><title>x</title>" + "<a>" * 1_000_000), id="tags that never close"),
    ],
)
def test_a_document_with_more_elements_than_any_feed_needs_is_refused(document):
    with pytest.raises(ParseError, match="more elements than any feed needs"):
        read(document)


def test_a_document_with_more_references_than_any_feed_needs_is_refused():
    with pytest.raises(ParseError, match="more & signs than any feed needs"):
        read(rss(f"<item><title>{'&' * 1_000_001}</title></item>"))
