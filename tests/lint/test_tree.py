"""HTML becomes a tree as in a browser; what is harmless is no fault, and nothing costs more than it should."""

import time
from pathlib import Path

import pytest
from good import HTML

from bulletin.lint.letter.tree import grow, same, written


def body(html):
    """The body of a document, written again."""
    tree = grow(f"<!doctype html>{html}")
    return "".join(one if isinstance(one, str) else written(one) for one in tree.body.children)


@pytest.mark.parametrize(
    "html",
    [
        "<p>AT&amp;T, a &lt; b&nbsp;c</p>",
        '<p title="a &quot;b&quot; &amp; c">x</p>',
        "<pre>\n\nx</pre>",
        "<p>a<br>b<img></p>",
        "<table><tbody><tr><td>x</td></tr></tbody></table>",
        "<p>a<!-- b -->c</p>",
        "<p>x</p><style>a > b { content: '<&' }</style>",
    ],
)
def test_what_is_read_is_written_again(html):
    assert body(html) == html


def test_a_tree_is_the_same_as_itself_and_as_nothing_else():
    root = grow(HTML).root
    assert same(root, grow(f"<!doctype html>{written(root)}").root)
    for old, new in (
        ("Ward teams", "Ward team"),
        ("<h3 ", "<h4 "),
        ('lang="en-GB"', 'lang="en"'),
        ("</p>", "<b></b></p>"),
    ):
        assert not same(root, grow(HTML.replace(old, new, 1)).root)


@pytest.mark.parametrize(
    "html",
    [
        "<p>AT&T and R&D, a & b</p>",
        '<a href="?a=1&copy=2&b=3">x</a>',
        "<p>x<p>y<ul><li>a<li>b</ul>",
        "<![if !mso]>x<![endif]>",
        "<!--[if !mso]><!-->x<!--<![endif]-->",
        "<!--[if !mso]><!---->x<!--<![endif]-->",
        '<p xmlns:o="urn:x">x<o:p></o:p></p>',
        "<br/><img/><hr />",
    ],
)
def test_what_no_browser_minds_is_no_fault(html):
    assert grow(f"<!doctype html>\r\n{html}").mended == ()


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>\n<b>x</p>", 3),
        ("<table>\n<p>x</p></table>", 3),
        ("x\n&nosuch;", 3),
        ("x\r\n&nbsp y", 3),
        ("</div>", 2),
        ("<![foo]>", 2),
        ("<td/>", 2),
    ],
)
def test_what_a_browser_mends_is_told_with_its_line(html, line):
    assert line in {one.line for one in grow(f"<!doctype html>\n{html}").mended}


@pytest.mark.parametrize(
    "html", ["", "\ufeff", "<frameset><frame></frameset>", "\0", "<svg>", "<!doctype html>", "x" * 10]
)
def test_every_text_has_a_body(html):
    assert grow(html).body.text is not None


def test_a_file_that_is_called_like_the_text_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("<p>What nobody may read</p>", encoding="utf-8")
    assert grow("secret").body.text == "secret"


BOMBS = {
    "elements in one another": "<div>" * 200_000,
    "tables in tables": "<table><tr><td>" * 30_000,
    "formatting that is never closed": "".join(f"<p><font color={n}>" for n in range(6_000)),
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>",
    "words": "x " * 2_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_what_would_cost_too_much_is_cut(bomb):
    began = time.process_time()
    assert grow(f"<!doctype html>{bomb}").is_cut
    assert time.process_time() - began < 2


def test_an_honest_email_is_not_cut():
    assert not grow(HTML.replace("<p>", "<div><p>" * 20, 1)).is_cut
    assert not grow(HTML + "<p>Words</p>" * 5_000).is_cut


def test_formatting_that_is_opened_again_in_every_paragraph_does_not_make_a_document_without_end():
    tree = grow("<!doctype html><p>" + "<b><p>" * 20_000)
    assert tree.is_cut
    assert sum(1 for _ in tree.all()) < 50_000
