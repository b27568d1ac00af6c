"""Atom of an edition: its items, each with its heading as category; read by feedparser and by our own reader."""

from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

import feedparser
import pytest
import specimens
from hypothesis import given
from hypothesis import strategies as st

from bulletin.export import SHAPES
from bulletin.model import Feed, Fetched, Validators
from bulletin.parse import document


def made(paper):
    return SHAPES["atom"].make(paper)


def test_feedparser_reads_every_item_with_its_heading():
    found = feedparser.parse(made(specimens.FULL))
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.id == "tag:example.nhs.uk,2026-12-07:update-2026-12-07"
    article, report, welsh = found.entries
    assert article.id == f"{found.feed.id}/aaaaaaaaaaaa"
    assert (article.title, article.link) == ("Early discharge and falls", "https://doi.org/10.5555/ward.1")
    assert [one.term for one in article.tags] == ["Safety & quality", "Finance"]
    assert [one.name for one in article.authors] == list(specimens.ARTICLE.authors)
    assert article.published == "2026-08-06T00:00:00Z"
    assert article.summary == specimens.ARTICLE.summary
    assert report.authors[0].name == "Department of Wards, Beds and Care"
    assert welsh.authors[0].name == "Wexbridge Library"


def test_an_edition_that_readers_find_is_linked_and_named_by_its_host():
    home = "https://desk.example.nhs.uk/read/update/update-2026-12-07"
    found = feedparser.parse(made(specimens.replace(specimens.FULL, home=home)))
    assert (found.feed.link, found.feed.id) == (home, "tag:desk.example.nhs.uk,2026-12-07:update-2026-12-07")


def test_our_own_reader_reads_it():
    when = datetime(2026, 12, 8, tzinfo=UTC)
    fetched = Fetched(Feed("ours", "Ours", ""), "", "application/atom+xml", made(specimens.FULL), Validators(), when)
    items = document(fetched).items
    assert [one.title for one in items] == ["Early discharge and falls", "Heat in care homes", "Gweithlu iechyd"]
    assert items[0].categories == ("Safety & quality", "Finance")


@pytest.mark.parametrize("text", specimens.HOSTILE.values(), ids=specimens.HOSTILE)
def test_hostile_words_are_only_words(text):
    assert_sound(specimens.hostile(text))


@given(st.text())
def test_no_words_break_it(text):
    assert_sound(specimens.hostile(text))


def assert_sound(paper):
    """It parses, and every entry has what RFC 4287 asks for."""
    atom = "{http://www.w3.org/2005/Atom}"
    root = Xml.fromstring(made(paper))
    assert len(root.findall(f"{atom}entry")) == paper.page.count
    for entry in root.iter(f"{atom}entry"):
        names = [one.tag.removeprefix(atom) for one in entry]
        assert {"id", "title", "updated", "author"} <= set(names)
        assert "link" in names or "content" in names
        assert names.count("summary") + names.count("content") == 1


def test_three_hundred_items_are_three_hundred_entries():
    assert len(feedparser.parse(made(specimens.BIG)).entries) == 300
