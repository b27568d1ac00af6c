"""Merging: what turns out to be one thing becomes one, and nothing that a person did is lost."""

from dataclasses import replace

import pytest
from papers import NOON, count_rows, decide, edition, later, look, paper, shelve, shelve_one

from bulletin.model import DateSource, Placed, Section, Suggestion

ADDRESS, DOI, TITLE = "https://example.org/hands", "10.5555/hands", "Handwashing in three wards"
BY_ADDRESS, BY_DOI = paper(TITLE, url=ADDRESS), paper(TITLE, doi=DOI)
BOTH = paper(TITLE, url=ADDRESS, doi=DOI)


@pytest.fixture
def pair(store):
    """Two items that are one thing, the first seen first: ids."""
    return shelve_one(store, BY_ADDRESS, feed="news"), shelve_one(store, BY_DOI, feed="pubmed", hours=1)


def join(store, hours=2):
    """Bring what shows that they are one; gives the merged ids."""
    return shelve(store, BOTH, feed="bmj", hours=hours).merged


def test_an_item_that_links_two_makes_them_one(store, pair):
    assert join(store) == (pair[1],)
    (item,) = store.items.list()
    assert (item.id, item.doi, item.url, item.feeds) == (pair[0], DOI, ADDRESS, ("news", "pubmed", "bmj"))


def test_both_ids_lead_to_the_one_that_stays(store, pair):
    join(store)
    assert store.items.get(pair[0]) == store.items.get(pair[1]) == store.items.list(ids=pair)[0]
    assert len(store.items.list(ids=pair)) == len(store.items.list()) == 1


def test_merged_items_are_not_made_again(store, pair):
    join(store)
    before = count_rows(store)
    for item, feed in ((BY_ADDRESS, "news"), (BY_DOI, "pubmed"), (BOTH, "bmj")):
        shelved = shelve(store, item, feed=feed, hours=9)
        assert (shelved.new, shelved.merged) == ((), ())
    assert count_rows(store) == before | {"visit": before["visit"] + 3}


def test_the_one_that_stays_learns_what_the_other_knew(store):
    shelve(store, BY_ADDRESS, feed="news")
    dated = {"published": later(-5), "date_source": DateSource.UPDATED}
    shelve(store, replace(BY_DOI, summary="Wash.", **dated), feed="pubmed")
    join(store)
    (item,) = store.items.list()
    assert (item.summary, item.summary_feed, item.published) == ("Wash.", "pubmed", later(-5))


@pytest.mark.parametrize(
    ("rulings", "survivor", "topics"),
    [
        pytest.param([], 0, None, id="no ruling: the first seen stays"),
        pytest.param([(0, "a", 5)], 0, "a", id="the first seen was ruled on"),
        pytest.param([(1, "b", 5)], 1, "b", id="the later one was ruled on"),
        pytest.param([(0, "a", 6), (1, "b", 5)], 1, "b", id="the ruling that came first stays"),
        pytest.param([(0, "a", 5), (1, "b", 6)], 0, "a", id="a ruling on the other does not overrule"),
        pytest.param([(1, "b", 5), (0, "a", 6), (1, "c", 7)], 1, "c", id="the latest of its own rulings counts"),
    ],
)
def test_a_persons_ruling_survives_a_merge(store, pair, rulings, survivor, topics):
    for which, topic, hours in rulings:
        decide(store, pair[which], topic, hours=hours)
    join(store, hours=20)
    (item,) = store.items.list()
    assert item.id == pair[survivor]
    latest = store.decisions.latest()
    assert {id_: decision.topics for id_, decision in latest.items()} == ({item.id: (topics,)} if topics else {})
    assert all(decision.item == id_ for id_, decision in latest.items())
    assert count_rows(store)["decision"] == len(rulings)


@pytest.mark.parametrize("accepted", [0, 1])
def test_an_acceptance_beats_a_discard_that_came_first(store, pair, accepted):
    decide(store, pair[1 - accepted], hours=3)
    decide(store, pair[accepted], "policy", hours=5)
    join(store, hours=20)
    (item,) = store.items.list()
    assert (item.id, store.decisions.latest()[item.id].topics) == (pair[accepted], ("policy",))


def test_an_acceptance_that_was_taken_back_beats_nothing(store, pair):
    decide(store, pair[1], "policy", hours=3)
    decide(store, pair[1], hours=4)
    decide(store, pair[0], "safety", hours=5)
    join(store, hours=20)
    (item,) = store.items.list()
    assert (item.id, store.decisions.latest()[item.id].topics) == (pair[0], ("safety",))


def test_with_nothing_else_to_choose_by_the_lowest_id_stays(store):
    ids = [shelve_one(store, BY_ADDRESS, feed="news"), shelve_one(store, BY_DOI, feed="pubmed")]
    assert join(store) == (max(ids),)


def test_a_ruling_on_a_merged_item_is_a_ruling_on_the_one_that_stays(store, pair):
    decide(store, pair[0], "old", hours=3)
    join(store, hours=4)
    decide(store, pair[1], "new", hours=5)
    assert store.decisions.latest()[pair[0]].topics == ("new",)


