"""Plain text that fits on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.parse.text import cut, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" a \r\n\t b\u2028c\xa0d ", "a b c d", id="white space"),
        pytest.param("a\x00b\x1b[0mc\x85", "ab[0mc", id="controls"),
        pytest.param("user\u202egpj.exe", "usergpj.exe", id="direction"),
        pytest.param("pass\u200bword\ufeff\u00ad", "password", id="zero width"),
        pytest.param("half \ud800 character", "half character", id="surrogate"),
        pytest.param("Cafe\u0301", "Café", id="composed"),
        pytest.param("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c", id="joined picture"),
        pytest.param("a\u200db", "ab", id="joiner between letters"),
        pytest.param("β-blocker – naïve 心臓", "β-blocker – naïve 心臓", id="real text"),
    ],
)
def test_what_cannot_be_seen_is_gone(text, expected):
    assert plain(text, 100) == expected


def test_what_is_cut_says_so():
    assert cut("one two three", 9) == "one two…"
    assert cut("one two", 7) == "one two"


@given(st.text(), st.integers(1, 50))
def test_plain_text_is_never_longer_than_allowed(text, most):
    assert len(plain(text, most)) <= most
