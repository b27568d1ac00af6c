"""Email alerts: what is news in a letter, and what is the letter's own."""

from dataclasses import replace
from datetime import UTC, datetime

import letterwriter
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from letterwriter import letter, posted, read_letters

from bulletin.model import DateSource
from bulletin.parse import document


def news(html: str) -> list[tuple[str, str, str]]:
    """Title, address and summary of what is found in an HTML letter."""
    return [(item.title, item.url, item.summary) for item in read_letters(letter(html)).items]


def titles(html: str) -> list[str]:
    return [title for title, _, _ in news(html)]


def test_a_weekly_gives_its_headlines_with_what_stands_under_them():
    assert news(letterwriter.WEEKLY) == [
        (
            "Trusts told to publish waiting list plans",
            "https://hsw.example.org/a/101",
            "Regional directors have written to every board. The plans are due in March.",
        ),
        ("Two community trusts to share a chair", "https://hsw.example.org/a/102", "The boards will stay separate."),
    ]


def test_a_button_takes_the_heading_above_it():
    assert news(letterwriter.BUTTONS) == [
        (
            "How neighbourhood teams work in practice",
            "https://kt.example.org/long-reads/teams",
            "Our new long read looks at six neighbourhood teams in two years.",
        ),
        (
            "Social care in 2026: where are we now?",
            "https://kt.example.org/social-care",
            "What the figures say.",
        ),
    ]


def test_a_table_of_contents_gives_each_article_once_with_its_doi():
    items = read_letters(letter(letterwriter.CONTENTS)).items
    assert [(item.title, item.doi) for item in items] == [
        ("Early discharge and falls in older people", "10.5555/ward.1"),
        ("Night staffing on acute wards", "10.5555/ward.2"),
    ]
    assert items[1].summary == "Cy Fox"


def test_a_scholarly_alert_gives_the_papers_own_address():
    assert news(letterwriter.SCHOLAR) == [
        (
            "Ward rounds with families present",
            "https://jwc.example.org/3.pdf?a=1",
            "B Chan, A Grey - Journal of Ward Care, 2026 We asked forty families what they would change.",
        )
    ]


def test_a_card_is_a_title_and_a_summary_and_a_link_within_a_sentence_is_neither():
    found = news(letterwriter.CARDS)
    assert found[0] == (
        "Heat and health: new guidance",
        "https://www.example.gov.uk/guidance/heat",
        "For care homes and hospitals, in force from May.",
    )
    assert [title for title, _, _ in found[1:]] == ["Flu vaccination figures for November"]


def test_a_plain_text_gives_the_line_above_or_before_each_address():
    items = read_letters(letter(text=letterwriter.PLAIN)).items
    assert [(item.title, item.url, item.summary) for item in items] == [
        (
            "Shared decisions after a stroke: what helps",
            "https://ev.example.org/stroke",
            "A review of eleven trials. Families matter most.",
        ),
        (
            "Discharge lounges cut waits in four of five hospitals",
            "https://ev.example.org/lounges",
            "Four of five hospitals saw shorter waits.",
        ),
        ("Costs of agency staff, third quarter", "https://ev.example.org/agency", ""),
    ]


def test_the_plain_text_counts_where_the_html_holds_no_news():
    html = '<p><a href="https://list.example.org/u">Unsubscribe from all of these emails</a></p>'
    (item,) = read_letters(letter(html, "A new report on ward rounds\nhttps://ev.example.org/rounds\n")).items
    assert item.title == "A new report on ward rounds"


def test_the_letters_date_is_the_items_date():
    (item, *_) = read_letters(letter(letterwriter.WEEKLY)).items
    assert (item.published, item.date_source) == (datetime(2026, 11, 17, 8, 30, tzinfo=UTC), DateSource.PUBLISHED)


@pytest.mark.parametrize("date", ["", "yesterday evening"])
def test_a_letter_without_a_date_leaves_its_items_to_the_day_they_are_first_seen(date):
    raw = letter(letterwriter.WEEKLY, date="").replace(b"Subject:", f"Date: {date}\r\nSubject:".encode(), 1)
    assert read_letters(raw).items[0].published is None


