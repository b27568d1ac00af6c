"""Web pages without a feed: what selectors find, what is found without them, and what a page cannot do to us."""

from datetime import UTC, datetime

import pytest
from feedwriter import visit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagewriter import PAGES, URL, only, page_visit, parsed, stored

from bulletin import parse
from bulletin.errors import ParseError
from bulletin.model import DateFlag, DateSource, Item, Selectors, Trouble
from bulletin.parse import webpage

HOST = "https://host.example.org"
CARD = "<h3><a href='/a'>A title</a></h3><p>12 November 2026</p><p>What the article has to say in a few words.</p>"


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# What each page holds: its selector, and title, address and day of its items.
SHAPES = {
    "cards": (
        "article.c-card",
        ("Waiting times in community services", f"{HOST}/publications/waiting-times", (2026, 11, 12)),
        ("Neighbourhood health: what now?", f"{HOST}/blogs/neighbourhood-health", (2026, 11, 9)),
        ("Social care 360", f"{HOST}/long-reads/social-care-360", (2026, 11, 4)),
        ("Our response to the Budget", f"{HOST}/press/budget-response", (2026, 10, 30)),
    ),
    "listing": (
        "a.listing-item",
        ("What the new NHS staffing figures mean", f"{HOST}/news-item/nhs-staffing-figures", (2026, 11, 18, 9)),
        ("Dental access: a bitter pill", f"{HOST}/news-item/dental-access", (2026, 11, 11, 9)),
        ("Five charts on the spending review", f"{HOST}/news-item/spending-review", (2026, 11, 2, 9)),
    ),
    "tiles": (
        "div.tile",
        (
            "Living longer with more conditions",
            "https://pages.example.org/news/long-term-conditions",
            (2026, 11, 17),
        ),
        (
            "What the public thinks of the NHS plan",
            "https://pages.example.org/news/public-attitudes",
            (2026, 11, 10),
        ),
        ("AI in general practice: early lessons", "https://evidence.example.org/ai-in-practice", (2026, 11, 3)),
    ),
    "members": (
        "li.search-result",
        ("Integrated care: the outlook for 2027", f"{HOST}/publications/integrated-care-outlook", (2026, 11, 19)),
        ("The ten-year plan, one year on", f"{HOST}/publications/ten-year-plan", (2026, 11, 12)),
        ("Winter is here: are we ready?", f"{HOST}/articles/winter-is-here", (2026, 11, 5)),
    ),
    "finder": (
        "li.gem-c-document-list__item",
        ("Hospital food standards", f"{HOST}/government/consultations/hospital-food-standards", (2026, 11, 20)),
        (
            "Estates strategy for health and care",
            f"{HOST}/government/publications/estates-strategy",
            (2026, 11, 17),
        ),
        ("The mandate to the service", f"{HOST}/government/publications/mandate", (2026, 11, 3)),
    ),
    "wordpress": (
        "article.post",
        ("New theatre opens its doors", f"{HOST}/new-theatre/", (2026, 11, 16, 8, 30)),
        (
            "Greener anaesthesia saves 90 tonnes of carbon",
            f"{HOST}/greener-anaesthesia/",
            (2026, 11, 9, 8, 30),
        ),
        ("A new chair for the board", f"{HOST}/board-chair/", (2026, 11, 1, 8, 30)),
    ),
    "drupal": (
        "div.views-row",
        ("Regulation 12: safe care and treatment", f"{HOST}/guidance/regulation-12", (2026, 11, 20)),
        ("The duty of candour", f"{HOST}/guidance/duty-of-candour", (2026, 11, 9)),
        ("Visiting in care homes and hospitals", f"{HOST}/guidance/visiting", (2026, 10, 27)),
        ("Managing medicines at home", f"{HOST}/guidance/medicines", (2026, 10, 1)),
    ),
    "board-papers": (
        "table.papers tr",
        ("Public board meeting", f"{HOST}/papers/2026-11-public.pdf", None),
        ("Annual general meeting", f"{HOST}/papers/2026-09-agm.pdf", (2026, 9, 29)),
        ("Public board meeting", f"{HOST}/papers/2026-09-public.pdf", (2026, 9, 30)),
        ("Extraordinary meeting", f"{HOST}/papers/2026-07-extra.pdf", (2026, 7, 15)),
    ),
    "plain-list": (
        "div#bulletins li",
        ("Bulletin 106: patient safety and learning", f"{HOST}/news/b/106.pdf", (2026, 11, 3)),
        ("Bulletin 105: quality improvement", f"{HOST}/news/b/105.pdf", (2026, 10, 6)),
        ("Bulletin 104: leadership and culture", f"{HOST}/news/b/104.pdf", (2026, 9, 1)),
        ("Bulletin 103: digital and data", f"{HOST}/news/b/103.pdf", (2026, 8, 4)),
    ),
    "headings": (
        "div.rich-text h3",
        ("Preventing falls on the wards", f"{HOST}/evidence/falls", (2026, 11, 12)),
        ("Sepsis: the first hour counts", f"{HOST}/evidence/sepsis", (2026, 11, 5)),
        ("Burnout in junior doctors", f"{HOST}/evidence/burnout", (2026, 10, 29)),
    ),
}


