"""Editors split what was joined by mistake, merge what is one, and find what the archive holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import jobs
from bulletin.errors import InputError, UnknownError
from bulletin.model import DateSource, Item, Mark, Notice, Outcome, Visit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TEXT = (
    "Hospitals in the north have replaced disposable theatre gowns by reusable ones and cut their clinical waste by "
    "a fifth, according to figures of the Wexbridge institute, which followed eleven theatres for a year of work."
)
ONE = Item("Reusable gowns cut waste", "https://one.example/gowns", summary=TEXT)
OTHER = Item("Theatre waste falls as gowns are reused", "https://two.example/waste-falls", summary=TEXT)


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk(tmp_path, clock):
    settings = newsroom.settings(newsroom.workspace(tmp_path, "https://feeds.example/unused"))
    with jobs.open_desk(settings, clock) as desk:
        yield desk


def shelve(desk, item, feed):
    """Let a feed bring an item; gives its id."""
    item = replace(item, published=item.published or desk.now(), date_source=DateSource.PUBLISHED)
    return desk.store.items.shelve(Visit(feed, desk.now(), Outcome.OK), [item]).all[0]


@pytest.fixture
def joined(desk):
    """Two items that the classifier joined: the one that stays, the one that went."""
    ids = shelve(desk, ONE, "one"), shelve(desk, OTHER, "two")
    assert jobs.classify(desk).joined == 1
    stays = desk.store.items.get(ids[0]).id
    return stays, next(id_ for id_ in ids if id_ != stays)


def test_what_was_split_stays_two_whatever_feeds_and_classifier_do(desk, clock, joined):
    stays, gone = joined
    one, other = jobs.split(desk, gone, "ann@example.nhs.uk")
    assert ({one.title, other.title}, one.id, other.id) == ({ONE.title, OTHER.title}, gone, stays)
    for days in (1, 2):
        clock.now = NOW + timedelta(days=days)
        shelve(desk, replace(ONE, published=NOW), "one")
        shelve(desk, replace(OTHER, published=NOW), "two")
        assert jobs.classify(desk).joined == 0
    assert len(desk.store.items.list()) == 2
    assert gone in desk.store.suggestions.latest()


def test_a_third_copy_goes_to_one_of_them_and_brings_the_other_no_nearer(desk, joined):
    jobs.split(desk, joined[1], "ann@example.nhs.uk")
    jobs.classify(desk)
    shelve(desk, replace(ONE, title="Gowns that are reused cut waste", url="https://three.example/gowns"), "three")
    jobs.classify(desk)
    assert desk.store.items.get(joined[0]).id != desk.store.items.get(joined[1]).id


def test_a_merge_takes_it_back_and_both_stand_on_the_record(desk, joined):
    jobs.split(desk, joined[1], "ann@example.nhs.uk")
    stays = jobs.merge(desk, joined[1], joined[0], "bob@example.nhs.uk")
    assert desk.store.items.get(joined[0]).id == desk.store.items.get(joined[1]).id == stays.id
    (why,) = desk.store.items.joinings()[stays.id]
    assert (why.reason, why.because) == ("an editor", "merged by bob@example.nhs.uk")
    deeds = [(deed.who, deed.did) for deed in desk.store.deeds.latest(most=2)]
    assert deeds == [("bob@example.nhs.uk", "merged two items"), ("ann@example.nhs.uk", "split an item off")]


@pytest.mark.parametrize("turned", [False, True])
def test_a_preprint_and_its_paper_may_be_merged_and_the_paper_speaks(desk, turned):
    preprint = shelve(desk, Item("Staffing and falls", doi="10.1101/2026.01.02"), "medrxiv")
    paper = shelve(desk, Item("Staffing, falls and harm on wards", doi="10.1136/falls"), "bmj")
    ids = (paper, preprint) if turned else (preprint, paper)
    assert jobs.merge(desk, *ids, "ann").title == "Staffing, falls and harm on wards"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Item("A", doi="10.5555/a"), Item("B", doi="10.5555/b"), "different DOIs, so they are two things"),
        (
            Item("A", "https://x.org/a"),
            Item("Erratum", notice=Notice(Mark.CORRECTED), guid="n"),
            "one of them is a c",
        ),
    ],
)
def test_what_cannot_be_one_is_refused_with_the_reason(desk, one, other, why):
    with pytest.raises(InputError, match=why):
        jobs.merge(desk, shelve(desk, one, "one"), shelve(desk, other, "two"), "ann")


def test_rulings_that_differ_are_to_be_settled_first(desk):
    one, other = shelve(desk, Item("Tea rounds"), "one"), shelve(desk, Item("Parking"), "two")
    jobs.decide(desk, one, ["greener"], "ann")
    jobs.decide(desk, other, [], "ann")
    with pytest.raises(InputError, match="decide the same on both first"):
        jobs.merge(desk, one, other, "ann")
    jobs.decide(desk, other, ["greener"], "ann")
    stays = jobs.merge(desk, one, other, "ann")
    assert desk.store.items.get(one).id == desk.store.items.get(other).id == stays.id


def test_nobody_merges_an_item_with_itself_or_with_nothing(desk):
    one = shelve(desk, Item("Tea rounds"), "one")
    with pytest.raises(InputError, match="one item already"):
        jobs.merge(desk, one, one, "ann")
    with pytest.raises(UnknownError, match="no item 'nothing'"):
        jobs.merge(desk, one, "nothing", "ann")
    with pytest.raises(InputError, match="was never joined"):
        jobs.split(desk, one, "ann")


def test_a_search_tells_what_is_known_of_an_item_and_where_it_was_printed(desk, joined):
    jobs.decide(desk, joined[0], ["greener"], "ann")
    edition = jobs.compose(desk, desk.bulletin("update"))
    found = jobs.search(desk, "gowns waste")
    (hit,) = found.hits
    assert (found.total, hit.shelved.item.id, hit.shelved.topics) == (1, joined[0], ("greener",))
    assert [(one.edition, one.bulletin, one.day) for one in hit.printed] == [(edition.id, "update", edition.day)]
    assert len(hit.shelved.joined) == 1


def test_a_search_gives_a_page_at_a_time_best_first(desk):
    titles = ["Gowns", "Gowns and masks", "Gowns and masks and shoes of the theatre"]
    for title in titles:
        shelve(desk, Item(title), "one")
    pages = [jobs.search(desk, "gowns", limit=2, offset=offset) for offset in (0, 2)]
    assert [len(page.hits) for page in pages] == [2, 1]
    assert [page.total for page in pages] == [3, 3]
    assert [hit.shelved.item.title for page in pages for hit in page.hits] == titles
    assert jobs.search(desk, "(*").hits == ()
