"""Search: all words of a question, the best first, and no question that is wrong."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import NOON, clear, edition, later, paper, shelve, shelve_anew, shelve_one
from tries import tries

from bulletin.model import Citation, DateSource, Item, Service, Wording
from bulletin.model import Lookup as Answer
from bulletin.store import Pair, open_store
from bulletin.store.search import MOST

FALLS = Item(
    "Nursing workforce and falls",
    "https://x.org/falls",
    "10.1136/bmj.n71",
    published=later(-48),
    date_source=DateSource.PUBLISHED,
    authors=("Zoë Ångström",),
    summary="<p>Twelve wards in the <b>north</b>&nbsp;counted falls&#33;</p>",
    citation=Citation("Journal of Café Medicine"),
)
COVID = Item(
    "COVID-19 in care homes", "https://x.org/covid", summary="<p>WHO guidance for IT staff, falls aside.</p>"
)
GOWNS = Item("Reusable gowns", "https://x.org/gowns", summary="<p>A net that is zero, and net zero.</p>")


@pytest.fixture(scope="module")
def shelves(new_url):
    with open_store(new_url()) as store:
        shelve(store, FALLS, COVID, GOWNS)
        yield store


@pytest.fixture
def titles(shelves):
    def find(words, **more):
        return [shelves.items.get(id_).title for id_ in shelves.search.find(words, **more).ids]

    return find


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("workforce ", [FALLS]),
        ("WORKFORCE north", [FALLS]),
        ("workforce gowns", []),
        ("nurses ", [FALLS]),  # by its stem
        ("nursin", [FALLS]),  # somebody is typing
        ("nursin ", []),
        ("nursi* falls ", [FALLS]),
        ("wor* nor* ", [FALLS]),
        ("falls care hom", [COVID]),
        ("angstrom", [FALLS]),
        ("zoë ånG", [FALLS]),
        ("cafe medicine", [FALLS]),
        ("10.1136/bmj.n71", [FALLS]),
        ("https://doi.org/10.1136/BMJ.N71", [FALLS]),
        ("10.1136/bmj.n7", [FALLS]),
        ("71 n", []),
        ("covid-19", [COVID]),
        ("19-covid ", []),
        ("covid 19", [COVID]),
        ("19 covid", [COVID]),
        ('"net zero"', [GOWNS]),
        ('"net zero', [GOWNS]),
        ('"zero net"', []),
        ('"net ze"', []),
        ("who ", [COVID]),
        ("IT", [COVID]),
        ("b", []),  # neither markup nor one letter
        ("nbsp", []),
        ("gowns AND zero ", [GOWNS]),  # a word like any other
        ("falls NOT covid", []),
        ("falls OR gowns", []),
        ("title:falls", []),
    ],
)
def test_all_words_are_found_as_they_are_meant(titles, words, found):
    assert titles(words) == [item.title for item in found]


def test_what_stands_in_a_title_comes_first(titles):
    assert titles("falls") == [FALLS.title, COVID.title]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            " ",
            "*",
            '"',
            '""',
            "(",
            "NEAR(",
            "'",
            "\\",
            ":*",
            "- + ^ ~",
            "🙂",
            "\0",
            "&|!<->",
            "\ud800",
            "%",
            "_",
        ),
        *("a" * 10_000, "x" * 200 + "*", "é" * 3000, "漢字 " * 500, "'; DROP TABLE item; --", "NEAR(a b, 3)"),
    ],
)
def test_odd_questions_find_nothing_and_break_nothing(titles, words):
    assert titles(words) == []


laws = settings(
    max_examples=tries(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SYNTAX = st.lists(st.sampled_from([*"\"*()^-+:&|!<>\\'", "AND", "OR", "NOT", "NEAR(", "falls", "é", " ", "\0", "🙂"]))


@pytest.mark.slow
@laws
@given(st.text() | SYNTAX.map("".join) | SYNTAX.map(" ".join))
def test_no_question_is_wrong(shelves, words):
    found = shelves.search.find(words)
    assert len(found.ids) == found.total <= 3


@pytest.mark.slow
@laws
@given(st.text(min_size=1), st.text())
def test_whatever_stands_in_a_title_can_be_found_by_it(store, title, summary):
    clear(store)
    id_ = shelve_one(store, paper(title, url="https://x.org/1", summary=summary))
    plain = title.replace('"', " ")
    found = store.search.find(f'"{plain}"')
    assert found.ids in ((id_,), ())
    assert found.ids or not any(letter in "abcdefgh0123" for letter in plain)


def test_dates_and_feeds_narrow_a_search(store):
    (old,) = shelve(store, FALLS, feed="bmj").new
    (new,) = shelve(store, replace(COVID, published=NOON), feed="who").new
    assert store.search.find("falls", since=NOON).ids == (new,)
    assert store.search.find("falls", until=NOON).ids == (old,)
    assert store.search.find("falls", feed="who").ids == (new,)
    assert store.search.find("falls", feed="elsewhere").total == 0


def test_a_bulletin_narrows_a_search_to_what_it_printed(store):
    gowns, falls = shelve_anew(store, GOWNS, replace(FALLS, title="Gowns and falls"))
    other = shelve_one(store, replace(COVID, title="Gowns at last"), feed="who")
    store.editions.save(edition("2026-11-02", 1, store.items.get(other), falls), NOON)
    store.editions.save(edition("2026-11-03", 1, gowns, bulletin="digest"), NOON)
    store.items.join([Pair(other, gowns.id)], NOON)
    assert set(store.search.find("gowns", bulletin="update").ids) == {store.items.get(other).id, falls.id}
    assert store.search.find("gowns", bulletin="digest").ids == (store.items.get(other).id,)
    assert [one.edition for one in store.search.printed([falls.id])[falls.id]] == ["update-2026-11-02"]
    both = store.search.printed([store.items.get(other).id])
    assert [one.edition for (where,) in [both.values()] for one in where] == [
        "digest-2026-11-03",
        "update-2026-11-02",
    ]


def test_the_librarys_own_words_are_found_as_long_as_they_count(store):
    id_ = shelve_one(store, GOWNS)
    for title, found in (("Aprons <i>washed", (id_,)), ("", ())):
        with store.sittings.sit() as sitting:
            sitting.reword(Wording(id_, title, "", "ann", NOON))
        assert store.search.find("aprons washed").ids == found
    assert store.search.find("gowns").ids == (id_,)


def test_equals_come_newest_first_and_page_by_page(store):
    days = [replace(GOWNS, url=f"https://x.org/{n}", published=later(24 * n), guid=str(n)) for n in (2, 1, 3)]
    two, one, three = (item.id for item in shelve_anew(store, *days))
    assert store.search.find("gowns").ids == (three, two, one)
    second = store.search.find("gowns", limit=1, offset=1)
    assert (second.ids, second.total) == ((two,), 3)
    assert store.search.find("gowns", offset=3).ids == ()


def test_no_more_than_a_thousand_are_counted(store):
    shelve(store, *(paper(f"Gowns {n}", url=f"https://x.org/{n}") for n in range(MOST + 5)))
    assert store.search.find("gowns").total == MOST


def test_what_was_merged_is_found_by_its_own_words_and_given_once(store):
    one, other = shelve_one(store, FALLS), shelve_one(store, COVID, feed="who")
    store.items.join([Pair(one, other)], NOON)
    for words in ("workforce", "covid", "falls"):
        assert store.search.find(words).ids == (one,)
    assert store.search.find("falls", feed="who").ids == (one,)


def test_what_a_feed_or_a_service_says_later_is_found_too(store):
    bare = shelve_one(store, Item("Gowns", "https://x.org/gowns", "10.5555/gowns"))
    shelve(store, Item("Gowns", "https://x.org/gowns", "10.5555/gowns", summary="Sterilised."), feed="other")
    assert store.search.find("sterilised").ids == (bare,)
    store.lookups.add(Answer(bare, Service.CROSSREF, NOON, Item("", authors=("Adaeze Nwosu",))))
    assert store.search.find("nwosu").ids == (bare,)


def test_what_items_that_become_one_by_a_key_knew_is_found(store):
    first = shelve_one(store, Item("Gowns", doi="10.5555/gowns"), feed="a")
    shelve_one(store, Item("Gowns again", "https://x.org/gowns", summary="Laundry."), feed="b")
    shelve(store, Item("Gowns again", "https://x.org/gowns", "10.5555/gowns"), feed="c")
    assert store.search.find("laundry gowns").ids == (first,)


def test_a_summary_without_end_does_no_harm(store):
    id_ = shelve_one(store, paper("Gowns", url="https://x.org/1", summary=" ".join(map(str, range(200_000)))))
    assert store.search.find("gowns").ids == (id_,)
