"""The complete message: headers that hold whatever a title says, and parts that survive the wire."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
import sample_edition as sample
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.errors import RenderError
from bulletin.render.mime import message
from bulletin.render.words import header_text

NAMES = [
    "From",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Language",
    "Content-Type",
    "X-Unsent",
]
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=160)
HOSTILE = st.lists(
    st.sampled_from(["=?UTF-8?Q?=0A?=", "Bcc: x@example.org", "\r\n", "\n", "\u2028", "=?utf-8?b?", "?=", " ", "\t"])
    | st.text(alphabet=st.characters(exclude_categories=()), max_size=40),
    max_size=8,
).map("".join)


def sent(subject="Subject", html="<p>HTML</p>", text="Text", **changes) -> bytes:
    return message(subject, html, text, sample.RICH, replace(sample.AUDIENCE, **changes))


def head(raw: bytes) -> str:
    return raw.partition(b"\r\n\r\n")[0].decode("ascii")


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(HOSTILE)
@example("New evidence =?UTF-8?Q?=0A?=Bcc: x@example.org")
@example("ends in a line break\n")
@example("update\u2028Bcc: x")
@example("The update's β-blockers: does it help? " * 3)
@example("é" * 150)
@example("👩\u200d⚕️" * 40)
@example("=" * 150)
@example("?=" * 75)
@example("word " * 30)
@example("")
def test_no_subject_makes_or_loses_a_header_and_each_comes_back_as_it_was(subject):
    raw = sent(subject)
    for reading in (policy.compat32, policy.default):
        read = message_from_bytes(raw, policy=reading)
        assert read.keys() == NAMES
        assert not read.defects
    assert str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == header_text(subject)
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == header_text(subject)
    assert message_from_bytes(message_from_bytes(raw).as_bytes()).keys() == NAMES


@given(HOSTILE)
def test_header_lines_are_short_and_encoded_words_whole(subject):
    for line in head(sent(subject)).split("\r\n"):
        assert len(line) <= (76 if "=?" in line else 998)
        assert all(len(word) <= 75 for word in re.findall(r"=\?\S+", line))
        assert not re.search(r"\?==\?", line)
        for word in re.findall(r"=\?utf-8\?B\?\S+\?=", line):
            decode_header(word)[0][0].decode("utf-8")


@given(ANY_TEXT.map(lambda text: text.encode(errors="replace").decode()))
@example("café £5\n" * 40)
@example(".\n..\nFrom here\n")
@example("trailing space \nand tab\t\n")
@example("a" * 2_000)
@example("one\rtwo\r\nthree")
def test_parts_come_back_as_they_were_through_seven_bits(text):
    raw = sent(html=text, text=text)
    assert max(raw) < 128
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))
    parts = message_from_bytes(raw, policy=policy.default).get_payload()
    lines = re.sub(r"\r\n?", "\n", text)
    assert [part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in parts] == [lines, lines]


def test_plain_text_comes_first_and_both_parts_name_their_encoding(rich):
    read = message_from_bytes(rich.mime, policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert {part["Content-Transfer-Encoding"] for part in read.iter_parts()} == {"quoted-printable"}
    assert {part.get_content_charset() for part in read.iter_parts()} == {"utf-8"}


def test_the_parts_are_the_html_and_the_text(rich):
    text, html = message_from_bytes(rich.mime, policy=policy.default).iter_parts()
    assert text.get_content().replace("\r\n", "\n") == rich.text
    assert html.get_content().replace("\r\n", "\n") == rich.html


def test_it_is_a_draft_with_a_subject_and_no_recipient(rich):
    read = message_from_bytes(rich.mime, policy=policy.default)
    assert (read["X-Unsent"], read["To"], read["Subject"]) == ("1", None, rich.subject)
    assert read["Content-Language"] == "en-GB"


def test_its_date_and_number_come_from_the_edition():
    read = message_from_bytes(sent(), policy=policy.default)
    assert read["Date"] == "Mon, 07 Dec 2026 09:00:00 +0000"
    assert read["Message-ID"] == "<health-management-2026-12-07.senior-managers@example.nhs.uk>"


def test_another_text_has_another_boundary():
    assert head(sent(text="One")) != head(sent(text="Two"))


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("library@example.nhs.uk", "", "library@example.nhs.uk"),
        ("<library@example.nhs.uk>", "", "library@example.nhs.uk"),
        ('"The Library" <library@example.nhs.uk>', "The Library", "library@example.nhs.uk"),
        ("Trust, Library; (Leeds) <l@example.nhs.uk>", "Trust, Library; (Leeds)", "l@example.nhs.uk"),
        ('The "best" \\ Library <l@example.nhs.uk>', 'The "best" \\ Library', "l@example.nhs.uk"),
        ("Llyfrgell Iechyd Môn <l@example.nhs.uk>", "Llyfrgell Iechyd Môn", "l@example.nhs.uk"),
        ("Library " * 20 + "<l@example.nhs.uk>", "Library " * 7 + "...", "l@example.nhs.uk"),
        ("Library <l@bücher.example>", "Library", "l@xn--bcher-kva.example"),
        ("=?utf-8?q?x?= <l@example.nhs.uk>", "= ?utf-8?q?x?=", "l@example.nhs.uk"),
        ("a@evil.example <l@example.nhs.uk>", "a@evil.example", "l@example.nhs.uk"),
    ],
)  # fmt: skip
def test_it_is_from_one_mailbox_whatever_its_name(sender, name, address):
    raw = sent(sender=sender, reply_to=sender)
    for header in ("From", "Reply-To"):
        (mailbox,) = message_from_bytes(raw, policy=policy.default)[header].addresses
        assert (mailbox.display_name, mailbox.addr_spec) == (name, address)
        assert all(len(line) <= 78 for line in head(raw).split("\r\n") if line.startswith((header, " ")))


def test_a_long_name_that_is_not_ascii_comes_back_whole():
    name = "Llyfrgell a Gwasanaeth Gwybodaeth Iechyd Ynys Môn"
    shown, address = parseaddr(message_from_bytes(sent(sender=f"{name} <l@example.nhs.uk>"))["From"])
    assert (str(make_header(decode_header(shown))), address) == (name, "l@example.nhs.uk")


@pytest.mark.parametrize(
    "address",
    ["", "library", "a@b", "a@b@example.org", "é@example.org", "a b@example.org", "a@exa..mple.org", "@x.org"],
)
def test_what_is_no_address_is_refused_in_one_line(address):
    with pytest.raises(RenderError, match=r"^list senior-managers: from: .* is not an email address; write it like "):
        sent(sender=f"Library <{address}>")


def test_the_message_is_small(rich):
    assert len(rich.mime) <= 500_000
