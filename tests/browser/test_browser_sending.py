"""The page of a run, which looks again by itself, and the doctor's, in a real browser and by keyboard."""

from dataclasses import dataclass
from pathlib import Path

import editing
import newsroom
import pytest
from browsing import axe, keep
from editing import DIGEST
from serving import serving

from bulletin import jobs
from bulletin.jobs import people
from bulletin.model import Halt, State, Subscriber, Subscription
from bulletin.people.tokens import Keys
from bulletin.store.outbox.tables import due, ending

EVE = "eve@example.nhs.uk"
PAGE = f"/editions/{DIGEST}/sending"
RECEIVED = Path(__file__).parent.parent / "received"


@dataclass
class Site:
    """A newsroom whose digest waits for twenty people, and somebody who approves it."""

    url: str
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sending")
    with editing.open_desk(folder, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        for number in range(20):
            lists = (Subscription("digest", "all", desk.now()),)
            who = f"{number:016x}", f"reader{number}@example.org", f"Reader {number}"
            desk.store.subscribers.add(Subscriber(*who, added_at=desk.now(), subscriptions=lists), [])
        editing.approve(desk, DIGEST)
    return folder


@pytest.fixture(scope="module")
def served(folder):
    visitor = people.Visitor(Keys(b"for tests alone " * 2), "127.0.0.1", "Chromium")
    with jobs.open_desk(newsroom.settings(folder)) as desk:
        eve = people.add_editor(desk, "test", EVE, "Eve", people.grants_from(["approver"]), None)
        token = people.sign_in_as(desk, visitor, eve, "for a test")
    with serving(folder) as ours:
        yield Site(ours.url, {EVE: token})


@pytest.fixture
def desk(folder, served):
    with jobs.open_desk(newsroom.settings(folder)) as desk:
        yield desk


def end(desk, state, words="", many=1):
    waiting = desk.store.outbox.deliveries(DIGEST, State.WAITING)[:many]
    with desk.store._database.write() as connection:
        for one in waiting:
            connection.execute(due.delete().where(due.c.delivery == one.id))
            row = {"delivery": one.id, "state": state, "at": desk.now(), "words": words, "by": ""}
            connection.execute(ending.insert().values(row))


def test_it_looks_again_by_itself_and_keeps_the_keyboard_where_it_is(served, desk, visit):
    page = visit(served, EVE)
    page.goto(PAGE)
    page.get_by_role("button", name="Hold it").focus()
    before = page.get_by_role("heading", level=2).first.inner_text()
    end(desk, State.SENT, many=3)
    page.wait_for_function("told => document.querySelector('#how-far').innerText !== told", arg=before)
    assert page.evaluate("document.activeElement.id") == "pause"


def test_every_state_is_told_and_shuts_nobody_out(served, desk, visit):
    end(desk, State.FAILED, "550 5.1.1 no such mailbox here", many=2)
    end(desk, State.IN_DOUBT, "the line broke after the last dot: the server may have taken it", many=2)
    end(desk, State.SUPPRESSED, "they left the list")
    desk.store.outbox.hold(Halt(0, "", desk.now(), "", "mail.example.nhs.uk:587 refused the password (535)"))
    page = visit(served, EVE, reduced_motion="reduce")
    page.goto(PAGE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page)
        keep(page, f"sending-{scheme}", 360, 1440)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Let every edition go on").click()
    assert not page.get_by_text("Every edition is on hold").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_holding_going_on_and_cancelling_work_without_scripts_too(served, desk, visit, scripts):
    page = visit(served, EVE, java_script_enabled=scripts)
    page.goto(PAGE)
    page.get_by_role("button", name="Hold it").click()
    assert page.get_by_role("heading", name="On hold").is_visible()
    page.get_by_role("button", name="Let it go on").click()
    assert page.get_by_role("button", name="Hold it").is_visible()
    page.get_by_role("link", name="Cancel what waits").click()
    assert "will never get this edition" in page.get_by_role("main").inner_text()
    keep(page, "sending-cancel")
    page.get_by_role("link", name="No, go back").click()
    assert page.get_by_role("button", name="Hold it").is_visible()


def test_a_doubt_is_settled_by_keyboard(served, desk, visit):
    end(desk, State.IN_DOUBT, "the sender stopped")
    many = len(jobs.deliver.doubts(desk, DIGEST))
    page = visit(served, EVE)
    page.goto(PAGE)
    page.get_by_role("button", name="Treat as sent: number 1").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(jobs.deliver.doubts(desk, DIGEST)) == many - 1


def test_an_email_is_examined(served, visit):
    page = visit(served, EVE)
    page.goto("/doctor")
    axe(page)
    keep(page, "doctor", 360, 1440)
    page.get_by_label("The file (.eml)").set_input_files(RECEIVED / "nhsmail-spf-fails-behind-a-gateway.eml")
    page.get_by_role("button", name="Examine it").click()
    assert page.get_by_text("Wrong NHSmail: mend SPF, DKIM, DMARC, compauth and Spam first").is_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    keep(page, "doctor-email", 360, 1440)
