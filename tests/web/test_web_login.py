"""Logging in and out, the second step, and links for who has forgotten the password."""

import re
import time
from dataclasses import replace
from statistics import median

import pyotp
import pytest
from argon2 import PasswordHasher
from visiting import BASE, PASSWORD, Browser, add

from bulletin.errors import SendError
from bulletin.jobs import people
from bulletin.people import passwords
from bulletin.web import Newsroom, create_app, visit

ANN, BETTER = "ann@example.nhs.uk", "seven loud herons wade"


class Box:
    """A post office that keeps letters, or takes none."""

    def __init__(self) -> None:
        self.sent, self.is_shut = [], False

    def send(self, sender, recipient, message):
        if self.is_shut:
            raise SendError("the mail server is not there")
        self.sent.append((recipient, message.decode()))

    def link(self) -> str:
        """The path in the last letter."""
        letter = self.sent[-1][1].replace("=\r\n", "").replace("=3D", "=")
        return re.search(r"http://127\.0\.0\.1:8080(/password/new/[\w-]{43})\r\n", letter)[1]


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def posting(desk, box):
    """The application of a desk that sends mail."""
    return create_app(Newsroom(replace(desk, post=box), lambda: desk.config))


@pytest.fixture
def ann(desk):
    return add(desk)


def sent(app) -> None:
    """Wait until all that is done behind the pages' back is done."""
    app.extensions["later"].submit(int).result()


def ask(app, email: str):
    answer = Browser(app).post("/password/forgotten", email=email)
    sent(app)
    return answer


