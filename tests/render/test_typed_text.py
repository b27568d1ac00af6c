"""What editors type or paste becomes a small structure, always well-formed, and nothing of the markup is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Line, Paragraph, Piece
from bulletin.render import tidy
from bulletin.render.typed import read, typed, words_of

WORD_DOCUMENT = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {mso-style-name:Normal; margin:0cm} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<p class=MsoNormal>Dear <b style='mso-bidi-font-weight:normal'>all</b>,<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>One</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>Two <a href="javascript:alert(1)">now</a></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'><td width=301 style='width:225pt'><p class=MsoNormal><b>Day<o:p></o:p></b></p></td>
 <td><p class=MsoNormal><b>Room<o:p></o:p></b></p></td></tr>
 <tr><td><p class=MsoNormal>Monday</p></td><td><p class=MsoNormal>The <a href="https://example.org/1">library</a></p></td></tr>
 <tr><td><p class=MsoNormal>Tuesday</p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr>
</table></body></html>"""


def test_a_document_from_word_becomes_paragraphs_and_lists():
    assert tidy(WORD_DOCUMENT) == (
        "Dear **all**,\n\n"
        "- One\n- Two now\n\n"
        "- Day: Monday · Room: The [library](https://example.org/1)\n- Day: Tuesday"
    )


ROWS = "<table><tr><td>Monday<td>Room 1<td>9am<tr><td>Tuesday<td><td>10am</table>"


def test_a_table_is_the_same_whether_it_comes_as_markup_or_with_tabs():
    assert tidy(ROWS) == tidy("Monday\tRoom 1\t9am\nTuesday\t\t10am") == "- Monday · Room 1 · 9am\n- Tuesday · 10am"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<table><tr><th>Day<th>Room<tr><td>Mon<td>1</table>", "- Day: Mon · Room: 1"),
        ("<table><thead><tr><th>Day<th>Room</thead></table>", "- Day · Room"),
        ("<table><tr><th>Day<td>Mon<td>Tue<tr><th>Room<td>1<td>2</table>", "- Day: Mon · Tue\n- Room: 1 · 2"),
        ("<table><tr><td><p>One</p><p>two</p></td></tr></table>", "One\n\ntwo"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", "- a · b · c"),
        ("</td></tr></table></div>after", "after"),
        ("<td>lone</td> cell", "lone\n\ncell"),
        ("<ul><li>One<li>Two<ul><li>Three</ul></ul>", "- One\n- Two\n- Three"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<h2>News</h2><p>Text", "**News**\n\nText"),
        ("<p onclick=alert(1) style='x:expression(1)'>Hello<script>alert(1)</script><img src=x onerror=y>", "Hello"),
        ("<span style='display: none'>preheader</span><p hidden>x</p>seen", "seen"),
        ("<a href='https://example.org/a(b'>w[o]rds</a> <b>x", "[w(o)rds](https://example.org/a%28b) **x**"),
        ("<a href='data:text/html,x'>x</a><a href='//example.org'>y</a>", "xy"),
        ("<a href=mailto:lib@example.nhs.uk?subject=x>write</a>", "write"),
        ("<a href=mailto:lib@example.nhs.uk>write</a>", "[write](mailto:lib@example.nhs.uk)"),
        ("<p>a &lt;b&gt; &#8238;evil\u202e &#7;", "a <b> evil"),
        ("2 < 3 and <unknown> stay", "2 < 3 and <unknown> stay"),
        ("{{7*7}} %s {% x %}", "{{7*7}} %s {% x %}"),
        ("a\r\nb\r\n\r\n\r\n• c\n* d", "a\nb\n\n- c\n- d"),
        ("Name:\tAnn", "Name: Ann"),
        ("", ""),
        (" \n\t\n ", ""),
    ],
)
def test_what_is_pasted_becomes_typed_text(pasted, kept):
    assert tidy(pasted) == kept


def line(*pieces):
    return (Paragraph((Line(pieces),)),)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a **b** c", [Piece("a "), Piece("b", strong=True), Piece(" c")]),
        (
            "**a [b](https://x.org/) c**",
            [Piece("a ", strong=True), Piece("b", "https://x.org/", strong=True), Piece(" c", strong=True)],
        ),
        ("[**b**](https://x.org/)", [Piece("b", "https://x.org/", strong=True)]),
        ("5 ** 3", [Piece("5 3")]),
        ("**a** ** b", [Piece("a", strong=True), Piece(" b")]),
        ("[b](javascript:alert(1))", [Piece("b")]),
        ("[b](https://x.org/a_(c))!", [Piece("b", "https://x.org/a_(c)"), Piece("!")]),
        ("[b](https://x.org and", [Piece("[b](https://x.org and")]),
        ("[](https://x.org/)a", [Piece("a")]),
        ('[b](https://x.org/"onclick="y)', [Piece("b", "https://x.org/%22onclick=%22y")]),
    ],
)
def test_links_and_weight_are_read(text, pieces):
    assert read(text) == line(*pieces)


def test_plain_words_tell_where_links_lead():
    told = read("See [this](https://x.org/) or [us](mailto:a@x.org)\n\n- one\n- **two**")
    assert words_of(told) == "See this (https://x.org/) or us (a@x.org)\n\n- one\n- two"


ALPHABET = st.sampled_from(
    [
        *"ab \n\t*-[]()<>&;:/\"'=·.",
        "**",
        "](https://x.org/",
        "<td>",
        "<p>",
        "</b>",
        "<a href=",
        "<b>",
        "<li>",
        "<th>",
        "* ",
        "\u202e",
        "é",
    ]
)
TEXTS = st.lists(ALPHABET, max_size=60).map("".join)


@given(TEXTS)
def test_what_is_kept_stays_as_it_is(text):
    once = tidy(text)
    assert typed(read(once)) == once


@given(TEXTS)
def test_nothing_is_printed_that_is_blank_or_leads_to_a_bad_place(text):
    for paragraph in read(tidy(text)):
        assert paragraph.lines
        for told in paragraph.lines:
            assert "".join(piece.text for piece in told.pieces).strip()
            assert all(piece.url.startswith(("https://", "http://", "mailto:")) for piece in told.pieces if piece.url)
            assert all(piece.text.isprintable() for piece in told.pieces)


@pytest.mark.parametrize("text", ["[" * 100_000, "[a](" * 40_000, "<b>" * 60_000, "**" * 90_000, "<td>" * 20_000])
def test_no_text_takes_long(text):
    tidy(text)
