"""What pages tell of the steps of an edition, sending it before its hour, and urgent editions from an item's page."""

from dataclasses import replace

import editing
import newsroom
import occasional
import pytest
from deliver.sending import with_readers
from occasional import DUE, EDITION, HOUR, STEPS, at
from visiting import at_desk

from bulletin import jobs
from bulletin.model import State
from bulletin.web import Newsroom, create_app

TODAY = "digest-2026-12-08"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with occasional.open_desk(tmp_path, clock, **STEPS) as desk:
        with_readers(desk, ["reader"])
        at(desk, DUE)
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def eve(app, desk):
    return at_desk(app, desk, email="eve@example.nhs.uk")


PAGES = ("/", f"/editions/{EDITION}", f"/editions/{EDITION}/approval")


@pytest.mark.parametrize("address", PAGES)
def test_pages_tell_what_was_done_and_when_it_goes(eve, address):
    found = eve.get(address).text
    assert "Drafted on Monday 7 December 2026 at 09:00." in found
    assert "2 editors told that it is drafted." in found
    assert "It goes on Wednesday 9 December 2026 at 09:30 if it is approved by then, and else waits." in found


@pytest.mark.parametrize("address", [*PAGES, "/editions"])
def test_pages_mark_what_waits_past_its_hour(app, desk, address):
    at(desk, HOUR)
    assert "Its hour has passed" in at_desk(app, desk, email="eve@example.nhs.uk").get(address).text


@pytest.mark.parametrize("address", ["/", "/editions"])
def test_pages_tell_when_the_next_draft_is_made(eve, address):
    assert "ext draft is made on Monday 4 January 2027 at 09:00" in eve.get(address).text


@pytest.mark.parametrize("address", ["/", "/editions"])
def test_pages_tell_which_editions_were_not_made_and_why(app, desk, address):
    at(desk, DUE + 28 * occasional.DAY)
    found = at_desk(app, desk, email="eve@example.nhs.uk").get(address).text
    assert "1 edition of the last 60 days was not made" in found
    assert "Monday 4 January 2027 at 09:00: skipped, nothing new since 7 December 2026." in found


def test_pages_mark_a_late_draft(desk, app, clock):
    at(desk, DUE + 31 * occasional.DAY)
    editing.shelve(desk, "Boilers", estates=0.8)
    ours = occasional.scheduled(desk, cron="0 9 * * *")
    occasional.tick(ours)
    at(ours, desk.now() + occasional.DAY + occasional.MINUTE * 60 * 2)
    late = jobs.edition_of(ours, occasional.drafted(ours)[0])
    page = at_desk(create_app(Newsroom(ours, lambda: ours.config)), ours, email="eve@example.nhs.uk")
    assert "Drafted late" in page.get(f"/editions/{late.id}").text


def test_whoever_approves_may_send_before_the_hour(eve, desk):
    editing.approve(desk, EDITION)
    path = f"/editions/{EDITION}/sending"
    assert "It goes on Wednesday 9 December 2026 at 09:30." in eve.get(path).text
    assert eve.post(f"{path}/at-once", path).status_code == 303
    (one,) = desk.store.outbox.deliveries(EDITION, State.WAITING)
    assert one.due == desk.now()
    assert "Send it now" not in eve.get(path).text


def test_who_may_not_approve_may_not_send_before_the_hour(app, desk):
    editing.approve(desk, EDITION)
    ann, path = at_desk(app, desk, email="ann@example.nhs.uk"), f"/editions/{EDITION}/sending"
    assert "Send it now" not in ann.get(path).text
    assert ann.post(f"{path}/at-once", "/editions").status_code == 403


@pytest.fixture
def gowns(desk):
    (section,) = (one for one in jobs.outline_of(desk, EDITION).sections if one.items)
    return section.items[0].item.id


def test_an_item_goes_into_an_urgent_edition_from_its_page(app, desk, gowns):
    desk.now.now += occasional.DAY
    ann, path = at_desk(app, desk, email="ann@example.nhs.uk"), f"/editions/{EDITION}/items/{gowns}"
    assert "Put it into an urgent edition of" in ann.get(path).text
    answer = ann.post("/bulletins/digest/urgent", path, item=gowns)
    assert (answer.status_code, answer.location) == (303, f"/editions/{TODAY}")
    review = ann.get(answer.location).text
    assert '<span class="badge warn">Urgent</span>' in review
    assert "Urgent: it goes as soon as it is approved." in review
    assert "Put it into an urgent edition of" not in ann.get(f"/editions/{TODAY}/items/{gowns}").text


def test_an_urgent_edition_that_cannot_be_says_why(app, desk, gowns):
    ann = at_desk(app, desk, email="ann@example.nhs.uk")
    answer = ann.post("/bulletins/digest/urgent", f"/editions/{EDITION}/items/{gowns}", item=gowns)
    assert answer.status_code == 422
    assert "stands and is not urgent: the next free day is 2026-12-08" in answer.text
    assert ann.post("/bulletins/digest/urgent", "/editions", item="nothing").status_code == 404


def test_who_may_not_edit_makes_no_urgent_edition(app, desk, gowns):
    vic, path = at_desk(app, desk, email="vic@example.nhs.uk"), f"/editions/{EDITION}/items/{gowns}"
    assert "Put it into an urgent edition of" not in vic.get(path).text
    assert vic.post("/bulletins/digest/urgent", "/editions", item=gowns).status_code == 403


def test_of_bulletins_that_have_none_of_its_headings_none_is_offered(desk, gowns):
    other = replace(desk.bulletin("digest"), id="other", title="Other", headings=("workforce",))
    ours = replace(desk, config=replace(desk.config, bulletins=(desk.bulletin("digest"), other)))
    page = at_desk(create_app(Newsroom(ours, lambda: ours.config)), ours, email="eve@example.nhs.uk")
    found = page.get(f"/editions/{EDITION}/items/{gowns}").text
    assert 'formaction="/bulletins/digest/urgent"' in found
    assert 'formaction="/bulletins/other/urgent"' not in found


def test_a_draft_that_goes_later_is_on_today_though_a_newer_one_stands(app, desk):
    desk.now.now += occasional.DAY
    editing.shelve(desk, "Boilers", estates=0.8)
    jobs.compose(desk, desk.bulletin("digest"))
    found = at_desk(app, desk, email="eve@example.nhs.uk").get("/").text
    assert f'<a href="/editions/{EDITION}">Green Digest, 7 December 2026</a>: it goes on Wednesday' in found
