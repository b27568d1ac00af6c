"""Laws of shelving, for any documents at all."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import NOON, clear, count_rows, shelve, visit
from tries import tries

from bulletin import identity
from bulletin.model import Item, Mark, Notice

FEEDS = st.sampled_from(["bmj", "lancet", "pubmed"])
# Few values, so that they meet in every combination: titles alike and unlike, numbered, a notice, an empty one.
HOSTILE = st.builds(
    Item,
    title=st.sampled_from(
        ["Hand hygiene", "Hand hygiene in wards", "Net zero", "Correction: net zero", "Part 2", ""]
    ),
    url=st.sampled_from(["", "https://x.org/a", "https://x.org/b", "https://doi.org/10.5555/a"]),
    doi=st.sampled_from(["", "", "10.5555/a", "10.5555/b"]),
    guid=st.sampled_from(["", "1", "2"]),
    summary=st.sampled_from(["", "Wash."]),
    published=st.sampled_from([None, NOON]),
    marks=st.sampled_from([(), (), (Mark.RETRACTED,)]),
    notice=st.sampled_from([None, None, Notice(Mark.CORRECTED, "10.5555/a")]),
)
PAPERS = [
    Item("Reusable gowns", "https://x.org/gowns", "10.5555/gowns", guid="g1", summary="Less waste."),
    Item("Staff retention after the merger", "https://x.org/staff", "10.5555/staff", authors=("A. Adams",)),
    Item("Board papers", "https://x.org/board", guid="g3", summary="Agenda"),
]


@st.composite
def glimpses(draw):
    """What one feed shows of a paper: always the title, the rest as it likes."""
    blank = st.fixed_dictionaries(
        {}, optional={name: st.just("") for name in ("url", "doi", "guid", "summary")} | {"authors": st.just(())}
    )
    return replace(draw(st.sampled_from(PAPERS)), **draw(blank))


def documents(items):
    return st.lists(st.tuples(FEEDS, st.lists(items, max_size=5)), max_size=6)


def shelve_all(store, all_documents, hours):
    return [shelve(store, *items, feed=feed, hours=hours) for feed, items in all_documents]


laws = settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@laws
@given(documents(glimpses()))
def test_shelving_any_documents_twice_gives_the_same_items(store, all_documents):
    clear(store)
    shelve_all(store, all_documents, 0)
    before, rows = store.items.list(), count_rows(store)
    again = shelve_all(store, all_documents, 1)
    assert store.items.list() == before
    assert count_rows(store) == rows | {"visit": rows["visit"] + len(again)}


@laws
@given(documents(HOSTILE))
def test_however_hostile_nothing_is_new_the_second_time(store, all_documents):
    clear(store)
    shelve_all(store, all_documents, 0)
    again = shelve_all(store, all_documents, 1)
    assert [shelved.new for shelved in again] == [()] * len(again)


@laws
@given(documents(HOSTILE))
def test_a_doi_and_every_key_belong_to_one_item(store, all_documents):
    clear(store)
    shelve_all(store, all_documents, 0)
    items = store.items.list()
    keys = [key for item in items for key in item.keys]
    assert len(keys) == len(set(keys))
    assert all(item.keys and item.feeds for item in items)
    for item in items:
        assert [key for key in item.keys if key.startswith("doi:")] == ([f"doi:{item.doi}"] if item.doi else [])


@laws
@given(documents(HOSTILE))
def test_whatever_was_brought_is_on_the_shelves(store, all_documents):
    clear(store)
    shelve_all(store, all_documents, 0)
    items = store.items.list()
    owned = {key for item in items for key in item.keys}
    for feed, brought in all_documents:
        for item in brought:
            assert owned.issuperset(identity.keys(item, feed))


@pytest.mark.slow
@laws
@given(documents(HOSTILE), documents(HOSTILE), st.booleans())
def test_documents_shelved_together_are_shelved_as_one_after_the_other(store, first, second, outranking):
    rank = {"bmj": 0, "lancet": 1, "pubmed": 2} if outranking else {}
    clear(store)
    one_by_one = [
        store.items.shelve(visit(feed, hours), items, rank)
        for hours, batch in enumerate((first, second))
        for feed, items in batch
    ]
    expected = store.items.list(), store.visits.latest()
    clear(store)
    together = [
        intake
        for hours, batch in enumerate((first, second))
        for intake in store.items.shelve_all([(visit(feed, hours), items) for feed, items in batch], rank)
    ]
    assert (store.items.list(), store.visits.latest()) == expected
    assert together == one_by_one