def test_every_stored_page_is_read():
    assert {path.stem for path in PAGES.iterdir()} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_the_items_of_a_page_are_found_by_one_selector(name):
    selector, *expected = SHAPES[name]
    found = parsed(stored(name), selector)
    assert [(item.title, item.url, item.published) for item in found.items] == [
        (title, url, when and day(*when)) for title, url, when in expected
    ]
    assert (found.warning, found.complete) == ("", True)


@pytest.mark.parametrize("name", [name for name in SHAPES if name not in ("board-papers", "plain-list")])
def test_the_first_paragraph_that_says_something_is_the_summary(name):
    assert all(len(item.summary) > 50 for item in parsed(stored(name), SHAPES[name][0]).items)


def test_the_words_of_a_summary_keep_what_is_emphasised():
    assert parsed(stored("cards"), "article.c-card").items[0].summary == (
        "Why the <em>hidden</em> waiting lists in the community matter, and what could be done about them."
    )


def test_each_part_can_be_named():
    item = only(
        "<p class=k>Report</p><h3>Wrong</h3><p class=t>Right <b>title</b></p><a href=/wrong>x</a>"
        "<p class=l><a href=/r>y</a></p><p>1 May 2020</p>"
        "<i class=d>3rd May 2026</i><div class=s>Said <i>so</i></div>",
        title=".t",
        link=".l",
        date=".d",
        summary=".s",
    )
    assert (item.title, item.url, item.summary) == ("Right title", f"{HOST}/r", "Said <i>so</i>")
    assert item.published == day(2026, 5, 3)


def test_a_named_date_that_is_not_there_is_not_looked_for_elsewhere():
    item = only(CARD, date=".when", summary=".what")
    assert (item.published, item.summary) == (None, "")


def test_a_named_title_that_is_not_there_is_looked_for_and_told():
    found = parsed(f"<article>{CARD}</article>", title=".name", link=".name", date=".when", summary=".what")
    assert (found.items[0].title, found.items[0].url) == ("A title", f"{HOST}/a")
    assert found.warning == "; ".join(
        f"the selector {selector!r} finds no {part} in any item of this page"
        for selector, part in ((".name", "title"), (".name", "link"), (".when", "date"), (".what", "summary"))
    )


@pytest.mark.parametrize(
    ("inside", "title", "url"),
    [
        pytest.param("<a href=/n>News</a><h2><a href=/t>Title</a></h2>", "Title", "/t", id="heading before link"),
        pytest.param("<a href=/t><h2>Title</h2></a>", "Title", "/t", id="link around heading"),
        pytest.param("<h2>Title</h2><a href=/t>Read more</a>", "Title", "/t", id="heading without link"),
        pytest.param("<h2></h2><a href=/t>A title</a>", "A title", "/t", id="empty heading"),
        pytest.param("<a href=/n>More</a><a href=/t>A long title</a>", "A long title", "/t", id="longest link"),
        pytest.param("<b class=cardTitle>Title</b><a href=/t>More</a>", "Title", "/t", id="class"),
        pytest.param("<a href=/t aria-label='A title'><img src=x></a>", "A title", "/t", id="label"),
        pytest.param("<a href=/t><img alt='A picture'></a>", "A picture", "/t", id="picture"),
        pytest.param("<p>Minutes</p><p>1 May 2026</p><a href=/t>Download</a>", "Minutes", "/t", id="words beside"),
        pytest.param("<h2><a href='#top'>Title</a></h2><a href=/t>x</a>", "Title", "/t", id="place on the page"),
        pytest.param("<h2><a href='javascript:x()'>Title</a></h2><a href=t>x</a>", "Title", "/news/t", id="script"),
        pytest.param("<h2>Title</h2>", "Title", "/news/index.html", id="no link"),
        pytest.param("<h2>A &lt;b&gt; &amp; c</h2><a href=/t>", "A <b> & c", "/t", id="signs"),
        pytest.param("<h2>A <span class=sr-only>hidden</span>title</h2>", "A title", "/news/index.html", id="hidden"),
    ],
)
def test_title_and_link_are_found_as_a_reader_finds_them(inside, title, url):
    item = only(inside)
    assert (item.title, item.url) == (title, HOST + url)


