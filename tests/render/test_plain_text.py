"""Feed text becomes plain, short and wrapped."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.render.plain import cut, plain, runs_left, shorten, text_of, wrap

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("given_text", "left"),
    [
        pytest.param("  two\n words\t", "two words", id="white space"),
        pytest.param("a\u202eb\u2066c\u200fd", "abcd", id="bidi"),
        pytest.param("a\x00b\x1bc\x9fd", "abcd", id="control"),
        pytest.param("a \u202e b", "a b", id="no double space"),
        pytest.param("a\ud800b", "ab", id="surrogate"),
        pytest.param("zero\u200bwidth\ufeff", "zerowidth", id="zero width"),
        pytest.param("line\u2028break", "line break", id="line separator"),
        pytest.param("👩\u200d⚕️ café £", "👩\u200d⚕️ café £", id="emoji and accents stay"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners stay"),
        pytest.param("क्\u200d and \u200dक", "क्\u200d and \u200dक", id="joiners stay at the edge of a word"),
        pytest.param("Fa\u200cl\u200dls\u200d\u200c", "Falls", id="joiners that join nothing"),
        pytest.param("👩\u200d\u200d👩 👩\u200c👩 x\u200d👩", "👩👩 👩👩 x👩", id="joiners beside emoji"),
        pytest.param("a\u034fb\u115fc\u1160d\u3164e\uffa0", "abcde", id="fillers"),
    ],
)
def test_what_cannot_be_seen_goes(given_text, left):
    assert plain(given_text) == left


@given(ANY_TEXT)
def test_plain_text_is_one_line_that_can_be_written(text):
    line = plain(text)
    assert line == " ".join(line.split())
    line.encode()
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert plain(line) == line


@pytest.mark.parametrize(
    ("html", "words"),
    [
        pytest.param("<p>One.</p><p>Two.</p>", "One. Two.", id="paragraphs"),
        pytest.param("H<sub>2</sub>O and <b>b</b>old", "H2O and bold", id="inside a word"),
        pytest.param("one<br>two<ul><li>three</ul>", "one two three", id="breaks"),
        pytest.param("a &amp; b &lt;c&gt; &#8238;d", "a & b <c> d", id="references"),
        pytest.param("<script>alert(1)</script>x<style>p{}</style>", "x", id="script"),
        pytest.param("x<!-- y --><?php z ?><![CDATA[w]]>", "x", id="comments"),
        pytest.param('"></td></tr></table></div></body>after', '"> after', id="layout breakout"),
        pytest.param("{{ 7*7 }}", "{{ 7*7 }}", id="template"),
        pytest.param("", "", id="nothing"),
        pytest.param("a < b and c > d", "a < b and c > d", id="no markup at all"),
    ],
)
def test_a_summary_is_its_words(html, words):
    assert text_of(html) == words


@given(ANY_TEXT)
def test_no_summary_is_too_broken_to_read(html):
    assert plain(text_of(html)) == text_of(html)


@pytest.mark.parametrize(
    ("text", "letters", "left"),
    [
        ("as it is", 8, "as it is"),
        ("cut between words", 16, "cut between ..."),
        ("cut between words", 15, "cut between ..."),
        ("cut between words", 14, "cut ..."),
        ("W" * 30, 10, "WWWWWW ..."),
    ],
)
def test_a_long_line_is_cut_between_words(text, letters, left):
    assert cut(text, letters) == left
    assert len(left) <= letters


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("One two three.", "One two three.", id="short"),
        pytest.param("One two three. Four five six.", "One two three.", id="at a sentence end"),
        pytest.param("One “two three.” Four five six.", "One “two three.”", id="after a quotation"),
        pytest.param("One two three four. Five six", "One two three four.", id="with a word to spare"),
        pytest.param("One two three four five six.", "One two three four five ...", id="in a sentence"),
        pytest.param("A. Two three four five six seven", "A. Two three four five ...", id="too little before it"),
        pytest.param("Smith et al. Found four five six", "Smith et al. Found four ...", id="abbreviation"),
        pytest.param("Some e.g. Four five six seven", "Some e.g. Four five six ...", id="another"),
        pytest.param("It costs 4.5 million pounds more", "It costs 4.5 million pounds ...", id="decimal point"),
    ],
)
def test_a_summary_ends_where_a_sentence_ends_if_it_can(text, left):
    assert shorten(text, words=5) == left


def test_a_text_without_spaces_is_shortened_too():
    assert shorten("字" * 5_000) == "字" * 596 + " ..."


@given(st.lists(st.text("abc.", min_size=1, max_size=12), max_size=200).map(" ".join))
def test_a_summary_is_never_cut_inside_a_word(text):
    short = shorten(text).removesuffix(" ...")
    assert len(short.split()) <= 60
    assert text.startswith(short)
    assert text[len(short) :][:1] in ("", " ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("word " * 20, [("word " * 15).strip(), ("word " * 5).strip()], id="long line"),
        pytest.param("  " + "word " * 20, ["  " + "word " * 14 + "word", "  " + "word " * 4 + "word"], id="indented"),
        pytest.param("a\n\nb", ["a", "", "b"], id="empty lines stay"),
        pytest.param("  https://example.org/" + "a" * 90, ["  https://example.org/" + "a" * 90], id="address"),
        pytest.param("see mailto:" + "a" * 90, ["see", "mailto:" + "a" * 90], id="mail address"),
        pytest.param("W" * 100, ["W" * 78, "W" * 22], id="long word"),
        pytest.param("x-" * 60, [("x-" * 39), ("x-" * 21)], id="not at hyphens"),
    ],
)
def test_lines_are_wrapped_at_78_letters(text, lines):
    assert wrap(text).splitlines() == lines


@given(ANY_TEXT.map(plain))
def test_wrapping_loses_no_letter(text):
    assert "".join(wrap(text).split()) == "".join(text.split())
    assert all(len(line) <= 78 or "://" in line or "mailto:" in line for line in wrap(text).splitlines())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("سياسة الصحة", True),
        ("2026: תכנון", True),
        ("(«اردو»)", True),
        ("NHS תכנון", False),
        ("A plan", False),
        ("健康管理", False),
        ("2026?", False),
        ("", False),
    ],
)
def test_the_first_letter_with_a_direction_says_where_a_text_begins(text, left):
    assert runs_left(text) is left
