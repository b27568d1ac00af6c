"""The selector that a librarian gets who knows no CSS."""

import pytest
from pagewriter import page_visit, parsed, stored
from test_parse_webpage import SHAPES

from bulletin.errors import ParseError
from bulletin.model import Selectors
from bulletin.parse.guess import guess


def guessed(body: str | bytes) -> str:
    """The selector that is proposed for a page, empty for none."""
    found = guess(page_visit(body))
    return found.item if found else ""


def listing(of: str, count: int = 5) -> str:
    """So many of these, each with a title and day of its own."""
    return "".join(of.replace("TITLE", f"The title of item {n}").replace("LINK", f"/item/{n}") for n in range(count))


NEWS = "<div class=news-item><h3><a href=LINK>TITLE</a></h3><p>1 May 2026</p></div>"


@pytest.mark.parametrize("name", SHAPES)
def test_the_items_of_a_listing_are_found(name):
    assert guess(page_visit(stored(name))) == Selectors(SHAPES[name][0])


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_proposed_reads_the_page_that_it_was_made_for(name):
    titles = [item.title for item in parsed(stored(name), guessed(stored(name))).items]
    assert titles == [title for title, *_ in SHAPES[name][1:]]


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        "<aside>{}</aside>",
        "<header>{}</header>",
        "<div role=navigation>{}</div>",
        "<div role=dialog>{}</div>",
        "<div class='cookie-consent'>{}</div>",
        "<div id=sidebar>{}</div>",
        "<div class='site-footer'>{}</div>",
        "<ul class='breadcrumb'>{}</ul>",
    ],
)
def test_what_stands_aside_is_never_the_list(around):
    aside = around.format(listing("<div class=item><h3><a href=LINK>TITLE</a></h3> 1 May 2026</div>", 20))
    assert guessed(f"<body>{aside}<main>{listing(NEWS, 4)}</main>") == "div.news-item"
    assert guessed(f"<body>{aside}") == ""


@pytest.mark.parametrize("name", ["has-sidebar", "menu-open", "no-cookies"])
def test_a_page_that_is_called_after_its_sidebar_is_read_all_the_same(name):
    assert guessed(f"<body class={name}><div class={name}><h1>News</h1>{listing(NEWS)}</div>") == "div.news-item"


def test_blocks_with_dates_and_headings_are_preferred():
    links = listing("<li class=post><a href=LINK>TITLE is long enough</a></li>", 40)
    assert guessed(f"<main>{listing(NEWS, 4)}<ul>{links}</ul>") == "div.news-item"


def test_a_list_of_telling_links_is_better_than_nothing():
    assert guessed("<ul class=papers>" + listing("<li><a href=LINK>TITLE</a></li>", 8) + "</ul>") == "ul.papers li"


@pytest.mark.parametrize(
    "page",
    [
        "<html><p>Nothing here",
        "<a href=/a>One</a> <a href=/b>Two</a> <a href=/c>Three</a>",
        listing(NEWS, 2),
        "".join(f"<div class=news-item><h3><a href=/same>Title {n}</a></h3>1 May 2026</div>" for n in range(9)),
        "".join(f"<div class=news-item><h3><a href='#{n}'>Title {n}</a></h3>1 May 2026</div>" for n in range(9)),
    ],
    ids=["no links", "few words", "two", "one address", "places of the page"],
)
def test_where_nothing_looks_like_a_list_nothing_is_proposed(page):
    assert guess(page_visit(page)) is None


@pytest.mark.parametrize(
    ("of", "selector"),
    [
        ("<div class='css-1x2 col-6 odd mt-4 teaser'><a href=LINK>TITLE</a> 1 May 2026</div>", "div.teaser"),
        ("<div class='post-N1'><a href=LINK>TITLE</a> 1 May 2026</div>", "section.list > div"),
        ("<div class='md:w-1/2 x[y]'><a href=LINK>TITLE</a> 1 May 2026</div>", "section.list > div"),
        ("<article><a href=LINK>TITLE</a> 1 May 2026</article>", "section.list article"),
        ("<div class='zebra card'><a href=LINK>TITLE</a> 1 May 2026</div>", "div.card"),
    ],
)
def test_a_selector_names_what_a_thing_is_and_not_how_it_looks(of, selector):
    assert guessed(f"<section class=list>{listing(of)}</section>") == selector


def test_without_any_name_the_element_alone_must_do():
    assert guessed("<body><ul>" + listing("<li><a href=LINK>TITLE</a> 1 May 2026") + "</ul>") == "li"


def test_what_is_no_page_is_refused():
    with pytest.raises(ParseError, match="gives a PDF"):
        guess(page_visit("%PDF-1.7"))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            listing("<li class='a b c d e f g h i j k l m'><a href=LINK>TITLE</a> 1 May 2026", 5_000), id="wide"
        ),
        pytest.param("<div class=item>" * 40_000 + "<a href=/x>TITLE</a>", id="deep"),
        pytest.param("<a href='/x' class='" + "a b c d " * 2_000 + "'>A long title of it</a>", id="classes"),
    ],
)
def test_a_page_that_wants_to_cost_much_is_guessed_all_the_same(page):
    guess(page_visit(page))