def test_an_item_may_lie_inside_of_its_link():
    (item,) = parsed("<a href=/t><div class=card><h3>Title</h3></div></a>", ".card").items
    assert item.url == f"{HOST}/t"


@pytest.mark.parametrize(
    ("inside", "expected", "source"),
    [
        ("<time datetime=2026-11-03>yesterday</time>", (2026, 11, 3), DateSource.PUBLISHED),
        ("<time datetime=soon>3 November 2026</time>", (2026, 11, 3), DateSource.PUBLISHED),
        ("<span class=postDate>03/11/26</span>", (2026, 11, 3), DateSource.PUBLISHED),
        ("<meta itemprop=datePublished content=2026-11-03>", (2026, 11, 3), DateSource.PUBLISHED),
        (
            "<span class=update-list>x</span>Posted on 3rd of November, 2026 by us",
            (2026, 11, 3),
            DateSource.PUBLISHED,
        ),
        ("Updated 9 November 2026. Published 3 November 2026", (2026, 11, 3), DateSource.PUBLISHED),
        ("<p>Last updated: <time datetime=2026-11-03></time></p>", (2026, 11, 3), DateSource.UPDATED),
        ("Revised 3 November 2026", (2026, 11, 3), DateSource.UPDATED),
        (
            "<time class=updated datetime=2026-11-09></time><time datetime=2026-11-03></time>",
            (2026, 11, 3),
            DateSource.PUBLISHED,
        ),
        ("<span class=date>November 2026</span>", (2026, 11, 1), DateSource.PUBLISHED),
    ],
)
def test_the_date_is_found_as_a_reader_finds_it(inside, expected, source):
    item = only(f"<h3><a href=/a>Title</a></h3>{inside}")
    assert (item.published, item.date_source) == (day(*expected), source)


@pytest.mark.parametrize("inside", ["In November 2026 we will", "2026", "12 November", "<time>five days ago</time>"])
def test_what_names_no_whole_day_is_no_date(inside):
    item = only(f"<h3><a href=/a>Title</a></h3>{inside}")
    assert (item.published, item.date_source, item.date_flag) == (None, DateSource.FIRST_SEEN, DateFlag.NONE)


def test_a_day_beside_the_title_counts_before_the_day_in_it():
    assert only("<h3>Notices of 2 to 6 November 2026</h3>Issued: 9 November 2026").published == day(2026, 11, 9)
    assert only("<h3>Minutes of 6 November 2026</h3>").published == day(2026, 11, 6)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("<base href='https://other.example.org/x/'>", "https://other.example.org/x/a"),
        ("<base href='/y/'>", f"{HOST}/y/a"),
        ("<base><base href='/y/'><base href='/z/'>", f"{HOST}/y/a"),
        ("<base href='javascript:alert(1)//'>", f"{HOST}/news/a"),
        ("<base href='data:text/html,x'>", f"{HOST}/news/a"),
        ("<base href='https://user@evil.example/'>", f"{HOST}/news/a"),
        ("", f"{HOST}/news/a"),
    ],
)
def test_relative_links_stand_on_the_base_if_it_is_a_web_address(base, expected):
    page = f"{base}<article><h3><a href=a>Title</a></h3><p>See <a href=a>this</a> and a few more words.</p></article>"
    (item,) = parsed(page).items
    assert (item.url, expected in item.summary) == (expected, True)


def test_what_stands_in_the_navigation_too_is_left_out():
    page = "<nav><ul><li><a href=/m>Menu</a></ul></nav><ul><li><a href=/a>Title</a></ul><footer><li><a href=/f>F</a>"
    assert [item.url for item in parsed(page, "li").items] == [f"{HOST}/a"]
    assert [item.url for item in parsed(page, "nav li").items] == [f"{HOST}/m"]


