"""The linter and the desk: what it is told, whose yes its warnings need, and what its errors forbid."""

from dataclasses import replace
from datetime import timedelta

import editing
import newsroom
import pytest
from editing import DIGEST, do

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.jobs.judged import Judged
from bulletin.model import Act, DateSource, Finding, Item, LinkState, Mark, Outcome, Severity, Visit

ERROR = Finding(15, "text-contrast", Severity.ERROR, "the contrast is too low", "Gowns")
DATES = Finding(31, "dates", Severity.WARNING, "write 6 August 2018", "06/08/18")
CAPITALS = Finding(30, "capitals", Severity.WARNING, "no block capitals", "NET ZERO PLAN")


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def gowns(desk):
    gowns = editing.shelve(desk, "Gowns", summary="<p>Washed ones.</p>", greener=0.9)
    editing.compose(desk, "digest")
    return gowns


@pytest.fixture
def told(monkeypatch):
    """What the linter is told, email by email."""
    seen = []
    monkeypatch.setattr("bulletin.jobs.judged.lint", lambda _, known: seen.append(known) or ())
    return seen


@pytest.fixture
def says(desk, monkeypatch):
    """Let the linter say something of every email from now on."""

    def say(*findings: Finding):
        desk.judged._verdicts.clear()
        monkeypatch.setattr("bulletin.jobs.judged.lint", lambda *_: findings)

    return say


def known(desk, told, edition=DIGEST):
    desk.judged._verdicts.clear()
    del told[:]
    jobs.lint(desk, edition, "all" if edition.startswith("digest") else "")
    return told[0]


def test_what_the_files_say_of_a_list_is_known(desk, gowns, told):
    found = known(desk, told)
    assert (found.sender, found.reply_to) == ("Wexbridge Library <library@example.nhs.uk>", "library@example.nhs.uk")
    assert (found.title, found.library, str(found.day)) == ("Green Digest", "Wexbridge Library", "2026-11-22")
    assert (found.window, found.most, found.headings) == (timedelta(days=7), 2, {"Sustainable Healthcare": 1})
    assert "example.nhs.uk" in found.hosts


def test_an_item_is_known_as_it_is_printed(desk, gowns, told):
    [item] = known(desk, told).items
    assert (item.id, item.title, item.url) == (gowns, "Gowns", "https://example.org/Gowns")
    assert (item.summary, item.provenance, item.marks, item.printed_in) == ("Washed ones.", "summary", (), "")
    assert (item.dated, item.date) == ("21 November 2026", editing.NOW - timedelta(days=1))


def test_words_of_an_editor_are_the_library_s_own(desk, gowns, told):
    do(desk, DIGEST, gowns, Act.REWORD, title="Gowns that are washed", summary="They last.")
    do(desk, DIGEST, gowns, Act.NOTE, note="Our theatres want them")
    found = known(desk, told)
    assert (found.items[0].title, found.items[0].provenance) == ("Gowns that are washed", "library")
    assert "Our theatres want them" in found.own_text.splitlines()


@pytest.mark.parametrize(("title", "marks"), [("Gowns", ("retracted",)), ("RETRACTED: Gowns", ())])
def test_a_mark_must_stand_with_an_item_unless_its_title_says_so(desk, told, title, marks):
    gowns = editing.shelve(desk, title, greener=0.9)
    notice = editing.shelve(desk, "Retraction")
    desk.store.items.mark(gowns, Mark.RETRACTED, notice, desk.now())
    editing.compose(desk, "digest")
    assert known(desk, told).items[0].marks == marks


def test_how_the_house_writes_is_known(desk, gowns, told):
    folder = desk.config.folder
    (folder / "style.yaml").write_text("abbreviations: {ICB: integrated care board}\ncapitals: [NICE]\n", "utf-8")
    with editing.reopened(desk, "title: Green Digest", "title: Green Digest") as changed:
        found = known(changed, told)
    assert (found.abbreviations, found.capitals) == ({"ICB": "integrated care board"}, {"NICE"})


def test_nothing_of_this_hour_lies_in_the_future(desk, gowns, told, clock):
    before = known(desk, told).now
    clock.now += timedelta(minutes=20)
    assert known(desk, told).now == before > clock.now


def test_links_are_known_once_one_of_them_was_checked(desk, gowns, told):
    assert known(desk, told).links is None
    state = LinkState(404, desk.now(), "gone")
    desk.store.links.put({"https://example.org/Gowns": state})
    assert known(desk, told).links == {"https://example.org/Gowns": state}


def shelve(desk, title, url, doi=""):
    """Put an item of the last week on the shelves and under a heading of the digest."""
    item = Item(title, url, doi, desk.now() - timedelta(days=1), DateSource.PUBLISHED)
    (new,) = desk.store.items.shelve(Visit("feed-b", desk.now(), Outcome.OK), [item]).new
    editing.look(desk, new, greener=0.9)
    return new


LONG = "Reusable gowns cut theatre waste in three hospitals"
AGAIN = [
    (LONG, "https://elsewhere.org/a", "", True),
    (LONG, "https://elsewhere.org/a", "10.5555/two", False),
    ("Editorial", "https://elsewhere.org/a", "", False),
    ("Something else", "https://example.org/first", "", False),
]


