"""The guard: hosts, sessions, rights, forged forms, headers, errors and the log."""

import io
import json
import logging
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from visiting import BASE, PASSWORD, Browser, add, at_desk

from bulletin import log
from bulletin.errors import BulletinError, InputError, StoreError, UnknownError, WaitError
from bulletin.jobs import people
from bulletin.model import Editor, Right, Web
from bulletin.people.tokens import Keys
from bulletin.web import Newsroom, access, create_app, forgery, menu
from bulletin.web.access import Answer
from bulletin.web.route import Of, get

PAGES = ("/login", "/account", "/account/second-step", "/people", "/audit", "/audit.csv", "/nothing", "/healthz")


@pytest.fixture
def ann(app, desk):
    """An admin's browser."""
    return at_desk(app, desk)


@pytest.fixture
def lines(caplog):
    """Gives what the log would write, so far, as objects."""
    caplog.set_level(logging.INFO, "bulletin")
    return lambda: [json.loads(log.Lines().format(record)) for record in caplog.records]


def dump(desk) -> str:
    with desk.store._database.read() as connection:
        return "\n".join(connection.connection.iterdump())


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8080.evil.test", "", "a b"])
@pytest.mark.parametrize("path", ["/login", "/nothing", "/people"])
def test_a_host_that_is_not_ours_is_refused_and_repeated_nowhere(app, host, path):
    answer = app.test_client().get(path, base_url=BASE, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_what_a_proxy_says_of_host_and_address_is_not_believed(app, desk, ann):
    answer = ann.get("/account", headers={"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"})
    assert answer.status_code == 200
    assert "evil" not in answer.text
    add(desk, "bo@example.nhs.uk")
    for number in range(25):
        fooling = {"X-Forwarded-For": f"198.51.100.{number}"}
        last = Browser(app).post("/login", headers=fooling, email=f"n{number}@example.org", password="wrong")
    assert last.status_code == 429


@pytest.mark.parametrize(
    ("base", "host"), [("https://desk.example.nhs.uk", h) for h in ("desk.example.nhs.uk", "DESK.example.nhs.uk:443")]
)
def test_behind_https_browsers_are_told_to_stay_there(desk, base, host):
    desk = replace(desk, config=replace(desk.config, web=Web(base)))
    app = create_app(Newsroom(desk, lambda: desk.config))
    answer = app.test_client().get("/login", headers={"Host": host})
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_tells_browsers_to_be_careful(ann, path):
    headers = ann.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


def test_cookies_are_for_this_host_and_for_no_script(app, desk):
    add(desk)
    browser = Browser(app)
    set_ = browser.log_in("ann@example.nhs.uk").headers.getlist("Set-Cookie")
    assert [one.split("=")[0] for one in set_] == ["__Host-bulletin", "__Host-step", "__Host-visit"]
    for one in [*set_, *Browser(app).get("/login").headers.getlist("Set-Cookie")]:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(one.split("; "))
        assert "Domain" not in one


def test_pages_without_a_form_give_strangers_no_cookie(app):
    for path in ("/nothing", "/healthz", "/static/desk.css"):
        assert "Set-Cookie" not in Browser(app).get(path).headers


def test_who_is_not_in_is_sent_to_log_in_and_comes_back(app, desk):
    add(desk)
    answer = Browser(app).get("/people")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=people.show")
    assert Browser(app).get("/people/123").headers["Location"] == "/login"
    browser = Browser(app)
    answer = browser.post(
        "/login", "/login?next=people.show", email="ann@example.nhs.uk", password=PASSWORD, next="people.show"
    )
    assert answer.headers["Location"] == "/people"


def test_a_form_or_a_piece_of_a_page_cannot_be_sent_on_and_is_told_so(app, ann, desk):
    token = ann.token("/account")
    people.end_sessions(desk, "", desk.store.editors.by_email("admin@example.nhs.uk"))
    late = ann.client.post(
        "/account/name", base_url=BASE, data={"csrf": token, "name": "x"}, headers={"Origin": BASE}
    )
    piece = ann.get("/account", headers={"HX-Request": "true"})
    for answer in (late, piece):
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")
        assert "Log in" in answer.text


SENT = {"csrf": "ours", "Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({}, 303, id="as browsers of today send it"),
        pytest.param({"Sec-Fetch-Site": None}, 303, id="as older ones do"),
        pytest.param({"Origin": None}, 303, id="without an origin"),
        pytest.param({"Origin": "null"}, 303, id="from a page that tells nobody where it is"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="from elsewhere"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="from a neighbour"),
        pytest.param({"Sec-Fetch-Site": "none"}, 403, id="from nowhere"),
        pytest.param({"Origin": "https://evil.test"}, 403, id="another origin"),
        pytest.param({"Origin": BASE + "0", "Sec-Fetch-Site": None}, 403, id="another port"),
        pytest.param({"Origin": "null", "Sec-Fetch-Site": None}, 403, id="an older one from nowhere"),
        pytest.param({"Origin": None, "Sec-Fetch-Site": None}, 403, id="neither said"),
        pytest.param({"csrf": None}, 403, id="no token"),
        pytest.param({"csrf": ""}, 403, id="an empty token"),
        pytest.param({"csrf": "0" * 64}, 403, id="a token that is made up"),
        pytest.param({"csrf": "ü"}, 403, id="no token at all"),
        pytest.param({"csrf": "a stranger's"}, 403, id="a token of another browser"),
        pytest.param({"csrf": "a colleague's"}, 403, id="a token of another session"),
    ],
)
def test_a_form_is_taken_from_our_own_pages_alone(app, desk, ann, change, status):
    tokens = {
        "ours": ann.token("/account"),
        "a stranger's": Browser(app).token("/login"),
        "a colleague's": at_desk(app, desk, "editor").token("/account"),
    }
    sent = SENT | change
    token = tokens.get(sent.pop("csrf") or "", change.get("csrf"))
    headers = {name: value for name, value in sent.items() if value is not None}
    data = {"name": "Anna"} | ({} if token is None else {"csrf": token})
    answer = ann.client.post("/account/name", base_url=BASE, data=data, headers=headers)
    assert answer.status_code == status
    renamed = desk.store.editors.by_email("admin@example.nhs.uk").name == "Anna"
    assert renamed is (status == 303)


