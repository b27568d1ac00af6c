"""The complete message: parts that survive the wire, whatever their letters are."""

import re
from email import message_from_bytes, policy

import sample_edition as sample
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin import render
from bulletin.render.mime import message

PAGE = render.page(sample.RICH, sample.BULLETIN, sample.AUDIENCE, sample.HOUSE)
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=160)


def sent(html: str, text: str) -> bytes:
    return message(PAGE, html, text, sample.RICH, sample.AUDIENCE)


@given(ANY_TEXT.map(lambda text: text.encode(errors="replace").decode()))
@example("café £5\n" * 40)
@example(".\n..\nFrom here\n")
@example("trailing space \nand tab\t\n")
@example("a" * 2_000)
@example("one\rtwo\r\nthree")
def test_parts_come_back_as_they_were_through_seven_bits(text):
    raw = sent(text, text)
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


def test_another_text_has_another_boundary():
    assert sent("HTML", "One").partition(b"\r\n\r\n")[0] != sent("HTML", "Two").partition(b"\r\n\r\n")[0]


def test_the_message_is_small(rich):
    assert len(rich.mime) <= 500_000
