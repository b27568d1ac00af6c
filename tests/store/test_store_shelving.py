"""Shelving: each thing once, however many feeds bring it and however often."""

import hashlib
from dataclasses import replace

import pytest
from papers import NOON, count_rows, later, paper, shelve, shelve_anew, shelve_one, visit

from bulletin import identity
from bulletin.model import Citation, DateFlag, DateSource, Item, Validators
from bulletin.store import items as items_module

FULL = Item(
    title="Reusable gowns cut theatre waste",
    url="https://example.org/gowns",
    doi="10.5555/gowns",
    published=later(-48),
    date_source=DateSource.PUBLISHED,
    authors=("A. Adams", "B. Brown"),
    summary="<p>Waste fell by a third.</p>",
    kind="Research",
    categories=("Surgery", "Environment"),
    citation=Citation("J Wards", "7", "2", "10-19"),
    language="en",
    free=True,
    guid="gowns-1",
)


def test_an_item_comes_back_as_it_was_brought(store):
    (new,) = shelve_anew(store, FULL)
    given = {"id": new.id, "first_seen": NOON, "feeds": ("bmj",), "source": "bmj", "summary_feed": "bmj"}
    assert new == replace(FULL, keys=identity.keys(FULL, "bmj"), **given)
    assert store.items.get(new.id) == new


def test_an_id_is_made_from_the_strongest_key(store):
    assert shelve_one(store, FULL) == hashlib.sha256(b"doi:10.5555/gowns").hexdigest()[:12]


def test_an_id_that_is_taken_is_made_again(store, monkeypatch):
    class Short:
        def __init__(self, data):
            self.data = data

        def hexdigest(self):
            return "same" if b"\n" not in self.data else self.data.decode().partition("\n")[2]

    monkeypatch.setattr("bulletin.store.shelving.hashlib.sha256", Short)
    monkeypatch.setattr("bulletin.store.shelving.identity.keys", lambda item, feed: (f"url:{item.url}",))
    first = shelve(store, paper("One", url="https://x/1"), paper("Two", url="https://x/2"))
    second = shelve(store, paper("Three", url="https://x/3"))
    assert first.new + second.new == ("same", "1", "2")


def test_the_visit_counts_what_it_brought(store):
    shelve(store, paper("Known", guid="1"))
    shelved = shelve(store, paper("Known", guid="1"), paper("Newer", guid="2"))
    assert (shelved.visit.seen, shelved.visit.new) == (2, 1)
    assert [store.items.get(new).title for new in shelved.new] == ["Newer"]


def test_new_items_come_in_document_order(store):
    titles = [f"{word} matters" for word in ("Sleep", "Air", "Water", "Light")]
    assert [item.title for item in shelve_anew(store, *(paper(title, guid=title) for title in titles))] == titles


def test_a_hundred_refetches_add_only_visits(store):
    document = [FULL, *(paper(f"Ward {n} closes", url=f"https://example.org/{n}") for n in range(4))]
    shelve(store, *document)
    before = count_rows(store)
    for hour in range(100):
        assert not shelve(store, *document, hours=hour).new
    assert count_rows(store) == before | {"visit": 101}