def test_who_logs_in_gets_a_new_session_and_the_first_page(app, ann):
    browser = Browser(app)
    answer = browser.log_in(ANN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Ann" in browser.get("/account").text
    first = browser.session
    assert browser.get("/login").headers["Location"] == "/", "who is in goes on"
    browser.client.delete_cookie("__Host-bulletin", domain="127.0.0.1")
    browser.log_in(ANN)
    assert browser.session != first


def test_a_session_that_somebody_else_chose_is_not_taken_over(app, ann):
    browser = Browser(app).carry("chosen-by-an-attacker-and-long-enough")
    browser.log_in(ANN)
    assert browser.session != "chosen-by-an-attacker-and-long-enough"
    assert Browser(app).carry("chosen-by-an-attacker-and-long-enough").get("/account").status_code == 303


def test_after_log_out_the_old_cookie_opens_nothing(app, ann):
    browser = Browser(app)
    browser.log_in(ANN)
    old = browser.session
    answer = browser.post("/logout", "/account")
    assert answer.headers["Location"] == "/login?done=out"
    assert "You are logged out" in browser.get("/login?done=out").text
    assert browser.session is None
    assert Browser(app).carry(old).get("/account").status_code == 303


def answers(app, email):
    browser = Browser(app)
    answer = browser.log_in(email, "wrong password")
    page = re.sub(r'name="csrf" value="[^"]*"', "", answer.text).replace(email, "?")
    return answer.status_code, page, sorted(answer.headers.keys())


def test_known_and_unknown_accounts_are_refused_alike(app, ann, desk):
    people.disable(desk, "", add(desk, "bo@example.nhs.uk"))
    known, *others = (answers(app, email) for email in (ANN, "bo@example.nhs.uk", "nobody@example.nhs.uk", "nobody"))
    assert known[0] == 400
    assert "is not right, or there is no such account" in known[1]
    assert all(other == known for other in others)


def test_known_and_unknown_accounts_are_told_to_wait_alike(app, ann):
    for email in (ANN, "nobody@example.nhs.uk"):
        found = [answers(app, email)[0] for _ in range(6)]
        assert found == [400] * 5 + [429]


@pytest.mark.slow
def test_known_and_unknown_accounts_take_the_same_time(app, ann, desk, monkeypatch):
    """Reference bar W7; with the hashing that the program itself uses, and the limits out of the way."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1))
    desk.store.editors.rehash(ann.id, desk.store.editors.password(ann.id), passwords.hashed(PASSWORD))
    monkeypatch.setattr("bulletin.people.limits.wait", lambda *_: people.visitor.timedelta())

    def took(email: str) -> float:
        browser = Browser(app)
        token = browser.token("/login")
        data = {"csrf": token, "email": email, "password": "wrong password"}
        began = time.process_time()
        browser.client.post("/login", base_url=BASE, data=data, headers={"Origin": BASE})
        return time.process_time() - began

    pairs = [(took(ANN), took("nobody@example.nhs.uk")) for _ in range(20)]
    known, unknown = (median(side) for side in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.02


def test_no_address_to_go_on_to_leaves_the_site(app, ann):
    """Reference bar C10: what is no name of one of our pages leads to the first one."""
    slashes = ["//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "https:evil.test", "https:/evil.test"]
    hosts = ["https://evil.test", "http://evil.test", "//evil.test/%2f..", "//127.0.0.1:8080@evil.test", "evil.test"]
    schemes = [
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:alert(1)",
        "vbscript:x",
        "\tjavascript:alert(1)",
    ]
    controls = [
        "/\n/evil.test",
        "/\t/evil.test",
        "\r\nLocation: https://evil.test",
        "\x00//evil.test",
        " //evil.test",
    ]
    encoded = [
        "%2f%2fevil.test",
        "%68ttps://evil.test",
        "/%09/evil.test",
        "//evil%E3%80%82test",
        "https://evil。test",
    ]
    paths = ["/people", "/logout", "/people/../..//evil.test", "/./evil.test", "?next=//evil.test", "#//evil.test"]
    names = ["login.leave", "login.choose", "static.file", "people.one", "people.add", "audit", "people.show.x", ""]
    tried = [*slashes, *hosts, *schemes, *controls, *encoded, *paths, *names]
    assert len(tried) == 40
    for there in tried:
        browser = Browser(app)
        assert browser.get("/login", query_string={"next": there}).status_code == 200
        answer = browser.post("/login", email=ANN, password=PASSWORD, next=there)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/"), there


@pytest.fixture
def telephone(desk, ann, clock):
    """Ann's authenticator app."""
    setup = people.set_up(desk, ann)
    app = pyotp.TOTP(setup.secret)
    people.confirm_second_step(desk, ann, setup.secret, app.at(clock.now, counter_offset=-1))
    return app


def test_the_second_step_stands_between_password_and_session(app, telephone, clock):
    browser = Browser(app)
    answer = browser.post("/login", "/login?next=people.show", email=ANN, password=PASSWORD, next="people.show")
    assert answer.headers["Location"] == "/login/code?next=people.show"
    assert browser.session is None
    assert browser.get("/account").status_code == 303
    wrong = browser.post("/login/code", code="000000", next="people.show")
    assert (wrong.status_code, browser.session) == (400, None)
    assert "The code is not right, or was used before" in wrong.text
    answer = browser.post("/login/code", code=telephone.at(clock.now), next="people.show")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/people")
    assert browser.get("/people").status_code == 200
    assert browser.client.get_cookie(visit.STEP, domain="127.0.0.1") is None


def test_a_code_without_a_password_before_it_leads_nowhere(app, telephone, clock):
    browser = Browser(app)
    assert browser.get("/login/code").headers["Location"] == "/login"
    answer = browser.post("/login/code", "/login", code=telephone.at(clock.now))
    assert (answer.status_code, browser.session) == (400, None)


def test_a_link_is_mailed_and_the_answer_is_the_same_for_everybody(posting, ann, box):
    found = [(answer.status_code, answer.text) for answer in [ask(posting, who) for who in (ANN, "no@x.org", "?")]]
    assert found[0] == found[1] == found[2]
    assert "If there is an account with this address" in found[0][1]
    assert [recipient for recipient, _ in box.sent] == [ANN]


def test_the_link_begins_with_our_address_whatever_host_is_named(posting, ann, box):
    browser = Browser(posting)
    data = {"csrf": browser.token("/password/forgotten"), "email": ANN}
    headers = {"Origin": BASE, "X-Forwarded-Host": "evil.test"}
    posting_evil = browser.client.post(
        "/password/forgotten", base_url=BASE, data=data, headers=headers | {"Host": "evil.test"}
    )
    assert posting_evil.status_code == 400
    browser.client.post("/password/forgotten", base_url=BASE, data=data, headers=headers)
    sent(posting)
    assert len(box.sent) == 1
    assert box.link()
    assert "evil" not in box.sent[0][1]


def test_a_link_lets_choose_a_password_once(posting, ann, box):
    ask(posting, ANN)
    browser = Browser(posting)
    weak = browser.post(box.link(), password="password1234")
    assert weak.status_code == 400
    assert "too easy to guess" in weak.text
    done = browser.post(box.link(), password=BETTER)
    assert (done.status_code, done.headers["Location"]) == (303, "/login?done=password")
    for answer in (browser.get(box.link()), Browser(posting).post(box.link(), "/login", password=PASSWORD)):
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
    assert browser.log_in(ANN, BETTER).status_code == 303


def test_looking_at_a_link_does_not_use_it_up_and_tells_nobody_of_it(posting, ann, box):
    ask(posting, ANN)
    for _ in range(3):
        answer = Browser(posting).get(box.link())
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert box.link().rpartition("/")[2] not in answer.text


def test_requests_for_links_are_limited(posting, ann, box):
    found = [ask(posting, ANN).status_code for _ in range(7)]
    assert found == [200] * 5 + [429] * 2
    assert len(box.sent) == 5


def test_a_mail_server_that_fails_is_told_to_the_log_and_not_to_strangers(posting, ann, box, caplog):
    box.is_shut = True
    assert ask(posting, ANN).status_code == 200
    assert "a link could not be mailed" in caplog.text


def test_without_a_mail_server_the_page_says_whom_to_ask(app, ann):
    for answer in (
        Browser(app).get("/password/forgotten"),
        Browser(app).post("/password/forgotten", "/login", email=ANN),
    ):
        assert "Ask an admin" in answer.text
