"""Signing in with one's organisation, as the browser sees it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from provider_stub import CLIENT, SECRET, open_provider
from visiting import BASE, Browser, add

from bulletin.model import Deed, Oidc
from bulletin.store.editors import SecondStep
from bulletin.web import Newsroom, create_app


@pytest.fixture
def provider():
    with open_provider() as ours:
        yield ours


@pytest.fixture
def settings(settings, provider):
    return replace(settings, oidc=Oidc(provider.authority, CLIENT, SECRET))


@pytest.fixture
def clock(clock):
    clock.now = datetime.now(UTC)  # the provider's own clock is real
    return clock


@pytest.fixture
def app(desk, settings):
    return create_app(Newsroom(desk, lambda: settings))


def set_out(browser):
    """The address that the browser is sent on to."""
    answer = browser.post("/login/oidc", "/login")
    assert answer.status_code == 200
    return unescape(re.search(r'<a href="([^"]+)">go on to it', answer.text)[1])


def whole_way(browser, provider):
    state, code = provider.sign_in(set_out(browser))
    return browser.get(f"/login/oidc?state={state}&code={code}")


def test_somebody_who_works_here_is_let_in(app, desk, provider):
    add(desk, "ann@example.nhs.uk")
    browser = Browser(app)
    assert whole_way(browser, provider).location == "/"
    assert browser.get("/account").status_code == 200
    assert desk.store.deeds.latest(most=1)[0].after == "by the organisation"


def test_the_browser_goes_on_by_a_page_that_needs_no_script(app, provider):
    answer = Browser(app).post("/login/oidc", "/login")
    assert f'<meta http-equiv="refresh" content="0;url={provider.base}' in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_who_does_not_work_here_is_told_whom_to_ask(app, desk, provider):
    answer = whole_way(Browser(app), provider)
    assert answer.status_code == 403
    assert "There is no account for you here" in answer.text
    assert desk.store.editors.list() == []


def test_a_second_step_is_not_got_round(app, desk, provider):
    ann = add(desk, "ann@example.nhs.uk")
    have_second_step(desk, ann)
    browser = Browser(app)
    assert whole_way(browser, provider).location == "/login/code?next=today.show"
    assert browser.session is None


def have_second_step(desk, editor):
    told = Deed(desk.now(), "", "turned on the second step", editor.email, "", "")
    desk.store.editors.set_second_step(editor.id, SecondStep("A" * 32, 0), ["x"], told)


def test_another_browser_cannot_come_back_for_this_one(app, desk, provider):
    add(desk, "ann@example.nhs.uk")
    state, code = provider.sign_in(set_out(Browser(app)))
    browser = Browser(app)
    answer = browser.get(f"/login/oidc?state={state}&code={code}")
    assert answer.status_code == 502
    assert "not begun in this browser" in answer.text
    assert browser.session is None


@pytest.mark.parametrize("query", ["", "?error=access_denied&error_description=<script>", "?state=x", "?code="])
def test_who_comes_back_without_a_code_is_not_signed_in(app, query):
    answer = Browser(app).get(f"/login/oidc{query}")
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_a_provider_that_is_down_is_no_riddle(app, provider):
    provider.about = {"issuer": "another"}
    answer = Browser(app).post("/login/oidc", "/login")
    assert answer.status_code == 502
    assert "names another issuer" in answer.text


def test_setting_out_needs_the_form_of_our_own_page(app):
    answer = app.test_client().post("/login/oidc", base_url=BASE, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 403


def test_where_nobody_else_signs_people_in_there_is_no_such_page(desk):
    plain = replace(desk, config=replace(desk.config, oidc=None))
    browser = Browser(create_app(Newsroom(plain, lambda: plain.config)))
    assert "organisation" not in browser.get("/login").text
    assert browser.get("/login/oidc?code=x").status_code == 404
    assert browser.post("/login/oidc", "/login").status_code == 404
