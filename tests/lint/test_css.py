"""Style sheets, style attributes, values and media queries are read as browsers and mail programs read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lint.letter.css import Declaration, Selection, colour, declarations, pixels, sheet, uses, words
from bulletin.lint.letter.media import holds
from bulletin.lint.letter.shorthand import longhand
from bulletin.lint.letter.tree import grow

CSS = st.text(st.sampled_from("abc:;{}()@!/*#.,\"'\\ \n%0-9urlpxrgbvaimportant\x00\ud800é"), max_size=60)


def test_a_style_attribute_is_read_without_what_cannot_be_understood():
    read = declarations("COLOR: Red !important; nonsense; margin:0 auto; background:URL(A.png)")
    assert read == (
        Declaration("color", "red", important=True),
        Declaration("margin", "0 auto"),
        Declaration("background", "url(A.png)"),
    )


def test_a_style_sheet_tells_media_lines_and_other_at_rules():
    read = sheet(
        "@import 'a.css';\np { color: red }\n@media print { @media (max-width: 9px) { a, b { color: blue } } }"
    )
    assert [(rule.selector, rule.media, rule.line) for rule in read.rules] == [
        ("p", "", 2),
        ("a, b", "print and (max-width: 9px)", 3),
    ]
    assert read.at_rules == ("import", "media", "media")
    assert read.broken == ()


def test_a_style_sheet_for_some_media_is_for_those_alone():
    assert sheet("p { color: red }", "print").rules[0].media == "print"


def test_selectors_that_try_all_ways_up_through_a_document_come_to_an_end():
    tree = grow("<div class=a>" * 60 + "x")
    deepest = list(tree.all("div"))[-1]
    rules = sheet(".b " + ".a " * 20 + "{ color: red } .a .a { color: blue }").rules
    assert Selection(tree.root.element, rules).of(deepest.element) == []


def test_of_many_thousand_selectors_the_first_are_looked_up():
    tree = grow("<p class=a1><b class=a9999>")
    selection = Selection(
        tree.root.element, sheet("".join(f".a{one} {{ color: red }}" for one in range(10_000))).rules
    )
    assert [selection.of(next(tree.all(tag)).element) for tag in ("p", "b")] == [[1], []]


@pytest.mark.parametrize(
    "written", ["p { color: red } }  a { color: red }", "@media x {" * 3000, "a{b:" + "(" * 3000]
)
def test_a_style_sheet_that_is_broken_is_called_so(written):
    assert sheet(written).broken


def test_the_stronger_rule_comes_later():
    tree = grow('<p id="x" class="y">a')
    read = sheet(
        "#x { color: red } p.y { color: blue } p { color: green } p:hover { color: lime } p::before { top: 0 }"
    )
    (node,) = tree.all("p")
    assert Selection(tree.root.element, read.rules).of(node.element) == [2, 1, 0]


def test_a_selector_that_nobody_knows_concerns_nobody():
    tree = grow("<p>a")
    (node,) = tree.all("p")
    assert (
        Selection(tree.root.element, sheet("p:-moz-strange(2) { color: red } p >>> a { top: 0 }").rules).of(
            node.element
        )
        == []
    )


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("background", "#fff url(a.png) no-repeat", {"background-color": "#fff", "background-image": "#fff url(a.png) no-repeat"}),
        ("background", "none", {"background-color": "transparent", "background-image": "none"}),
        ("background", "RED", {"background-color": "red"}),
        ("background", "rgb(1, 2, 3)", {"background-color": "rgb(1, 2, 3)"}),
        ("background-color", "bluish", {}),
        ("color", "inherit", {"color": "inherit"}),
        ("border", "1px solid rgba(0, 0, 0, 0.5)", {"border-left-width": "1px", "border-top-color": "rgba(0, 0, 0, 0.5)"}),
        ("border-left", "solid #ccc 2pt", {"border-left-width": "2pt", "border-left-style": "solid"}),
        ("border-top", "0", {"border-top-width": "0", "border-top-style": "none"}),
        ("border-width", "1px 2px", {"border-top-width": "1px", "border-left-width": "2px"}),
        ("border-color", "red", {"border-bottom-color": "red"}),
        ("padding", "1px 2px 3px", {"padding-top": "1px", "padding-left": "2px", "padding-bottom": "3px"}),
        ("font", "bold 14px/20px Arial, sans-serif", {"font-size": "14px", "line-height": "20px", "font-weight": "bold"}),
        ("font", "700 1em Georgia", {"font-size": "1em", "font-weight": "700", "font-family": "Georgia", "line-height": "normal"}),
        ("font", "italic 12pt / 1.5 'Open Sans', serif", {"font-family": '"Open Sans", serif', "line-height": "1.5"}),
        ("font", "inherit", {"font": "inherit"}),
        ("font", "14px", {"font": "14px"}),
        ("text-decoration", "underline dotted red", {"text-decoration-line": "underline"}),
    ],
)  # fmt: skip
def test_a_shorthand_is_taken_apart(name, value, wanted):
    read = dict(longhand(Declaration(name, value)))
    assert wanted.items() <= read.items()
    assert bool(read) is bool(wanted)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("#FFF", ((1, 1, 1), 1)),
        ("#00000080", ((0, 0, 0), 128 / 255)),
        ("white", ((1, 1, 1), 1)),
        ("rgb(255, 0, 0)", ((1, 0, 0), 1)),
        ("rgba(255 0 0 / 50%)", ((1, 0, 0), 0.5)),
        ("hsl(120, 100%, 50%)", ((0, 1, 0), 1)),
        ("transparent", ((0, 0, 0), 0)),
    ],
)
def test_a_colour_is_read(written, wanted):
    (red, green, blue), alpha = colour(written)
    assert (red, green, blue, alpha) == pytest.approx((*wanted[0], wanted[1]), abs=0.01)


@pytest.mark.parametrize("written", ["", "currentcolor", "inherit", "bluish", "#12345", "var(--ink)", "12px"])
def test_what_is_no_colour_is_none(written):
    assert colour(written) is None


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("16px", 16), ("12pt", 16), ("1.5em", 30), ("2rem", 32), ("50%", 50), ("1in", 96), ("10vw", 120), ("-9px", -9),
     ("0", 0), ("1e1px", 10), ("auto", None), ("12xy", None), ("calc(1px)", None)],
)  # fmt: skip
def test_a_length_is_read(written, wanted):
    assert pixels(written, 20, 100) == wanted


def test_words_keep_brackets_together_and_commas_apart():
    assert words("1px solid rgb(1, 2, 3)") == ("1px", "solid", "rgb(1, 2, 3)")
    assert words("14px/20px Arial,serif") == ("14px", "/", "20px", "Arial", ",", "serif")


def test_what_is_in_an_address_or_in_quotes_is_no_unit_or_function():
    made = uses("url(a-2rem-calc.png) 'var(--x) 3vw' calc(1px + max(2em, 3vh))")
    assert made.functions == {"url", "calc", "max"}
    assert made.units == {"px", "em", "vh"}


@pytest.mark.parametrize(
    ("media", "width", "is_dark", "wanted"),
    [
        ("", 320, False, True),
        ("screen", 320, False, True),
        ("print", 1200, False, False),
        ("not print", 1200, False, True),
        ("only screen and (max-width: 480px)", 320, False, True),
        ("only screen and (max-width: 480px)", 1200, False, False),
        ("(min-width:481px)", 1200, False, True),
        ("(min-width: 20em)", 320, False, True),
        ("(width <= 480px)", 320, False, True),
        ("(width > 480px)", 320, False, False),
        ("(prefers-color-scheme:dark)", 1200, False, False),
        ("(prefers-color-scheme: dark)", 1200, True, True),
        ("(prefers-color-scheme: light)", 1200, True, False),
        ("print, (prefers-color-scheme: dark) and (max-width: 480px)", 320, True, True),
        ("supports (display: grid)", 1200, False, False),
        ("(prefers-reduced-motion: reduce)", 1200, False, False),
    ],
)
def test_a_media_query_holds_where_a_browser_says_so(media, width, is_dark, wanted):
    assert holds(media, width, is_dark) is wanted


@given(CSS | st.text(max_size=40))
def test_no_text_makes_the_readers_of_css_raise(written):
    sheet(written)
    colour(written)
    pixels(written)
    words(written)
    uses(written)
    holds(written, 320, is_dark=True)
    for one in declarations(written):
        longhand(one)


@given(CSS, st.sampled_from(["font", "background", "border", "padding", "border-color", "text-decoration"]))
def test_no_value_makes_a_shorthand_raise(written, name):
    longhand(Declaration(name, written))


@given(CSS)
def test_no_selector_makes_the_selection_raise(written):
    tree = grow("<p class=a>b<i>c")
    rules = sheet(f"{written} {{ color: red }}").rules
    chosen = Selection(tree.root.element, rules)
    assert all(0 <= place < len(rules) for node in tree.all() for place in chosen.of(node.element))
