"""What makes two items one: DOIs, addresses, titles and keys."""

import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin import identity
from bulletin.model import Item

URLS = st.one_of(
    st.text(),
    st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["http://", "https://", "HTTPS://", "ftp://", "//", ""]),
        st.one_of(
            st.sampled_from(
                ["www.x.org", "www.www.x.org", "x.org:443", "[::1]:8080", "[fe80::1%25a]", "a@x.org", "x.", "."]
            ),
            st.text(max_size=8),
        ),
        st.one_of(st.just(""), st.text(max_size=8).map("/{}".format), st.text("/%2F;. ", max_size=8)),
        st.one_of(
            st.just(""),
            st.lists(
                st.sampled_from(["utm_source=rss", "b=2", "a=1", "a", "", "a=%26", "%75tm_x=1", "q=a+b%20c", "a=%zz"])
            ).map(lambda pairs: "?" + "&".join(pairs)),
            st.text(max_size=8).map("?{}".format),
        ),
        st.one_of(st.just(""), st.text(max_size=8).map("#{}".format), st.text(max_size=8).map("#!{}".format)),
    ),
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        pytest.param("10.5555/ABC.1", "10.5555/abc.1", id="bare, in lower case"),
        pytest.param("https://doi.org/10.5555/abc", "10.5555/abc", id="resolver"),
        pytest.param("doi:10.5555/abc", "10.5555/abc", id="prefix"),
        pytest.param("https://x.org/doi/full/10.1111/jan.15123?af=R", "10.1111/jan.15123", id="in an address"),
        pytest.param("https://x.org/doi/10.1002%2Fabc", "10.1002/abc", id="percent-encoded"),
        pytest.param("https://x.org/10.5555/abc.full.pdf", "10.5555/abc", id="tails on tails"),
        pytest.param("https://x.org/10.5555/abc/abstract", "10.5555/abc", id="a page of the article"),
        pytest.param("(see 10.5555/abc).", "10.5555/abc", id="in a sentence"),
        pytest.param("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5", id="brackets inside"),
        pytest.param("10.1101/2026.01.02.26001234v2.full-text", "10.1101/2026.01.02.26001234", id="preprint version"),
        pytest.param(
            "10.1002/(SICI)1096-8628(19960122)61:3<216::AID-AJMG4>3.0.CO;2-S",
            "10.1002/(sici)1096-8628(19960122)61:3<216::aid-ajmg4>3.0.co;2-s",
            id="SICI, which holds the page in angle brackets",
        ),
        pytest.param("<b>10.5555/abc</b>", "10.5555/abc", id="in markup"),
        pytest.param("10.5555/a\x00b", "10.5555/a", id="ends at a control character"),
        pytest.param("10.5555/abc 10.5555/def", "10.5555/abc", id="the first of two"),
        pytest.param("10.5555/", "", id="no suffix"),
        pytest.param("10.5555/)", "", id="nothing but a bracket"),
        pytest.param("10.55/abc", "", id="a prefix too short"),
        pytest.param("PMID: 12345", "", id="another identifier"),
        pytest.param("", "", id="nothing"),
        pytest.param("10.5555/" + "a" * 500, "", id="too long to be one"),
    ],
)
def test_the_doi_in(text, doi):
    assert identity.doi(text) == doi


@pytest.mark.parametrize("tail", [")", "/full", ".pdf"])
def test_a_doi_with_endless_tails_takes_no_time(tail):
    assert identity.doi("10.5555/a" + tail * 100_000 + "x") == ""


