"""Approving from the desk: findings, ticks, and who may give them."""

from datetime import timedelta

import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.jobs import linkcheck
from bulletin.model import Because, Classification, DateSource, Finding, Item, Outcome, Severity, Suggestion, Visit

ERROR = Finding(15, "text-contrast", Severity.ERROR, "the contrast is too low", "<b>Gowns</b>")
DATES = Finding(31, "dates", Severity.WARNING, "write 6 August 2018", "06/08/18")
CAPITALS = Finding(30, "capitals", Severity.WARNING, "no block capitals", "NET ZERO PLAN")


@pytest.fixture
def draft(desk):
    when = desk.now() - timedelta(days=1)
    item = Item("Gowns", "https://example.org/gowns", published=when, date_source=DateSource.PUBLISHED)
    (new,) = desk.store.items.shelve(Visit("feed", when, Outcome.OK), [item]).new
    found = (Suggestion(new, "greener", 0.9, (Because("gowns", 1.0),)),)
    desk.store.suggestions.add([Classification(new, found, "recipe", 0, desk.now())])
    return jobs.compose(desk, desk.bulletin("update")).id


@pytest.fixture
def page(draft):
    return f"/editions/{draft}/approval"


@pytest.fixture
def says(desk, monkeypatch):
    """Let the linter say something of every email from now on."""

    def say(*findings: Finding):
        desk.judged._verdicts.clear()
        monkeypatch.setattr("bulletin.jobs.judged.lint", lambda *_: findings)

    return say


@pytest.fixture
def eve(app, desk):
    return at_desk(app, desk, "approver", email="eve@example.nhs.uk")


def keys(desk, draft):
    return {one.finding.name: one.key for one in jobs.plan(desk, draft, "").warnings}


def test_an_error_forbids_and_no_button_approves(eve, page, says):
    says(ERROR, DATES)
    shown = eve.get(page).text
    assert "Rule 15, text-contrast: the contrast is too low (&lt;b&gt;Gowns&lt;/b&gt;) [Managers]" in shown
    assert "Approve these" not in shown
    assert "and approve these" not in shown
    assert eve.post(page).status_code == 422


def test_each_warning_has_a_tick_and_an_approval_without_them_is_refused(eve, page, says, desk, draft):
    says(DATES, CAPITALS)
    shown = eve.get(page).text
    assert shown.count('type="checkbox" name="accept"') == 2
    assert "Rule 31, dates" in shown
    answer = eve.post(page, digest=jobs.plan(desk, draft, "").digest, accept=keys(desk, draft)["dates"])
    assert answer.status_code == 422
    assert "Accept this first, or mend it: rule 30, capitals" in answer.text
    assert [one.name for one in desk.store.accepted.of(draft).values()] == ["dates"]
    assert "accepted by" in answer.text


def test_what_is_ticked_is_accepted_and_approved_in_one_go(eve, page, says, desk, draft):
    says(DATES, CAPITALS)
    answer = eve.post(page, digest=jobs.plan(desk, draft, "").digest, accept=list(keys(desk, draft).values()))
    assert answer.status_code == 303
    assert desk.store.approvals.holding()[draft].editor == "eve@example.nhs.uk"
    assert {one.editor for one in desk.store.accepted.of(draft).values()} == {"eve@example.nhs.uk"}
    assert "Rule 30, capitals: no block capitals, by" in eve.get(page).text
    assert "rule 30, capitals: no block capitals" in eve.get(f"/editions/{draft}/history").text


def test_all_that_were_shown_are_accepted_with_one_button(eve, page, says, desk, draft):
    says(DATES, CAPITALS)
    assert "Accept all 2 of these" in eve.get(page).text
    shown = list(keys(desk, draft).values())
    assert eve.post(f"{page}/accept", page, shown=shown, all="yes").status_code == 303
    assert jobs.plan(desk, draft, "").unaccepted == ()
    assert "Accept all" not in eve.get(page).text


def test_a_warning_that_came_meanwhile_is_not_accepted_unseen(eve, page, says, desk, draft):
    says(DATES)
    shown = list(keys(desk, draft).values())
    says(DATES, CAPITALS)
    eve.post(f"{page}/accept", page, shown=shown, all="yes")
    assert [one.finding for one in jobs.plan(desk, draft, "").unaccepted] == [CAPITALS]


def test_who_edits_accepts_and_who_looks_does_not(app, desk, page, says, draft):
    says(DATES)
    ann, lou = at_desk(app, desk, "editor"), at_desk(app, desk, "viewer")
    assert 'name="accept"' not in lou.get(page).text
    assert lou.post(f"{page}/accept", "/account", accept=keys(desk, draft)["dates"]).status_code == 403
    assert ann.post(f"{page}/accept", page, accept=keys(desk, draft)["dates"]).status_code == 303
    assert ann.post(page, page).status_code == 403


def test_a_draft_without_findings_is_approved_with_one_press(eve, page, says, desk, draft):
    says()
    shown = eve.get(page).text
    assert "Approve these 1 item" in shown
    assert "0 errors, 0 warnings" in shown
    assert eve.post(page, digest=jobs.plan(desk, draft, "").digest).status_code == 303


def test_the_preview_tells_the_findings_of_its_list(eve, says, draft):
    says(ERROR, DATES)
    shown = eve.get(f"/editions/{draft}/preview").text
    assert "The linter found 1 error and 1 warning" in shown
    assert "Error, rule 15, text-contrast" in shown
    assert "&lt;b&gt;Gowns" in shown


def test_links_are_asked_with_a_button_and_it_is_said_how_far_it_came(eve, page, says, monkeypatch):
    says()
    state = linkcheck.LinkState(404, None)
    checked = jobs.Checked({"https://a.org": state}, 1, ("https://b.org",))
    monkeypatch.setattr("bulletin.jobs.check_links", lambda *_: checked)
    assert "1 of 1 links were not checked" in eve.get(page).text
    answer = eve.post(f"{page}/links", page)
    assert answer.status_code == 200
    assert "1 of 2 links are checked, and 1 of them leads nowhere. 1 had no turn in time" in answer.text
