"""HTML from outside, cleaned or made plain."""

import pytest

from bulletin.parse import markup
from bulletin.parse.markup import clean, from_plain, text_of

BASE = "https://site.example.org/a/"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("Plain words", "Plain words", id="no markup"),
        pytest.param("<p>a <em>b</em><br>c</p>", "<p>a <em>b</em><br>c</p>", id="ours"),
        pytest.param('<p class="x" style="color:red" lang="en" title="t">a</p>', "<p>a</p>", id="attributes"),
        pytest.param('<a href="b" title="t" target="_blank">c</a>', f'<a href="{BASE}b">c</a>', id="relative link"),
        pytest.param(
            '<a href="//b.example/c">d</a>', '<a href="https://b.example/c">d</a>', id="link without scheme"
        ),
        pytest.param('<a name="x">a</a>', "a", id="anchor"),
        pytest.param("<h1>Head</h1>text", "<p><strong>Head</strong></p>text", id="heading"),
        pytest.param("<div>a</div><div>b</div>", "<p>a</p><p>b</p>", id="blocks"),
        pytest.param("<div><div><div>a</div></div></div>", "<p>a</p>", id="blocks in blocks"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "<p> a b </p>", id="table"),
        pytest.param("<p></p><p> </p><p>a</p>", "<p>a</p>", id="empty paragraphs"),
        pytest.param('a<img src="https://t.example/1.gif" alt="Figure 1">b', "a Figure 1 b", id="picture"),
        pytest.param('a<img src="https://t.example/1.gif">b', "ab", id="tracking picture"),
        pytest.param("<img alt='<b>' src=x>", "", id="markup in a picture's words"),
        pytest.param("the <mark>found</mark> word", "the found word", id="mark"),
        pytest.param(
            "patients aged <65 & p<b or AT&T <5", "patients aged &lt;65 &amp; p&lt;b or AT&amp;T &lt;5", id="less"
        ),
        pytest.param("<jats:p>a</jats:p><o:p x='1'>b</o:p>", "ab", id="another vocabulary"),
        pytest.param("a <y and z> w", "a &lt;y and z&gt; w", id="two comparisons"),
        pytest.param("<b><i><ul><li>open", "<b><i><ul><li>open</li></ul></i></b>", id="never closed"),
        pytest.param("</p></div></td>a", "a", id="never opened"),
        pytest.param("x\u202ey\u200b&#x202e;z", "xyz", id="invisible"),
        pytest.param("a<!-- b -->c<?d?>e<![CDATA[f]]>", "ace", id="comments"),
        pytest.param("&lt;script&gt;x&lt;/script&gt;", "&lt;script&gt;x&lt;/script&gt;", id="literal"),
        pytest.param("H<sub>2</sub>O<sup>+</sup>", "H<sub>2</sub>O<sup>+</sup>", id="formula"),
    ],
)
def test_only_our_few_tags_are_left(markup, expected):
    assert clean(markup, BASE) == expected


@pytest.mark.parametrize(
    "tag", ["script", "style", "form", "svg", "iframe", "noscript", "textarea", "template", "select"]
)
def test_what_was_never_meant_to_be_read_goes_with_all_that_is_in_it(tag):
    assert clean(f"a<{tag}>hidden</{tag}>b") == "ab"


def test_a_long_summary_is_cut_between_tags_and_closed():
    cleaned = clean("<ul>" + "<li><b>word &amp; word</b></li>" * 3_000 + "</ul>")
    assert 15_000 < len(cleaned) <= 20_000
    assert cleaned.endswith("</ul>")
    assert "…" in cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 30_000 + "deep" + "</div>" * 30_000, id="blocks"),
        pytest.param("<blockquote>" * 4_000 + "deep", id="quotations"),
        pytest.param("<ul><li>" * 5_000 + "deep", id="lists"),
        pytest.param("<b><i>" * 5_000 + "deep", id="emphasis"),
        pytest.param("<sub>" * 65 + "deep" + "</sub>" * 65, id="one too many, and clean but for that"),
    ],
)
def test_nesting_without_end_is_flattened(markup):
    cleaned = clean(markup)
    assert len(cleaned) <= 20_000
    assert cleaned.count("<") <= 2 * 64
    assert clean(cleaned) == cleaned


def test_nesting_of_64_stays():
    nested = "<sub>" * 64 + "deep" + "</sub>" * 64
    assert clean(nested) == nested


def test_a_picture_inside_its_own_address_costs_nothing():
    assert clean(f"<p>a</p><img src='data:image/png;base64,{'QUJD' * 500_000}'><p>b</p>") == "<p>a</p><p>b</p>"


def test_a_deep_nest_of_ampersands_stays_within_bounds():
    cleaned = clean("<ul><li>" * 100 + "&" * 30_000)
    assert len(cleaned) <= 20_000
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("P < 0.05 & AT&T < 5", "P < 0.05 & AT&T < 5"),
        ("n<k and m>j", "n<k and m>j"),
        ("<i>H. pylori</i> and CO<sub>2</sub>", "H. pylori and CO2"),
        ("Rates &amp;amp; risks", "Rates &amp; risks"),
        ("&lt;b&gt;", "<b>"),
        ("<p>One</p><p>Two<br/>Three</p>", "One Two Three"),
        ("<script>x</script>Kept<style>y</style>", "Kept"),
        ("a&nbsp;b", "a b"),
        ("<math><mi>x</mi></math>", "x"),
        ("", ""),
    ],
)
def test_text_loses_its_tags_and_is_decoded_once(markup, expected):
    assert text_of(markup) == expected


def test_a_blank_line_in_plain_text_begins_a_paragraph():
    assert from_plain("a < b\n\n \nc & d") == "<p>a &lt; b</p><p>c &amp; d</p>"
    assert from_plain("one line") == "one line"


def test_markup_that_does_not_settle_becomes_plain_text(monkeypatch):
    monkeypatch.setattr(markup, "_PASSES", 0)
    assert clean("<p>a &amp; <b>b</b></p>") == "a &amp; b"
