"""One thing told twice becomes one item, a notice marks what it concerns, and what an editor decided stays."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import jobs
from bulletin.cli import main
from bulletin.jobs import same
from bulletin.model import Citation, DateSource, Item, Mark, Notice, Outcome, Visit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TEXT = (
    "Hospitals in the north have replaced disposable theatre gowns by reusable ones and cut their clinical waste by "
    "a fifth, according to figures of the Wexbridge institute, which followed eleven theatres for a year of work."
)
ONE = Item("Reusable gowns cut waste", "https://one.example/gowns", summary=TEXT)
OTHER = Item("Theatre waste falls as gowns are reused", "https://two.example/waste-falls", summary=TEXT)
PREPRINT = Item(
    "Staffing, falls and harm on medical wards", doi="10.1101/2026.01.02", authors=("A. Nwosu", "B. Reilly")
)
PAPER = replace(PREPRINT, doi="10.1136/falls")
REPORT = Item("Annual report and accounts 2024 to 2025", "https://a.example/report")
CORRECTION = Item(f"Correction: {REPORT.title}", "https://b.example/correction", notice=Notice(Mark.CORRECTED))


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def folder(tmp_path):
    return newsroom.workspace(tmp_path, "https://feeds.example/unused")


@pytest.fixture
def desk(folder, clock):
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


def shelve(desk, item, feed):
    """Let a feed bring an item; gives its id."""
    item = replace(item, published=item.published or desk.now(), date_source=DateSource.PUBLISHED)
    return desk.store.items.shelve(Visit(feed, desk.now(), Outcome.OK), [item]).all[0]


def marks(desk, item):
    return desk.store.items.get(item).marks


def test_an_accepted_item_does_not_disappear_in_a_discarded_one(desk):
    discarded, accepted = shelve(desk, ONE, "one"), shelve(desk, OTHER, "two")
    jobs.decide(desk, discarded, [], "Ann")
    jobs.decide(desk, accepted, ["greener"], "Ann")
    assert jobs.classify(desk).joined == 0
    assert desk.store.decisions.latest()[accepted].topics == ("greener",)
    assert len(desk.store.items.list()) == 2


def test_what_was_decided_before_it_was_ever_compared_is_compared_once(desk, monkeypatch):
    shelve(desk, ONE, "one")
    jobs.classify(desk)
    accepted = shelve(desk, OTHER, "two")
    alone = shelve(desk, PAPER, "bmj")
    for item in (accepted, alone):
        jobs.decide(desk, item, ["greener"], "Ann")
    assert jobs.classify(desk).joined == 1
    assert {item.id for item in desk.store.items.list()} == {accepted, alone}
    compared = []
    monkeypatch.setattr("bulletin.classify.alike", lambda new, _: compared.extend(new) or [])
    jobs.classify(desk)
    assert compared == []


def test_nothing_is_compared_with_what_is_older_than_two_years(desk, clock, monkeypatch):
    shelve(desk, replace(ONE, published=NOW - timedelta(days=731)), "one")
    recent = shelve(desk, replace(PAPER, published=NOW - timedelta(days=729)), "three")
    jobs.classify(desk)
    shelve(desk, OTHER, "two")
    known = []
    monkeypatch.setattr("bulletin.classify.alike", lambda _, all_: known.extend(item.id for item in all_) or [])
    same.join(desk)
    assert known == [recent]


def test_of_a_joining_is_told_what_it_rests_on(desk, folder, capsys):
    def typed(*words):
        with pytest.raises(SystemExit):
            main(["-C", str(folder), *words])
        return capsys.readouterr().out

    stays, gone = shelve(desk, ONE, "one"), shelve(desk, OTHER, "two")
    jobs.classify(desk)
    (joined,) = desk.store.items.joinings()[stays]
    assert (joined.title, joined.url, joined.reason, joined.because) == (
        OTHER.title,
        OTHER.url,
        "same words",
        "the same text",
    )
    assert 0.9 <= joined.score <= 1
    told = typed("items")
    assert f"also: {OTHER.title} (same words: the same text)" in told
    assert [json.loads(line)["joined"] for line in typed("items", "--json").splitlines()] == [
        [{"title": OTHER.title, "url": OTHER.url, "reason": "same words", "because": "the same text"}]
    ]
    assert desk.store.items.get(gone).id == stays


def test_a_preprint_that_a_notice_speaks_of_stays_beside_its_paper(desk):
    preprint = shelve(desk, PREPRINT, "medrxiv")
    desk.store.items.mark(preprint, Mark.RETRACTED, "Crossref", NOW)
    paper = shelve(desk, PAPER, "bmj")
    assert same.join(desk) == 0
    assert (marks(desk, preprint), marks(desk, paper)) == ((Mark.RETRACTED,), ())


def test_a_preprint_and_its_paper_become_one(desk):
    shelve(desk, PREPRINT, "medrxiv"), shelve(desk, PAPER, "bmj")
    assert same.join(desk) == 1
    assert [item.doi for item in desk.store.items.list()] == [PAPER.doi]


def test_a_correction_of_one_trusts_report_does_not_mark_anothers(desk):
    report = shelve(desk, REPORT, "trust-a")
    shelve(desk, CORRECTION, "trust-b")
    assert (same.mark(desk), marks(desk, report)) == (0, ())


@pytest.mark.parametrize(
    ("item", "notice", "feed"),
    [
        pytest.param({}, {}, "trust-a", id="one feed"),
        pytest.param({}, {"url": "https://www.a.example/correction"}, "trust-b", id="one website"),
        pytest.param(
            {"citation": Citation("The BMJ")}, {"citation": Citation("the BMJ")}, "trust-b", id="one journal"
        ),
    ],
)
def test_a_correction_marks_by_title_what_comes_from_where_it_comes_from(desk, item, notice, feed):
    other = shelve(desk, replace(REPORT, url="https://c.example/report"), "trust-c")
    report = shelve(desk, replace(REPORT, **item), "trust-a")
    shelve(desk, replace(CORRECTION, **notice), feed)
    assert same.mark(desk) == 1
    assert (marks(desk, report), marks(desk, other)) == ((Mark.CORRECTED,), ())


def test_after_sixty_days_nothing_is_looked_for_any_more(desk, clock, monkeypatch):
    shelve(desk, CORRECTION, "trust-a")
    clock.now += timedelta(days=61)
    monkeypatch.setattr(desk.store.items, "list", lambda **_: pytest.fail("all items are read"))
    assert same.mark(desk) == 0


def test_a_title_of_more_than_two_years_ago_is_not_looked_for(desk):
    report = shelve(desk, replace(REPORT, published=NOW - timedelta(days=731)), "trust-a")
    shelve(desk, CORRECTION, "trust-a")
    assert (same.mark(desk), marks(desk, report)) == (0, ())
