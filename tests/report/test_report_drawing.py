"""Pictures: what is drawn lies where the numbers say, and inside the picture."""

from unicodedata import combining, east_asian_width
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.report.drawing import Axis, Bar, Line, Spot, Square, Told, bars, lines, squares
from bulletin.report.elements import as_html, el, legible
from bulletin.report.words import counted, number, percent, seconds, share, shortened

TOLD = Told("one", "Title", "Words")
PERCENT = Axis("per cent", 0.0, 1.0, ((0.0, "0"), (1.0, "100")))


def test_an_element_has_its_words_in_the_order_given():
    found = el("p", "one ", el("b", "two"), " three", None, " four", class_="x", http_equiv=None)
    assert as_html(found) == '<!doctype html>\n<p class="x">one <b>two</b> three four</p>\n'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x00b\x1bc", "a b c"),
        ("\u202eright to left", " right to left"),
        ("half \ud83d", "half  "),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("5\u00a0%", "5\u00a0%"),
    ],
)
def test_what_cannot_be_shown_or_turns_letters_round_is_left_out(words, shown):
    assert legible(words) == shown


def points(drawing: Element, kind: str) -> list[tuple[float, float]]:
    line = next(one for one in drawing.iter("polyline") if kind in one.get("class", ""))
    return [tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()]


def test_higher_values_are_drawn_higher_and_later_ones_further_right():
    drawing = lines(TOLD, PERCENT, PERCENT, [Line("", ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0)))])
    (x0, y0), (x1, y1), (x2, y2) = points(drawing, "line-0")
    assert (x1 - x0, y0 - y1) == (pytest.approx(x2 - x1, abs=0.2), pytest.approx(y1 - y2, abs=0.2))
    assert x0 < x1 < x2
    assert y0 > y1 > y2


def test_several_lines_have_a_legend_and_one_has_none():
    two = lines(TOLD, PERCENT, PERCENT, [Line("micro", ((0, 0),)), Line("macro", ((0, 1),))])
    assert {"micro", "macro"} <= {one.text for one in two.iter("text")}
    assert "micro" not in {one.text for one in lines(TOLD, PERCENT, PERCENT, [Line("micro", ((0, 0),))]).iter("text")}


def test_a_picture_says_what_it_shows():
    drawing = bars(TOLD, [Bar("a", (1.0,), "1")], 1.0)
    title, words = drawing[0], drawing[1]
    assert (title.tag, title.text, words.tag, words.text) == ("title", "Title", "desc", "Words")
    assert drawing.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"


def test_parts_of_a_bar_lie_behind_each_other():
    drawing = bars(TOLD, [Bar("a", (1.0, 0.0, 3.0), "4")], 4.0, ("x", "y", "z"))
    rects = [one for one in drawing.iter("rect") if one.get("width") != "10"]
    assert [one.get("class") for one in rects] == ["part-0", "part-2"]
    first, second = ([float(one.get(name)) for name in ("x", "width")] for one in rects)
    assert second[0] == pytest.approx(sum(first), abs=0.02)
    assert second[1] == pytest.approx(3 * first[1], abs=0.05)


def test_the_most_of_a_row_has_the_strongest_colour():
    drawing = squares(TOLD, ["a", "b"], {(0, 0): Square(9, 1.0, "w"), (0, 1): Square(1, 0.01, "w")})
    assert [one.get("class") for one in drawing.iter("rect")] == ["dark-5", "dark-1", "dark-0", "dark-0"]


FINITE = st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=9), FINITE, FINITE)
def test_whatever_the_numbers_lines_stay_inside_the_picture(places, low, high):
    axis = Axis("x", min(low, high), max(low, high), ())
    drawing = lines(TOLD, axis, axis, [Line("", tuple(places))], [Spot(*places[0], "here")])
    _, _, width, height = map(float, drawing.get("viewBox").split())
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points(drawing, "line-0"))


@given(st.text(), st.integers(1, 30))
def test_shortened_words_fit(words, width):
    found = shortened(words, width)
    assert sum(1 + (east_asian_width(one) in "WF") for one in found if not combining(one)) <= width


@pytest.mark.parametrize(
    ("words", "width", "shown"),
    [
        ("Digital", 7, "Digital"),
        ("Digital health", 8, "Digital…"),
        ("Digital health", 10, "Digital h…"),
        ("持続可能な医療", 14, "持続可能な医療"),
        ("持続可能な医療", 9, "持続可能…"),
        ("a\n b\t c", 9, "a b c"),
    ],
)
def test_words_are_cut_at_their_width(words, width, shown):
    assert shortened(words, width) == shown


def test_numbers_are_told_as_people_read_them():
    assert (percent(0.731), percent(None), percent(0.5, 0)) == ("73.1\u00a0%", "–", "50\u00a0%")
    assert (number(1234), number(0.5), number(12.0), number(123.4)) == ("1,234", "0.5", "12", "123")
    assert (counted(1, "text"), counted(2, "text")) == ("1 text", "2 texts")
    assert (seconds(0.0342), seconds(2.14)) == ("0.034 s", "2.1 s")
    assert (share(1, 4), share(0, 0)) == ("25\u00a0% (1\u00a0of\u00a04)", "–")