def test_htmx_sends_the_token_as_a_header(ann):
    headers = {"X-CSRF": ann.token("/account"), "Origin": BASE}
    assert ann.client.post("/account/name", base_url=BASE, data={"name": "Anna"}, headers=headers).status_code == 303


def test_a_stranger_needs_a_token_too(app, desk):
    add(desk)
    data = {"email": "ann@example.nhs.uk", "password": PASSWORD}
    assert Browser(app).client.post("/login", base_url=BASE, data=data, headers={"Origin": BASE}).status_code == 403


def test_a_visitors_cookie_that_we_did_not_make_is_none(app):
    keys = Keys(b"of somebody else" * 2)
    browser = Browser(app)
    browser.client.set_cookie(forgery.VISIT, f"mine.{keys.mark('visit', 'mine')}", domain="127.0.0.1")
    data = {"csrf": keys.mark("csrf", "visit mine")}
    assert browser.client.post("/login", base_url=BASE, data=data, headers={"Origin": BASE}).status_code == 403


def test_looking_changes_nothing(app, desk, ann):
    editor = desk.store.editors.by_email("admin@example.nhs.uk")
    before = dump(desk)
    for path in [*PAGES, f"/people/{editor.id}", "/login/code", "/password/forgotten", "/password/new/x", "/"]:
        assert ann.get(path).status_code < 500, path
        assert Browser(app).get(path).status_code < 500, path
    assert dump(desk) == before


def test_that_somebody_is_there_is_written_every_five_minutes(desk, ann, clock):
    clock.now += timedelta(minutes=4, seconds=59)
    before = dump(desk)
    ann.get("/account")
    assert dump(desk) == before
    clock.now += timedelta(seconds=1)
    ann.get("/account")
    assert dump(desk) != before


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(
            lambda desk, who: people.set_grants(desk, "", who, people.grants_from(["viewer"])), id="other roles"
        ),
        pytest.param(lambda desk, who: people.set_password(desk, "", who, "seven loud herons wade"), id="a password"),
        pytest.param(lambda desk, who: people.disable(desk, "", who), id="disabled"),
        pytest.param(lambda desk, who: people.end_sessions(desk, "", who), id="ended"),
    ],
)
def test_a_session_is_dead_after(app, desk, ann, end):
    bo = at_desk(app, desk, "editor")
    assert bo.get("/account").status_code == 200
    end(desk, desk.store.editors.by_email("editor@example.nhs.uk"))
    assert bo.get("/account").status_code == 303
    assert ann.get("/account").status_code == 200


