"""The foot of an edition: who sent it, why, what becomes of one's details, and how to change or leave."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import sample_edition as sample
from email_reader import Document, text
from hypothesis import given
from hypothesis import strategies as st

from bulletin import render

TOLD = replace(
    sample.LIBRARY,
    address="1 Example Road, Exampleton EX1 1EX",
    hours="Monday to Friday, 9am to 5pm",
    privacy="https://example.org/privacy",
    impact="https://example.org/impact",
    disclaimer="The library gives no advice.",
)
TEMPLATES = ["default", "brief", "plain"]


def page(library=TOLD, bulletin=sample.BULLETIN, **changes):
    audience = replace(sample.AUDIENCE, **changes)
    return render.page(sample.RICH, bulletin, audience, replace(sample.HOUSE, library=library))


def test_there_is_a_privacy_notice_or_somebody_to_ask():
    told, silent = page(), page(sample.LIBRARY)
    assert (told.privacy_link, told.privacy_subject) == ("https://example.org/privacy", "")
    asked = "How do you use my details?"
    assert silent.privacy_subject == asked
    assert silent.privacy_link == "mailto:library@example.nhs.uk?subject=How%20do%20you%20use%20my%20details%3F"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org", "data:text/html,x", "notice"])
def test_what_is_no_web_address_is_no_link(address):
    found = page(replace(TOLD, privacy=address, impact=address))
    assert found.privacy_link.startswith("mailto:library@example.nhs.uk?")
    assert found.impact_link == ""


def test_another_choice_is_asked_for_where_answers_go():
    found = page(reply_to="Desk <desk@example.nhs.uk>")
    subject = "Change what I get: Health Management Update, Senior managers"
    assert found.change_subject == subject
    assert urlsplit(found.change_link).path == "desk@example.nhs.uk"
    assert parse_qs(urlsplit(found.change_link).query) == {"subject": [subject]}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=600))
def test_letters_to_the_library_are_links_of_usable_length_whatever_a_bulletin_is_called(title):
    found = page(bulletin=replace(sample.BULLETIN, title=title))
    for link in (found.suggest_link, found.change_link, found.leave_link):
        assert link.isascii()
        assert len(link) <= 2_000
        assert list(parse_qs(urlsplit(link).query)) == ["subject"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_design_prints_what_a_foot_owes(send, monkeypatch, template):
    monkeypatch.setattr(sample, "HOUSE", replace(sample.HOUSE, library=TOLD))
    email = send(template=template)
    for shown in (text(Document(email.html).all("body")[0]), " ".join(email.text.split())):
        for owed in (TOLD.name, TOLD.address, sample.AUDIENCE.why, TOLD.disclaimer):
            assert owed in shown
    links = [link.get("href") for link in Document(email.html).all("a[href]")]
    assert {"https://example.org/privacy", "https://example.org/impact"} <= set(links)
    assert links[-1].startswith("mailto:library@example.nhs.uk?subject=Unsubscribe")
    assert "https://example.org/privacy" in email.text
    assert "https://example.org/impact" in email.text


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_design_says_its_language(send, template):
    html = send(template=template, language="cy").html
    assert Document(html).all("html")[0].get("lang") == "cy"
    assert Document(html).all("body > *")[0].get("lang") == "cy"


@pytest.mark.parametrize(
    ("around", "own", "marked"),
    [("en-GB", "cy", "cy"), ("en-GB", "en-US", ""), ("cy", "en", "en"), ("cy", "cy-GB", ""), ("cy", "", "")],
)
def test_an_item_is_marked_where_its_language_is_not_that_around_it(around, own, marked):
    edition = sample.edition(sample.section("policy", sample.item("Title", language=own)))
    audience = replace(sample.AUDIENCE, language=around)
    (heading,) = render.page(edition, sample.BULLETIN, audience, sample.HOUSE).headings
    assert heading.items[0].language == marked
