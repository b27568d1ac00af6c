"""One's own account: name, password, browsers, and the second step."""

import re
from html import unescape

import pyotp
import pytest
from visiting import PASSWORD, Browser, add

from bulletin.jobs import people

ANN, BETTER = "ann@example.nhs.uk", "seven loud herons wade"


@pytest.fixture
def ann(app, desk):
    """Ann's browser."""
    add(desk)
    browser = Browser(app)
    browser.log_in(ANN)
    return browser


def hidden(page: str, name: str) -> str:
    return unescape(re.search(f'name="{name}" value="([^"]+)"', page)[1])


def test_a_name_may_be_changed(ann):
    assert ann.post("/account/name", "/account", name="Anna").headers["Location"] == "/account?done=name"
    assert "Your name was changed" in ann.get("/account?done=name").text
    assert '<a href="/account">Anna</a>' in ann.get("/account").text


def test_a_name_that_is_none_is_refused_beside_the_field_and_kept_there(ann):
    answer = ann.post("/account/name", "/account", name="x" * 101)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert '<a href="#field-name">A name has between 1 and 100 letters' in answer.text
    assert "x" * 101 in answer.text


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("wrong", BETTER, "old", "This is not your password."),
        (PASSWORD, "short", "new", "The password is too short"),
        (PASSWORD, "Wexbridge Library", "new", "The password is too easy to guess"),
    ],
)
def test_a_password_that_cannot_be_is_refused_beside_its_field(ann, old, new, field, told):
    answer = ann.post("/account/password", "/account", old=old, new=new)
    assert answer.status_code == 400
    assert f'<a href="#field-{field}">{told}' in answer.text
    assert f'value="{old}"' not in answer.text


def test_a_changed_password_logs_every_other_browser_out_and_gives_this_one_a_new_session(app, ann):
    other = Browser(app)
    other.log_in(ANN)
    before = ann.session
    answer = ann.post("/account/password", "/account", old=PASSWORD, new=BETTER)
    assert answer.headers["Location"] == "/account?done=password"
    assert ann.session != before
    assert ann.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert Browser(app).carry(before).get("/account").status_code == 303
    assert Browser(app).log_in(ANN, BETTER).status_code == 303


def test_guessing_the_password_from_within_is_limited(ann):
    found = [ann.post("/account/password", "/account", old="wrong", new=BETTER).status_code for _ in range(6)]
    assert found == [400] * 5 + [429]


def test_a_person_sees_and_ends_their_other_browsers(app, ann, desk):
    firefox = Browser(app)
    firefox.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko Firefox/140.0"
    firefox.log_in(ANN)
    page = ann.get("/account").text
    assert "Firefox on Windows" in page
    (number,) = re.findall(r"/account/sessions/(\d+)/end", page)
    ann.post(f"/account/sessions/{number}/end", "/account")
    assert firefox.get("/account").status_code == 303
    assert ann.get("/account").status_code == 200


def test_a_person_ends_nobody_elses(app, ann, desk):
    bo = add(desk, "bo@example.nhs.uk", "editor")
    browser = Browser(app)
    browser.log_in("bo@example.nhs.uk")
    (session,) = desk.store.sessions.of(bo.id)
    ann.post(f"/account/sessions/{session.id}/end", "/account")
    assert browser.get("/account").status_code == 200


def test_a_session_of_an_impossible_number_is_not_there(ann):
    assert ann.post(f"/account/sessions/{2**70}/end", "/account").status_code == 404


def test_every_other_browser_is_ended_at_once(app, ann):
    others = [Browser(app) for _ in range(3)]
    for other in others:
        other.log_in(ANN)
    ann.post("/account/sessions/end", "/account")
    assert [other.get("/account").status_code for other in others] == [303] * 3
    assert ann.get("/account").status_code == 200


def turn_on(browser, clock):
    """Set the second step up; gives the app and the page with the recovery codes."""
    page = browser.post("/account/second-step/begin", "/account/second-step", password=PASSWORD)
    secret, seal = hidden(page.text, "secret"), hidden(page.text, "seal")
    app = pyotp.TOTP(secret)
    fields = {"secret": secret, "seal": seal, "code": app.at(clock.now, counter_offset=-1)}
    return app, browser.post("/account/second-step/confirm", "/account/second-step", **fields)