def test_an_item_that_stands_twice_is_brought_once_at_its_first_place_in_its_fullest_form():
    page = (
        "<article><a href=/a><img></a></article><article><a href=/a>A title</a></article>"
        f"<article><a href=/b>Another</a></article><article>{CARD}</article>"
    )
    found = parsed(page).items
    assert [(item.title, item.published) for item in found] == [("A title", day(2026, 11, 12)), ("Another", None)]


def test_two_items_that_lead_to_one_page_are_two():
    page = "<article><a href=/a>May's papers</a></article><article><a href=/a>June's papers</a></article>"
    assert len(parsed(page).items) == 2


def test_a_row_within_a_row_is_one_item():
    page = "<div class=row><div class=row><h3><a href=/a>Title</a></h3></div></div>"
    assert len(parsed(page, "div.row").items) == 1


def test_of_an_endless_page_the_first_500_items_are_read_in_page_order():
    page = "".join(f"<article><a href=/{n}>Title {n}</a></article>" for n in range(700))
    found = parsed(page)
    assert [item.title for item in found.items] == [f"Title {n}" for n in range(500)]
    assert found.warning == "the page has more than 500 items; the first 500 were read"


def test_of_a_page_of_many_megabytes_the_beginning_is_read():
    found = parsed(f"<article>{CARD}</article>" + "x" * 5_300_000)
    assert found.warning == "the page is too long: only its first 5,242,880 characters were read"


@pytest.mark.parametrize(
    "body",
    [
        "<html><meta charset=windows-1252><article><h3>Caf\xe9</h3>".encode("cp1252"),
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><article><h3>Caf\xe9".encode(
            "cp1252"
        ),
        "\ufeff<article><h3>Caf\xe9".encode(),
        "<article><h3>Caf\xe9".encode("utf-16"),
    ],
    ids=["meta", "http-equiv", "mark", "UTF-16"],
)
def test_the_page_itself_may_name_its_character_set(body):
    found = parsed(body)
    assert ([item.title for item in found.items], found.warning) == (["Café"], "")


def test_the_page_tells_its_language():
    assert parsed("<html lang=cy-GB><article><h3>Teitl</h3>").items[0].language == "cy-GB"


@pytest.mark.parametrize(
    ("body", "trouble", "reason"),
    [
        pytest.param(
            "<html><p>x",
            Trouble.NOT_A_FEED,
            "the selector 'article' finds nothing on this page any more: the site may have been rebuilt, or fills "
            f"the page in by script; try `bulletin feeds try {URL}`",
            id="rebuilt",
        ),
        pytest.param(
            "<article></article><article><img></article>",
            Trouble.NOT_A_FEED,
            "the selector 'article' finds 2 places on this page, but neither a title nor a link in any of them: "
            f"`bulletin feeds try {URL}` shows what could be read",
            id="nothing in it",
        ),
        pytest.param(" \n\0", Trouble.EMPTY, "the page is empty: look at the address in a browser", id="empty"),
        pytest.param(
            "<html><title>Just a moment...</title>",
            Trouble.BOT_CHECK,
            "the site answered with a bot check, which only a browser passes, instead of what it was asked for",
            id="bot check",
        ),
        pytest.param(
            "%PDF-1.7 <x",
            Trouble.NOT_A_FEED,
            "this address gives a PDF: give the DOI of the document, or the web page that leads to it",
            id="PDF",
        ),
        pytest.param(
            "<?xml version='1.0'?><rss><channel/></rss>",
            Trouble.NOT_A_FEED,
            "this address gives a feed, not a web page: it can be read without selectors",
            id="feed",
        ),
        pytest.param(
            '{"a": 1}',
            Trouble.NOT_A_FEED,
            "this address gives a file or data, not a web page: give the web page that leads to it",
            id="data",
        ),
        pytest.param(
            b"PK\3\4\0\0<p>",
            Trouble.NOT_A_FEED,
            "this address gives a file or data, not a web page: give the web page that leads to it",
            id="file",
        ),
    ],
)
def test_a_page_without_items_is_refused_with_what_to_do(body, trouble, reason):
    with pytest.raises(ParseError) as refused:
        parsed(body)
    assert (str(refused.value), refused.value.trouble) == (reason, trouble)