def test_an_opinion_on_a_merged_item_counts_only_where_there_is_no_other(store, pair):
    opinion = Suggestion(pair[1], "safety", 0.5, ())
    store.suggestions.add([look(pair[1], opinion, hours=9)])
    join(store)
    (latest,) = store.suggestions.latest().values()
    assert (latest.item, latest.suggestions) == (pair[0], (replace(opinion, item=pair[0]),))
    store.suggestions.add([look(pair[0], hours=5)])
    assert store.suggestions.latest()[pair[0]].suggestions == ()


def test_what_printed_a_merged_item_printed_the_one_that_stays(store, pair):
    store.editions.save(edition("2026-11-02", 1, store.items.get(pair[1])), NOON)
    join(store)
    assert store.editions.printed("update", "") == {pair[0]}
    assert printed_and_held_over(store) == ([pair[0]], [])


def printed_and_held_over(store):
    """Ids, in the one section of the one edition."""
    (section,) = store.editions.get("update-2026-11-02").sections
    return [placed.item.id for placed in section.items], [item.id for item in section.held_over]


@pytest.mark.parametrize(
    ("printed", "held_over", "read"),
    [
        pytest.param((1, 0), (), ([0], []), id="printed twice"),
        pytest.param((1,), (0,), ([0], []), id="printed and held over"),
        pytest.param((), (1, 0), ([], [0]), id="held over twice"),
    ],
)
def test_an_edition_gives_what_became_one_item_once(store, pair, printed, held_over, read):
    first, second = ([store.items.get(pair[n]) for n in which] for which in (printed, held_over))
    store.editions.save(edition("2026-11-02", 1, *first, held_over=tuple(second)), NOON)
    join(store)
    assert printed_and_held_over(store) == tuple([pair[n] for n in which] for which in read)
    assert [row.size for row in store.editions.list()] == [store.editions.get("update-2026-11-02").size]


def test_of_two_places_of_what_became_one_item_the_first_counts(store, pair):
    one, other = map(store.items.get, pair)
    composed = edition("2026-11-02", 1)
    sections = (
        Section("estates", "Estates", held_over=(one,)),
        Section("safety", "Safety", (Placed(other, ("policy",)),)),
        Section("policy", "Policy", (Placed(one),)),
    )
    store.editions.save(replace(composed, sections=sections), NOON)
    join(store)
    estates, safety, policy = store.editions.get(composed.id).sections
    assert (estates.held_over, policy.items) == ((), ())
    assert safety.items == (Placed(store.items.get(pair[0]), ("policy",)),)


def test_chains_end_in_one_step(store):
    third = shelve_one(store, paper(TITLE, url="https://example.com/copy"), feed="copy")
    second = shelve_one(store, BY_ADDRESS, feed="news", hours=1)
    first = shelve_one(store, BY_DOI, feed="pubmed", hours=2)
    decide(store, first, "mine", hours=30)
    assert join(store, hours=3) == (second,)
    decide(store, third, "earliest", hours=20)
    shelve(store, replace(BY_DOI, url="https://example.com/copy"), feed="other", hours=4)
    assert {store.items.get(id_).id for id_ in (first, second, third)} == {third}
    assert store.decisions.latest()[third].topics == ("earliest",)
    assert store.decisions.latest().keys() == {third}


def test_two_dois_never_become_one(store):
    others = [paper(TITLE, url=f"https://example.org/{n}", doi=f"10.5555/{n}") for n in range(2)]
    shelve(store, *others)
    shelve(store, paper(TITLE, url="https://example.org/0", guid="g"), feed="news")
    shelved = shelve(store, paper(TITLE, url="https://example.org/1", guid="g"), feed="news", hours=1)
    assert shelved.merged == ()
    assert len(store.items.list()) == 2


def test_a_feed_that_saw_both_keeps_one_sighting_of_what_stays(store):
    one, other = shelve_one(store, BY_ADDRESS), shelve_one(store, paper(TITLE, doi=DOI, guid="2"))
    join(store)
    (item,) = store.items.list()
    assert item.feeds == ("bmj",)
    assert {store.items.get(one), store.items.get(other)} == {item}


def test_one_document_can_hold_both_and_the_proof_that_they_are_one(store):
    shelved = shelve(store, BY_ADDRESS, BY_DOI, BOTH)
    assert (shelved.visit.seen, shelved.visit.new, len(shelved.merged), len(store.items.list())) == (3, 1, 1, 1)
    assert (shelved.all, count_rows(store)["sighting"]) == (shelved.new, 1)


def test_a_document_can_bring_one_half_and_the_proof_together(store):
    known = shelve_one(store, BY_DOI, feed="pubmed")
    shelved = shelve(store, BY_ADDRESS, BOTH, feed="news", hours=1)
    assert (shelved.new, len(shelved.merged)) == ((), 1)
    assert store.items.get(known).feeds == ("pubmed", "news")


def test_a_sighting_that_a_merge_brings_is_not_written_twice(store):
    shelve_one(store, BY_DOI, feed="bmj", hours=1)
    shelve_one(store, BY_ADDRESS, feed="news")
    shelve(store, BY_ADDRESS, BOTH, feed="bmj", hours=2)
    (item,) = store.items.list()
    assert set(item.feeds) == {"news", "bmj"}


def test_a_merge_after_the_clock_went_back_is_a_merge_all_the_same(store):
    known = shelve_one(store, BY_DOI, feed="pubmed", hours=10)
    shelved = shelve(store, BY_ADDRESS, BOTH, feed="news", hours=1)
    assert shelved.merged == (known,)
    assert shelved.new == (store.items.get(known).id,)