@pytest.mark.parametrize("role", ["viewer", "editor", "approver", "editor:update"])
@pytest.mark.parametrize("path", ["/people", "/audit", "/audit.csv", "/audit.jsonl"])
def test_who_is_no_admin_sees_no_people_and_no_record(app, desk, role, path):
    browser = at_desk(app, desk, role)
    answer = browser.get(path)
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.text
    assert 'href="/people"' not in browser.get("/account").text


ANN = Editor("1", "Ann", "ann@example.org")


@pytest.mark.parametrize(
    ("roles", "of", "named", "answer"),
    [
        ([], Of.SOMETHING, {}, Answer.FORBIDDEN),
        (["editor:update"], Of.SOMETHING, {}, Answer.WELCOME),
        (["viewer"], Of.SOMETHING, {}, Answer.FORBIDDEN),
        (["editor:update"], Of.EVERYTHING, {}, Answer.FORBIDDEN),
        (["editor"], Of.EVERYTHING, {}, Answer.WELCOME),
        (["editor:update"], Of.BULLETIN, {"bulletin": "update"}, Answer.WELCOME),
        (["editor:other"], Of.BULLETIN, {"bulletin": "update"}, Answer.FORBIDDEN),
        (["viewer", "editor:other"], Of.BULLETIN, {"bulletin": "update"}, Answer.FORBIDDEN),
        (["editor"], Of.BULLETIN, {"bulletin": "update"}, Answer.WELCOME),
        (["editor"], Of.BULLETIN, {"bulletin": "nope"}, Answer.NOT_THERE),
        (["viewer"], Of.BULLETIN, {"bulletin": "nope"}, Answer.FORBIDDEN),
        (["editor:other"], Of.EDITION, {"edition": "update-2026-11-02"}, Answer.NOT_THERE),
        (["viewer"], Of.EDITION, {"edition": "update-2026-11-02"}, Answer.FORBIDDEN),
    ],
)
def test_access_is_judged_in_the_bulletin_that_the_address_names(desk, roles, of, named, answer):
    grants = people.grants_from(roles)
    route = get("/x", lambda: "", Right.EDIT, of)
    assert access.judge(desk, route, replace(ANN, grants=grants), named) is answer
    assert access.judge(desk, route, None, named) is Answer.LOG_IN
    assert access.judge(desk, replace(route, needs=None), None, named) is Answer.WELCOME


def test_the_menu_names_the_pages_that_a_person_may_see():
    routes = {"today.show": get("/", print, Right.LOOK), "people.show": get("/p", print, Right.ADMIN, Of.EVERYTHING)}
    viewer = replace(ANN, grants=people.grants_from(["viewer"]))
    assert menu.of(viewer, routes) == [("today.show", "Today")]
    assert menu.of(replace(ANN, grants=people.grants_from(["admin"])), routes)[1] == ("people.show", "People")


@pytest.mark.parametrize(
    ("setting", "role", "status"), [("admin", "admin", 303), ("admin", "editor", 200), ("all", "editor", 303)]
)
def test_who_must_have_a_second_step_sets_it_up_first(desk, setting, role, status):
    desk = replace(desk, config=replace(desk.config, web=Web(require_totp=setting)))
    app = create_app(Newsroom(desk, lambda: desk.config))
    browser = at_desk(app, desk, role)
    answer = browser.get("/")
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["Location"] == "/account/second-step"
        assert "Your library asks for a second step" in browser.get("/account/second-step").text
        assert browser.get("/account").status_code == 303
        assert browser.get("/static/desk.css").status_code == 200
        assert browser.post("/logout", "/account/second-step").headers["Location"] == "/login?done=out"


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (UnknownError("no edition 'x'"), 404, "No edition &#39;x&#39;."),
        (InputError("a decision needs a name"), 400, "A decision needs a name."),
        (WaitError("try again in 2 minutes"), 429, "Try again in 2 minutes."),
        (StoreError("/srv/secret/bulletin.db is damaged"), 503, "The newsroom&#39;s database is busy"),
        (BulletinError("/srv/secret cannot be written"), 500, "It is not your doing"),
        (ZeroDivisionError("/srv/secret ann@example.org"), 500, "It is not your doing"),
    ],
)
def test_an_error_is_a_page_that_says_what_to_do_and_no_more(app, ann, lines, error, status, told):
    def fail():
        raise error

    app.view_functions["audit.show"] = fail
    answer = ann.get("/audit")
    assert (answer.status_code, answer.content_type) == (status, "text/html; charset=utf-8")
    assert told in answer.text
    assert "Skip to the page" in answer.text
    assert not re.search("Traceback|secret|ann@|Error", answer.text)
    if status >= 500:
        (reference,) = re.findall(r"<strong>([0-9a-f]{16})</strong>", answer.text)
        (logged,) = [line for line in lines() if line["level"] == "error"]
        assert logged["request"] == reference
        assert type(error).__name__ in logged["trace"]
        assert "ann@" not in logged["trace"]


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/nothing/here", 404, "There is no such page"),
        ("GET", "/people/none", 404, "There is no such page"),
        ("GET", "/logout", 405, "That is not how this page is asked"),
        ("DELETE", "/account", 405, "That is not how this page is asked"),
        ("GET", "/static/../guard.py", 404, "There is no such page"),
        ("GET", "/static/layout.html", 404, "There is no such page"),
    ],
)
def test_what_is_not_there_has_a_page_too(ann, method, path, status, told):
    answer = ann.client.open(path, method=method, base_url=BASE)
    assert answer.status_code == status
    assert told in answer.text
    assert ("Allow" in answer.headers) is (status == 405)


