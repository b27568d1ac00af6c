"""An item whose licence asks for a credit that nobody knows: it alone is printed nowhere, and people are told."""

from datetime import timedelta
from importlib import import_module

import newsroom
import pytest
from editing import NOW, look

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.model import DateSource, Item, Outcome, Visit

JOB = import_module("bulletin.jobs.plan")  # whose name stands for the job itself
FEEDS = """\
feeds:
  - {name: Open Feed, url: "https://example.org/open", rights: ogl}
  - {name: Silent, url: "https://example.org/silent", rights: open}
"""
TOLD = "not printed: Masks: its licence asks for a credit: write credit: at the feed Silent in feeds.yaml"


@pytest.fixture
def folder(tmp_path):
    newsroom.workspace(tmp_path, "https://example.org/open")
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    bulletins = tmp_path / "bulletins.yaml"
    text = bulletins.read_text(encoding="utf-8")
    bulletins.write_text(text.replace("    most: 2\n", "    most: 9\n    archive: public\n"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def desk(folder):
    with jobs.open_desk(newsroom.settings(folder), newsroom.Clock(NOW)) as desk:
        yield desk


def draft(desk, *titles_and_feeds):
    """Compose today's edition of these items; gives its id."""
    for title, feed in titles_and_feeds:
        url = f"https://example.org/{title.lower()}"
        published = NOW - timedelta(days=1)
        item = Item(title, url, summary="<p>Words.</p>", published=published, date_source=DateSource.PUBLISHED)
        visit = Visit(feed, desk.now(), Outcome.OK)
        (id_,) = desk.store.items.shelve(visit, [item], {"open-feed": 0, "silent": 1}).all
        look(desk, id_, greener=0.9)
    return jobs.compose(desk, desk.bulletin("update")).id


def test_whoever_approves_is_told_and_the_rest_is_approved(desk):
    edition = draft(desk, ("Gowns", "open-feed"), ("Masks", "silent"))
    plan = jobs.plan(desk, edition, "eve")
    assert TOLD in plan.hints
    assert plan.faults == ()
    assert all("Masks" not in one.html + one.text for one in plan.emails)
    assert jobs.approve(desk, edition, "eve").edition == edition


def test_readers_of_the_archive_neither_see_nor_find_it(desk):
    edition = draft(desk, ("Gowns", "open-feed"), ("Masks", "silent"))
    jobs.approve(desk, edition, "eve")
    update = desk.bulletin("update")
    page = jobs.read(desk, update, edition)
    assert [item.title for heading in page.headings for item in heading.items] == ["Gowns"]
    assert [one.row.size for one in jobs.kept(desk, update)] == [1]
    assert jobs.mentions(desk, update, "masks", 9, 0) == ([], 0)
    assert jobs.mentions(desk, update, "gowns", 9, 0)[1] == 1


def test_whoever_exports_the_edition_is_told(desk, folder, run_bulletin):
    edition = draft(desk, ("Gowns", "open-feed"), ("Masks", "silent"))
    assert jobs.export(desk, edition, "csv").items == 1
    done = run_bulletin("-C", folder, "export", edition, "--as", "csv")
    assert (done.returncode, TOLD in done.stderr) == (0, True)


def test_a_list_of_what_was_chosen_by_hand_leaves_nothing_off_in_silence(desk):
    draft(desk, ("Gowns", "open-feed"), ("Masks", "silent"))
    ids = {item.title: item.id for item in desk.store.items.list()}
    assert jobs.resources(desk, "Reading", [ids["Gowns"]], "csv").items == 1
    with pytest.raises(InputError, match="this cannot be listed yet: Masks: its licence asks for a credit: write"):
        jobs.resources(desk, "Reading", [*ids.values()], "csv")


def test_an_edition_of_nothing_else_is_not_approved(desk):
    edition = draft(desk, ("Masks", "silent"))
    with pytest.raises(InputError, match="the edition prints nothing, and an empty one is never sent"):
        jobs.approve(desk, edition, "eve")


def test_once_the_feed_says_whom_to_name_it_is_printed(desk, folder):
    edition = draft(desk, ("Gowns", "open-feed"), ("Masks", "silent"))
    credited = FEEDS.replace("rights: open", 'rights: open, credit: "© The authors, CC BY 4.0"')
    (folder / "feeds.yaml").write_text(credited, encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        plan = jobs.plan(after, edition, "eve")
        assert TOLD not in plan.hints
        assert all("© The authors, CC BY 4.0" in one.text for one in plan.emails)


def test_what_makes_an_email_too_big_is_told_beside_the_fault(desk, monkeypatch):
    edition = draft(desk, ("Gowns", "open-feed"))
    monkeypatch.setattr(JOB, "MOST_BYTES", 100)
    hints = jobs.plan(desk, edition, "eve").hints
    (told,) = [one for one in hints if "too big" in one]
    assert told.startswith(
        "the email for Managers is too big: lower `most` in bulletins.yaml, or leave items out of "
    )
    assert "Sustainable Healthcare (" in told
