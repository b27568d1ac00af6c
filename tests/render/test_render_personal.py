"""A reader's copy: the approved bytes with that reader's address and links, and nothing else of them in it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
import sample_edition as sample
from hypothesis import example, given
from hypothesis import strategies as st
from test_mime_headers import HOSTILE, NAMES, SUBJECTS

from bulletin import render
from bulletin.errors import RenderError
from bulletin.lint import lint
from bulletin.people.personal import reader_of
from bulletin.render.mime import message
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE, Master, Personal
from bulletin.render.words import header_text

BASE = "https://bulletins.example.nhs.uk"
HOUSE = replace(sample.HOUSE, pages_url=BASE, leave_at="bounces@example.nhs.uk")
EACH = replace(sample.AUDIENCE, delivery="individual")
FROZEN = render.email(sample.RICH, sample.BULLETIN, EACH, HOUSE)
PAGE = render.page(sample.RICH, sample.BULLETIN, EACH, HOUSE)
SHORT = message(PAGE, "<p>HTML</p>", "Text", sample.RICH, EACH)
LEAVE, CHOICES = "0123456789abcdef" * 3, "fedcba9876543210" * 3
DATED = datetime(2026, 12, 7, 9, 3, 11, tzinfo=UTC)
ANN = Personal("ann@example.org", "Ann Example", "digest.all.0a1b@example.nhs.uk", DATED, LEAVE, CHOICES)
COPY_NAMES = [
    "From",
    "To",
    "Date",
    "Message-ID",
    "Reply-To",
    "Subject",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Help",
    "List-Owner",
    "Auto-Submitted",
    "Precedence",
    "MIME-Version",
    "Content-Language",
    "Content-Type",
]
_OWN = ("to", "date", "message-id", "x-unsent")


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def parts(raw):
    return [part.get_payload(decode=True) for part in message_from_bytes(raw).get_payload()]


def others(raw):
    """The headers that are the same for all, with the sample's letters for leaving."""
    found = [(name, str(value)) for name, value in message_from_bytes(raw).items() if name.lower() not in _OWN]
    return [(name, value.replace(LEAVE, SAMPLE_LEAVE)) for name, value in found]


def test_a_copy_is_the_approved_message_but_for_recipient_date_id_and_the_reader_s_links():
    copy = Master(FROZEN.mime).copy(ANN)
    assert others(copy) == others(FROZEN.mime)
    own = [part.replace(LEAVE.encode(), SAMPLE_LEAVE.encode()) for part in parts(copy)]
    assert [part.replace(CHOICES.encode(), SAMPLE_CHOICES.encode()) for part in own] == parts(FROZEN.mime)
    assert [len(part) for part in parts(copy)] == [len(part) for part in parts(FROZEN.mime)]


def test_a_copy_has_exactly_the_headers_of_mail_to_one_reader():
    found = read(Master(FROZEN.mime).copy(ANN))
    assert found.keys() == COPY_NAMES
    assert (found["To"], found["Message-ID"]) == ("Ann Example <ann@example.org>", f"<{ANN.message_id}>")
    assert parsedate_to_datetime(found["Date"]) == DATED


def test_every_way_to_leave_and_to_choose_is_the_reader_s_own():
    raw = Master(FROZEN.mime).copy(ANN)
    text, html = (part.decode() for part in parts(raw))
    assert read(raw)["List-Unsubscribe"] == (
        f"<{BASE}/leave/{LEAVE}>, <mailto:bounces@example.nhs.uk?subject=leave%20{LEAVE}>"
    )
    for part in (text, html):
        assert part.count(f"{BASE}/leave/{LEAVE}") == part.count(f"{BASE}/choices/{CHOICES}") == 1
    assert SAMPLE_LEAVE not in text + html
    assert SAMPLE_CHOICES not in text + html


def test_the_header_for_leaving_stands_in_one_line_that_is_neither_folded_nor_encoded():
    lines = Master(FROZEN.mime).copy(ANN).partition(b"\r\n\r\n")[0].split(b"\r\n")
    (line,) = [line for line in lines if line.startswith(b"List-Unsubscribe:")]
    assert len(line) <= 998
    assert lines[lines.index(line) + 1] == b"List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def test_no_copy_holds_anything_of_another_reader():
    bob = Personal("bob@example.org", "Bob Other", "digest.all.ffff@example.nhs.uk", DATED, CHOICES, LEAVE)
    master = Master(FROZEN.mime)
    assert master.copy(ANN) == Master(FROZEN.mime).copy(ANN)
    copy = master.copy(replace(bob, leave="a" * 48, choices="b" * 48))
    for word in (b"ann@", b"Ann Example", LEAVE.encode(), CHOICES.encode(), b"0a1b"):
        assert word not in copy


def test_the_sample_s_tokens_are_of_a_token_s_form_and_of_nobody():
    assert reader_of(SAMPLE_LEAVE) == reader_of(SAMPLE_CHOICES) == "0" * 16
    assert SAMPLE_LEAVE != SAMPLE_CHOICES