def test_the_second_step_is_turned_on_with_a_picture_and_one_code(app, ann, clock, desk):
    page = ann.post("/account/second-step/begin", "/account/second-step", password=PASSWORD)
    assert page.headers["Cache-Control"] == "no-store"
    assert re.search(r'<img src="data:image/svg\+xml[^"]+" alt="QR code', page.text)
    telephone, done = turn_on(ann, clock)
    codes = re.findall(r"<li><code>([a-z2-9-]{19})</code>", done.text)
    assert len(codes) == 10
    assert "they are not shown again" in done.text
    assert "10 recovery codes left" in ann.get("/account").text
    assert telephone.secret not in ann.get("/account/second-step").text
    other = Browser(app)
    assert other.log_in(ANN).headers["Location"].startswith("/login/code")
    assert other.post("/login/code", code=codes[0]).status_code == 303


@pytest.mark.parametrize("act", ["begin", "codes", "stop"])
def test_the_second_step_is_changed_by_who_knows_the_password_alone(ann, clock, desk, act):
    turn_on(ann, clock)
    answer = ann.post(f"/account/second-step/{act}", "/account/second-step", password="wrong")
    assert answer.status_code == 400
    assert "This is not your password" in answer.text
    assert desk.store.editors.codes_left(desk.store.editors.by_email(ANN).id) == 10


def test_a_mistyped_code_shows_the_same_picture_again(ann, desk):
    page = ann.post("/account/second-step/begin", "/account/second-step", password=PASSWORD).text
    fields = {name: hidden(page, name) for name in ("secret", "seal")}
    again = ann.post("/account/second-step/confirm", "/account/second-step", code="000000", **fields)
    assert again.status_code == 400
    assert hidden(again.text, "secret") == fields["secret"]
    assert not desk.store.editors.by_email(ANN).has_totp


def test_a_secret_that_we_did_not_give_is_not_taken(ann, desk, clock):
    secret = pyotp.random_base32()
    fields = {"secret": secret, "seal": "0" * 64, "code": pyotp.TOTP(secret).at(clock.now)}
    answer = ann.post("/account/second-step/confirm", "/account/second-step", **fields)
    assert answer.headers["Location"] == "/account/second-step"
    assert not desk.store.editors.by_email(ANN).has_totp


def test_new_recovery_codes_and_no_second_step_at_all(ann, clock, desk):
    turn_on(ann, clock)
    page = ann.post("/account/second-step/codes", "/account/second-step", password=PASSWORD)
    assert len(re.findall(r"<li><code>", page.text)) == 10
    answer = ann.post("/account/second-step/stop", "/account/second-step", password=PASSWORD)
    assert answer.headers["Location"] == "/account?done=second"
    assert not desk.store.editors.by_email(ANN).has_totp
    assert "turned off the second step at log-in" in [one.did for one in desk.store.deeds.latest()]


def test_new_codes_without_a_second_step_are_refused(ann):
    answer = ann.post("/account/second-step/codes", "/account/second-step", password=PASSWORD)
    assert answer.status_code == 400
    assert "There is no second step at log-in: turn it on first." in answer.text


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_by_a_name_that_people_know(app, desk, told, name):
    editor = add(desk)
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = told
    browser.log_in(ANN)
    assert desk.store.sessions.of(editor.id)[0].browser == name


def test_what_is_forced_stays_forced_until_it_is_done(desk, clock):
    from dataclasses import replace

    from bulletin.model import Web
    from bulletin.web import Newsroom, create_app

    desk = replace(desk, config=replace(desk.config, web=Web(require_totp="admin")))
    add(desk)
    browser = Browser(create_app(Newsroom(desk, lambda: desk.config)))
    browser.log_in(ANN)
    assert browser.get("/people").headers["Location"] == "/account/second-step"
    turn_on(browser, clock)
    assert browser.get("/people").status_code == 200
    assert not people.is_forced(desk, desk.store.editors.by_email(ANN))