@pytest.mark.parametrize(("title", "url", "doi", "again"), AGAIN)
def test_what_an_earlier_edition_had_is_known_again(desk, told, clock, title, url, doi, again):
    shelve(desk, LONG, "https://example.org/first", "10.5555/one" if doi else "")
    shelve(desk, "Editorial", "https://example.org/editorial")
    editing.compose(desk, "digest")
    assert jobs.approve(desk, DIGEST, "eve").holds
    clock.now += timedelta(days=7)
    new = shelve(desk, title, url, doi)
    newer = jobs.compose(desk, desk.bulletin("digest")).id
    found = known(desk, told, newer)
    assert found.last_subject == "Green Digest: November 2026"
    assert {one.id: one.printed_in for one in found.items} == {new: DIGEST if again else ""}


def test_what_nobody_approved_was_never_printed(desk, told, clock):
    shelve(desk, LONG, "https://example.org/first")
    editing.compose(desk, "digest")
    clock.now += timedelta(days=7)
    new = shelve(desk, LONG, "https://elsewhere.org/a")
    newer = jobs.compose(desk, desk.bulletin("digest")).id
    found = known(desk, told, newer)
    assert (found.last_subject, {one.id: one.printed_in for one in found.items}) == ("", {new: ""})


def test_the_same_bytes_are_judged_once_until_what_is_known_changes(desk, gowns, monkeypatch):
    asked = []
    monkeypatch.setattr("bulletin.jobs.judged.lint", lambda mime, _: asked.append(mime) or ())
    jobs.lint(desk, DIGEST)
    jobs.plan(desk, DIGEST, "eve")
    assert len(asked) == 2
    desk.store.links.put({"https://example.org/Gowns": LinkState(200, desk.now())})
    jobs.lint(desk, DIGEST)
    assert len(asked) == 4


def test_only_so_many_verdicts_are_remembered(desk, gowns, told, monkeypatch):
    found = known(desk, told)
    judged = Judged(most=2)
    del told[:]
    for mime in (b"a", b"b", b"a", b"c", b"a", b"b"):
        judged.findings(mime, found)
    assert len(told) == 4


def test_an_error_forbids_the_approval_and_is_said_once_for_all_lists(desk, gowns, says):
    says(ERROR)
    words = "rule 15, text-contrast: the contrast is too low (Gowns) [Everybody, Boards]"
    assert jobs.plan(desk, DIGEST, "eve").faults == (words,)
    with pytest.raises(InputError) as refused:
        jobs.approve(desk, DIGEST, "eve")
    assert str(refused.value) == words
    assert desk.store.approvals.holding() == {}


def test_a_warning_must_be_accepted_by_name_before_anybody_approves(desk, gowns, says):
    says(DATES, CAPITALS)
    with pytest.raises(InputError) as refused:
        jobs.approve(desk, DIGEST, "eve")
    assert str(refused.value).splitlines() == [
        "accept this first, or mend it: rule 30, capitals: no block capitals (NET ZERO PLAN) [Everybody, Boards]",
        "accept this first, or mend it: rule 31, dates: write 6 August 2018 (06/08/18) [Everybody, Boards]",
    ]
    [given] = jobs.accept_named(desk, DIGEST, ["dates"], "ann")
    assert (given.name, given.editor) == ("dates", "ann")
    assert [one.finding for one in jobs.plan(desk, DIGEST, "eve").unaccepted] == [CAPITALS]
    jobs.accept_named(desk, DIGEST, ["30"], "eve")
    assert jobs.approve(desk, DIGEST, "eve").holds


def test_the_approval_s_record_says_which_warnings_were_accepted(desk, gowns, says):
    says(DATES, CAPITALS)
    jobs.accept_named(desk, DIGEST, ["31", "capitals"], "eve")
    given = jobs.approve(desk, DIGEST, "eve")
    *_, last = desk.store.deeds.all()
    assert last.after == f"{given.digest}; warning accepted: 30 capitals; warning accepted: 31 dates"


def test_a_warning_that_changed_must_be_accepted_anew(desk, gowns, says):
    says(DATES)
    jobs.accept_named(desk, DIGEST, ["dates"], "eve")
    says(replace(DATES, where="07/08/18"))
    assert len(jobs.plan(desk, DIGEST, "eve").unaccepted) == 1
    says(DATES)
    assert jobs.plan(desk, DIGEST, "eve").unaccepted == ()


def test_a_warning_that_is_gone_is_accepted_by_nobody(desk, gowns, says):
    says(DATES)
    [shown] = jobs.plan(desk, DIGEST, "eve").warnings
    says()
    assert jobs.accept(desk, DIGEST, [shown.key], "eve") == []


def test_only_warnings_that_there_are_can_be_named(desk, gowns, says):
    says(DATES, ERROR)
    with pytest.raises(InputError, match="has no warning 'text-contrast'; those that it has: dates"):
        jobs.accept_named(desk, DIGEST, ["dates", "text-contrast"], "eve")
    assert desk.store.accepted.of(DIGEST) == {}


def test_errors_come_first_in_a_verdict(desk, gowns, says):
    says(CAPITALS, ERROR)
    [verdict] = jobs.lint(desk, DIGEST, "boards")
    assert (verdict.findings, verdict.errors, verdict.warnings) == ((ERROR, CAPITALS), 1, 1)
