"""Readers' tokens as they come back from mail programs and scanners, and the letter that asks for a yes."""

from email import message_from_bytes, policy
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Library
from bulletin.people import letters, personal
from bulletin.people.tokens import Keys

KEYS = Keys(b"for tests alone " * 2)
TOKEN = personal.token(KEYS, "leave", "0123456789abcdef", "update", "managers")
SAFE = "https://gbr01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7Cann%40example.nhs.uk&reserved=0"


def wrap(link, times):
    for _ in range(times):
        link = SAFE.format(quote(link, safe=""))
    return link


@pytest.mark.parametrize(
    "given",
    [
        TOKEN,
        TOKEN.upper(),
        f" {TOKEN}.",
        f"{TOKEN}>",
        f"<{TOKEN}>",
        f"{TOKEN}&data=05%7C02",
        quote(quote(TOKEN)),
        "".join(f"%{ord(letter):x}" for letter in TOKEN),
        wrap(f"https://library.example/leave/{TOKEN}", 1),
        wrap(f"https://library.example/leave/{TOKEN}", 2),
        quote(wrap(f"https://library.example/leave/{TOKEN}", 1), safe=""),
    ],
)
def test_a_token_is_found_in_what_became_of_its_link(given):
    assert personal.found_in(given) == TOKEN


@pytest.mark.parametrize(
    "given", ["", "x", TOKEN[:-1], TOKEN + "0", TOKEN + TOKEN, f"{TOKEN}/{'0' * 48}", "%", "%zz"]
)
def test_what_holds_no_token_in_full_stays_as_it_is(given):
    assert personal.found_in(given) == given


@given(st.text())
def test_no_text_breaks_the_search_for_a_token(text):
    found = personal.found_in(text)
    assert found == text or personal.reader_of(found)


@given(st.text(alphabet="0123456789abcdef%2", min_size=40, max_size=60))
def test_nothing_becomes_a_right_token_by_looking_for_it(text):
    assert not personal.is_for(KEYS, personal.found_in(text), "leave", "update", "managers")


def test_the_letter_that_asks_for_a_yes_names_the_bulletins_and_keeps_to_its_headers():
    library = Library("Wexbridge\r\nBcc: eve@evil.test", "library@example.nhs.uk")
    written = letters.confirmation(
        library, "ann@example.nhs.uk", ["Update", "News\r\nBcc: x@evil.test"], "https://x.example/join/t", 0.0
    )
    letter = message_from_bytes(written, policy=policy.default)
    names = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"]
    assert [name for name in letter if name in names] == names
    assert letter["Bcc"] is None
    told = letter.get_content()
    assert "  - Update" in told
    assert "  - News Bcc: x@evil.test" in told
    assert "https://x.example/join/t" in told.split()
    assert max(len(line) for line in written.splitlines()) <= 998