@given(st.text(string.ascii_letters + string.digits + "/.():;-_", min_size=1))
def test_a_doi_is_its_own_doi(suffix):
    once = identity.doi(f"10.5555/{suffix}")
    assert identity.doi(once) == once


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        pytest.param(
            "https://x.org/a?utm_source=rss&id=7", "https://x.org/a?id=7", id="tracking goes, the rest stays"
        ),
        pytest.param("https://x.org/a?utm_source=rss", "https://x.org/a", id="no question mark is left over"),
        pytest.param("https://x.org/a?b=2&a=1#part", "https://x.org/a?b=2&a=1#part", id="order and fragment stay"),
        pytest.param("https://x.org/a?rss=yes#part", "https://x.org/a#part", id="the fragment stays"),
        pytest.param("https://x.org/a?source=rss", "https://x.org/a", id="a value that says rss"),
        pytest.param("https://x.org/a?source=nhs", "https://x.org/a?source=nhs", id="a value that says something"),
        pytest.param("https://x.org/a?UTM_Medium=x", "https://x.org/a", id="in capitals"),
        pytest.param("https://x.org/a?%75tm_medium=x", "https://x.org/a", id="in disguise"),
        pytest.param(
            "https://x.org/a?x=%2f+%20", "https://x.org/a?x=%2f+%20", id="written as the publisher wrote it"
        ),
        pytest.param("http://[x/a?utm_source=rss", "http://[x/a?utm_source=rss", id="no address at all"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_an_address_without_tracking(url, clean):
    assert identity.clean_url(url) == clean


@given(URLS)
def test_a_clean_address_is_clean(url):
    once = identity.clean_url(url)
    assert identity.clean_url(once) == once


@given(URLS)
def test_a_clean_address_is_the_same_place(url):
    assert identity.canonical_url(identity.clean_url(url)) == identity.canonical_url(url)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param("HTTPS://WWW.X.org:443/a/?b=2&a=1&utm_source=z#top", "x.org/a?a=1&b=2", id="all that goes"),
        pytest.param("http://x.org:8080/a", "x.org:8080/a", id="a port of its own stays"),
        pytest.param("https://x.org/A", "x.org/A", id="the path keeps its case"),
        pytest.param("https://x.org/%7Eann/caf%C3%A9", "x.org/~ann/caf%C3%A9", id="one way to write a character"),
        pytest.param("https://x.org/~ann/café", "x.org/~ann/caf%C3%A9", id="the other way to write it"),
        pytest.param("https://ann:pw@x.org/a", "x.org/a", id="a user goes"),
        pytest.param("https://x.org./a", "x.org/a", id="the root's dot goes"),
        pytest.param("https://x.org/?q=1", "x.org?q=1", id="a home page with a question is a page"),
        pytest.param("https://x.org/#!/a b", "x.org#!/a%20b", id="a route is a page"),
        pytest.param("https://x.org/#top", "", id="a home page identifies nothing"),
        pytest.param("https://x.org/?utm_source=rss", "", id="nor with tracking"),
        pytest.param("https://[::1]:80/a", "[::1]/a", id="IPv6"),
        pytest.param("https://pubmed.ncbi.nlm.nih.gov/123/?fc=1&v=2", "pubmed.ncbi.nlm.nih.gov/123", id="PubMed"),
        pytest.param("ftp://x.org/a", "", id="another scheme"),
        pytest.param("javascript:alert(1)", "", id="a script"),
        pytest.param("/a", "", id="no host"),
        pytest.param("https://./a", "", id="a host of dots"),
        pytest.param("https://x\x00.org/a", "", id="a host that cannot be"),
        pytest.param("https://x.org:port/a", "", id="a port that is no number"),
        pytest.param("https://[x/a", "", id="a bracket that never closes"),
        pytest.param("https://x.org/\ud800?a=\ud800", "x.org/%3F?a=%3F", id="half a surrogate pair"),
    ],
)
def test_what_identifies_an_address(url, canonical):
    assert identity.canonical_url(url) == canonical


@given(URLS)
@example("https://www.www.x.org/a")
@example("https://[::1]/a")
@example("https://./a")
def test_what_identifies_an_address_identifies_itself(url):
    once = identity.canonical_url(url)
    assert identity.canonical_url("https://" + once) == once


@given(URLS)
def test_what_identifies_an_address_can_be_stored(url):
    identity.canonical_url(url).encode("utf-8")
    assert "\0" not in identity.canonical_url(url)


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        pytest.param("  Hand\u00a0hygiene: “an update”! ", "hand hygiene an update", id="case, spaces, punctuation"),
        pytest.param("[Articles] Net zero", "net zero", id="a label goes"),
        pytest.param("(ASAP) Net zero", "net zero", id="in round brackets too"),
        pytest.param("[Correction] Net zero", "correction net zero", id="a label that is a notice stays"),
        pytest.param("Cafe\u0301 ﬁnance", "café finance", id="one form of accents and ligatures"),
        pytest.param("STRASSE und straße", "strasse und strasse", id="one case in every language"),
        pytest.param("!?", "", id="no words"),
    ],
)
def test_a_title_as_it_is_compared(title, normal):
    assert identity.normal_title(title) == normal


@given(st.text())
def test_a_normal_title_is_normal(title):
    once = identity.normal_title(title)
    assert identity.normal_title(once) == once


FULL = Item("Net zero wards", "https://x.org/a?utm_source=rss", "10.5555/a", guid="a1")


def kinds(item):
    return [key.partition(":")[0] for key in identity.keys(item, "bmj")]


