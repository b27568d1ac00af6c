"""Emails of every kind are read: whatever their charsets say, however they are nested, and with parts missing."""

import codecs

import pytest
from good import GOOD

from bulletin.lint import lint, looks_like_html
from bulletin.lint.letter import read, read_html

HTML = "<!doctype html><p>Caf\u00e9 \u2013 \u201cso\u201d</p>"


def message(*parts, kind="alternative", head=""):
    """A message of these parts, each with its own headers."""
    inside = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="b"\r\n\r\n{inside}--b--\r\n'.encode()


def part(content, more="", kind="html"):
    """A part of a message."""
    return f"Content-Type: text/{kind}; charset=utf-8\r\n{more}\r\n{content}"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("US-ASCII", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("no-such-charset", "utf-8"),
        ("punycode", "utf-8"),
        ("undefined", "utf-8"),
        ("hex", "utf-8"),
        ('"utf-8\\0"', "utf-8"),
    ],
)
def test_a_part_is_read_in_the_charset_that_it_means(said, written):
    head = f"Content-Type: text/html; charset={said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    assert "Caf\u00e9 \u2013 \u201cso\u201d" in read(head + HTML.encode(written).replace(b"\n", b"")).html


@pytest.mark.parametrize("written", ["utf-8", "cp1252"])
def test_a_part_that_names_no_charset_is_read_all_the_same(written):
    assert read(b"Content-Type: text/html\r\n\r\n" + HTML.encode(written)).html == HTML


@pytest.mark.parametrize(
    "content",
    [
        HTML.encode(),
        codecs.BOM_UTF8 + HTML.encode(),
        HTML.encode("utf-16"),
        codecs.BOM_UTF16_BE + HTML.encode("utf-16-be"),
        HTML.encode("cp1252"),
        HTML.replace("<p>", "<meta charset='windows-1252'><p>").encode("cp1252"),
        HTML.replace("<p>", "<META http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>").encode(
            "cp1252"
        ),
        HTML.replace("<p>", "<meta charset=utf-16><p>").encode(),
    ],
)
def test_html_alone_is_read_in_the_charset_that_it_tells(content):
    assert looks_like_html(content)
    assert "Caf\u00e9 \u2013 \u201cso\u201d" in read_html(content).html


@pytest.mark.parametrize("content", [b"From: a@example.org\r\n\r\n<p>", b"", b"\xff\xfe", b"\xff\xfeA\0<\0"])
def test_what_does_not_begin_with_a_bracket_is_no_html(content):
    assert not looks_like_html(content)


def test_the_html_of_a_forwarded_email_is_not_taken_for_our_own():
    inner = part("<p>Another email</p>", "From: b@example.org\r\n")
    letter = read(message(f"Content-Type: message/rfc822\r\n\r\n{inner}", part("Words", kind="plain"), kind="mixed"))
    assert (letter.html, letter.text) == ("", "Words")
    assert [one.type for one in letter.parts] == ["message/rfc822", "text/plain"]


def test_html_that_is_attached_is_not_taken_for_the_email():
    attached = part("<p>Attached</p>", 'Content-Disposition: attachment; filename="a.html"\r\n')
    assert read(message(attached, part("<p>Shown</p>"), kind="mixed")).html == "<p>Shown</p>"


def test_html_with_a_name_is_the_email_when_it_stands_for_the_text():
    named = "Content-Type: text/html; charset=utf-8; name=a.html\r\n\r\n<p>Shown</p>"
    assert read(message(part("Words", kind="plain"), named)).html == "<p>Shown</p>"


def test_parts_of_parts_are_found():
    inner = (
        message(part("Words", kind="plain"), part("<p>Shown</p>"))
        .decode()
        .replace("--b", "--c")
        .replace('"b"', '"c"')
    )
    related = f"{inner}\r\n"
    letter = read(message(related, "Content-Type: image/png\r\nContent-ID: <a>\r\n\r\nx", kind="related"))
    assert (letter.text.strip(), letter.html.strip()) == ("Words", "<p>Shown</p>")


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_lines_may_end_in_any_way(ends):
    assert read(GOOD.as_bytes().replace(b"\r\n", ends)).html.count("<h1") == 1


def test_broken_base64_gives_what_can_be_read():
    letter = read(b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SGVsbG8!?\r\n")
    assert "<p>Hello" in letter.html or letter.html


def test_a_message_without_html_gets_one_clear_finding_of_the_document():
    found = [one for one in lint(message(part("Words", kind="plain"))) if one.rule in range(1, 26)]
    assert [(one.rule, "no HTML" in one.message) for one in found] == [(1, True)]


def test_parts_in_parts_without_end_are_a_message_without_html():
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3_000))
    letter = read(f"Subject: Hello\r\n{nested}".encode())
    assert (letter.html, letter.header("subject")) == ("", "Hello")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?q?Caf=C3=A9?=", "Caf\u00e9"),
        (b"=?utf-8?b?Q2Fmw6k=?=\r\n =?utf-8?b?Q2Fmw6k=?=", "Caf\u00e9Caf\u00e9"),
        ("Caf\u00e9".encode(), "Caf\u00e9"),
        (b"Caf\xe9", "Caf\ufffd"),
        (b"=?no-such?q?a?=", "a"),
        (b"=?utf-8?b?a?=", "=?utf-8?b?a?="),
        (b"=?utf-8?q?=FF?=", "\ufffd"),
        (b"a\r\n  b", "a b"),
    ],
)
def test_a_header_is_decoded_or_left_as_it_is(raw, text):
    assert read(b"Subject: " + raw + b"\r\n\r\n").header("Subject") == text


def test_what_a_finding_shows_can_be_printed_and_saved():
    raw = b"Subject: \xff\x1b[31m\r\nContent-Type: text/html\r\n\r\n<!doctype html><title>\xe2\x80\xae\x1b[0m\xff</title>"
    for finding in lint(raw):
        assert (finding.message + finding.where).encode("utf-8").decode().replace("\ufffd", "").isprintable()
