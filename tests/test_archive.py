"""Readers see what was approved, whatever becomes of its items, headings and library; only marks come later."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import editing
import newsroom
import pytest
from editing import NOW, do, look

from bulletin import jobs
from bulletin.errors import UnknownError
from bulletin.model import Act, Approval, DateSource, Email, Item, Mark, Outcome, Visit
from bulletin.store import Pair

FEEDS = """\
feeds:
  - {name: Open Feed, url: "https://example.org/open", rights: ogl}
  - {name: Journal, url: "https://example.org/journal", rights: abstract}
"""
WITHHELD = "Vestibular"  # a word of the abstract alone


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def folder(tmp_path):
    newsroom.workspace(tmp_path, "https://example.org/open")
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    change(tmp_path, "bulletins.yaml", "    most: 2\n", "    most: 9\n    archive: public\n")
    return tmp_path


@pytest.fixture
def desk(folder, clock):
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


def change(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def shelve(desk, title, summary="", feed="open-feed", **more):
    """Let a feed tell of an item; gives its id."""
    told = {"published": NOW - timedelta(days=1), "date_source": DateSource.PUBLISHED, "summary": f"<p>{summary}</p>"}
    item = Item(title, f"https://example.org/{sha256(title.encode()).hexdigest()}", **(told | more))
    (id_,) = desk.store.items.shelve(Visit(feed, desk.now(), Outcome.OK), [item], {"open-feed": 0, "journal": 1}).all
    return id_


@pytest.fixture
def gowns(desk):
    return shelve(desk, "Gowns that last", "They are washed.")


@pytest.fixture
def falls(desk):
    return shelve(desk, "Falls on wards", f"{WITHHELD} training helps.", feed="journal", doi="10.5555/falls")


def approve(desk, *items):
    """Compose today's edition of these items and approve it; gives its id."""
    for item in items:
        look(desk, item, greener=0.9)
    edition = jobs.compose(desk, desk.bulletin("update")).id
    editing.approve(desk, edition, "eve", "subject")  # several have one subject in a month
    return edition


@pytest.fixture
def edition(desk, gowns, falls):
    """Falls stand under Workforce, gowns under Sustainable Healthcare, and they are sent to Workforce too."""
    look(desk, gowns, greener=0.9, workforce=0.8)
    look(desk, falls, workforce=0.9)
    return approve(desk)


def read(desk, edition):
    return jobs.read(desk, desk.bulletin("update"), edition)


def find(desk, words, limit=20, offset=0):
    return jobs.mentions(desk, desk.bulletin("update"), words, limit, offset)


def titles(desk, words):
    return [one.item.title for one in find(desk, words)[0]]


def seen(desk, edition):
    """All that readers can see of the edition, and find."""
    update = desk.bulletin("update")
    asked = ("gowns", "falls", "washed", "masks", "bin", "bandages", "climate", "wexbridge", WITHHELD)
    return read(desk, edition), jobs.kept(desk, update), [find(desk, words) for words in asked]


def merge(desk, folder, gowns, falls):
    other = shelve(desk, "Masks to bin", "They are not washed.")
    assert desk.store.items.join([Pair(gowns, other), Pair(falls, gowns)], desk.now()) == 2


def retell(desk, folder, gowns, falls):
    shelve(desk, "Masks to bin", "Bandages.", doi="10.5555/falls")
    assert desk.store.items.get(falls).title == "Masks to bin"


def reword(desk, folder, gowns, falls):
    desk.now.now += timedelta(days=1)
    later = jobs.compose(desk, desk.bulletin("update")).id
    do(desk, later, gowns, Act.REWORD, title="Masks to bin", summary="Bandages.")


def rename_heading(desk, folder, gowns, falls):
    change(folder, "topics/workforce.yaml", "Workforce", "Climate")


def rename_library(desk, folder, gowns, falls):
    change(folder, "bulletins.yaml", "name: Wexbridge Library", "name: Another Library")


def rename_bulletin(desk, folder, gowns, falls):
    change(folder, "bulletins.yaml", "title: Wexbridge Update", "title: Another Update")


def forbid(desk, folder, gowns, falls):
    change(folder, "feeds.yaml", "ogl", "citation")


def drop_feeds(desk, folder, gowns, falls):
    change(folder, "feeds.yaml", "Open Feed", "Another Feed")


CHANGES = [merge, retell, reword, rename_heading, rename_library, rename_bulletin, forbid, drop_feeds]


@pytest.mark.parametrize("later", CHANGES)
@pytest.mark.parametrize("archive", ["public", "staff"])
def test_what_was_approved_stays_as_it_was_whatever_comes_later(desk, folder, gowns, falls, edition, later, archive):
    change(folder, "bulletins.yaml", "archive: public", f"archive: {archive}")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as before:
        stood = seen(before, edition)
    later(desk, folder, gowns, falls)
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        assert seen(after, edition) == stood