@pytest.mark.parametrize(
    "words",
    [
        "Unsubscribe from this list at any time",
        "Click here to opt out of these emails",
        "View this email in your web browser",
        "Manage your email preferences and alerts",
        "Update my subscription settings right now",
        "Privacy policy of the Example Trust",
        "Forward this email to your colleagues",
        "Share with a colleague who needs it",
        "You are receiving this email because you subscribed",
        "Add us to your address book please",
        "Cancel this alert for early discharge",
        "Terms and conditions of use apply",
    ],
)
def test_what_is_about_the_letter_is_no_news(words):
    assert titles(f'<p><a href="https://list.example.org/x">{words}</a></p>') == []


@pytest.mark.parametrize(
    "words",
    [
        "Privacy and data sharing in general practice",
        "Forward planning for winter on acute wards",
        "Opting for surgery: how patients decide",
        "Sharing decisions after a stroke at home",
        "More nurses on wards save lives",
        "Full recovery after sepsis is rare, study finds",
        "Terms of employment for junior doctors revisited",
    ],
)
def test_news_may_use_the_words_of_a_footer(words):
    assert titles(f'<p><a href="https://www.example.org/x">{words}</a></p>') == [words]


@pytest.mark.parametrize(
    "address",
    [
        "mailto:news@example.org",
        "https://www.facebook.com/example",
        "https://x.com/example",
        "https://list.example.org/unsubscribe?u=7",
        "https://list.example.org/preferences/7",
        "javascript:alert(1)",
        "tel:0113",
        "#top",
        "https://u:p@example.org/a",
    ],
)
def test_addresses_that_lead_to_no_news(address):
    assert titles(f'<p><a href="{address}">A headline that could well be news</a></p>') == []


@pytest.mark.parametrize(
    "words",
    [
        "Read more",
        "Read the full report »",
        "Read more about our work on social care",
        "Full text",
        "Abstract",
        "Download the report (PDF)",
        "Find out more",
        "Book your place now",
        "https://doi.org/10.5555/a",
        "10.5555/a",
        "More information here",
    ],
)
def test_words_that_lead_on_take_the_heading_above_them(words):
    html = f'<h3>Beds and bottlenecks</h3><p>About beds.</p><a href="https://www.example.org/a">{words}</a>'
    assert news(html) == [("Beds and bottlenecks", "https://www.example.org/a", "About beds.")]


def test_words_that_lead_on_without_a_title_above_them_are_no_news():
    assert titles('<p>Hello.</p><p><a href="https://www.example.org/a">Read more</a></p>') == []


def test_a_plain_line_stands_in_for_a_heading_but_authors_and_places_do_not():
    html = (
        "<p>Night staffing on acute wards</p><p>Bo Chan, Ann Grey and Cy Fox</p><p>Ward Care 2026; 12: 1-9</p>"
        '<a href="https://www.example.org/a">Abstract</a>'
    )
    assert titles(html) == ["Night staffing on acute wards"]


def test_a_second_link_to_the_same_page_adds_nothing():
    html = (
        '<a href="https://www.example.org/a?utm_source=x">New figures on waiting times</a><p>Text.</p>'
        '<h3>Another heading stands here</h3><a href="http://example.org/a/">Read more</a>'
    )
    assert titles(html) == ["New figures on waiting times"]


def test_a_link_that_two_letters_have_counts_once():
    assert len(read_letters(letter(letterwriter.WEEKLY), letter(letterwriter.WEEKLY)).items) == 2


def test_the_summary_ends_where_the_footer_begins_and_is_cut():
    html = (
        '<a href="https://www.example.org/a">New figures on waiting times</a><p>They fell.</p>'
        "<p>You are receiving this email because you asked.</p><p>12 Example Road</p>"
        f'<a href="https://www.example.org/b">A second headline stands here</a><p>{"word " * 200}</p>'
    )
    one, two = news(html)
    assert one[2] == "They fell."
    assert len(two[2]) <= 400
    assert two[2].endswith("…")


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(("Auto-Submitted", "auto-replied (vacation)"), id="RFC 3834"),
        pytest.param(("Precedence", "auto_reply"), id="older"),
        pytest.param(("X-Autoreply", "yes"), id="oldest"),
        pytest.param(("X-Unsent", "1"), id="our own draft"),
    ],
)
def test_automatic_replies_and_our_own_drafts_are_passed_over_in_silence(header):
    parsed = read_letters(letter(letterwriter.WEEKLY, headers=[header]))
    assert (parsed.items, parsed.warning) == ((), "")


def test_an_alert_that_says_it_is_automatic_is_read():
    assert read_letters(letter(letterwriter.WEEKLY, headers=[("Auto-Submitted", "auto-generated")])).items


