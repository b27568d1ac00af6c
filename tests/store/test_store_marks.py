"""Marks: a notice marks what it concerns, whichever came first, and a mark is never lost."""

from dataclasses import replace

import pytest
from papers import NOON, count_rows, later, paper, shelve, shelve_one

from bulletin.errors import UnknownError
from bulletin.model import Mark, Notice
from bulletin.store import Pair

RETRACTED, CONCERN, CORRECTED = Mark
DOI = "10.5555/hands"
PAPER = paper(doi=DOI)
RETRACTION = paper("Retraction: Handwashing", guid="r", notice=Notice(RETRACTED, DOI))
CORRECTION = paper("Correction: Handwashing", guid="c", notice=Notice(CORRECTED, DOI))
BY_TITLE = paper("Erratum: Handwashing in three wards", guid="e", notice=Notice(CORRECTED))


def apply(store):
    return store.items.apply_notices(NOON)


def marks(store, item):
    """The marks of an item, which are told alone just as with the item."""
    told = store.items.get(item).marks
    assert store.items.marks([item, "nothing"]) == ({item: told} if told else {})
    return told


def test_a_notice_is_an_item_that_says_so(store):
    assert store.items.get(shelve_one(store, RETRACTION)).notice == Notice(RETRACTED, DOI)
    assert store.items.get(shelve_one(store, PAPER)).notice is None


@pytest.mark.parametrize("order", [(PAPER, RETRACTION), (RETRACTION, PAPER)], ids=["later", "before"])
def test_a_notice_marks_the_item_with_its_doi_whichever_came_first(store, order):
    for hours, item in enumerate(order):
        shelve_one(store, item, hours=hours)
        applied = apply(store)
    assert applied == 1
    assert {item.title: item.marks for item in store.items.list()} == {
        PAPER.title: (RETRACTED,),
        RETRACTION.title: (),
    }


def test_a_notice_marks_only_once(store):
    shelve(store, PAPER, RETRACTION)
    assert (apply(store), apply(store)) == (1, 0)
    shelve(store, PAPER, RETRACTION, hours=1)
    assert apply(store) == 0


def test_marks_come_the_gravest_first_and_each_once(store):
    id_ = shelve_one(store, PAPER)
    shelve(store, CORRECTION, replace(CORRECTION, title="Second correction", guid="c2"), RETRACTION)
    assert apply(store) == 3
    assert marks(store, id_) == (RETRACTED, CORRECTED)


def test_a_notice_that_concerns_nothing_of_ours_marks_nothing(store):
    shelve(store, RETRACTION, paper(doi="10.5555/other"))
    assert apply(store) == 0


def test_a_notice_never_marks_itself(store):
    shelve(store, replace(RETRACTION, doi=DOI))
    assert apply(store) == 0


def test_a_notice_marks_what_its_item_was_merged_into(store):
    stays, goes = shelve_one(store, paper(url="https://x.org/1")), shelve_one(store, PAPER, feed="pubmed", hours=1)
    shelve(store, replace(PAPER, url="https://x.org/1"), RETRACTION, feed="other", hours=2)
    assert apply(store) == 1
    assert marks(store, stays) == marks(store, goes) == (RETRACTED,)


def test_a_mark_passes_to_the_one_that_stays(store):
    stays, goes = shelve_one(store, paper(url="https://x.org/1")), shelve_one(store, PAPER, feed="pubmed", hours=1)
    shelve_one(store, RETRACTION, hours=1)
    assert (apply(store), marks(store, goes)) == (1, (RETRACTED,))
    shelve(store, replace(PAPER, url="https://x.org/1"), feed="other", hours=2)
    assert marks(store, stays) == (RETRACTED,)
    assert apply(store) == 0


def test_notices_without_a_doi_are_listed_until_they_mark_something(store):
    target, notice = shelve(store, PAPER, BY_TITLE).new
    shelve_one(store, RETRACTION, hours=1)
    assert [item.id for item in store.items.notices_without_doi(NOON)] == [notice]
    store.items.mark(target, CORRECTED, notice, NOON)
    assert store.items.notices_without_doi(NOON) == []
    assert marks(store, target) == (CORRECTED,)