def test_copies_are_right_for_one_s_own_zone_too():
    there = replace(ANN, dated=DATED.astimezone(timezone(timedelta(hours=1))))
    assert parsedate_to_datetime(read(Master(FROZEN.mime).copy(there))["Date"]) == DATED


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_name_of_a_reader_makes_or_loses_a_header(subject):
    raw = Master(FROZEN.mime).copy(replace(ANN, name=subject))
    for reading in (policy.compat32, policy.default):
        found = message_from_bytes(raw, policy=reading)
        assert found.keys() == COPY_NAMES
        assert not found.defects
    (mailbox,) = read(raw)["To"].addresses
    assert mailbox.addr_spec == ANN.address
    shown = "".join(mailbox.display_name.split())  # between encoded words Python puts spaces that are none
    assert shown.removesuffix("...") in "".join(header_text(subject).split())


@given(HOSTILE)
@example("é" * 150)
@example('"' * 70)
@example("\\" * 70)
def test_no_copy_breaks_the_rules_of_the_bytes_whatever_a_reader_is_called(name):
    raw = Master(SHORT).copy(replace(ANN, name=name))
    assert [one.message for one in lint(raw) if one.rule == 59] == []
    assert max(raw) < 128
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


@given(ANY_TEXT, ANY_TEXT, st.integers(0, 90))
@example("", "", 0)
@example("=", "=3D=\r\n", 75)
def test_a_link_is_the_reader_s_own_wherever_its_line_is_broken(before, after, width):
    link = f"{'é' * width} {BASE}/leave/{SAMPLE_LEAVE} {BASE}/choices/{SAMPLE_CHOICES}\n"
    html = f'<a href="{BASE}/leave/{SAMPLE_LEAVE}">{"x" * width}</a><a href="{BASE}/choices/{SAMPLE_CHOICES}">'
    frozen = message(PAGE, f"{before}{html}{after}", f"{before}\n{link}{after}", sample.RICH, EACH)
    copy = Master(frozen).copy(ANN)
    for own, same in zip(parts(copy), parts(frozen), strict=True):
        wanted = same.replace(f" {BASE}/leave/{SAMPLE_LEAVE}".encode(), f" {BASE}/leave/{LEAVE}".encode())
        wanted = wanted.replace(f'"{BASE}/leave/{SAMPLE_LEAVE}'.encode(), f'"{BASE}/leave/{LEAVE}'.encode())
        assert own == wanted.replace(SAMPLE_CHOICES.encode(), CHOICES.encode())


@pytest.mark.parametrize(
    "planted",
    [
        SAMPLE_LEAVE,
        f"leave%20{SAMPLE_LEAVE}",
        f"https://evil.test/?stolen={SAMPLE_LEAVE}",
        f"https://evil.test/leave/{SAMPLE_LEAVE}",
        f"https://evil.test/?to={BASE}/leave/{SAMPLE_LEAVE}",
        f"https://evil.test/#{BASE}/choices/{SAMPLE_CHOICES}",
        f"{BASE}.evil.test/leave/{SAMPLE_LEAVE}",
        f"https://evil.test/{'x' * 90}?{BASE}/leave/{SAMPLE_LEAVE}",
    ],
)
@pytest.mark.parametrize("width", range(0, 76, 5))
def test_a_feed_that_quotes_the_sample_s_links_is_told_nobody_s(planted, width):
    html = f'<a href="{planted}">{"x" * width}</a><p>{"x" * width}{planted}</p>'
    text = f"{'x' * width} {planted}\n"
    copy = Master(message(PAGE, html, text, sample.RICH, EACH)).copy(ANN)
    assert [part.strip() for part in parts(copy)] == [text.strip().encode(), html.encode()]


@pytest.mark.parametrize("address", ["", "ann", "ann@b", "a@b.org, c@d.org", "a@b.org\r\nBcc: c@d.org", "a b@c.org"])
def test_what_is_no_address_gets_no_copy(address):
    with pytest.raises(RenderError, match="is for nobody"):
        Master(FROZEN.mime).copy(replace(ANN, address=address))


@pytest.mark.parametrize("changes", [{"leave": ""}, {"choices": ""}, {"leave": LEAVE[:-1]}, {"choices": "é" * 48}])
def test_a_copy_without_its_reader_s_links_is_never_made(changes):
    with pytest.raises(RenderError, match="lacks its reader's own links"):
        Master(FROZEN.mime).copy(replace(ANN, **changes))


def test_a_copy_for_the_one_address_of_a_list_has_no_links_of_anybody():
    draft = render.email(sample.RICH, sample.BULLETIN, replace(sample.AUDIENCE, delivery="address"), HOUSE)
    copy = Master(draft.mime).copy(Personal("all@lists.example.org", "", "d.all@example.nhs.uk", DATED))
    names = [name for name in NAMES if name not in ("X-Unsent", "Date", "Message-ID")]
    assert read(copy).keys() == ["From", "To", "Date", "Message-ID", *names[1:]]
    assert read(copy)["To"] == "all@lists.example.org"
    assert read(copy)["List-Unsubscribe"].startswith("<mailto:library@example.nhs.uk?subject=Unsubscribe%20")
    assert parts(copy) == parts(draft.mime)
    assert BASE not in "".join(part.decode() for part in parts(copy))
