"""New feeds: written as YAML that reads back as the very same words, under names and ids that nobody has."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.config.feedsfile import FILE, NewFeed, distinct
from bulletin.config.scalar import scalar
from bulletin.config.source import understand
from bulletin.model import Access, Feed, FeedKind, Rights, Selectors

FORMS = {
    "NHS England news": "NHS England news",
    "Doctors' and dentists' pay": "Doctors' and dentists' pay",
    "健康新闻": "健康新闻",
    "https://a.example:80/b?c=d&e=%20+f": "https://a.example:80/b?c=d&e=%20+f",
    "King's Fund: news": '"King\'s Fund: news"',
    "No #1": '"No #1"',
    "a, b": '"a, b"',
    "- a": '"- a"',
    "[a]": '"[a]"',
    "ends:": '"ends:"',
    "null": '"null"',
    "09:00": '"09:00"',
    "a:b": "a:b",
    "": '""',
    "yes": "yes",
    "0123": "0123",
    'The "new" one': "'The \"new\" one'",
    'Manager\'s "new"': "'Manager''s \"new\"'",
    "C:\\feeds": "'C:\\feeds'",
    "C:\\Udeadbeef": '"C:\\U0000005cUdeadbeef"',
    "mark\ufeff": '"mark\\U0000feff"',
    "on two\n   lines": "on two lines",
    "👩‍⚕️ news": '"👩‍⚕️ news"',
}


@pytest.mark.parametrize(("value", "form"), FORMS.items(), ids=map(repr, FORMS))
def test_a_value_has_quotation_marks_only_if_it_needs_them(value, form):
    assert scalar(value) == form


TEXT = st.one_of(
    st.text(), st.lists(st.sampled_from([*"\"'\\:#-,[]{}&*!|>%@`?~= \n\tUu0", "null", "a", "é"])).map("".join)
)


@given(TEXT)
@example("\\udeadbeef")
@example("a\u2028b\x85c\x00\ud800")
@settings(deadline=None, max_examples=300)
def test_any_value_reads_back_as_the_same_words_on_one_line(value):
    words = " ".join(value.split())
    for text in (f"feeds: {scalar(value)}\n", f"feeds: {{a: {scalar(value)}}}\n", f"feeds: [{scalar(value)}]\n"):
        document = understand(FILE, text.encode("utf-8"))
        assert not document.mistakes
        found = document.data["feeds"]
        assert (
            found if isinstance(found, str) else next(iter(found.values() if isinstance(found, dict) else found))
        ) == words


def test_only_what_is_given_is_written_and_in_the_order_of_the_documentation():
    assert NewFeed("A", "https://a.example/").lines() == ["name: A", "url: https://a.example/"]
    whole = NewFeed(
        "A",
        "https://a.example/",
        FeedKind.PAGE,
        Selectors("#news li", title="h2"),
        id="one",
        every="1d",
        rights=Rights.OGL,
        access=Access.FREE,
        topics=("policy", "digital"),
        agent="Mozilla/5.0",
    )
    assert whole.lines() == [
        "name: A",
        "page: https://a.example/",
        'items: "#news li"',
        "title: h2",
        "id: one",
        "every: 1d",
        "rights: ogl",
        "access: free",
        "topics: [policy, digital]",
        "agent: Mozilla/5.0",
    ]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (FeedKind.PUBMED, "pubmed: x"),
        (FeedKind.EUROPEPMC, "europepmc: x"),
        (FeedKind.CROSSREF, "crossref: x"),
        (FeedKind.MAIL, "mail: x"),
    ],
)
def test_what_is_asked_stands_after_the_key_of_its_kind(kind, line):
    assert NewFeed("A", "x", kind).lines()[1] == line


KNOWN = [
    Feed("news", "News", "https://www.a.example/feed/"),
    Feed("beds", "Beds", "https://pubmed.example/", kind=FeedKind.PUBMED, search="beds"),
]


def names_and_ids(*feeds: NewFeed) -> list[tuple[str, str]]:
    return [(feed.name, feed.id) for feed in distinct(feeds, KNOWN)]


@pytest.mark.parametrize(
    "feed",
    [NewFeed("Other", "http://a.example/feed?utm_source=x"), NewFeed("Other", " beds ", FeedKind.PUBMED)],
    ids=["address", "search"],
)
def test_what_is_known_is_left_out(feed):
    assert distinct([feed], KNOWN) == ()


def test_what_stands_twice_in_a_list_is_taken_once():
    assert names_and_ids(NewFeed("A", "https://b.example/x"), NewFeed("B", "https://b.example/x/")) == [("A", "")]


def test_a_name_that_is_taken_is_told_apart_by_its_host():
    feeds = [NewFeed("NEWS", f"https://www.b.example/{number}") for number in range(3)]
    assert names_and_ids(*feeds) == [
        ("NEWS (b.example)", ""),
        ("NEWS (b.example) 2", ""),
        ("NEWS (b.example) 3", ""),
    ]


def test_a_name_without_letters_for_an_id_gets_one_from_its_host():
    feeds = [NewFeed(name, f"https://b.example/{name}") for name in ("健康", "新闻", "con")]
    assert names_and_ids(*feeds) == [("健康", "b-example"), ("新闻", "b-example-2"), ("con", "b-example-3")]


def test_the_id_of_another_name_is_not_taken():
    feeds = [NewFeed("News!", "https://b.example/1"), NewFeed("By hand", "https://b.example/2")]
    assert names_and_ids(*feeds) == [("News!", "b-example"), ("By hand", "b-example-2")]


def test_a_given_id_is_kept():
    assert names_and_ids(NewFeed("News!", "https://b.example/", id="mine")) == [("News!", "mine")]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("", "b.example"),
        ("\x00\x1b", "b.example"),
        ("a\x07b\n c", "ab c"),
        ("a" * 300, "a" * 200),
    ],
)
def test_a_hostile_name_is_made_fit_to_be_shown(name, clean):
    assert names_and_ids(NewFeed(name, "https://b.example/")) == [(clean, "")]


def test_what_has_no_host_is_named_after_its_kind():
    assert names_and_ids(NewFeed("", "https://[b/"), NewFeed("", "nurses", FeedKind.PUBMED)) == [
        ("feed", ""),
        ("pubmed", ""),
    ]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
@settings(deadline=None)
def test_no_two_feeds_of_any_list_share_a_name(pairs):
    feeds = distinct([NewFeed(name, asked) for name, asked in pairs], KNOWN)
    names = [feed.name.casefold() for feed in feeds]
    assert len({*names, "news", "beds"}) == len(names) + 2
