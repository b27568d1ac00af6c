"""Whatever a feed sends comes out as harmless text."""

import pytest
import sample_edition as sample
from email_reader import Document, text
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_edition import edition, item, section

from bulletin.model import Citation

ATTACKS = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("{{ 7*7 }}{% raise %}{# x #}", id="template"),
    pytest.param('"></td></tr></table><h1>owned</h1>', id="layout"),
    pytest.param("Research &amp; development &lt;b&gt;", id="escaped twice"),
    pytest.param("<!--[if mso]><b>x</b><![endif]-->", id="conditional comment"),
    pytest.param("' onmouseover='alert(1)", id="attribute"),
    pytest.param("</title><style>body{display:none}</style>", id="style"),
    pytest.param("=?UTF-8?Q?=0A?=Bcc: x@example.org", id="encoded word"),
    pytest.param("W" * 200, id="one long word"),
]


@pytest.mark.parametrize("template", ["default", "brief", "plain"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_title_is_printed_letter_for_letter_and_is_only_text(send, template, attack):
    plain = Document(send(edition(section("policy", item("Harmless", "dhsc"))), template=template).html)
    email = send(edition(section("policy", item(attack, "dhsc"))), template=template)
    document = Document(email.html)
    assert text(document.all("h3")[0]) == attack
    assert [one.tag for one in document.all("*")] == [one.tag for one in plain.all("*")]
    assert "".join(attack.split()) in "".join(email.text.split())


@pytest.mark.parametrize("attack", ATTACKS)
def test_so_is_every_other_word_of_an_item(send, attack):
    more = {
        "kind": attack,
        "citation": Citation(journal=attack),
        "doi": attack,
        "summary": attack,
        "language": attack,
    }
    document = Document(send(edition(section("policy", item("Title", "journal", **more)))).html)
    assert {one.tag for one in document.all(".item *")} <= {"h3", "a", "p", "b", "br"}
    assert not document.all("script, .item h1, [onmouseover], td[lang]")


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\ufeff", "\ud800"])
def test_characters_that_turn_or_hide_text_are_gone(send, character):
    one = item(f"Ti{character}tle", "journal", summary=f"Sum{character}mary", kind=f"Ki{character}nd")
    email = send(edition(section("policy", one)))
    for words in ("Title", "Summary", "Kind"):
        assert words in email.html
        assert words in email.text
    assert character not in email.html + email.text + email.mime.decode()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(title=st.text(max_size=80), summary=st.text(max_size=80), path=st.text(max_size=40))
def test_nothing_that_a_feed_sends_becomes_an_element(send, harmless, title, summary, path):
    one = item(title, "journal", summary=summary + " words", url=f"https://example.org/{path}")
    document = Document(send(edition(section("policy", one))).html)
    assert [one.tag for one in document.all("*")] == harmless


@pytest.fixture(scope="module")
def harmless(send):
    """The elements of an email that holds one harmless item."""
    one = item("Title", "journal", summary="Words")
    return [one.tag for one in Document(send(edition(section("policy", one))).html).all("*")]


def test_no_template_calls_markup_safe():
    for path in sample.TEMPLATES.rglob("*.j2"):
        source = path.read_text(encoding="utf-8")
        assert "safe" not in source
        assert "autoescape" not in source
