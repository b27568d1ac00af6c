"""Every element looks as a browser would show it: the cascade, what is inherited, layers, light and dark, small and wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lint.letter.css import sheet
from bulletin.lint.letter.looks import NARROW, Looks, Palette, looks, views
from bulletin.lint.letter.tree import grow

WHITE, BLACK, RED = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0)


def both(html, css=""):
    tree = grow(f"<!doctype html><html><body>{html}</body></html>")
    node = next(one for one in tree.all() if one.get("id") == "x")
    return looks(tree, (sheet(css),)), node


def seen(html, css=""):
    by_palette, node = both(html, css)
    return by_palette[Palette.LIGHT], node


@pytest.mark.parametrize(
    ("html", "css", "wanted"),
    [
        ("<p id=x>", "", BLACK),
        ('<p id=x style="color:red">', "", RED),
        ('<div style="color:red"><p id=x>', "", RED),
        ('<div style="color:red"><p id=x style="color:bluish">', "", RED),
        ('<p id=x style="color:red; color:bluish">', "", RED),
        ('<a href="/" id=x>', "", (0.0, 0.0, 238 / 255)),
        ('<p style="color:red"><a href="/" id=x style="color:inherit">', "", RED),
        ('<p style="color:red"><a id=x>', "", RED),
        ("<font color=ff0000><b id=x>", "", RED),
        ("<p id=x>", "p { color: red }", RED),
        ('<p id=x style="color:#000">', "p { color: red }", BLACK),
        ('<p id=x style="color:#000">', "p { color: red !important }", RED),
        ('<p id=x style="color:#000 !important">', "p { color: red !important }", BLACK),
        ("<p id=x class=y>", ".y { color: red } p { color: blue }", RED),
        ("<font id=x color=blue>", "font { color: red }", RED),
        ("<p id=x>", "@media print { p { color: red } }", BLACK),
        ('<p id=x style="color:rgba(255,255,255,0.5); background:#000">', "", (0.5, 0.5, 0.5)),
    ],
)
def test_the_colour_of_text_is_that_of_the_strongest_rule(html, css, wanted):
    look, node = seen(html, css)
    assert look.colour(node) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p id=x>", WHITE),
        ('<div style="background:red url(a.png)"><p id=x>', RED),
        ("<table bgcolor=red><tr><td id=x>", RED),
        ("<table bgcolor=red><tr><td style='background-color:transparent' id=x>", RED),
        ('<div style="background-color:red"><p id=x style="background:none">', RED),
        ('<div style="background:#000"><p id=x style="background:rgba(255,0,0,0.5)">', (0.5, 0.0, 0.0)),
        ('<p id=x style="background-color:red; background:url(a.png)">', WHITE),
        ("<mark id=x>", (1.0, 1.0, 0.0)),
    ],
)
def test_the_background_is_made_of_all_layers(html, wanted):
    look, node = seen(html)
    assert look.background(node) == pytest.approx(wanted)


def test_what_is_not_opaque_lets_through_what_is_behind_it():
    look, node = seen(
        '<div style="background:#000"><div style="opacity:0.5; background:#fff"><b id=x style="opacity:50%; color:red">'
    )
    assert look.background(node) == pytest.approx((0.5, 0.5, 0.5))
    assert look.colour(node) == pytest.approx((0.5, 0.25, 0.25))
    assert look.opacity(node) == 0.25


def test_the_dark_changes_what_its_media_query_says():
    by_palette, node = both(
        '<p id=x style="color:#000">', "@media (prefers-color-scheme: dark) { p { color: red !important } }"
    )
    assert by_palette[Palette.LIGHT].colour(node) == BLACK
    assert by_palette[Palette.DARK].colour(node) == RED


def test_a_small_screen_is_looked_at_where_it_is_another_look():
    plain, _ = both("<p id=x>", "@media (prefers-color-scheme: dark) { p { color: red } }")
    other, node = both("<p id=x>", "@media (max-width: 480px) { p { font-size: 12px } }")
    assert len(list(views(plain))) == 2
    assert [look.size(node) for _, look in views(other)] == [16, 16, 12, 12]
    assert [look.width for _, look in views(other)][2:] == [NARROW, NARROW]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p id=x>", 16),
        ("<h1 id=x>", 32),
        ('<h1 id=x style="font-size:inherit">', 16),
        ('<div style="font-size:20px"><p id=x style="font-size:1.5em">', 30),
        ('<div style="font-size:20px"><p id=x style="font-size:50%">', 10),
        ('<p id=x style="font-size:0px">', 0),
        ('<p id=x style="font-size:0">', 0),
        ('<p id=x style="font-size:large">', 18),
        ('<p id=x style="font:12pt/1.5 Arial">', 16),
        ('<p id=x style="font-size:calc(1px + 1em)">', 16),
        ("<font size=1 id=x>", 10),
        ("<font size='+1' id=x>", 18),
        ("<small id=x>", 16 * 5 / 6),
        ('<p style="font-size:2rem"><b id=x>', 32),
    ],
)
def test_the_size_of_text_is_told_in_pixels(html, wanted):
    look, node = seen(html)
    assert look.size(node) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("html", "wanted", "is_set"),
    [
        ("<p id=x>", 19.2, False),
        ('<div style="line-height:1.5"><p id=x style="font-size:20px">', 30, True),
        ('<div style="line-height:150%"><p id=x style="font-size:20px">', 24, True),
        ('<div style="line-height:24px"><p id=x style="font-size:20px">', 24, True),
        ('<div style="line-height:1.5"><p id=x style="line-height:normal">', 19.2, False),
        ('<div style="line-height:1.5"><p id=x style="font:16px Arial">', 19.2, False),
    ],
)
def test_lines_are_as_high_as_the_cascade_says(html, wanted, is_set):
    look, node = seen(html)
    assert look.line_height(node) == pytest.approx(wanted)
    assert look.line(node).is_set is is_set


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p id=x>", "left"),
        ("<p id=x align=center>", "center"),
        ("<center><p id=x>", "center"),
        ("<div align=center><table><tr><td id=x>", "left"),
        ("<div style='text-align:center'><table><tr><td id=x>", "center"),
        ("<table align=center><tr><td id=x>", "left"),
        ("<p id=x style='text-align:end'>", "right"),
    ],
)
def test_text_stands_where_browsers_put_it(html, wanted):
    look, node = seen(html)
    assert look.align(node) == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p id=x>", False),
        ("<b id=x>", True),
        ("<th id=x>", True),
        ('<b id=x style="font-weight:normal">', False),
        ('<div style="font-weight:600"><p id=x>', False),
        ('<div style="font-weight:700"><p id=x>', True),
        ('<h2 style="font-weight:normal"><a id=x>', False),
    ],
)
def test_bold_is_told_from_normal(html, wanted):
    look, node = seen(f"<table><tr>{html}" if html.startswith("<th") else html)
    assert look.is_bold(node) is wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p id=x>", ""),
        ('<a href="/"><b id=x>', "a"),
        ('<a href="/" style="text-decoration:none"><b id=x>', ""),
        ("<u><b id=x style='text-decoration:none'>", "u"),
        ("<p style='text-decoration:underline'><b id=x>", "p"),
        ("<p style='text-decoration:underline'><b id=x style='display:inline-block'>", ""),
        ("<a><b id=x>", ""),
    ],
)
def test_a_line_under_text_is_that_of_the_element_which_draws_it(html, wanted):
    look, node = seen(html)
    line = look.underlined(node)
    assert (line.tag if line else "") == wanted


@pytest.mark.parametrize(
    "html",
    ["<p id=x hidden>", "<div style='display:none'><p id=x>", "<div style='visibility:hidden'><p id=x>"],
)
def test_what_is_hidden_is_called_so(html):
    look, node = seen(html)
    assert look.is_hidden(node)


def test_an_image_is_behind_text_until_a_colour_covers_it():
    look, node = seen("<div style='background-image:url(a.png)'><p id=x>")
    assert look.picture(node) is not None
    look, node = seen("<div style='background:#fff url(a.png)'><p id=x>")
    assert look.picture(node) is None
    look, node = seen("<div style='background-image:url(a.png)'><p id=x style='background:#fff'>")
    assert look.picture(node) is None


def test_who_sets_a_colour_is_told():
    look, node = seen("<table bgcolor=white><tr><td style='color:red'><p id=x>")
    assert look.sets(node, "color").tag == "td"
    assert look.sets(node, "background-color").tag == "table"
    look, node = seen("<p id=x>")
    assert look.sets(node, "color") is look.sets(node, "background-color") is None


def test_what_is_not_inherited_is_its_own():
    look, node = seen("<div style='padding:4px; text-indent:9px'><p id=x>")
    assert (look.value(node, "padding-left"), look.value(node, "text-indent")) == ("", "9px")
    look, node = seen("<div style='padding:4px'><p id=x style='padding:inherit'>")
    assert look.value(node, "padding-left") == "4px"
    assert look.length(node.parent, "padding-left") == 4


def test_what_is_nested_without_end_is_read_all_the_same():
    tree = grow("<div style='color:red'>" * 3000 + "a")
    look = looks(tree, (sheet("div { margin: 0 }"),))[Palette.DARK]
    assert all(look.colour(node) == RED for node in tree.all("div"))


@given(
    st.lists(st.sampled_from(["<p style='", "color:", "red;", "font:", "1px", "'>", "<td bgcolor=", "0", ">", "<a href=x>", "</p>", "opacity:.5;", "\x00"]), max_size=20).map("".join),
    st.text(max_size=30),
)  # fmt: skip
def test_no_document_makes_looking_raise(html, css):
    tree = grow(html)
    for look in (
        *looks(tree, (sheet(css),)).values(),
        Looks(looks(tree, ())[Palette.DARK].cascade, Palette.LIGHT, NARROW),
    ):
        for node in tree.all():
            assert all(0 <= part <= 1 for part in (*look.colour(node), *look.background(node)))
            assert look.size(node) >= 0
            assert look.line_height(node) >= 0 or look.line(node).is_set