def test_more_than_a_page_takes_is_refused(ann):
    answer = ann.client.post("/account/name", base_url=BASE, data={"name": "x" * 1_000_001}, headers={"Origin": BASE})
    assert answer.status_code == 413
    assert "That is too much" in answer.text


def test_fields_that_nobody_asked_for_do_nothing_and_are_logged_by_name(ann, desk, lines):
    ann.post("/account/name", "/account", name="Anna", role="admin", email="evil@evil.test", **{"a@b.org": "x"})
    changed = desk.store.editors.by_email("admin@example.nhs.uk")
    assert (changed.name, changed.email) == ("Anna", "admin@example.nhs.uk")
    (logged,) = [line for line in lines() if line["event"] == "fields ignored"]
    assert logged["names"] == ["<address>", "email", "role"]
    assert "evil" not in json.dumps(lines())


def test_the_log_is_a_line_of_json_for_each_answer_without_secrets(app, desk, lines):
    editor = add(desk)
    browser = Browser(app)
    browser.log_in("ann@example.nhs.uk", "wrong password of hers")
    browser.log_in("ann@example.nhs.uk")
    browser.get("/password/new/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?q=ann@example.nhs.uk")
    browser.get("/account")
    told = json.dumps(lines())
    for secret in ("wrong password", PASSWORD, "ann@example", browser.session, "AAAAAAAA", "127.0.0.1"):
        assert secret not in told
    last = lines()[-1]
    assert (last["event"], last["method"], last["page"], last["status"]) == ("answered", "GET", "account.show", 200)
    assert last["editor"] == editor.id
    assert re.fullmatch("[0-9a-f]{16}", last["request"])


def test_log_lines_cannot_be_forged(lines):
    logging.getLogger("bulletin.events").info('a\n{"event": "b"}')
    (line,) = lines()
    assert line["event"] == 'a\n{"event": "b"}'


def test_a_failure_outside_a_view_is_logged_without_its_path(app, lines):
    @app.after_request
    def fail(response):
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    path = "/password/new/BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    answer = Browser(app).get(path)
    assert answer.status_code == 500
    assert "ZeroDivisionError" in json.dumps(lines())
    assert "BBBB" not in json.dumps(lines())


def test_a_secret_that_is_no_secret_stops_the_program_before_it_serves(desk):
    (desk.config.folder / "secret.key").write_bytes(b"changeme")
    (desk.config.folder / "secret.key").chmod(0o600)
    with pytest.raises(InputError, match="holds too little"):
        create_app(Newsroom(desk, lambda: desk.config))


def test_mistakes_in_the_files_are_shown_to_who_is_in(desk, ann, app):
    (desk.config.folder / "topics" / "greener.yaml").write_text("heading: [", encoding="utf-8")
    assert "files have mistakes" in ann.get("/account").text
    assert "files have mistakes" not in Browser(app).get("/login").text


def test_the_log_goes_to_the_stream_that_is_given(desk):
    kept, level = logging.getLogger("bulletin").handlers, logging.getLogger("bulletin").level
    stream = io.StringIO()
    try:
        log.start(stream)
        log.event("something", page="today.show")
    finally:
        logging.getLogger("bulletin").handlers = kept
        logging.getLogger("bulletin").setLevel(level)
    assert json.loads(stream.getvalue())["page"] == "today.show"