def test_a_notice_that_is_itself_corrected_has_marked_nothing_yet(store):
    notice = shelve_one(store, replace(BY_TITLE, marks=(CORRECTED,)))
    assert [item.id for item in store.items.notices_without_doi(NOON)] == [notice]


def test_a_mark_by_hand_is_written_once(store):
    id_ = shelve_one(store, PAPER)
    for hours in range(2):
        store.items.mark(id_, CONCERN, "Crossref", later(hours))
    assert (marks(store, id_), count_rows(store)["mark"]) == ((CONCERN,), 1)


def test_a_mark_on_nothing_is_refused(store):
    with pytest.raises(UnknownError, match="no item nothing"):
        store.items.mark("nothing", CONCERN, "Crossref", NOON)


def test_what_an_items_own_record_says_is_a_mark(store):
    id_ = shelve_one(store, PAPER)
    for hours in (1, 2):
        shelve(store, replace(PAPER, marks=(CORRECTED, RETRACTED)), feed="pubmed", hours=hours)
    assert (marks(store, id_), count_rows(store)["mark"]) == ((RETRACTED, CORRECTED), 2)
    shelve(store, PAPER, hours=3)
    assert marks(store, id_) == (RETRACTED, CORRECTED)


def test_a_new_item_can_bring_its_marks(store):
    assert marks(store, shelve_one(store, replace(PAPER, marks=(CONCERN,)))) == (CONCERN,)


@pytest.mark.parametrize("marked", [0, 1])
def test_a_stated_mark_counts_for_the_one_that_stays_although_it_came_with_the_proof(store, marked):
    both = [paper(url="https://x.org/1"), PAPER]
    both[marked] = replace(both[marked], marks=(CONCERN,))
    shelve(store, *both, replace(PAPER, url="https://x.org/1"))
    (item,) = store.items.list()
    assert item.marks == (CONCERN,)


def test_two_notices_that_turn_out_to_be_one_mark_once(store):
    shelve_one(store, PAPER)
    shelve_one(store, replace(RETRACTION, url="https://x.org/r"), feed="news")
    shelve_one(store, replace(RETRACTION, doi="10.5555/r"), feed="pubmed", hours=1)
    shelve(store, replace(RETRACTION, url="https://x.org/r", doi="10.5555/r"), feed="bmj", hours=2)
    assert apply(store) == 1


def test_a_notice_that_bears_the_doi_of_its_paper_marks_the_paper(store):
    id_ = shelve_one(store, PAPER)
    shelve(store, replace(RETRACTION, doi=DOI), feed="pubmed", hours=1)
    item = store.items.get(id_)
    assert (item.title, item.notice, item.marks) == (PAPER.title, None, (RETRACTED,))


def test_a_notice_that_was_not_known_as_one_learns_it(store):
    id_ = shelve_one(store, replace(RETRACTION, notice=None))
    shelve(store, RETRACTION, hours=1)
    item = store.items.get(id_)
    assert (item.notice, item.marks) == (RETRACTION.notice, ())


@pytest.fixture
def joined(store):
    """A paper that a preprint was joined with: id."""
    preprint = shelve_one(store, paper("Hands", doi="10.1101/1"), feed="medrxiv")
    store.items.join([Pair(preprint, shelve_one(store, PAPER, hours=1), is_preprint=True)], NOON)
    return preprint


def test_the_withdrawal_of_a_preprint_does_not_mark_its_paper(store, joined):
    shelve_one(store, replace(RETRACTION, notice=Notice(RETRACTED, "10.1101/1")), hours=2)
    assert (apply(store), marks(store, joined)) == (0, ())
    shelve_one(store, CORRECTION, hours=3)
    assert (apply(store), marks(store, joined)) == (1, (CORRECTED,))


def test_what_the_record_of_a_preprint_says_does_not_mark_its_paper(store, joined):
    shelve(store, paper("Hands", doi="10.1101/1", marks=(RETRACTED,)), feed="medrxiv", hours=2)
    shelve(store, paper("WITHDRAWN: Hands", doi="10.1101/1", notice=Notice(RETRACTED)), feed="medrxiv", hours=3)
    assert marks(store, joined) == ()


def test_an_old_notice_without_a_doi_is_not_open_any_more(store):
    shelve_one(store, BY_TITLE)
    assert len(store.items.notices_without_doi(NOON)) == 1
    assert store.items.notices_without_doi(later(1)) == []
