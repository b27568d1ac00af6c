"""Splitting: an item that was joined by mistake stands for itself again, with what is its own, and stays apart."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import NOON, clear, decide, edition, later, look, paper, shelve, shelve_one, visit
from sqlalchemy import select, update
from tries import tries

from bulletin.errors import InputError, UnknownError
from bulletin.model import Citation, DateSource, Item, Mark, Notice, Service, Suggestion
from bulletin.model import Lookup as Answer
from bulletin.store import Pair, Refusal, tables
from bulletin.store.tables import joining

ONE = paper("Ward staffing and falls", url="https://x.org/1", guid="1", summary="Falls fell.")
OTHER = paper(
    "Staffing of wards and falls: a study", url="https://y.org/2", guid="2", kind="Research", doi="10.5555/other"
)
PREPRINT = paper("Staffing and falls", doi="10.1101/2026.01", guid="p", summary="A preprint.")
PAPER = paper("Staffing, falls and harm", doi="10.5555/falls", guid="q", citation=Citation("BMJ", "7"))
TABLES = (tables.item, tables.item_key, tables.sighting, tables.addition, tables.mark, tables.lookup)


def rows(store):
    """Everything that is known of items, but for what happens in order."""
    with store._database.read() as connection:
        return {table.name: sorted(map(str, connection.execute(select(table)).all())) for table in TABLES}


@pytest.fixture
def two(store):
    """Two items that look like one, the first seen first: ids."""
    return shelve_one(store, ONE, feed="news"), shelve_one(store, OTHER, feed="journal", hours=1)


@pytest.fixture
def joined(store, two):
    """The same, joined: the second went into the first."""
    store.items.join([Pair(*two, reason="same words")], later(2))
    return two


def split(store, gone, hours=9.0):
    return store.items.split(gone, "ann", later(hours))


def test_both_are_what_they_were(store, two):
    before, known = rows(store), store.items.list()
    store.items.join([Pair(*two)], later(2))
    assert split(store, two[1]) == two[0]
    assert rows(store) == before
    assert store.items.list() == known
    assert store.items.joinings() == {}


def test_whoever_brings_either_of_them_again_finds_it_alone(store, joined):
    split(store, joined[1])
    before = rows(store)
    assert shelve(store, ONE, feed="news", hours=10).all == (joined[0],)
    assert shelve(store, OTHER, feed="journal", hours=10).all == (joined[1],)
    assert rows(store) == before
    assert shelve(store, OTHER, feed="third", hours=11).all == (joined[1],)
    assert shelve(store, ONE, feed="third", hours=11).all == (joined[0],)


def test_no_likeness_joins_them_again(store, joined):
    split(store, joined[1])
    third = shelve_one(store, paper("Falls", url="https://z.org/3"), feed="third")
    assert store.items.join([Pair(*joined), Pair(*reversed(joined), is_preprint=True)], later(10)) == 0
    assert store.items.join([Pair(joined[0], third), Pair(third, joined[1])], later(10)) == 1
    assert len(store.items.list()) == 2


def test_no_shared_key_joins_them_again_and_what_shares_it_goes_to_the_surest(store, joined):
    split(store, joined[1])
    both = paper(ONE.title, url=ONE.url, doi=OTHER.doi)
    for hours in (10, 11):
        intake = shelve(store, both, feed="third", hours=hours)
        assert (intake.all, intake.new, intake.merged) == ((joined[1],), (), ())
    assert len(store.items.list()) == 2


def test_what_one_of_them_becomes_later_stays_apart_from_the_other(store, joined):
    split(store, joined[1])
    older = shelve_one(store, paper("Old", url="https://old.org/1"), feed="old", hours=-5)
    decide(store, older, "safety")
    assert store.items.join([Pair(older, joined[0]), Pair(older, joined[1])], later(10)) == 1
    assert store.items.get(joined[0]).id == older
    assert store.items.get(joined[1]).id == joined[1]


def test_apart_holds_inside_one_document_too(store, joined):
    """What merges in memory is not forgotten by the next item of the same batch."""
    split(store, joined[1])
    bridge = paper("Bridge", url="https://bridge.org/1")
    (bridged,) = shelve(store, bridge, feed="fourth", hours=9.5).new
    shelve(
        store,
        replace(bridge, title=ONE.title, url=ONE.url, guid="b"),
        paper("Bridge", url="https://bridge.org/1", doi=OTHER.doi),
        feed="fourth",
        hours=10,
    )
    assert store.items.get(joined[0]).id != store.items.get(joined[1]).id
    assert store.items.get(bridged).id == store.items.get(joined[1]).id or store.items.get(bridged).id == bridged


def test_a_merge_by_hand_lifts_it(store, joined):
    split(store, joined[1])
    assert store.items.join_by_hand(Pair(*joined, reason="an editor"), later(10)) is None
    assert store.items.get(joined[1]).id == joined[0]
    split(store, joined[1], hours=11)
    assert len(store.items.list()) == 2


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (paper("Another paper", doi="10.5555/another"), Refusal.DOIS),
        (paper("Correction: staffing", guid="n", notice=Notice(Mark.CORRECTED)), Refusal.NOTICE),
    ],
)
def test_a_merge_by_hand_is_refused_for_a_reason(store, two, other, why):
    third = shelve_one(store, other, hours=2)
    assert store.items.join_by_hand(Pair(two[1], third), NOON) is why
    assert len(store.items.list()) == 3


def test_a_merge_by_hand_of_what_editors_ruled_differently_is_refused(store, two):
    decide(store, two[0], "safety")
    decide(store, two[1])
    assert store.items.join_by_hand(Pair(*two), NOON) is Refusal.RULINGS
    assert store.items.join_by_hand(Pair(two[0], two[0]), NOON) is Refusal.ALREADY


def test_a_refused_merge_leaves_them_apart(store, joined):
    split(store, joined[1])
    decide(store, joined[0], "safety")
    decide(store, joined[1])
    assert store.items.join_by_hand(Pair(*joined), NOON) is Refusal.RULINGS
    decide(store, joined[1], "safety", hours=1)
    assert store.items.join([Pair(*joined)], NOON) == 0


def test_what_has_one_doi_is_one_thing_and_is_not_split(store):
    first = shelve_one(store, Item("Gowns", doi="10.5555/gowns"), feed="a")
    gone = shelve_one(store, Item("Gowns again", "https://x.org/gowns"), feed="b", hours=1)
    shelve(store, Item("Gowns again", "https://x.org/gowns", "10.5555/gowns"), feed="c", hours=2)
    assert store.items.get(gone).id == first
    with pytest.raises(InputError, match=r"'Gowns again' was never joined .* is one thing and cannot be split"):
        split(store, gone)


def test_unknown_items_and_those_that_stand_are_refused(store, two):
    with pytest.raises(UnknownError, match="no item nothing"):
        split(store, "nothing")
    with pytest.raises(InputError, match="never joined"):
        split(store, two[0])


def test_rulings_and_opinions_read_right_at_once(store, two):
    decide(store, two[1], "safety", hours=1)
    store.items.join([Pair(*two)], later(2))  # what was ruled on stays: the first one went
    store.suggestions.add([look(two[1], Suggestion(two[1], "safety", 0.9, ()), hours=3)])
    decide(store, two[1], "safety", "workforce", hours=4)
    split(store, two[0])
    assert store.decisions.latest([two[1]])[two[1]].topics == ("safety", "workforce")
    assert store.decisions.latest([two[0]]) == {}
    assert set(store.suggestions.latest()) == {two[1]}


def test_what_was_printed_under_its_own_name_was_printed(store, two):
    store.editions.save(edition("2026-11-02", 1, store.items.get(two[1])), NOON)
    store.items.join([Pair(*two)], later(2))
    split(store, two[1])
    assert store.editions.printed("update", "") == {two[1]}


def test_a_preprint_and_its_paper_are_themselves_again(store):
    ids = shelve_one(store, PREPRINT, feed="medrxiv"), shelve_one(store, PAPER, feed="bmj", hours=1)
    before, known = rows(store), store.items.list()
    store.items.join([Pair(*ids, is_preprint=True)], later(2))
    assert store.items.get(ids[0]).title == PAPER.title
    split(store, ids[1])
    assert rows(store) == before
    assert store.items.list() == known


def test_what_came_since_goes_with_what_it_reads_like(store, joined):
    shelve(store, replace(OTHER, doi="", guid="t"), feed="third", hours=3)
    shelve(store, replace(ONE, guid="f"), feed="fourth", hours=3)
    split(store, joined[1])
    one, other = store.items.get(joined[0]), store.items.get(joined[1])
    assert (one.feeds, other.feeds) == (("news", "fourth"), ("journal", "third"))
    for key in one.keys:
        assert ":third:" not in key
        assert ":journal:" not in key
    assert shelve(store, replace(OTHER, doi="", guid="t"), feed="third", hours=10).all == (joined[1],)


def test_a_new_headline_of_the_one_that_went_goes_with_it(store, joined):
    retitled = replace(OTHER, title="Staffing of wards and falls: a longer study")
    shelve(store, retitled, feed="journal", hours=3)
    split(store, joined[1])
    assert shelve(store, retitled, feed="journal", hours=10).all == (joined[1],)
    assert not [key for key in store.items.get(joined[0]).keys if ":journal:" in key]


def test_the_words_of_a_feed_that_spoke_for_both_go_with_its_own_item(store, joined):
    told = replace(OTHER, summary="Told by the journal.")
    store.items.shelve(visit("journal", 3), [told], rank={"journal": 0, "news": 1})
    assert store.items.get(joined[0]).title == OTHER.title
    split(store, joined[1])
    one, other = store.items.get(joined[0]), store.items.get(joined[1])
    assert (one.title, one.summary, one.doi, one.source) == (ONE.title, ONE.summary, "", "news")
    assert (other.title, other.summary, other.doi) == (OTHER.title, "Told by the journal.", OTHER.doi)


def test_a_doi_that_came_since_belongs_to_whose_words_it_came_with(store):
    """The feed of the one that went speaks for both, and only then tells its DOI."""
    told = replace(OTHER, doi="")
    ids = shelve_one(store, ONE, feed="news"), shelve_one(store, told, feed="journal", hours=1)
    store.items.join([Pair(*ids)], later(2))
    store.items.shelve(visit("journal", 3), [OTHER], rank={"journal": 0, "news": 1})
    split(store, ids[1])
    for hours in (10, 11):
        assert shelve(store, OTHER, feed="journal", hours=hours).all == (ids[1],)
        assert [store.items.get(id_).doi for id_ in ids] == ["", OTHER.doi]


def test_what_services_said_of_a_doi_goes_with_it(store, joined):
    found = Item("", authors=("A. Adams",), marks=(Mark.RETRACTED,))
    store.lookups.add(Answer(joined[0], Service.CROSSREF, later(3), found))
    split(store, joined[1])
    one, other = store.items.get(joined[0]), store.items.get(joined[1])
    assert (one.authors, one.marks, other.authors, other.marks) == ((), (), ("A. Adams",), (Mark.RETRACTED,))


def test_what_a_notice_says_goes_with_the_doi_that_it_names(store, joined):
    notice = paper("Retraction", doi="10.5555/notice", notice=Notice(Mark.RETRACTED, OTHER.doi))
    shelve_one(store, notice, hours=3)
    store.items.apply_notices(later(3))
    split(store, joined[1])
    assert (store.items.get(joined[0]).marks, store.items.get(joined[1]).marks) == ((), (Mark.RETRACTED,))


def test_out_of_the_middle_of_a_chain(store, joined):
    oldest = shelve_one(store, paper("Oldest", url="https://old.org/1"), feed="old", hours=-5)
    before = store.items.get(oldest)
    store.items.join([Pair(oldest, joined[0])], later(3))
    assert store.items.get(joined[1]).id == oldest
    assert split(store, joined[1]) == oldest
    one, other = store.items.get(oldest), store.items.get(joined[1])
    assert (other.id, other.title, other.doi, other.kind) == (joined[1], OTHER.title, OTHER.doi, OTHER.kind)
    assert (one.title, one.doi, one.kind, one.feeds) == ("Oldest", "", "", ("old", "news"))
    assert split(store, joined[0], hours=12) == oldest
    assert store.items.get(oldest) == before
    assert (store.items.get(joined[0]).doi, store.items.get(joined[0]).kind) == ("", "")


def test_a_chain_split_at_its_end_keeps_what_had_gone_before(store, joined):
    oldest = shelve_one(store, paper("Oldest", url="https://old.org/1"), feed="old", hours=-5)
    known = store.items.get(joined[0])
    store.items.join([Pair(oldest, joined[0])], later(3))
    split(store, joined[0])
    assert store.items.get(joined[1]) == store.items.get(joined[0]) == known


def test_what_another_one_knew_fills_the_blank(store, joined):
    third = replace(OTHER, title="Third", doi="", url="https://z.org/3", guid="3", kind="Study")
    id_ = shelve_one(store, third, feed="third", hours=3)
    store.items.join([Pair(joined[0], id_)], later(4))
    split(store, joined[1])
    assert store.items.get(joined[0]).kind == "Study"


def test_it_is_found_by_its_own_words_again(store, joined):
    split(store, joined[1])
    assert store.search.find("study").ids == (joined[1],)
    assert store.search.find("staffing").total == 2


@pytest.fixture
def joined_long_ago(store, joined):
    """The same, as an earlier release left it."""
    with store._database.write() as connection:
        connection.execute(update(joining).values(passed=None))
    return joined


def test_what_was_joined_long_ago_is_split_as_far_as_can_be_told(store, joined_long_ago):
    one, other = joined_long_ago
    split(store, other)
    first, second = store.items.get(one), store.items.get(other)
    assert (first.title, first.url, first.doi, first.feeds) == (ONE.title, ONE.url, "", ("news",))
    assert (second.title, second.url, second.doi, second.feeds) == (OTHER.title, OTHER.url, OTHER.doi, ("journal",))
    assert shelve(store, ONE, feed="news", hours=10).all == (one,)
    assert shelve(store, OTHER, feed="journal", hours=10).all == (other,)


def test_a_preprint_that_was_joined_long_ago_is_split_from_its_paper(store):
    ids = shelve_one(store, PREPRINT, feed="medrxiv"), shelve_one(store, PAPER, feed="bmj", hours=1)
    store.items.join([Pair(*ids, is_preprint=True)], later(2))
    with store._database.write() as connection:
        connection.execute(update(joining).values(passed=None))
    split(store, ids[1])
    (preprint,) = shelve(store, PREPRINT, feed="medrxiv", hours=10).all
    (paper_,) = shelve(store, PAPER, feed="bmj", hours=10).all
    assert (store.items.get(preprint).title, store.items.get(paper_).title) == (PREPRINT.title, PAPER.title)
    assert len(store.items.list()) == 2


laws = settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
FEEDS = st.sampled_from(["bmj", "lancet", "pubmed"])
ITEMS = st.builds(
    Item,
    title=st.sampled_from(["Hand hygiene", "Hand hygiene in wards", "Net zero", "Part 2"]),
    url=st.sampled_from(["", "https://x.org/a", "https://x.org/b", "https://x.org/c"]),
    doi=st.sampled_from(["", "", "10.5555/a", "10.1101/2026.01"]),
    guid=st.sampled_from(["", "1", "2"]),
    summary=st.sampled_from(["", "Wash.", "Dry."]),
    kind=st.sampled_from(["", "News", "Research"]),
    published=st.sampled_from([None, NOON]),
    date_source=st.just(DateSource.PUBLISHED),
)
DOCUMENTS = st.lists(st.tuples(FEEDS, st.lists(ITEMS, min_size=1, max_size=4)), min_size=1, max_size=5)


def bring(store, documents, hours):
    return [shelve(store, *items, feed=feed, hours=hours + n / 10) for n, (feed, items) in enumerate(documents)]


@pytest.mark.slow
@laws
@given(DOCUMENTS, st.randoms(use_true_random=False), st.booleans())
def test_splitting_undoes_joining(store, documents, random, is_preprint):
    clear(store)
    bring(store, documents, 0)
    bring(store, documents, 1)
    items = store.items.list()
    before = rows(store)
    one, other = random.choice(items).id, random.choice(items).id
    if store.items.join([Pair(one, other, is_preprint=is_preprint)], later(2)):
        split(store, one if store.items.get(one).id != one else other)
    assert (store.items.list(), rows(store)) == (items, before)


@pytest.mark.slow
@laws
@given(DOCUMENTS, st.randoms(use_true_random=False), DOCUMENTS)
def test_after_a_split_nothing_is_new_and_nothing_is_lost_and_the_two_stay_two(store, documents, random, more):
    clear(store)
    bring(store, documents, 0)
    items = store.items.list()
    one, other = random.choice(items).id, random.choice(items).id
    joined = store.items.join([Pair(one, other)], later(2))
    bring(store, [*documents, *more], 3)
    if joined:
        ((joined,),) = store.items.joinings().values()
        split(store, joined.item)
    again = bring(store, [*documents, *more], 10)
    assert [intake.new for intake in again] == [()] * len(again)
    if joined:
        assert store.items.get(one).id != store.items.get(other).id
    known = store.items.list()
    keys = [key for item in known for key in item.keys]
    assert len(keys) == len(set(keys))
    assert all(item.keys for item in known)
    dois = [item.doi for item in known if item.doi]
    assert len(dois) == len(set(dois))