def test_a_page_needs_a_selector():
    with pytest.raises(ParseError, match=r"`bulletin feeds try .*` proposes a selector"):
        webpage.read(page_visit(stored("cards")))


def test_a_selector_that_is_none_is_told():
    with pytest.raises(ParseError, match=r"'\.\.' is no CSS selector"):
        parsed(stored("cards"), "article", date="..")


@pytest.mark.parametrize(
    "inside",
    [
        "<a href='javascript:alert(1)'>XSSMARK</a>",
        "<a href='&#106;avascript:alert(1)'>XSSMARK</a>",
        "<a href=' java\tscript:alert(1)'>XSSMARK</a>",
        "<a href='data:text/html,<script>'>XSSMARK</a>",
        "<h3>XSSMARK</h3><p onclick=alert(1)>One <script>alert(1)</script><b onload=x>two</b> three four five</p>",
        "<h3>XSSMARK</h3><p>One <a href='javascript:alert(1)'>two</a> <img src=x onerror=alert(1)> a b c</p>",
        "<h3>XSSMARK</h3><p>&lt;script&gt;alert(1)&lt;/script&gt; one two three four five</p>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'><h3>XSSMARK</h3>",
        "<h3>XSSMARK</h3><a href='https://host.example.org@evil.example/'>x</a>",
    ],
)
def test_nothing_of_a_page_can_run_or_lead_astray(inside):
    item = only(inside)
    assert item.url == URL
    assert item.title == "XSSMARK"
    assert not any(
        word in item.summary for word in ("<script", "javascript:", "onclick", "onload", "onerror", "<img")
    )


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<article>{CARD}" + "<article>" * 49_000, id="deep"),
        pytest.param("<article><h3>t</h3><p>" + "word " * 400_000, id="long paragraph"),
        pytest.param("<article><h3>" + "t" * 1_000_000, id="long title"),
        pytest.param("<article><h3>t</h3><a " + "a=b " * 200_000 + "href=/a>", id="many attributes"),
        pytest.param("<article><h3>t</h3><a href='/" + "a" * 1_000_000 + "'>", id="long address"),
        pytest.param("<article class='" + "a " * 200_000 + "'><h3>t</h3>", id="many classes"),
        pytest.param("<article><h3>t</h3>" + "12 November " * 50_000, id="many dates"),
        pytest.param("<article><h3>t</h3>" + "&#" * 300_000, id="many references"),
    ],
)
def test_a_page_that_wants_to_cost_much_costs_little(page):
    for item in parsed(page).items:
        assert len(item.title) <= 500
        assert len(item.summary) <= 20_000
        assert len(item.url) <= 2_000


TAGS = ("<article>", "</article>", "<a href=x>", "<a href='//y/z'>", "</a>", "<h3>", "</h3>", "<p>", "<time>", "<td>")
WORDS = ("1 May 2026", "word ", "one two three four five", "<time datetime='2026-13-45'>", "<!--", "'", "\0", "&")
PIECES = st.one_of(st.sampled_from(TAGS + WORDS), st.text(max_size=5))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_page_of_any_kind_gives_items_or_a_parse_error(page):
    for item in survives(f"<article>{page}"):
        assert item.title
        assert item.url.startswith(("http://", "https://"))


def survives(page: str) -> tuple:
    """The items of a page; a ParseError, which is one line, counts as none."""
    try:
        return parsed(page, "*").items
    except ParseError as error:
        message = str(error)
    assert "\n" not in message
    return ()


def test_pages_are_read_in_processes_that_touch_nothing():
    page = page_visit(stored("wordpress"), item="article.post")
    with parse.Readers(1) as readers:
        tasks = [
            readers.submit(page),
            readers.call("guess", Selectors | None, page),
            readers.call("feeds_of", tuple[parse.FoundFeed, ...], page),
            readers.call("landing", Item, page),
        ]
        read, guessed, feeds, landed = (task.result() for task in tasks)
    assert read == parse.document(page)
    assert guessed == Selectors("article.post")
    assert feeds[0] == parse.FoundFeed(f"{HOST}/feed/", "RSS")
    assert landed.title == "News – Example NHS Trust"


def test_a_page_that_is_read_as_a_feed_is_none():
    with pytest.raises(ParseError, match="a web page, not a feed"):
        parse.document(visit(stored("cards"), "text/html"))
