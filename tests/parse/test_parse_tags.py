"""HTML read as browsers read it, in one pass, and the tree that comes of it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import ParseError
from bulletin.parse.nesting import nested
from bulletin.parse.soup import LONGEST, attribute, check_selector, first, select, soup, words
from bulletin.parse.tags import End, Start, tags


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("a <b>c</b>", ["a ", Start("b", {}), "c", End("b")], id="plain"),
        pytest.param("<A HREF='x'TITLE=\"y\">", [Start("a", {"href": "x", "title": "y"})], id="quotes and capitals"),
        pytest.param("<a href=x/>", [Start("a", {"href": "x/"})], id="no quotes"),
        pytest.param('<a title=5" href=x>', [Start("a", {"title": '5"', "href": "x"})], id="stray quote"),
        pytest.param("<a =b = c href>", [Start("a", {"b": "c", "href": ""})], id="stray signs"),
        pytest.param("<a b=1 B=2>", [Start("a", {"b": "1"})], id="attribute twice"),
        pytest.param("<a b='>'>c", [Start("a", {"b": ">"}), "c"], id="sign in quotes"),
        pytest.param("1 < 2 <3 &amp; 4", ["1 < 2 <3 & 4"], id="less than"),
        pytest.param("x<!-- <p> -->y<!---->z<!-->w", ["x", "y", "z", "w"], id="comments"),
        pytest.param("x<!-- <p>", ["x"], id="comment without end"),
        pytest.param("<!doctype html><?php x ?></><![CDATA[x", [], id="declarations"),
        pytest.param("<p", [Start("p", {})], id="tag without end"),
        pytest.param("<p a='b>c</p>", [Start("p", {"a": "b>c</p>"})], id="quote without end"),
        pytest.param("<script>'<p>'</script >x<style>p", ["x"], id="code"),
        pytest.param("<svg><title>t</title></svg>x<svg/>y", ["x", "y"], id="drawings"),
        pytest.param("<title>a <b> &amp;</title>", [Start("title", {}), "a <b> &", End("title")], id="title"),
        pytest.param("<scripts>", [Start("scripts", {})], id="no script"),
        pytest.param("<p\"'x></p\"'x>y", ["y"], id="name that is none"),
        pytest.param("<p ' \" { ok=1>", [Start("p", {"ok": "1"})], id="attributes that are none"),
        pytest.param("<a b='?c&copy=2&amp;d&#51;&#x33;'>", [Start("a", {"b": "?c&copy=2&d33"})], id="references"),
        pytest.param("&#" + "9" * 5_000 + ";&#x" + "9" * 5_000 + "x", ["x"], id="number without end"),
    ],
)
def test_a_page_is_read_as_browsers_read_it(page, expected):
    assert list(tags(page)) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "<ul><li>a<li>b<ul><li>c</ul>d</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul>d</li></ul>", id="li"
        ),
        pytest.param("<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>", id="p"),
        pytest.param("<p>a<b>b<p>c", "<p>a<b>b</b></p><p>c</p>", id="p around more"),
        pytest.param("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>", id="dt"),
        pytest.param(
            "<table><tbody><tr><th>a<td>b<tr><td>c<tbody><tr><td>d</table>",
            "<table><tbody><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></tbody>"
            "<tbody><tr><td>d</td></tr></tbody></table>",
            id="table",
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>a</table>b</table>",
            "<table><tr><td><table><tr><td>a</td></tr></table>b</td></tr></table>",
            id="table in table",
        ),
        pytest.param("<div><table><tr><td>a</div>b", "<div><table><tr><td>ab</td></tr></table></div>", id="cell"),
        pytest.param("<i>a</b>b</i></p>", "<i>ab</i>", id="end of nothing"),
        pytest.param("<p>a<br>b</br><img src=x></p>c", '<p>a<br/>b<img src="x"/></p>c', id="void"),
        pytest.param("<div><span>a</div>b", "<div><span>a</span></div>b", id="ends what is inside"),
    ],
)
def test_what_writers_leave_out_is_put_in(page, expected):
    assert soup(page).decode() == expected


def test_elements_without_end_do_not_lie_too_deep():
    tree = soup("<div>" * 5_000 + "<a href=/x>words</a>" + "</div>" * 5_000 + "<p>after")
    (paragraph,) = select(tree, "p")
    assert len(list(select(tree, "div"))) == 128
    assert words(tree) == "words after"
    assert paragraph.parent is not None
    assert paragraph.parent.name == "[document]"


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<li>", "</ul>", "<ul>", "<td>", "<tr>", "<table>", "</table>", "<b>"]))
)
def test_every_element_that_ends_had_begun_and_lies_within_what_is_open(pieces):
    open_elements = []
    for tag in nested(tags("".join(pieces))):
        if isinstance(tag, Start):
            open_elements.append(tag.name)
        elif isinstance(tag, End):
            assert open_elements.pop() == tag.name


@given(st.text("<>/!-='\"&;# abpdivltscr", max_size=60))
def test_a_page_of_any_kind_is_a_tree_and_all_its_words_come_through(page):
    tree = soup(page)
    assert words(tree) == words(soup(tree.decode()))


def test_a_page_with_more_elements_than_any_needs_is_refused():
    with pytest.raises(ParseError, match="more elements than any page needs"):
        soup("<p>" * 100_001)


def test_of_many_attributes_the_first_60_are_kept():
    (tag,) = tags("<p " + " ".join(f"a{n}=1" for n in range(100)) + ">")
    assert isinstance(tag, Start)
    assert list(tag.attributes) == [f"a{n}" for n in range(60)]


def test_of_an_endless_page_the_beginning_is_read():
    assert select(soup("x" * LONGEST + "<p>"), "p") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        '<a "',
        "<a x='",
        "<",
        "</",
        "<script",
        "<script>",
        "<title>",
        "<svg ",
        "&",
        "&#",
        "<!",
        "<a b=1 ",
    ],
)
def test_no_page_takes_time_that_grows_with_the_square_of_its_length(piece):
    def seconds(length: int) -> float:
        page = piece * (length // len(piece))
        return min(_timed(page) for _ in range(3))

    assert seconds(800_000) <= 2.5 * seconds(400_000) + 0.05


def _timed(page: str) -> float:
    before = process_time()
    soup(page)
    return process_time() - before


def test_the_words_of_an_element_stand_as_a_browser_shows_them():
    tree = soup("<div><h3>A<b>B</b></h3>c<span hidden>no</span><i class='x sr-only'>no</i><p>d<br>e</div>")
    assert words(tree) == "AB c d e"
    assert words(tree, apart=True) == "A B c d e"
    assert len(words(soup("word " * 5_000))) == 5_000


def test_an_attribute_is_text_and_empty_when_it_is_not_there():
    (link,) = select(soup("<a class='b  c' href=d>"), "a")
    assert (attribute(link, "class"), attribute(link, "href"), attribute(link, "id")) == ("b c", "d", "")


def test_the_first_match_lies_inside_the_head_or_is_what_follows_it():
    head, *rest = select(soup("<div><h3 class=a>x</h3><p class=b>y</p><p class=c><i>z"), "div > *")
    assert [tag and words(tag) for tag in (first((head, *rest), name) for name in (".a", ".b", "i", "u"))] == [
        None,
        "y",
        "z",
        None,
    ]


@pytest.mark.parametrize("selector", ["article.teaser", "ul > li:not(.x)", "tr:has(a)", "a[href^='/news']", "#a .b"])
def test_a_css_selector_has_nothing_wrong(selector):
    assert check_selector(selector) == ""


@pytest.mark.parametrize(
    ("selector", "complaint"),
    [
        ("div..", "'div..' is no CSS selector: Malformed class selector at position 3"),
        ("p >", "'p >' is no CSS selector: Invalid character ' ' position 1"),
        ("", "'' is no CSS selector: Expected a selector at position 0"),
        ("li:nope", "'li:nope' is no CSS selector: ':nope' was detected as a pseudo-class"),
        ("li:contains('x')", "no lasting CSS selector: The pseudo class ':contains' is deprecated"),
        ("a" * 501, "a selector of 501 characters is too long: 500 are enough"),
    ],
)
def test_what_is_no_css_selector_is_told_in_one_line(selector, complaint):
    said = check_selector(selector)
    assert complaint in said
    assert "\n" not in said


def test_nothing_is_asked_with_a_selector_that_is_none():
    with pytest.raises(ParseError, match="is no CSS selector"):
        select(soup("<p>"), "p[")