def test_five_feeds_bring_one_paper(store):
    for hour, feed in enumerate(["pubmed", "bmj", "lancet", "cinahl", "eric"]):
        shelve(store, replace(FULL, guid=f"{feed}-77", url=f"https://{feed}.example.org/77"), feed=feed, hours=hour)
    (item,) = store.items.list()
    assert item.feeds == ("pubmed", "bmj", "lancet", "cinahl", "eric")
    assert (len(store.items.list()), count_rows(store)["sighting"]) == (1, 5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"doi": "10.5555/a"}, {"doi": "10.5555/a", "title": "Quite another title"}, id="one DOI"),
        pytest.param({"url": "http://www.x.org/a/"}, {"url": "https://x.org/a?utm_source=rss"}, id="one address"),
        pytest.param({"guid": "a1"}, {"guid": "a1"}, id="one guid and one title"),
        pytest.param({}, {}, id="only a title"),
        pytest.param(
            {"url": "https://x.org/a", "title": "Hand hygiene in three wards"},
            {"url": "https://x.org/a", "title": "Hand hygiene in three busy wards"},
            id="one address and nearly one title",
        ),
        pytest.param(
            {"url": "https://x.org/a", "guid": "a1", "title": "Ward opens"},
            {"url": "https://x.org/a", "guid": "a1", "title": "Minister visits hospital"},
            id="one address and one guid under a new title",
        ),
    ],
)
def test_two_documents_bring_one_thing(store, first, second):
    base = {"title": "Hand hygiene in three wards"}
    shelve(store, Item(**base | first))
    assert not shelve(store, Item(**base | second), hours=1).new


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            {"url": "https://x.org/news"}, {"url": "https://x.org/news", "title": "A"}, id="one page for all"
        ),
        pytest.param({"guid": "same"}, {"guid": "same", "title": "A"}, id="a guid used twice"),
        pytest.param(
            {"url": "https://x.org/a", "doi": "10.5555/1"},
            {"url": "https://x.org/a", "doi": "10.5555/2"},
            id="two DOIs at one address",
        ),
        pytest.param(
            {"url": "https://x.org/a"},
            {"url": "https://x.org/a", "title": "Correction: Hand hygiene in three wards"},
            id="a correction",
        ),
        pytest.param({}, {"title": "A"}, id="two titles"),
    ],
)
@pytest.mark.parametrize("in_one_document", [True, False], ids=["in one document", "in two documents"])
def test_two_things_stay_two_however_often_they_come(store, first, second, in_one_document):
    base = {"title": "Hand hygiene in three wards"}
    both = [Item(**base | first), Item(**base | second)]
    for hour in range(3):
        for document in [both] if in_one_document else [both[:1], both[1:]]:
            shelve(store, *document, hours=hour)
    assert len(store.items.list()) == 2


def test_a_key_stays_with_the_item_that_had_it_first(store):
    first, _ = shelve_anew(store, paper("Net zero", url="https://x.org/a"), paper("Staffing", url="https://x.org/a"))
    assert "url:x.org/a" in first.keys


def test_a_title_alone_says_nothing_in_another_feed(store):
    shelve(store, paper("Editorial"), feed="bmj")
    shelve(store, paper("Editorial"), feed="lancet")
    assert len(store.items.list()) == 2


def test_within_one_document_likeness_is_not_enough(store):
    board = [paper(f"Board papers for the {week} week", url="https://x.org/board") for week in ("first", "second")]
    shelve(store, *board)
    assert len(store.items.list()) == 2


def test_within_one_document_the_same_title_at_the_same_address_is_one_thing(store):
    twin = paper(url="https://x.org/a")
    assert shelve(store, replace(twin, guid="1"), replace(twin, guid="2")).visit.new == 1


def test_what_the_feed_has_brought_before_is_preferred_to_what_is_only_like_it(store):
    address = "https://x.org/board"
    may, june = (paper(f"Board papers for {month} week", url=address) for month in ("May", "June"))
    _, second = shelve(store, may, june).new
    shelve(store, replace(june, summary="Agenda"), hours=1)
    assert store.items.get(second).summary == "Agenda"


def test_what_a_feed_calls_an_item_says_nothing_about_another_feeds_name_for_it(store):
    shelve(store, paper("Hand hygiene in wards", url="https://x.org/a", guid="bmj-1"), feed="bmj")
    shelve(store, paper("Hand hygiene in busy wards", url="https://x.org/a", guid="42"), feed="pubmed")
    assert len(store.items.list()) == 1


BARE = paper(FULL.title, doi=FULL.doi)


