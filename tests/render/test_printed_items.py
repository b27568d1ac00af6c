"""What is printed of an item: what its rights allow, where it is from, when, and how to read it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sample_edition as sample
from email_reader import Document, text
from sample_edition import edition, item, section

from bulletin.model import Added, Citation, Correction, DateSource, ItemType, Mark, Placed, Service, Wording
from bulletin.render.page import page

MANY = tuple(sample.FEEDS)
OTHERS = ("Department of Health and Social Care", "Journal of Care Systems", "Health Management Review")
WORDS = "Eleven words that only the summary of this item has in it."


def printed(one, feeds=sample.FEEDS, see_also=()):
    """An item as a template gets it."""
    placed = edition(section("policy", Placed(one, see_also)))
    return made(placed, feeds=feeds).headings[0].items[0]


def made(one, feeds=sample.FEEDS, audience=sample.AUDIENCE, bulletin=sample.BULLETIN, library=sample.LIBRARY):
    return page(one, bulletin, audience, replace(sample.HOUSE, library=library, feeds=feeds))


@pytest.mark.parametrize(
    ("feed", "shown"),
    [
        pytest.param("dhsc", True, id="open government licence"),
        pytest.param("journal", True, id="abstract"),
        pytest.param("magazine", False, id="citation"),
        pytest.param("gone", False, id="a feed that nobody knows any more"),
        pytest.param("", False, id="no feed"),
    ],
)
def test_the_rights_of_the_feed_that_gave_the_summary_decide(feed, shown):
    assert bool(printed(item("Title", "dhsc", summary=WORDS, summary_feed=feed)).summary) is shown


def test_a_summary_that_may_not_be_printed_is_nowhere_in_the_email(send):
    email = send(edition(section("policy", item("Title", "magazine", summary=WORDS))))
    assert WORDS not in email.html + email.text


def test_a_publishers_abstract_is_called_so(send):
    email = send(edition(section("policy", item("Title", "journal", summary=WORDS, doi="10.5555/a"))))
    assert f"Abstract: {WORDS}" in text(Document(email.html).all("body")[0])
    assert f"Abstract: {WORDS}" in email.text


def test_what_is_no_article_has_a_summary_and_no_abstract():
    assert not printed(item("Webinar", "journal", summary=WORDS)).abstract


def test_open_government_sources_are_credited_once_each_by_name(send):
    items = [item(title, "dhsc", summary=WORDS) for title in ("One", "Two")]
    email = send(edition(section("policy", *items, item("Three", "nhs-news", summary=WORDS))))
    credit = (
        "Contains public sector information licensed under the Open Government Licence v3.0, "
        "from: Department of Health and Social Care; NHS England news."
    )
    assert credit in text(Document(email.html).all("body")[0])
    assert credit in " ".join(email.text.split())


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(item("Title", "dhsc"), id="no summary"),
        pytest.param(item("Title", "journal", summary=WORDS), id="other rights"),
    ],
)
def test_there_is_no_credit_without_words_under_that_licence(one):
    assert made(edition(section("policy", one))).credits == ()


LONG = "An abstract of the publisher that a service has and the feed does not."


@pytest.mark.parametrize(
    ("feed", "printed_as"),
    [
        pytest.param("dhsc", (WORDS, False), id="open government licence: the feed's own"),
        pytest.param("magazine", ("", False), id="citation: nothing"),
        pytest.param("journal", (LONG, True), id="abstract: the added one"),
    ],
)
def test_a_summary_that_a_service_added_is_printed_only_of_a_source_of_abstracts(feed, printed_as):
    added = (Added("summary", Service.CROSSREF),)
    one = item("Title", feed, summary=LONG, told=f"<p>{WORDS}</p>", added=added, doi="10.5555/a")
    seen = printed(one)
    assert (seen.summary, seen.abstract) == printed_as
    credits_ = ("Department of Health and Social Care",) if feed == "dhsc" else ()
    assert made(edition(section("policy", one))).credits == credits_


def test_where_the_feed_said_nothing_an_added_abstract_stands_under_no_other_rights():
    one = item("Title", "dhsc", summary=LONG, summary_feed="", added=(Added("summary", Service.CROSSREF),))
    assert printed(one).summary == ""
    assert made(edition(section("policy", one))).credits == ()


def test_a_feeds_own_summary_comes_under_its_rights_whichever_feed_speaks():
    added = (Added("summary", Service.CROSSREF),)
    one = item("Title", "magazine", summary=LONG, told=WORDS, summary_feed="dhsc", added=added)
    assert printed(one).summary == WORDS


@pytest.mark.parametrize(
    ("title", "marks", "printed_as"),
    [
        pytest.param("Title", (Mark.RETRACTED, Mark.CORRECTED), "[Retracted] Title", id="the gravest"),
        pytest.param("Title", (Mark.CONCERN,), "[Expression of concern] Title", id="a concern"),
        pytest.param("RETRACTED: Title", (Mark.RETRACTED,), "RETRACTED: Title", id="the title says so"),
        pytest.param("[Retracted] Title", (Mark.RETRACTED,), "[Retracted] Title", id="in brackets"),
        pytest.param("Retracted article: Title", (Mark.RETRACTED,), "Retracted article: Title", id="in two words"),
        pytest.param(
            "Correcting low sodium", (Mark.CORRECTED,), "[Corrected] Correcting low sodium", id="of something else"
        ),
        pytest.param("RETRACTED: Title", (), "RETRACTED: Title", id="no mark"),
    ],
)
def test_what_notices_say_stands_before_the_title_once(title, marks, printed_as):
    assert printed(item(title, marks=marks)).title == printed_as


@pytest.mark.parametrize(
    ("more", "url"),
    [
        pytest.param({"added": (Added("free_url", Service.UNPAYWALL),)}, "https://x.org/open.pdf", id="found"),
        pytest.param({}, "https://example.org/page", id="the feed's own word"),
    ],
)
def test_a_title_leads_to_the_open_copy_that_a_service_found(more, url):
    one = item("Title", url="https://example.org/page", free=True, free_url="https://x.org/open.pdf", **more)
    assert (printed(one).url, printed(one).access) == (url, "Free to read")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (DateSource.PUBLISHED, "6 August 2026"),
        (DateSource.UPDATED, "updated 6 August 2026"),
        (DateSource.FIRST_SEEN, "first seen 6 August 2026"),
    ],
)
def test_a_date_says_what_it_is(source, said):
    at = datetime(2026, 8, 6, 9, tzinfo=UTC)
    assert printed(item("Title", published=at, date_source=source, first_seen=at)).date == said
    late = printed(
        item("Title", published=at, date_source=source, first_seen=at + timedelta(days=14, seconds=1))
    ).date
    assert late == (said if source is DateSource.FIRST_SEEN else f"{said}, first seen 20 August 2026")
    assert printed(item("Title", published=at, date_source=source, first_seen=at + timedelta(days=14))).date == said


def test_what_stood_there_when_we_began_to_look_did_not_come_late():
    began, old = datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2026, 8, 6, 9, tzinfo=UTC)

    def dated(days):
        one = item("Title", "journal", published=old, first_seen=began + timedelta(days=days))
        house = replace(sample.HOUSE, followed={"journal": began})
        shown = page(edition(section("policy", Placed(one))), sample.BULLETIN, sample.AUDIENCE, house)
        return shown.headings[0].items[0].date

    assert (dated(1), dated(2)) == ("6 August 2026", "6 August 2026, first seen 3 November 2026")


def test_an_item_without_a_date_of_its_own_says_when_it_was_first_seen():
    seen = datetime(2026, 11, 9, tzinfo=UTC)
    one = item("Title", published=None, date_source=DateSource.FIRST_SEEN, first_seen=seen)
    assert printed(one).date == "first seen 9 November 2026"


def test_a_day_is_that_of_the_bulletins_own_zone():
    at = datetime(2026, 8, 6, 23, 30, tzinfo=UTC)
    assert printed(item("Title", published=at, first_seen=at)).date == "7 August 2026"


@pytest.mark.parametrize(
    ("more", "told", "kind"),
    [
        ({"kind": "Meta-Analysis"}, "Systematic review", "systematic-review"),
        ({"kind": "twis"}, "twis", ""),
        ({"kind": "", "doi": "10.5555/a"}, "Research", "research"),
    ],
)
def test_what_kind_of_thing_it_is_is_told_in_words_where_it_is_known(more, told, kind):
    found = printed(item("Title", "gone", **more))
    assert (found.kind, found.type) == (told, kind)


def test_what_kind_of_thing_a_feed_has_is_told_of_its_items():
    feeds = {name: replace(feed, type=ItemType.REPORT) for name, feed in sample.FEEDS.items()}
    assert printed(item("Title", "dhsc", kind=""), feeds=feeds).kind == "Report"


@pytest.mark.parametrize(
    ("more", "flags"),
    [
        ({"doi": "10.1101/2026.01.02.123456"}, ("Preprint",)),
        ({"doi": "", "url": "https://www.medrxiv.org/content/1"}, ("Preprint",)),
        ({"doi": "", "url": "https://[::1"}, ()),
        ({"marks": (Mark.RETRACTED,)}, ()),
        ({"marks": (Mark.RETRACTED, Mark.CONCERN, Mark.CORRECTED)}, ("Expression of concern", "Corrected")),
    ],
)
def test_what_is_to_be_known_of_it_as_evidence_stands_beside_its_source(more, flags):
    assert printed(item("Title", "journal", **more)).flags == flags


@pytest.mark.parametrize(
    ("more", "access", "free"),
    [
        pytest.param({"source": "charity"}, "Free to read", True, id="a free feed"),
        pytest.param(
            {"feeds": ("charity", "magazine"), "source": "magazine"},
            "Log in with NHS OpenAthens, or ask the library",
            False,
            id="a free digest of a paid journal",
        ),
        pytest.param({"free": True}, "Free to read", True, id="the feed says so"),
        pytest.param({}, "Log in with NHS OpenAthens, or ask the library", False, id="login"),
        pytest.param({"url": "", "free": True}, "Ask the library", False, id="no address"),
    ],
)
def test_readers_are_told_how_to_get_the_full_text(more, access, free):
    one = printed(item("Title", **more))
    assert (one.access, one.free) == (access, free)


@pytest.mark.parametrize(
    ("login", "access"),
    [pytest.param("Use your card", "Use your card", id="its words"), pytest.param("", "Ask the library", id="none")],
)
def test_what_needs_a_login_says_so_in_the_words_of_the_library(login, access):
    one = made(edition(section("policy", item("Title"))), library=replace(sample.LIBRARY, login=login))
    assert one.headings[0].items[0].access == access


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("charity", "The Kingsway Trust · 20 November 2026 · Free to read"),
        ("magazine", "Hospital Times · 20 November 2026"),
    ],
)
def test_the_one_line_of_the_brief_design_tells_what_is_free_and_no_more(send, source, said):
    email = send(edition(section("policy", item("Title", source))), template="brief")
    assert [text(line) for line in Document(email.html).all("h3 + p")] == [said]
    assert f"\n  {said.replace(' · ', ' | ')}\n" in email.text


@pytest.mark.parametrize(
    ("more", "source", "also_from"),
    [
        pytest.param({}, "Hospital Times", (), id="the feed"),
        pytest.param({"citation": Citation("Gut")}, "Gut", (), id="the journal comes first"),
        pytest.param({"feeds": ("charity", "magazine")}, "Hospital Times", ("The Kingsway Trust",), id="others"),
        pytest.param(
            {"citation": Citation("Gut"), "feeds": MANY, "source": MANY[0]},
            "Gut",
            OTHERS,
            id="three others are enough",
        ),
        pytest.param({"feeds": ("gone",)}, "example.org", (), id="a forgotten feed: its website"),
        pytest.param({"feeds": (), "url": ""}, "", (), id="nothing known"),
    ],
)
def test_an_item_says_where_it_is_from(more, source, also_from):
    one = printed(item("Title", **more))
    assert (one.source, one.also_from) == (source, also_from)


def test_other_headings_are_named_and_forgotten_ones_are_not():
    assert printed(item("Title"), see_also=("finance", "gone")).see_also == ("Finance and productivity",)


@pytest.mark.parametrize(
    ("more", "url"),
    [
        pytest.param(
            {"url": "", "doi": "10.5555/a(b)<c>"}, "https://doi.org/10.5555/a%28b%29%3Cc%3E", id="by its DOI"
        ),
        pytest.param({"url": ""}, "", id="nowhere"),
        pytest.param({"url": "https://example.org/é?q=a b"}, "https://example.org/%C3%A9?q=a%20b", id="in ASCII"),
        pytest.param(
            {"url": "https://bücher.example/x"}, "https://xn--bcher-kva.example/x", id="as the DNS knows it"
        ),
        pytest.param({"url": f"https://{'ü' * 70}.example/"}, f"https://{'%C3%BC' * 70}.example/", id="no DNS name"),
        pytest.param({"url": "https://example.org/%20a"}, "https://example.org/%20a", id="quoted once"),
        pytest.param({"url": "javascript:alert(1)"}, "", id="script"),
        pytest.param({"url": "//example.org/"}, "", id="no scheme"),
        pytest.param({"url": "https:///path"}, "", id="no host"),
        pytest.param({"url": "http://[::1"}, "", id="unclosed bracket"),
        pytest.param({"url": "http://a:x/"}, "", id="no port"),
        pytest.param({"url": "http://a:0/"}, "", id="port nought"),
        pytest.param({"url": "https://example.org/" + "a" * 2_000}, "", id="too long"),
    ],
)
def test_a_title_leads_to_the_web_or_nowhere(more, url):
    assert printed(item("Title", **more)).url == url


def test_an_item_without_an_address_is_printed_without_a_link(send):
    document = Document(send(edition(section("policy", item("Handbook", url="")))).html)
    (title,) = document.all("h3")
    assert text(title) == "Handbook"
    assert not list(title)


@pytest.mark.parametrize(
    ("language", "printed_as"), [("cy", "cy"), ("fr-CA", "fr-CA"), ("en-gb", ""), ("", ""), ('cy" onload="x', "")]
)
def test_only_a_language_other_than_english_is_marked(language, printed_as):
    assert printed(item("Title", language=language)).language == printed_as


def test_a_title_of_nothing_visible_is_still_a_title():
    assert printed(item("\u202e\u200b \x00")).title == "Untitled"


def test_a_kept_heading_without_items_says_so(send):
    email = send(edition(section("finance"), section("policy", item("Title"))))
    assert "No items this month." in text(Document(email.html).all("body")[0])
    assert "Finance and productivity\n------------------------\n\nNo items this month.\n" in email.text


@pytest.mark.parametrize(("number", "there"), [(6, False), (7, True)])
def test_contents_stand_above_more_than_a_few_items(send, number, there):
    items = [item(f"Title {place}") for place in range(number)]
    email = send(edition(section("policy", *items[:3]), section("finance", *items[3:])))
    assert ("In this edition" in email.html) is there
    assert ("In this edition" in email.text) is there


def test_contents_leave_out_headings_without_items(send):
    items = [item(f"Title {place}") for place in range(9)]
    email = send(edition(section("finance"), section("policy", *items[:5]), section("leadership", *items[5:])))
    (contents,) = Document(email.html).all(".contents")
    assert text(contents) == "In this edition Policy and strategy (5) Leadership and management (4)"
    assert email.text.count("Finance and productivity") == 1


def test_contents_of_one_heading_would_say_nothing(send):
    items = [item(f"Title {place}") for place in range(9)]
    assert "In this edition" not in send(edition(section("policy", *items), section("finance"))).html


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), "0 items under 0 headings"), ((1, 0), "1 item under 1 heading"), ((2, 3), "5 items under 2 headings")],
)
def test_the_size_is_told_in_words(numbers, said):
    sections = [section("policy", *[item(f"Title {place}") for place in range(number)]) for number in numbers]
    assert made(edition(*sections)).size == said


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param([], id="none"),
        pytest.param(["A"], id="short"),
        pytest.param(["One title of the usual length for a report"] * 3, id="usual"),
        pytest.param(["W" * 200], id="one word"),
    ],
)
def test_the_preheader_holds_40_to_130_letters(titles):
    one = made(edition(*[section("policy", item(title)) for title in titles]))
    assert 40 <= len(one.preheader) <= 130


def test_the_preheader_begins_with_the_leading_titles():
    one = made(edition(section("policy", item("First")), section("finance"), section("digital", item("Second"))))
    assert one.preheader == (
        "First; Second; 2 items under 2 headings, chosen for you by Example Health Library and Knowledge Service"
    )


@pytest.mark.parametrize(
    ("cron", "subject"),
    [
        ("0 9 1st-mon * *", "Health Management Update: December 2026"),
        ("0 9 last * *", "Health Management Update: December 2026"),
        ("0 9 15 * *", "Health Management Update: December 2026"),
        ("0 9 31-or-last * *", "Health Management Update: December 2026"),
        ("0 9 1st-workday * *", "Health Management Update: December 2026"),
        ("0 9 workday * *", "Health Management Update: 7 December 2026"),
        ("0 9 1-7 * *", "Health Management Update: 7 December 2026"),
        ("0 9 1,15 * *", "Health Management Update: 7 December 2026"),
        ("0 9 */10 * *", "Health Management Update: 7 December 2026"),
        ("0 8 * * mon", "Health Management Update: 7 December 2026"),
    ],
)
def test_the_subject_names_the_month_or_the_day_when_there_are_several_a_month(cron, subject):
    schedule = replace(sample.BULLETIN.schedule, cron=cron)
    assert made(sample.RICH, bulletin=replace(sample.BULLETIN, schedule=schedule)).subject == subject


def test_a_long_title_leaves_room_for_the_month_in_the_subject():
    subject = made(sample.RICH, bulletin=replace(sample.BULLETIN, title="Long title " * 40)).subject
    assert len(subject) <= 120
    assert subject.startswith("December 2026: Long title Long title ")
    assert subject.endswith(" ...")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        pytest.param("News", "News from the library: December 2026", id="a short one says where it is from"),
        pytest.param("Update", "Update: December 2026", id="twenty letters are enough"),
        pytest.param("T" * 45, f"{'T' * 45}: December 2026", id="sixty are seen"),
        pytest.param("T" * 46, f"December 2026: {'T' * 46}", id="of more the end is not"),
    ],
)
def test_the_subject_tells_bulletin_and_month_in_the_letters_that_are_seen(title, subject):
    assert made(sample.RICH, bulletin=replace(sample.BULLETIN, title=title)).subject == subject


def test_a_list_that_gives_no_reason_gets_one():
    one = made(sample.RICH, audience=replace(sample.AUDIENCE, why=""))
    assert one.why == "You get this because you are on the library's list: Senior managers."


def test_leaving_and_suggesting_are_emails_to_whom_answers_go():
    one = made(sample.RICH, audience=replace(sample.AUDIENCE, reply_to="Desk <desk+news@example.nhs.uk>"))
    assert one.leave_link.startswith("mailto:desk+news@example.nhs.uk?subject=Unsubscribe%3A%20Health%20")
    assert one.suggest_link.startswith("mailto:desk+news@example.nhs.uk?subject=Suggestion%20for%20")


def test_a_library_with_only_a_name_and_an_address_leaves_no_gaps(send, monkeypatch):
    bare = replace(sample.LIBRARY, phone="", web="", full_text="")
    monkeypatch.setattr(sample, "HOUSE", replace(sample.HOUSE, library=bare))
    email = send()
    assert "How to get the full text" not in email.html + email.text
    assert "website" not in email.html
    assert f"{sample.LIBRARY.name}\n{sample.LIBRARY.email}\n\n" in email.text


def test_a_library_whose_website_is_no_address_gets_no_link():
    assert made(sample.RICH, library=replace(sample.LIBRARY, web="javascript:alert(1)")).web_link == ""


def test_what_an_earlier_edition_printed_is_corrected():
    wrong = item("Gowns\u202e", "journal", marks=(Mark.RETRACTED,), url="https://example.org/gowns")
    (found,) = made(replace(edition(), corrections=(Correction(wrong, date(2026, 11, 2)),))).corrections
    assert (found.title, found.url, found.day) == (
        "[Retracted] Gowns",
        "https://example.org/gowns",
        "2 November 2026",
    )


@pytest.mark.parametrize(
    ("editor", "letters"),
    [
        ("jo.smith@example.nhs.uk", "JS"),
        ("Ann Mary Okafor-Lee", "AMO"),
        ("ann", "A"),
        ("émile@x.org", "É"),
        ("7@x", "?"),
    ],
)
def test_what_the_library_put_in_other_words_says_who_did(editor, letters):
    words = Wording("i1", "A better title", "", editor, datetime(2026, 12, 1, tzinfo=UTC))
    placed = edition(section("policy", Placed(item("A title", "dhsc", 1), wording=words)))
    assert made(placed).headings[0].items[0].edited == f"Edited by the library ({letters})"


def test_what_stands_as_it_came_was_edited_by_nobody():
    assert printed(item("A title", "dhsc", 1)).edited == ""


@pytest.mark.parametrize("template", ["default", "brief", "plain"])
def test_every_design_tells_who_put_an_item_in_other_words(send, template):
    words = Wording("i1", "A better title", "", "jo.smith@example.nhs.uk", datetime(2026, 12, 1, tzinfo=UTC))
    email = send(edition(section("policy", Placed(item("A title", "dhsc", 1), wording=words))), template)
    assert "Edited by the library (JS)" in email.html
    assert "Edited by the library (JS)" in " ".join(email.text.split())