def test_a_report_of_non_delivery_is_passed_over():
    raw = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nNo such mailbox here now\nhttps://a.example/\r\n"
    assert read_letters(raw).items == ()


def test_a_letter_without_news_is_counted_in_the_warning():
    parsed = read_letters(letter(text="See you tomorrow."), letter(letterwriter.WEEKLY))
    assert parsed.warning == "1 of the emails held no link that looks like a title"
    assert len(parsed.items) == 2


def test_an_attached_page_is_not_the_letter():
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
        b"Content-Disposition: attachment; filename=a.html\r\n\r\n"
        b'<a href="https://www.example.org/a">A headline in an attached file</a>\r\n--b--\r\n'
    )
    assert read_letters(raw).items == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            b'<a href=3D"https://www.example.org/a">Caf=C3=A9s in hospital =\r\nfoyers</a>',
            id="quoted-printable",
        ),
        pytest.param(
            b'Content-Type: text/html; charset="iso-8859-1"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
            b'<a href="https://www.example.org/a">Caf\xe9s in hospital foyers</a>',
            id="Latin-1",
        ),
        pytest.param(
            b"Content-Type: text/html; charset=no-such-thing\r\n\r\n"
            b'<a href="https://www.example.org/a">Caf\xc3\xa9s in hospital foyers</a>',
            id="unknown character set",
        ),
        pytest.param(
            b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"PGEgaHJlZj0iaHR0cHM6Ly93d3cuZXhhbXBsZS5vcmcvYSI+Q2Fmw6lzIGluIGhvc3BpdGFsIGZveWVyczwvYT4=",
            id="base64",
        ),
    ],
)
def test_encodings_and_character_sets(raw):
    assert [item.title for item in read_letters(raw).items] == ["Cafés in hospital foyers"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"Content-Type: multipart/mixed; " + b';"' * 1_000_000 + b"\r\n\r\nx", id="endless header"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 300_000, id="parts"),
        pytest.param(b"Content-Type: message/rfc822\r\n\r\n" * 5_000, id="letters in letters"),
        pytest.param(b"Content-Type: text/html\r\n\r\n" + b"<b>" * 200_000, id="elements"),
    ],
)
def test_a_letter_that_is_built_to_hurt_is_left_out_and_the_others_are_read(raw):
    parsed = read_letters(raw, letter(letterwriter.WEEKLY))
    assert len(parsed.items) == 2
    assert parsed.warning == "1 of the emails could not be read and were left out"


@pytest.mark.parametrize("raw", [b"", b"\0\xff", b"Date: ", b"Content-Type: multipart/mixed\r\n\r\n--", b"\r\n" * 9])
def test_what_is_hardly_an_email_is_no_error(raw):
    assert read_letters(raw).items == ()


BODIES = [letter(html) for html in (letterwriter.WEEKLY, letterwriter.CONTENTS, letterwriter.CARDS)]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(BODIES), st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=6)), max_size=8))
@example(BODIES[0], [(0, b"Content-Type: \xff;\r\n")])
def test_no_letter_however_broken_makes_it_fail(body, changes):
    for place, new in changes:
        body = body[:place] + new + body[place + len(new) // 2 :]
    for item in read_letters(body).items:
        assert item.url.startswith(("http://", "https://"))
        assert item.title


def many(first: int) -> str:
    """A letter of 300 headlines, counted from here."""
    numbers = range(first, first + 300)
    return "".join(f'<p><a href="https://www.example.org/{n}">A headline with number {n}</a></p>' for n in numbers)


def test_a_letter_gives_at_most_50_items_and_says_so():
    parsed = read_letters(letter(many(0)), letter(letterwriter.WEEKLY))
    assert len(parsed.items) == 50 + 2
    assert parsed.warning == "1 of the emails held more than 50 items: the first 50 were kept"


def test_all_letters_of_a_visit_are_read_the_newest_first():
    """What a mailbox gave once it does not give again."""
    parsed = read_letters(*(letter(many(1_000 * n)) for n in range(12)))
    assert parsed.items[0].title == "A headline with number 11000"
    assert len(parsed.items) == 12 * 50


def test_what_the_visit_left_behind_is_told():
    fetched = replace(posted(b""), note="1 of the emails were not read")
    assert (document(fetched).items, document(fetched).warning) == ((), "1 of the emails were not read")
