"""Additions: a service fills what a feed left out, and nothing that the feed said is lost."""

from dataclasses import replace

import pytest
from papers import NOON, later, paper, shelve, shelve_one

from bulletin.errors import UnknownError
from bulletin.model import Added, Citation, DateFlag, DateSource, Item, Lookup, Mark, Service
from bulletin.store.additions import ENOUGH, lacks

CROSSREF, EUROPEPMC, UNPAYWALL = Service
DOI = "10.5555/hands"
BARE = paper(doi=DOI)
LONG, LONGER = "<p>" + "Clean hands. " * 20 + "</p>", "<p>" + "Clean hands save lives. " * 20 + "</p>"
FULL = Item(
    title="Another title",
    published=later(-24),
    date_source=DateSource.PUBLISHED,
    authors=("A. Adams", "B. Brown"),
    summary=LONG,
    kind="journal-article",
    citation=Citation("J Wards", "7", "2", "10-19"),
    language="en",
    free=True,
    free_url="https://x.org/free.pdf",
)
FIELDS = ("authors", "published", "summary", "citation", "kind", "language", "free", "free_url")


def found(store, item, answer, service=CROSSREF, hours=1):
    """Let a service answer; gives the item as it is read then."""
    store.lookups.add(Lookup(item, service, later(hours), answer))
    return store.items.get(item)


def by(service, *fields):
    return tuple(Added(field, service) for field in fields)


def test_every_blank_is_filled_and_says_by_whom(store):
    item = found(store, shelve_one(store, BARE), FULL)
    assert {name: getattr(item, name) for name in FIELDS} == {name: getattr(FULL, name) for name in FIELDS}
    assert (item.title, item.date_source, item.summary_feed) == (BARE.title, DateSource.PUBLISHED, "")
    assert item.added == by(CROSSREF, *FIELDS)


def test_what_the_feed_said_stays(store):
    told = replace(
        FULL,
        doi=DOI,
        authors=("C. Clark",),
        published=later(-48),
        summary=LONGER,
        kind="Research",
        citation=Citation("BMJ", "1", "1", "1"),
        language="fr",
        free_url="https://x.org/other",
    )
    id_ = shelve_one(store, told)
    before = store.items.get(id_)
    assert found(store, id_, FULL) == before
    assert before.added == ()


def test_a_citation_is_filled_part_by_part(store):
    item = found(store, shelve_one(store, replace(BARE, citation=Citation("BMJ", "", "2"))), FULL)
    assert item.citation == Citation("BMJ", "7", "2", "10-19")


def test_what_the_feed_says_later_counts_more_than_what_was_added(store):
    id_ = shelve_one(store, BARE)
    found(store, id_, FULL)
    shelve(store, replace(BARE, kind="Research", authors=("C. Clark",)), hours=2)
    item = store.items.get(id_)
    assert (item.kind, item.authors, item.language) == ("Research", ("C. Clark",), "en")
    assert {added.field for added in item.added} == {*FIELDS} - {"kind", "authors"}


def test_the_row_keeps_what_the_feed_said(store):
    id_ = shelve_one(store, BARE)
    found(store, id_, FULL)
    assert shelve(store, BARE, hours=2).new == ()
    with store._database.read() as connection:
        row = connection.exec_driver_sql("SELECT kind, language, summary, published FROM item").one()
    assert tuple(row) == ("", "", "", None)


@pytest.mark.parametrize(
    ("said", "added", "read"),
    [
        pytest.param("", "Short.", "Short.", id="none"),
        pytest.param("A word.", LONG, LONG, id="short"),
        pytest.param(LONG, LONGER, LONG, id="long enough"),
        pytest.param("Many words.", "A word.", "Many words.", id="longer than the added one"),
        pytest.param("<p>" + "<b></b>" * 50 + "A word.</p>", LONG, LONG, id="only its markup is long"),
        pytest.param("A and B", "A &amp; B C", "A and B", id="a character is one, however it is spelled"),
        pytest.param("x" * (ENOUGH - 1), "y" * ENOUGH, "y" * ENOUGH, id="one character short"),
        pytest.param("x" * ENOUGH, "y" * 999, "x" * ENOUGH, id="just enough"),
    ],
)
def test_a_summary_that_says_little_gives_way_to_a_longer_one(store, said, added, read):
    item = found(store, shelve_one(store, replace(BARE, summary=said)), Item("", summary=added))
    assert item.summary == read
    assert item.told == ("" if read == said else said)
    assert item.summary_feed == ("bmj" if said else "")


def test_of_two_added_summaries_the_longer_one_counts(store):
    id_ = shelve_one(store, BARE)
    assert found(store, id_, Item("", summary="Short.")).added == by(CROSSREF, "summary")
    item = found(store, id_, Item("", summary=LONG), EUROPEPMC)
    assert (item.summary, item.added) == (LONG, by(EUROPEPMC, "summary"))
    assert found(store, id_, Item("", summary=LONGER), CROSSREF) == item


