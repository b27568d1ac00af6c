"""What journals print before an abstract."""

import pytest
from feedwriter import item

from bulletin.parse.abstracts import without_head

CITATION = "Journal of Ward Rounds, Volume 12, Issue 3, Page 1-9, June 2026."


def summary(markup):
    return item(f"<title>t</title><description><![CDATA[{markup}]]></description>").summary


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            "Rounds &amp; Handovers, Volume 14, Issue 4, Page 411-424, 2026-11-21.<br/>Abstract A registrar asked.",
            "A registrar asked.",
            id="citation, line end, word",
        ),
        pytest.param(
            f"<p>{CITATION}</p><h2>ABSTRACT</h2><p>We asked.</p>", "<p>We asked.</p>", id="citation, heading"
        ),
        pytest.param(f"<p>{CITATION}</p><p>We asked.</p>", "<p>We asked.</p>", id="citation, no word"),
        pytest.param(f"{CITATION} Abstract We asked.", "We asked.", id="citation and word on one line"),
        pytest.param(f"<p>{CITATION}<br>Summary: We asked.</p>", "<p>We asked.</p>", id="inside a paragraph"),
        pytest.param(
            "<em>J. Round. Sci.</em>, Vol. 7, No. 2, pp. e12-e15 (2026)<br>We asked.", "We asked.", id="short words"
        ),
        pytest.param(
            "<i>Rounds</i>, <b>Volume 7</b>, Ahead of Print, 2026. <br><br>We asked.", "We asked.", id="bold volume"
        ),
        pytest.param("<h3>Abstract</h3> <p>We asked.</p>", "<p>We asked.</p>", id="heading alone"),
        pytest.param("<b>Summary</b><br>We asked.", "We asked.", id="bold line"),
        pytest.param("<p><b>Abstract:</b> We asked.</p><p>So.</p>", "<p>We asked.</p><p>So.</p>", id="bold label"),
        pytest.param("Abstract: we asked.", "we asked.", id="label"),
        pytest.param("ABSTRACT We asked.", "We asked.", id="capitals before a sentence"),
        pytest.param("ABSTRACT BACKGROUND: We asked.", "BACKGROUND: We asked.", id="capitals before a label"),
        pytest.param(
            "<p>Rounds. 2026 Nov 14;49(5):484-488. doi: 10.5555/r.5.</p><p><b>ABSTRACT</b></p><p>We asked.</p>",
            "<p>We asked.</p>",
            id="reference with a DOI",
        ),
        pytest.param(
            "<p>Rounds 18: 117-122</p> <p>DOI: 10.5555/r.18</p> <p>Authors: Ann Grey, Bo Chan</p>"
            " <p>Abstract: We asked.</p>",
            "<p>We asked.</p>",
            id="three paragraphs of reference",
        ),
    ],
)
def test_the_head_of_an_abstract_is_left_out(markup, expected):
    assert summary(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("Abstract art on the ward calms patients.", id="adjective"),
        pytest.param("Abstract Expressionism on the ward.", id="adjective of a name"),
        pytest.param("Summary of findings: it calms.", id="title"),
        pytest.param("<b>Summary</b> of the findings.", id="bold word of a sentence"),
        pytest.param("SUMMARY OF PRODUCT CHARACTERISTICS", id="title in capitals"),
        pytest.param("<p>Volume 3 of the inquiry, page 7, says why.</p><p>More.</p>", id="sentence with a volume"),
        pytest.param("<p>The volume 500 ml was given in 2026.</p><p>More.</p>", id="another volume"),
        pytest.param("<p>We asked.</p><p><strong>Abstract</strong></p><p>More.</p>", id="further down"),
        pytest.param("<p>We cite doi: 10.5555/r.5 here.</p><p>It is abstract.</p>", id="DOI without the word"),
    ],
)
def test_words_that_only_look_like_a_head_stay(markup):
    assert without_head(markup) == markup


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<p>{CITATION}</p>", id="citation"),
        pytest.param("Volume 56, Issue 3, December 2026, Page 163-175<br>. <br>", id="citation and a full stop"),
        pytest.param("<p><strong>Abstract</strong></p>", id="heading"),
        pytest.param(
            "<p>Publication date: March 2026</p><p><b>Source:</b> Rounds, Volume 7</p><p>Author(s): Ann Grey</p>",
            id="no abstract",
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_a_summary_is_never_emptied_by_it(markup):
    assert without_head(markup) == markup
