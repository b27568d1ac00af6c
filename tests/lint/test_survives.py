"""Nothing that anybody may send makes the linter fall over."""

import random

import pytest
from good import GOOD, HTML, KNOWN
from hostile import DATA
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.lint import lint

PIECES = [
    b"<table>", b"</td>", b"<select>", b"<frameset>", b"<svg>", b"<math>", b"<template>", b'<a href="https://[x">', b"\0",
    b"\xff\xfe", b"=?utf-8?b?a?=", b"=?idna?q?xn--a?=", b"charset=punycode", b"charset*=%00''x", b"filename*=x\0''y",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: message/rfc822\r\n", b"--=_good", b"\r\n\r\n", b"<!--", b"-->",
    b"<![if !mso]>", b'style="margin:-;width:1e999px;color:rgb(1"', b"&#xD800;", b"aria-level=9999999999999999", b"<plaintext>",
    b'width="9e9999"', b"https://0x/", b"https://1.2.3.4.5/", b"https://xn--a/", b"<style>@media {", b"srcset=', ,'",
    "\u0663\u0130\ud7ff".encode(), b"<bdo dir=rtl>", b"<body>", b"</html>", b"<isindex>", b"font-size:99em;line-height:0",
]  # fmt: skip
HOSTILE = sorted([*DATA.glob("hostile/*"), *DATA.glob("collected-hostile/xss-*/*")])
HEAD, _, REST = HTML.encode().partition(b"</h1>")
FOOT = REST[REST.index(b'<h2 style="font-size:20px') :]


@pytest.mark.parametrize("word", ["w", "\u00c3\u00a9", "{{", "."])
def test_a_word_without_end_is_read_once(word):
    assert isinstance(lint(b"<!doctype html><p>" + (word * 100_000).encode()), tuple)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000), st.booleans())
def test_any_bytes_are_survived(content, is_html):
    assert isinstance(lint(b"<" * is_html + content, KNOWN), tuple)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES)), max_size=15), st.booleans())
def test_the_good_message_is_survived_with_anything_in_it(changes, is_html):
    content = HTML.encode() if is_html else GOOD.as_bytes()
    for where, piece in changes:
        place = int(where * len(content))
        content = content[:place] + piece + content[place:]
    assert isinstance(lint(content, random.Random(len(content)).choice([None, KNOWN])), tuple)


@pytest.mark.slow
@pytest.mark.skipif(not HOSTILE, reason="the hostile documents lie outside the project")
def test_every_hostile_document_is_survived_as_the_body_of_an_email():
    for file in HOSTILE:
        if file.is_file():
            page = HEAD + b"</h1>" + file.read_bytes() + FOOT
            assert isinstance(lint(page), tuple), file.name
            assert isinstance(lint(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page, KNOWN), tuple), file.name