def test_the_first_service_to_fill_a_blank_is_the_one_that_filled_it(store):
    id_ = shelve_one(store, BARE)
    found(store, id_, Item("", kind="Paper", citation=Citation("BMJ")))
    item = found(store, id_, Item("", kind="Article", citation=Citation("Lancet", "9")), EUROPEPMC)
    assert (item.kind, item.citation) == ("Paper", Citation("BMJ", "9"))
    assert item.added == (*by(CROSSREF, "citation"), *by(EUROPEPMC, "citation"), *by(CROSSREF, "kind"))


def test_a_date_that_could_not_be_used_gives_way_to_an_added_one(store):
    item = found(store, shelve_one(store, replace(BARE, date_flag=DateFlag.ABSURD)), FULL)
    assert (item.published, item.date_source, item.date_flag) == (
        later(-24),
        DateSource.PUBLISHED,
        DateFlag.NONE,
    )


def test_a_date_after_the_item_was_seen_is_not_its_date(store):
    item = found(store, shelve_one(store, BARE), Item("", published=later(1)))
    assert (item.published, item.added) == (None, ())


def test_items_are_listed_by_the_date_that_was_added(store):
    old, other = shelve_one(store, BARE), shelve_one(store, paper("Other", guid="2"))
    found(store, old, FULL)
    assert [item.id for item in store.items.list()] == [other, old]
    assert [item.id for item in store.items.list(since=later(-1))] == [other]
    assert [item.id for item in store.items.list(since=later(-24))] == [other, old]


def test_nothing_found_adds_nothing(store):
    id_ = shelve_one(store, BARE)
    before = store.items.get(id_)
    assert found(store, id_, None) == before
    assert found(store, id_, Item("")) == before


def test_a_service_may_know_of_marks(store):
    id_ = shelve_one(store, BARE)
    marked = Item("", marks=(Mark.CORRECTED, Mark.RETRACTED))
    for hours in (1, 2):
        assert found(store, id_, marked, hours=hours).marks == (Mark.RETRACTED, Mark.CORRECTED)


def test_what_was_added_to_a_merged_item_passes_to_the_one_that_stays(store):
    stays = shelve_one(store, paper(url="https://x.org/1"))
    goes = shelve_one(store, BARE, feed="pubmed", hours=1)
    found(store, goes, FULL)
    found(store, goes, Item("", marks=(Mark.RETRACTED,)), EUROPEPMC)
    shelve(store, paper(url="https://x.org/1", doi=DOI), feed="other", hours=2)
    item = store.items.get(goes)
    assert (item.id, item.kind, item.marks) == (stays, FULL.kind, (Mark.RETRACTED,))
    assert item.added == by(CROSSREF, *FIELDS)


def test_of_two_things_added_to_what_became_one_item_its_own_stays(store):
    stays, goes = shelve_one(store, paper(url="https://x.org/1")), shelve_one(store, BARE, feed="pubmed", hours=1)
    found(store, stays, Item("", kind="Mine"))
    found(store, goes, Item("", kind="Theirs", language="en"))
    shelve(store, paper(url="https://x.org/1", doi=DOI), feed="other", hours=2)
    item = store.items.get(goes)
    assert (item.id, item.kind, item.language) == (stays, "Mine", "en")


def test_an_answer_about_a_merged_item_is_one_about_the_item_that_stays(store):
    stays, goes = shelve_one(store, paper(url="https://x.org/1")), shelve_one(store, BARE, feed="pubmed", hours=1)
    shelve(store, paper(url="https://x.org/1", doi=DOI), feed="other", hours=2)
    found(store, goes, Item("", kind="Research"))
    assert store.items.get(stays).kind == "Research"


def test_an_answer_about_nothing_is_refused(store):
    with pytest.raises(UnknownError, match="no item nothing"):
        store.lookups.add(Lookup("nothing", CROSSREF, NOON, FULL))


COMPLETE = replace(FULL, free=False, free_url="", kind="", language="")


@pytest.mark.parametrize(
    ("item", "services"),
    [
        pytest.param(BARE, {CROSSREF, EUROPEPMC, UNPAYWALL}, id="everything"),
        pytest.param(COMPLETE, {UNPAYWALL}, id="a free copy"),
        pytest.param(FULL, set(), id="nothing"),
        pytest.param(replace(FULL, authors=()), {CROSSREF, EUROPEPMC}, id="authors"),
        pytest.param(replace(FULL, summary="Short."), {CROSSREF, EUROPEPMC}, id="a summary that says something"),
        pytest.param(replace(FULL, citation=Citation()), {CROSSREF, EUROPEPMC}, id="a journal"),
        pytest.param(
            replace(FULL, published=NOON, date_source=DateSource.FIRST_SEEN),
            {CROSSREF, EUROPEPMC},
            id="a date of its own",
        ),
    ],
)
def test_an_item_lacks(item, services):
    assert {service for service in Service if lacks(item, service)} == services
