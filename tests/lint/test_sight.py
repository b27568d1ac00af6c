"""What the rules of sight go by, and how their findings speak."""

import pytest
from faults.sight import gif
from good import GOOD
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lint import lint, sight
from bulletin.lint.letter import read_html
from bulletin.lint.letter.looks import Palette
from bulletin.lint.programs import clients
from bulletin.lint.sight.buttons import button
from bulletin.lint.sight.motion import gif_seconds
from bulletin.lint.sight.seen import IMAGE, lines, preheader

PAGE = '<!doctype html><html><body><table style="background-color:#fff; color:#000"><tr><td>{}</td></tr></table></body></html>'


def letter(markup):
    return read_html(PAGE.format(markup).encode())


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (gif((50, 50)), 1),
        (gif((50, 50), 2), 3),
        (gif((50, 50), 0), float("inf")),
        (gif((0, 0)), 0.2),
        (gif((50,), 0), 0),
        (gif((50, 50))[:40], 0),
        (b"GIF89a", 0),
        (b"\x89PNG", 0),
        (b"", 0),
    ],
)
def test_how_long_a_gif_moves(content, seconds):
    assert gif_seconds(content) == pytest.approx(seconds)


@given(st.binary(max_size=80))
def test_no_bytes_make_the_reader_of_gifs_raise(content):
    assert gif_seconds(b"GIF89a" + content) >= 0


@pytest.mark.parametrize(
    ("markup", "is_filled"),
    [
        ('<a href="/" style="background-color:#005eb8; text-decoration:none">Ask</a>', True),
        ('<a href="/" style="border:2px solid #005eb8; text-decoration:none">Ask</a>', False),
        ('<p>More: <a href="/"><span style="background-color:#005eb8">Ask</span></a></p>', True),
        ('<table><tr><td style="background-color:#005eb8"><a href="/" style="text-decoration:none">Ask</a></td></tr></table>', True),
        ('<a href="/">Ask</a>', None),
        ('<a href="/" style="text-decoration:none">Ask</a>', None),
        ('<p style="background-color:#005eb8"><a href="/" style="text-decoration:none">Ask</a> us</p>', None),
        ('<table width="100%"><tr><td style="background-color:#005eb8"><a href="/" style="text-decoration:none">Ask</a></td></tr></table>', None),
    ],
)  # fmt: skip
def test_a_link_that_is_filled_or_bordered_is_a_button(markup, is_filled):
    read = letter(markup)
    found = button(read.light, next(read.tree.all("a")))
    assert (found.is_filled if found else None) is is_filled


def test_lines_are_parted_by_breaks_and_blocks_and_know_their_links():
    read = letter('<div>One <a href="/">two <b>three</b></a><br><br>four<p>five</p><img src="a.png"></div>')
    found = lines(read.light, next(read.tree.all("div")))
    assert [[piece.text for piece in line] for line in found] == [["One ", "two ", "three"], ["four"], [IMAGE]]
    assert [bool(piece.link) for piece in found[0]] == [False, True, True]


@pytest.mark.parametrize(
    ("markup", "is_there"),
    [
        ('<div style="display:none">Five new reviews</div><p>Dear all</p>', True),
        (
            '<div style="font-size:1px; max-height:0; overflow:hidden"><b>Five new reviews</b></div><p>Dear all</p>',
            True,
        ),
        ('<p>Dear all</p><div style="display:none">Five new reviews</div>', False),
        ("<p>Dear all</p>", False),
        ("", False),
    ],
)
def test_what_is_hidden_before_all_else_is_the_preheader(markup, is_there):
    assert bool(preheader(letter(markup).light)) is is_there


def test_a_finding_says_in_which_light_and_what_was_seen():
    bad = GOOD.with_html("a { color: #8ec5fb !important; }", "a { color: #4a5a6a !important; }")
    (first, *_) = [one for one in lint(bad.as_bytes(), bad.known) if one.rule == 15]
    assert first.message == "in the dark this text has a contrast of 2.29 to 1, #4a5a6a on #18212b: it needs 4.5 to 1"
    assert first.where == "Ward teams cut waste by a third"


def test_what_looks_the_same_everywhere_is_told_once():
    bad = GOOD.with_html("<style>\n", "<style>\n@media (max-width: 480px) { .cell { padding: 0 !important; } }\n")
    bad = bad.with_html("<p>What eleven", '<p style="font-size:13px">What eleven')
    assert [one.rule for one in lint(bad.as_bytes(), bad.known)] == [18]


def test_each_look_is_judged_with_its_own_style_sheet():
    read = letter("<style media=print>p { color: red }</style><p>Dear all</p>")
    assert {look.colour(next(read.tree.all("p"))) for look in read.looks.values()} == {(0.0, 0.0, 0.0)}
    assert set(read.looks) == set(Palette)


MARKUP = st.lists(
    st.sampled_from(
        ("<table width=900>", "<td bgcolor=red>", "<a href=x>", "</a>", "<p style='", "color:red;", "font:1px;", "'>", "a b. ", "<img width=",
         "9>", "<br>", "<ul><li>", "</td>", "<style>", "</style>", "p{display:flex}", "@media(max-width:9px){", "}", "<!--[if !mso]>", "-->",
         "opacity:.1;", "position:absolute;", "animation:a infinite;", "text-align:justify;", "border-left:3px solid;", "\x00", "é")
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(MARKUP | st.text(max_size=60))
def test_no_html_makes_a_rule_of_sight_or_of_mail_programs_raise(html):
    read = read_html(html.encode("utf-8", "replace"))
    for rule in (*sight.RULES, *clients.RULES):
        assert all(finding.message for finding in rule.findings(read))