def test_the_staff_reads_and_finds_what_everybody_does_not(desk, folder, edition):
    public = read(desk, edition)
    assert WITHHELD not in str(public)
    assert titles(desk, WITHHELD) == titles(desk, f"falls {WITHHELD.lower()}") == titles(desk, WITHHELD[:4]) == []
    change(folder, "bulletins.yaml", "archive: public", "archive: staff")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as staff:
        assert WITHHELD in str(read(staff, edition))
        assert titles(staff, WITHHELD) == ["Falls on wards"]


@pytest.mark.parametrize("mark", Mark)
def test_what_comes_out_later_is_marked_on_the_page_and_where_it_is_found(desk, gowns, falls, edition, mark):
    notice = shelve(desk, "A notice")
    desk.store.items.mark(gowns, mark, notice, desk.now())
    marked = f"[{mark.capitalize()}] Gowns that last"
    found = read(desk, edition)
    assert [item.title for heading in found.headings for item in heading.items] == ["Falls on wards", marked]
    assert marked in found.preheader
    assert titles(desk, "gowns") == [marked]


def test_a_mark_is_shown_of_what_an_item_was_merged_into(desk, gowns, falls, edition):
    other = shelve(desk, "Masks to bin")
    desk.store.items.join([Pair(gowns, other)], desk.now())
    stays = desk.store.items.get(gowns).id
    desk.store.items.mark(stays, Mark.RETRACTED, shelve(desk, "A notice"), desk.now())
    assert titles(desk, "gowns") == ["[Retracted] Gowns that last"]


def test_a_mark_that_was_there_at_the_approval_is_shown_once(desk, gowns):
    desk.store.items.mark(gowns, Mark.CORRECTED, shelve(desk, "A notice"), desk.now())
    edition = approve(desk, gowns)
    stood = read(desk, edition)
    assert stood.headings[0].items[0].title == "[Corrected] Gowns that last"
    desk.store.items.mark(gowns, Mark.RETRACTED, shelve(desk, "Another notice"), desk.now())
    assert titles(desk, "gowns") == ["[Retracted] [Corrected] Gowns that last"]


def test_the_librarys_own_title_hides_no_retraction(desk):
    item = shelve(desk, "RETRACTED: Gowns that last")
    desk.store.items.mark(item, Mark.RETRACTED, item, desk.now())
    look(desk, item, greener=0.9)
    draft = jobs.compose(desk, desk.bulletin("update")).id
    do(desk, draft, item, Act.REWORD, title="Lasting gowns")
    jobs.approve(desk, draft, "eve")
    assert read(desk, draft).headings[0].items[0].title == "[Retracted] Lasting gowns"
    assert "[Retracted] Lasting gowns" in desk.store.approvals.emails(1)[0].text


def test_what_is_approved_again_is_read_in_its_new_form(desk, gowns, falls, edition):
    do(desk, edition, gowns, Act.REWORD, title="Lasting gowns")
    with pytest.raises(UnknownError, match="no approved edition"):
        read(desk, edition)
    assert find(desk, "gowns") == ([], 0)
    jobs.approve(desk, edition, "eve")
    assert titles(desk, "gowns") == ["Lasting gowns"]
    assert titles(desk, "that last") == []


def test_an_edition_is_read_only_under_its_own_bulletin(desk, edition):
    with pytest.raises(UnknownError, match="no approved edition"):
        jobs.read(desk, replace(desk.bulletin("update"), id="other"), edition)


def test_an_item_that_two_editions_print_is_found_in_the_newest_that_has_the_words(desk, gowns, clock):
    first = approve(desk, gowns)
    clock.now += timedelta(days=1)
    masks = shelve(desk, "Masks and gowns")
    second = approve(desk, masks)
    found, total = find(desk, "gowns")
    assert [(one.item.title, one.kept.row.id, one.heading) for one in found] == [
        ("Masks and gowns", second, "Sustainable Healthcare"),
        ("Gowns that last", first, "Sustainable Healthcare"),
    ]
    assert (total, find(desk, "gowns", limit=1, offset=1)) == (2, (found[1:], 2))


def test_what_was_approved_before_forms_were_kept_is_shown_as_it_is_known_today(desk, folder, gowns, falls):
    for item in (gowns, falls):
        look(desk, item, greener=0.9)
    draft = jobs.compose(desk, desk.bulletin("update")).id
    desk.store.approvals.add(Approval(0, draft, "d", "eve", desk.now(), (Email(draft, "all", "", "", "", b""),)))
    assert [item.title for item in read(desk, draft).headings[0].items] == ["Falls on wards", "Gowns that last"]
    assert (titles(desk, "gowns"), titles(desk, WITHHELD)) == (["Gowns that last"], [])
    assert [one.row.size for one in jobs.kept(desk, desk.bulletin("update"))] == [2]
    retell(desk, folder, gowns, falls)
    assert titles(desk, "masks") == [read(desk, draft).headings[0].items[0].title] == ["Masks to bin"]
