"""The headers of a message: exactly those that are meant, each as it was, whatever a title or a name says."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from urllib.parse import parse_qs, urlsplit

import pytest
import sample_edition as sample
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin import render
from bulletin.errors import RenderError
from bulletin.model import Archive
from bulletin.render.mime import message
from bulletin.render.words import header_text

NAMES = [
    "From",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Help",
    "List-Owner",
    "Auto-Submitted",
    "Precedence",
    "MIME-Version",
    "Content-Language",
    "Content-Type",
    "X-Unsent",
]
PAGE = render.page(sample.RICH, sample.BULLETIN, sample.AUDIENCE, sample.HOUSE)
HOSTILE = st.lists(
    st.sampled_from(["=?UTF-8?Q?=0A?=", "Bcc: x@example.org", "\r\n", "\n", "\u2028", "=?utf-8?b?", "?=", " ", "\t"])
    | st.text(alphabet=st.characters(exclude_categories=()), max_size=40),
    max_size=8,
).map("".join)
SUBJECTS = [
    f"{before}{what}{after}"
    for before in ("", "Update ", "é")
    for after in ("", " end", "β")
    for what in (
        "\r\nBcc: x@example.org",
        "\nBcc: x@example.org",
        "\rBcc: x@example.org",
        "\u2028Bcc: x@example.org",
        "\u0085Bcc: x@example.org",
        "\x0bBcc: x@example.org",
        "=?UTF-8?Q?=0A?=Bcc: x@example.org",
        "=?utf-8?b?DQpCY2M6IHg=?=",
        "=?utf-8?q?",
        "?=",
        "=?=?=?",
        "\r\n\r\n<html>",
        "\u202eevil",
        "\u2066evil\u2069",
        "\u200b\u200c\u200d\ufeff",
        "\ud800",
        "\x00\x01\x7f",
        "{{7*7}} %s %(x)s ${x}",
        "\t \t",
        "word " * 40,
        "x" * 300,
        "é" * 200,
        "👩\u200d⚕️" * 50,
        "مرحبا " * 30,
        'a, b; c: <d@e.f> (g) [h] \\ "i"',
        "From: x@example.org",
        "Subject: x",
        "--=_",
        ".",
        "..",
        "From ",
        " " * 100,
        "=" * 120,
        "?" * 120,
    )
]


def sent(subject="Subject", edition=sample.RICH, page=PAGE, **changes) -> bytes:
    shown = replace(page, subject=subject)
    return message(shown, "<p>HTML</p>", "Text", edition, replace(sample.AUDIENCE, **changes))


def read(raw: bytes):
    return message_from_bytes(raw, policy=policy.default)


def head(raw: bytes) -> str:
    return raw.partition(b"\r\n\r\n")[0].decode("ascii")


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
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
        found = message_from_bytes(raw, policy=reading)
        assert found.keys() == NAMES
        assert not found.defects
    assert str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == header_text(subject)
    assert read(raw)["Subject"] == header_text(subject)
    assert message_from_bytes(message_from_bytes(raw).as_bytes()).keys() == NAMES


@given(HOSTILE)
def test_header_lines_are_short_and_encoded_words_whole(subject):
    for line in head(sent(subject)).split("\r\n"):
        assert len(line) <= (76 if "=?" in line else 998)
        assert all(len(word) <= 75 for word in re.findall(r"=\?\S+", line))
        assert not re.search(r"\?==\?", line)
        for word in re.findall(r"=\?utf-8\?B\?\S+\?=", line):
            decode_header(word)[0][0].decode("utf-8")


def test_the_table_of_hostile_subjects_holds_too():
    for subject in SUBJECTS:
        raw = sent(subject)
        assert message_from_bytes(raw).keys() == read(raw).keys() == NAMES
        assert read(raw)["Subject"] == header_text(subject)
        assert not re.search("[\\x00-\\x1f\\u202a-\\u202e\\u2066-\\u2069]", read(raw)["Subject"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("List-Id", "<senior-managers.health-management.example.nhs.uk>"),
        (
            "List-Unsubscribe",
            "<mailto:library@example.nhs.uk?subject=Unsubscribe%20senior-managers.health-management>",
        ),
        ("List-Help", "<mailto:library@example.nhs.uk?subject=Help%20with%20senior-managers.health-management>"),
        ("List-Owner", "<mailto:library@example.nhs.uk>"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
    ],
)
def test_mail_programs_learn_what_list_it_is_and_how_to_leave(name, value):
    assert message_from_bytes(sent())[name] == value


def test_the_list_keeps_its_id_whatever_the_bulletin_list_and_edition_are_called():
    bulletin = replace(sample.BULLETIN, title="Another Title")
    audience = replace(sample.AUDIENCE, name="Another name", sender="Another <desk@example.nhs.uk>")
    edition = replace(sample.RICH, id="health-management-2027-01-04", number=13)
    later = render.email(edition, bulletin, audience, sample.HOUSE)
    assert read(later.mime)["List-Id"] == read(sent())["List-Id"]


@pytest.mark.parametrize(
    ("archive", "base_url", "link"),
    [
        (
            Archive.PUBLIC,
            "https://b.example",
            "https://b.example/read/health-management/health-management-2026-12-07",
        ),
        (Archive.PUBLIC, "", ""),
        (Archive.STAFF, "https://b.example", ""),
        (Archive.NONE, "https://b.example", ""),
    ],
)
def test_the_archive_is_named_where_everybody_can_read_it(archive, base_url, link):
    bulletin, house = replace(sample.BULLETIN, archive=archive), replace(sample.HOUSE, base_url=base_url)
    page = render.page(sample.RICH, bulletin, sample.AUDIENCE, house)
    assert page.archive_link == link
    assert read(sent(page=page))["List-Archive"] == (f"<{link}>" if link else None)


def test_no_header_tells_of_the_machine_or_of_another_sender():
    names = [name for name in NAMES if name.startswith("X-") or name in ("Sender", "To", "Received", "Return-Path")]
    assert names == ["X-Unsent"]


def test_the_longest_names_and_addresses_stay_on_lines_that_servers_take():
    long = "a" * 64
    domain = ".".join(["b" * 60] * 4)
    edition = replace(sample.RICH, id=f"{long}-2026-12-07", bulletin=long)
    library = replace(PAGE.library, email=f"{long}@{domain}")
    address = f"{'L' * 300} <{long}@{domain}>"
    raw = sent("x" * 120, edition, replace(PAGE, library=library), id=long, sender=address, reply_to=address)
    assert read(raw).keys() == NAMES
    assert max(map(len, head(raw).split("\r\n"))) <= 998
    assert parse_qs(urlsplit(read(raw)["List-Unsubscribe"].strip("<>")).query) == {
        "subject": [f"Unsubscribe {long}.{long}"]
    }


def test_every_address_names_its_host_as_the_dns_knows_it():
    library = replace(sample.LIBRARY, email="l@bücher.example", privacy="https://bücher.example/p")
    audience = replace(sample.AUDIENCE, sender="L <l@bücher.example>", reply_to="desk@bücher.example")
    made = render.page(sample.RICH, sample.BULLETIN, audience, replace(sample.HOUSE, library=library))
    found = read(message(made, "<p>HTML</p>", "Text", sample.RICH, audience))
    for name in ("From", "Reply-To", "Message-ID", "List-Id", "List-Unsubscribe", "List-Help", "List-Owner"):
        assert "xn--bcher-kva.example" in found[name]
    assert made.privacy_link == "https://xn--bcher-kva.example/p"
    assert made.library_link == "mailto:l@xn--bcher-kva.example"


def test_the_language_is_that_of_the_list():
    page = render.page(sample.RICH, sample.BULLETIN, replace(sample.AUDIENCE, language="cy"), sample.HOUSE)
    assert read(sent(page=page))["Content-Language"] == "cy"


def test_it_is_a_draft_with_a_subject_and_no_recipient(rich):
    found = read(rich.mime)
    assert (found["X-Unsent"], found["To"], found["Subject"]) == ("1", None, rich.subject)
    assert found["Content-Language"] == "en-GB"


def test_its_date_and_number_come_from_the_edition():
    found = read(sent())
    assert found["Date"] == "Mon, 07 Dec 2026 09:00:00 +0000"
    assert found["Message-ID"] == "<health-management-2026-12-07.senior-managers@example.nhs.uk>"


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
        (mailbox,) = read(raw)[header].addresses
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
