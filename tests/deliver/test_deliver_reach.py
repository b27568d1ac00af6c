"""What an email for each person links to: in a trial this machine, and otherwise a place that readers reach."""

from dataclasses import replace

import editing
import newsroom
import pytest

from bulletin import jobs
from bulletin.jobs.render import make_all
from bulletin.model import Security, Smtp, Web
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE

AWAY = Smtp("smtp.office365.com", 587)
HERE = Smtp("127.0.0.1", 25, security=Security.NONE)
TRIAL = Web()
PUBLIC = Web("https://bulletins.example.nhs.uk")


@pytest.fixture
def desk(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", summary="<p>Washed gowns last longer than new ones.</p>", greener=0.9)
        editing.compose(desk)
        yield desk


def at(desk, web=TRIAL, smtp=None, **more):
    return replace(desk, config=replace(desk.config, web=web, smtp=smtp, **more))


def faults(desk, edition=editing.DIGEST):
    return [one for one in jobs.plan(desk, edition, "eve").faults if "BULLETIN_BASE_URL" in one]


@pytest.mark.parametrize(("web", "smtp"), [(Web(), None), (Web(), HERE), (PUBLIC, HERE), (PUBLIC, AWAY)])
def test_an_email_for_each_person_can_be_approved_in_a_trial_and_where_readers_reach_the_pages(desk, web, smtp):
    assert jobs.plan(at(desk, web, smtp), editing.DIGEST, "eve").faults == ()


def test_no_email_leaves_this_machine_with_links_that_lead_back_to_it(desk):
    (fault,) = faults(at(desk, Web(), AWAY))
    assert fault.startswith("readers could not leave")


def test_a_list_whose_readers_have_no_pages_of_their_own_needs_no_address_for_them(desk):
    assert faults(at(desk, Web(), AWAY), editing.UPDATE) == []


@pytest.mark.parametrize("web", [Web(), Web("http://localhost:8000"), Web("http://[::1]:8000"), PUBLIC])
def test_the_linter_finds_nothing_in_an_email_for_each_person_that_it_does_not_find_in_a_draft(desk, web):
    personal, draft = jobs.lint(at(desk, web), editing.DIGEST)
    assert f"{web.base_url}/leave/{SAMPLE_LEAVE}" in personal.email.text
    assert f"{web.base_url}/choices/{SAMPLE_CHOICES}" in personal.email.html
    assert "/leave/" not in draft.email.text
    assert personal.errors == 0
    assert {one.rule for one in personal.findings} == {one.rule for one in draft.findings}


def test_the_header_for_leaving_is_one_line_with_the_page_and_the_address_where_requests_are_read(desk):
    there = at(desk, PUBLIC, bounce_address="bounces@example.nhs.uk")
    mime = make_all(there, jobs.edition_of(there, editing.DIGEST))[0].email.mime
    lines = mime.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    assert (
        f"List-Unsubscribe: <https://bulletins.example.nhs.uk/leave/{SAMPLE_LEAVE}>, "
        f"<mailto:bounces@example.nhs.uk?subject=leave%20{SAMPLE_LEAVE}>"
    ) in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