def test_blanks_are_filled_by_the_next_feed(store):
    shelve(store, BARE, feed="bare")
    shelve(store, FULL, feed="bmj", hours=1)
    (item,) = store.items.list()
    keys = identity.keys(FULL, "bmj")
    given = {"id": item.id, "first_seen": NOON, "feeds": ("bare", "bmj"), "source": "bare", "summary_feed": "bmj"}
    assert item == replace(FULL, keys=keys, **given)


RANK = {"bmj": 0, "bare": 1, "digest": 2}
DIGEST = paper("Gowns: what a trial found", doi=FULL.doi, summary="A trial worth reading.", kind="News")


def test_of_two_feeds_the_one_that_outranks_the_other_speaks(store):
    shelve(store, DIGEST, feed="digest")
    store.items.shelve(visit("bmj", 1), [FULL], RANK)
    (item,) = store.items.list()
    told = (item.title, item.summary, item.published, item.source, item.summary_feed, item.kind)
    assert told == (FULL.title, FULL.summary, FULL.published, "bmj", "bmj", FULL.kind or "News")
    assert (item.feeds, item.first_seen) == (("digest", "bmj"), NOON)


def test_a_feed_that_is_outranked_only_fills_what_is_blank(store):
    store.items.shelve(visit("bmj"), [FULL], RANK)
    shelve(store, DIGEST, feed="digest", hours=1)
    (item,) = store.items.list()
    assert (item.title, item.summary, item.source, item.summary_feed) == (FULL.title, FULL.summary, "bmj", "bmj")


def test_what_the_feed_that_speaks_leaves_open_stays_as_another_told_it(store):
    shelve(store, DIGEST, feed="digest")
    store.items.shelve(visit("bare", 1), [BARE], RANK)
    (item,) = store.items.list()
    assert (item.title, item.summary, item.source, item.summary_feed) == (
        BARE.title,
        DIGEST.summary,
        "bare",
        "digest",
    )


@pytest.mark.parametrize("rank", [{}, {"digest": 0}, {"bmj": 0}], ids=["neither", "the known one", "the new one"])
def test_a_feed_without_a_rank_replaces_nothing_and_is_not_replaced(store, rank):
    shelve(store, DIGEST, feed="digest")
    store.items.shelve(visit("bmj", 1), [FULL], rank)
    assert [item.title for item in store.items.list()] == [DIGEST.title]


def test_who_speaks_is_settled_once(store):
    shelve(store, DIGEST, feed="digest")
    for hours in (1, 2):
        store.items.shelve(visit("bmj", hours), [FULL], RANK)
        shelve(store, DIGEST, feed="digest", hours=hours + 0.5)
        assert [item.title for item in store.items.list()] == [FULL.title]


def test_what_is_known_is_never_overwritten(store):
    (first,) = shelve_anew(store, FULL)
    other = replace(
        FULL,
        title="REUSABLE GOWNS",
        url="https://example.com/other",
        published=later(-1),
        authors=("C. Clark",),
        summary="Another summary",
        kind="News",
        citation=Citation("Other", "1", "1", "1"),
        language="fr",
        free=False,
        guid="other",
    )
    shelve(store, other, feed="other", hours=1)
    again = store.items.get(first.id)
    assert replace(again, feeds=first.feeds, keys=first.keys) == first
    assert set(first.keys) < set(again.keys)


def test_a_date_that_could_not_be_used_gives_way_to_a_good_one(store):
    shelve(store, replace(BARE, date_flag=DateFlag.UNREADABLE))
    shelve(store, FULL, hours=1)
    (item,) = store.items.list()
    assert (item.published, item.date_source, item.date_flag) == (later(-48), DateSource.PUBLISHED, DateFlag.NONE)


def test_the_date_of_first_sight_gives_way_to_the_items_own(store):
    shelve(store, replace(BARE, published=NOON, date_source=DateSource.FIRST_SEEN))
    shelve(store, FULL, hours=1)
    assert store.items.list()[0].date_source is DateSource.PUBLISHED