@pytest.mark.parametrize(
    ("blank", "expected"),
    [
        pytest.param({}, ["doi", "url", "guid", "page"], id="everything"),
        pytest.param({"doi": ""}, ["url", "guid", "page"], id="no DOI"),
        pytest.param({"url": ""}, ["doi", "guid"], id="no address"),
        pytest.param({"url": "https://x.org/"}, ["doi", "guid"], id="only a home page"),
        pytest.param({"url": "https://doi.org/10.5555/a"}, ["doi", "guid", "page"], id="a resolver's address"),
        pytest.param({"url": "", "guid": ""}, ["doi"], id="only a DOI"),
        pytest.param({"url": "", "doi": ""}, ["guid"], id="only a guid"),
        pytest.param({"url": "", "doi": "", "guid": ""}, ["title"], id="only a title"),
        pytest.param({"url": "", "doi": "", "guid": "", "title": ""}, ["title"], id="nothing"),
    ],
)
def test_keys_are_what_there_is_strongest_first(blank, expected):
    assert kinds(replace(FULL, **blank)) == expected


def test_doi_and_address_hold_in_every_feed_and_the_rest_in_its_own():
    here, there = identity.keys(FULL, "bmj"), identity.keys(FULL, "pubmed")
    assert set(here) & set(there) == {"doi:10.5555/a", "url:x.org/a"}
    assert [identity.exact(key) for key in here] == [False, False, True, True]


def test_strength_follows_the_order_of_the_keys():
    assert [identity.strength(key) for key in identity.keys(FULL, "bmj")] == [0, 1, 2, 3]


def test_a_guid_counts_only_together_with_its_title():
    one, other = Item("One", guid="same"), Item("Other", guid="same")
    assert not set(identity.keys(one, "bmj")) & set(identity.keys(other, "bmj"))


def test_long_addresses_keep_apart_and_fit_an_index():
    long = "https://x.org/" + "a" * 5000
    one, other = (identity.keys(Item("A", long + end), "bmj")[0] for end in "12")
    assert one != other
    assert max(len(one), len(other)) < 300


@given(st.builds(Item, st.text(), URLS, st.text(), guid=st.text()), st.just("bmj"))
def test_any_item_has_keys_and_always_the_same(item, feed):
    keys = identity.keys(item, feed)
    assert keys
    assert keys == identity.keys(item, feed)
    assert [identity.strength(key) for key in keys] == sorted({identity.strength(key) for key in keys})


KNOWN = Item("Hand hygiene in three busy wards", "https://x.org/a")


@pytest.mark.parametrize(
    ("known", "incoming", "same"),
    [
        pytest.param({}, {}, True, id="one title"),
        pytest.param({}, {"title": "HAND HYGIENE in three busy wards."}, True, id="one title, written otherwise"),
        pytest.param({"doi": "10.5555/a"}, {"doi": "10.5555/a", "title": "Other"}, True, id="one DOI"),
        pytest.param({"doi": "10.5555/a"}, {"doi": "10.5555/b"}, False, id="two DOIs"),
        pytest.param({"doi": "10.5555/a"}, {}, True, id="one DOI known, one title"),
        pytest.param({}, {"title": "Hand hygiene in busy wards: a trial"}, True, id="most words"),
        pytest.param({}, {"title": "Minister visits hospital"}, False, id="other words"),
        pytest.param({}, {"title": "Hand hygiene in 3 busy wards"}, False, id="another number"),
        pytest.param({}, {"title": "Hand hygiene in three busy wards, May"}, False, id="one month of a series"),
        pytest.param({}, {"title": "Correction to: Hand hygiene in three busy wards"}, False, id="a correction"),
        pytest.param({}, {"title": "Retracted: Hand hygiene in three busy wards"}, False, id="a retraction"),
        pytest.param({"guid": "1"}, {"guid": "1", "title": "Ward opens"}, True, id="retitled under its guid"),
        pytest.param(
            {"guid": "http://x.org/a"},
            {"guid": "https://x.org/a/", "title": "Ward opens"},
            True,
            id="guid as address",
        ),
        pytest.param({"guid": "1"}, {"guid": "2", "title": "Hand hygiene in busy wards"}, False, id="another guid"),
        pytest.param({"guid": "1"}, {"title": "Hand hygiene in busy wards"}, True, id="a guid on one side only"),
        pytest.param({}, {"title": ""}, False, id="no title"),
    ],
)
def test_two_items_that_share_a_key_are_one(known, incoming, same):
    assert identity.same(replace(KNOWN, **known), replace(KNOWN, **incoming)) is same


ITEMS = st.builds(
    Item, st.text(), doi=st.sampled_from(["", "10.5555/a", "10.5555/b"]), guid=st.sampled_from(["", "1"])
)


@given(ITEMS, ITEMS)
def test_sameness_has_no_direction_and_holds_for_oneself(one, other):
    assert identity.same(one, one)
    assert identity.same(one, other) == identity.same(other, one)
