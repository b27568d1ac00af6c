"""How a reader gets at a full text: what is offered to whom, by links that hold an item whole and nothing else."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import sample_edition as sample
from email_reader import Document
from hypothesis import example, given
from hypothesis import strategies as st
from sample_edition import edition, item, section

from bulletin.model import Added, Channel, Placed, Service
from bulletin.render import links
from bulletin.render.access import Wanted, asking, note, through
from bulletin.render.page import page
from bulletin.render.plain import plain

ATHENS = replace(sample.LIBRARY, openathens="example.nhs.uk")
LIBKEY = replace(sample.LIBRARY, libkey="1234")
BOTH = replace(ATHENS, libkey="1234")
FORM = replace(sample.LIBRARY, ask="https://example.org/ask?t={title}&d={doi}&u={url}&s={source}")
REDIRECTOR = "https://go.openathens.net/redirector/example.nhs.uk?url="

WANTED = Wanted("Gowns & gloves", "https://example.org/a?b=c&d=é#e", "10.5555/a(b)", "Gut", "6 August 2026")
WORDS = st.text(alphabet=st.characters(exclude_categories=()), max_size=400).map(plain)
URLS = WORDS.map(lambda words: links.web(f"https://example.org/{words}"))
DOIS = WORDS.map(lambda words: f"10.5555/{words}" if words else "")
ANY = st.builds(Wanted, WORDS, URLS, DOIS, WORDS, st.just("6 August 2026"))


@pytest.mark.parametrize(
    ("library", "changes", "free", "inside", "words", "link"),
    [
        pytest.param(BOTH, {}, True, True, "Free to read", "", id="free: its title leads there"),
        pytest.param(BOTH, {"url": ""}, True, True, "NHS OpenAthens", "libkey", id="free, but nowhere"),
        pytest.param(BOTH, {}, False, True, "NHS OpenAthens", "libkey", id="LibKey before the redirector"),
        pytest.param(BOTH, {"doi": ""}, False, True, "NHS OpenAthens", "openathens", id="no DOI"),
        pytest.param(LIBKEY, {"doi": ""}, False, True, sample.LIBRARY.login, "", id="LibKey alone, no DOI"),
        pytest.param(BOTH, {"doi": "", "url": ""}, False, True, "Ask the library", "mailto", id="nothing to open"),
        pytest.param(BOTH, {}, False, False, sample.LIBRARY.login, "", id="people outside have no account"),
        pytest.param(sample.LIBRARY, {}, False, True, sample.LIBRARY.login, "", id="neither"),
        pytest.param(replace(sample.LIBRARY, login=""), {}, False, True, "Ask the library", "mailto", id="no login"),
        pytest.param(replace(FORM, login=""), {}, False, True, "Ask the library", "example.org", id="the form"),
        pytest.param(BOTH, {"doi": "10.5555/../../x"}, False, True, "NHS OpenAthens", "openathens", id="dots"),
        pytest.param(BOTH, {"doi": "javascript:x"}, False, True, "NHS OpenAthens", "openathens", id="no DOI at all"),
    ],
)
def test_the_note_offers_the_nearest_way(library, changes, free, inside, words, link):
    found = note(replace(WANTED, **changes), library, free=free, inside=inside)
    assert found.words == words
    assert link in found.link
    assert bool(found.link) is bool(link)


@pytest.mark.parametrize(
    ("library", "free", "asked"),
    [
        pytest.param(BOTH, True, False, id="what is free needs no asking"),
        pytest.param(BOTH, False, True, id="who has no account can ask"),
        pytest.param(sample.LIBRARY, False, True, id="beside the words of the library"),
        pytest.param(replace(sample.LIBRARY, login=""), False, False, id="not twice"),
    ],
)
def test_the_library_can_be_asked_beside_another_way(library, free, asked):
    assert bool(note(WANTED, library, free=free, inside=True).ask) is asked


@given(URLS)
@example("https://example.org/?url=https%3A%2F%2Fexample.com&x=%25")
def test_the_redirector_gets_the_address_encoded_once_and_whole(url):
    link = through(Wanted("Title", url, "", "", ""), ATHENS)
    if url and len(link) > 0:
        assert link.startswith(REDIRECTOR)
        assert unquote(link.removeprefix(REDIRECTOR)) == url
        assert parse_qs(urlsplit(link).query) == {"url": [url]}
        assert not urlsplit(link).fragment


@given(DOIS)
@example("10.5555/a(b)<c>?d#e&f")
@example("10.5555/%2e%2e/x")
def test_libkey_gets_the_doi_encoded_once_and_whole(doi):
    link = through(Wanted("Title", "", doi, "", ""), LIBKEY)
    if link:
        parts = urlsplit(link)
        assert (parts.netloc, parts.query, parts.fragment) == ("libkey.io", "", "")
        assert unquote(parts.path) == f"/libraries/1234/{doi}"


def test_a_link_that_would_be_too_long_is_none():
    url = "https://example.org/" + "%20" * 600
    assert through(Wanted("Title", url, "10.5555/" + "é" * 700, "", ""), BOTH) == ""
    assert note(Wanted("Title", url, "", "", ""), BOTH, free=False, inside=True).words == sample.LIBRARY.login


@given(ANY)
@example(Wanted("{doi}{title}{url}", "https://example.org/{title}", "10.5555/{source}", "{url}", ""))
@example(Wanted("&d=x#y", "https://example.org/?a&b", "10.5555/a&b", "a=b;c", ""))
@example(Wanted("👩\u200d⚕️" * 300, "https://example.org/" + "a" * 1_900, "10.5555/" + "é" * 300, "β" * 400, ""))
def test_a_form_gets_each_part_as_it_is_or_shorter(wanted):
    link = asking(wanted, FORM)
    assert link.isascii()
    assert len(link) <= 2_000
    told = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert list(told) == ["t", "d", "u", "s"]
    assert told["t"][0] == wanted.title or wanted.title.startswith(told["t"][0].removesuffix(" ..."))
    assert told["d"][0] in ("", wanted.doi)
    assert told["u"][0] in ("", wanted.url)


@given(ANY)
@example(Wanted("x&bcc=eve@evil.example&body=y", "https://example.org/?a&b", "10.5555/a&cc=b", "a?b", ""))
@example(Wanted("👩\u200d⚕️" * 300, "https://example.org/" + "a" * 1_900, "10.5555/" + "é" * 300, "β" * 400, ""))
def test_a_letter_to_the_library_has_a_subject_and_a_body_and_nothing_else(wanted):
    link = asking(wanted, sample.LIBRARY)
    assert link.isascii()
    assert len(link) <= 2_000
    parts = urlsplit(link)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "library@example.nhs.uk", "")
    told = parse_qs(parts.query, keep_blank_values=True)
    assert list(told) == ["subject", "body"]
    assert "\r" not in told["subject"][0]


REST = ["Gut, 6 August 2026", "DOI: 10.5555/a(b)", "https://example.org/a?b=c&d=é#e"]


def test_a_letter_to_the_library_says_all_that_it_needs():
    told = parse_qs(urlsplit(asking(WANTED, sample.LIBRARY)).query)
    assert told == {
        "subject": ["Full text: Gowns & gloves"],
        "body": ["\r\n".join(["Please get me the full text of:", "", "Gowns & gloves", *REST])],
    }


@pytest.mark.parametrize("form", ["javascript:{title}", "https://[{title}", "{url}"])
def test_where_the_form_leads_nowhere_the_library_gets_a_letter(form):
    assert asking(WANTED, replace(sample.LIBRARY, ask=form)).startswith("mailto:library@example.nhs.uk?")


def shown(one, channel=None, library=BOTH, **changes):
    house = replace(sample.HOUSE, library=library)
    made = page(
        edition(section("policy", Placed(one))), sample.BULLETIN, replace(sample.AUDIENCE, **changes), house, channel
    )
    return made.headings[0].items[0]


@pytest.mark.parametrize(
    ("more", "access"),
    [
        pytest.param({"free": True}, "Free to read", id="the feed says so"),
        pytest.param({"source": "charity"}, "Free to read", id="a free feed"),
        pytest.param(
            {"free": True, "free_url": "https://x.org/pdf", "added": (Added("free_url", Service.UNPAYWALL),)},
            "Free to read",
            id="an open copy",
        ),
        pytest.param({}, "NHS OpenAthens", id="login"),
    ],
)
def test_what_is_free_says_so_and_the_rest_opens_through_openathens(more, access):
    assert shown(item("Title", **more)).access == access


@pytest.mark.parametrize(
    ("channel", "readers", "access"),
    [
        (None, Channel.INSIDE, "NHS OpenAthens"),
        (None, Channel.OUTSIDE, sample.LIBRARY.login),
        (Channel.WEB, Channel.OUTSIDE, "NHS OpenAthens"),
    ],
)
def test_openathens_is_for_the_organisations_own_people_and_on_the_web_where_they_read_too(channel, readers, access):
    assert shown(item("Title"), channel, readers=readers).access == access


@pytest.mark.parametrize("template", ["default", "plain"])
def test_links_of_the_same_words_are_told_apart_by_the_title(send, monkeypatch, template):
    monkeypatch.setattr(sample, "HOUSE", replace(sample.HOUSE, library=ATHENS))
    document = Document(send(edition(section("policy", item("One"), item("Two"))), template=template).html)
    names = {link.get("aria-label"): link.get("href") for link in document.all("a[aria-label]")}
    assert list(names) == [
        "NHS OpenAthens: One",
        "Ask the library: One",
        "NHS OpenAthens: Two",
        "Ask the library: Two",
    ]
    assert len(set(names.values())) == 4


def test_a_free_item_has_no_other_link_than_its_title(send):
    assert not Document(send(edition(section("policy", item("One", "charity")))).html).all("a[aria-label]")