def test_a_known_item_that_learns_a_key_is_found_by_it(store):
    known = shelve_one(store, paper(url="https://x.org/a"))
    shelve(store, paper(url="https://x.org/a", doi="10.5555/a"), feed="pubmed")
    shelve(store, paper("Under a third title", doi="10.5555/a"), feed="cinahl")
    assert store.items.get(known).feeds == ("bmj", "pubmed", "cinahl")


def test_what_is_raised_midway_leaves_nothing_behind(store, monkeypatch):
    shelve(store, paper("Known", url="https://x.org/1"))
    before = count_rows(store)

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(items_module, "add_visits", fail)
    with pytest.raises(KeyboardInterrupt):
        store.items.shelve(visit(validators=Validators('"lost"')), [paper("Known", url="https://x.org/1"), FULL])
    assert count_rows(store) == before
    assert store.visits.known() == {}


def test_of_several_documents_all_are_shelved_or_none(store):
    good, bad = (visit("bmj"), [FULL]), (replace(visit("lancet"), at=NOON.replace(tzinfo=None)), [])
    before = count_rows(store)
    with pytest.raises(Exception, match="no time zone"):
        store.items.shelve_all([good, bad])
    assert count_rows(store) == before
    assert store.items.shelve_all([]) == []


def test_an_item_that_two_documents_bring_together_is_new_in_the_first(store):
    first, second = store.items.shelve_all([(visit("bmj"), [FULL]), (visit("lancet"), [BARE])])
    assert (first.new, second.new, second.all) == (first.all, (), first.all)
    assert store.items.get(first.new[0]).feeds == ("bmj", "lancet")


def test_a_document_finds_what_its_feed_has_brought_just_before(store):
    before, after = (paper(title, url="https://x.org/a", guid="a1") for title in ("Ward opens", "Minister on tour"))
    first, second = store.items.shelve_all([(visit("bmj"), [before]), (visit("bmj", 1), [after])])
    assert (second.new, second.all) == ((), first.all)


def test_an_intake_names_the_items_of_a_document_each_once(store):
    known = shelve_one(store, FULL)
    shelved = shelve(store, paper("Newer", guid="2"), FULL, BARE, hours=1)
    assert shelved.all == (*shelved.new, known)


def test_items_that_were_first_seen_since_an_instant_are_listed(store):
    shelve(store, paper("Old", url="https://x.org/1", published=later(99)))
    new = shelve_one(store, paper("New", guid="2", published=later(-99)), hours=2)
    shelve(store, paper("Old", url="https://x.org/1"), feed="lancet", hours=3)
    assert [item.id for item in store.items.first_seen_since(later(2))] == [new]
    assert len(store.items.first_seen_since(NOON)) == 2


def test_hostile_text_is_stored_and_found_again(store):
    hostile = Item(
        title="Robert'); DROP TABLE item;-- \0 \ud800 \u202e",
        url="https://x.org/\0\udfff?q=\ud800#!\0",
        guid="\0\ud800",
        doi="10.5555/%00'",
        authors=("\0", "\ud800"),
        summary="\0\ud800",
        categories=("\0",),
    )
    shelve(store, hostile)
    assert not shelve(store, hostile, hours=1).new
    assert len(store.items.list()) == 1


def test_an_address_of_any_length_is_stored_and_found_again(store):
    digits = "".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(500))
    endless = paper(url=f"https://x.org/{digits}", doi=f"10.5555/{digits}", guid=digits)
    shelve(store, endless, paper("Another", url=f"https://x.org/{digits}b"))
    assert not shelve(store, endless, hours=1).new
    assert len(store.items.list()) == 2


def test_a_document_of_more_items_than_one_query_takes_is_shelved(store):
    document = [paper(f"Trial {n} of many", url=f"https://x.org/{n}", guid=str(n)) for n in range(1201)]
    assert shelve(store, *document).visit.new == 1201
    assert shelve(store, *document, hours=1).visit.new == 0
