"""Every route of the table: who gets in, what every answer carries, what a GET leaves alone, what nonsense does."""

import itertools
import re
from html import unescape
from urllib.parse import quote

import newsroom
import pytest
from addresses import gets, posts, there
from bs4 import BeautifulSoup
from publisher import open_publisher
from visiting import BASE, Browser, at_desk

from bulletin import jobs
from bulletin.jobs import open_desk
from bulletin.model import Right
from bulletin.web import Newsroom, create_app
from bulletin.web.route import Of
from bulletin.web.routes import ROUTES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crawl")]

OTHER = """\
  - id: other
    title: Another Update
    headings: [greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    lists:
      - id: others
        name: Others
        from: Wexbridge Library <library@example.nhs.uk>
"""
# Written down once more, apart from the program: what each role may do.
MAY = {
    "viewer": {"look"},
    "editor": {"look", "edit", "files", "readers"},
    "approver": {"look", "edit", "files", "readers", "approve"},
    "admin": {"look", "edit", "files", "readers", "approve", "admin"},
}
ROLES = ["", "viewer", "editor", "approver", "admin", "viewer:other", "editor:other", "approver:other"]
NEEDED = {  # what every answer carries (reference bars W8 and W9)
    "Content-Security-Policy": r"^default-src 'none';",
    "X-Content-Type-Options": "^nosniff$",
    "Referrer-Policy": "^(no-referrer|same-origin|strict-origin)$",
    "Cross-Origin-Opener-Policy": "^same-origin$",
    "Cache-Control": "no-store|max-age=300",
}
NASTY = [
    "",
    "\0",
    "\r\nSet-Cookie: x=1",
    "'; DROP TABLE item; --",
    '" OR 1=1 --',
    "NEAR( AND * covid-19",
    "<script>alert(1)</script>",
    "{{7*7}}{% for x in () %}",
    "%00%0a%2e%2e%2f",
    "../../../etc/passwd",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH JOINER}e\N{COMBINING ACUTE ACCENT}" * 20,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "x" * 20_000,
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "!!python/object/apply:os.system ['true']",
    "a: b # c",
    "- [&x *x",
    "http://127.0.0.1:1/",
    "http://[::1",
    "javascript:alert(1)",
    "ann@example.nhs.uk\nBcc: eve@evil.test",
    "2026-02-30",
]
# What takes things away comes last, so that they are there for the others.
WHERE = {
    f"{route.methods[0]} {route.rule}": route
    for route in sorted(ROUTES, key=lambda one: one.rule.endswith(("/withdraw", "/remove", "/disable", "/end")))
    if route.endpoint != "login.leave"  # it would end the session
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    with open_publisher() as publisher:
        entries = [
            newsroom.entry(f"Staff retention and net zero {number}", text="nurse staffing") for number in range(4)
        ]
        folder = newsroom.workspace(tmp_path_factory.mktemp("crawl"), publisher.publishes("/a", *entries))
        with (folder / "bulletins.yaml").open("a", encoding="utf-8") as file:
            file.write(OTHER)
        settings = newsroom.settings(folder)
        with open_desk(settings) as desk:
            jobs.fetch(desk, list(settings.feeds))
            jobs.classify(desk)
            for bulletin in settings.bulletins:
                jobs.compose(desk, bulletin)
        yield settings


@pytest.fixture(scope="module")
def desk(settings):
    with open_desk(settings) as desk:
        yield desk


@pytest.fixture(scope="module")
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk, "admin")


@pytest.fixture
def places(app, desk):
    """Something in every place, in the bulletin `update`; a draft that a test withdrew is laid anew."""
    jobs.compose(desk, desk.bulletin("update"))
    email = f"victim{len(desk.store.editors.list())}@example.nhs.uk"  # another than the one that a test disabled
    at_desk(app, desk, "viewer", email=email)
    return there(desk, "update", email)


def content(desk):
    """All that is kept: rows and files."""
    with desk.store._database.read() as connection:
        rows = "\n".join(connection.connection.iterdump())
    folder = desk.config.folder
    files = {path.name: path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    return rows, files, sorted(path.name for path in folder.iterdir() if not path.name.startswith("bulletin.db"))


def may(role, route):
    """What the tables above say, for an address in the bulletin `update`."""
    if route.needs is None:
        return True
    name, _, bulletin = role.partition(":")
    rights = MAY.get(name, set()) - ({"files", "readers", "admin"} if bulletin else set())
    if route.needs.value not in rights:
        return False
    return not bulletin or route.of is Of.SOMETHING


def sent(browser, route, address, token, **more):
    """Ask for a route in the way that it wants, with nothing in its form."""
    if "POST" not in route.methods:
        return browser.get(address)
    headers = {"Origin": BASE} | more.pop("headers", {})
    return browser.client.post(address, base_url=BASE, data={"csrf": token} | more, headers=headers)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_where_their_role_does_not_reach(app, desk, places, role):
    browser = at_desk(app, desk, role) if role else Browser(app)
    token = browser.token("/account" if role else "/login")
    leaks, locked = [], []
    for name, route in WHERE.items():
        status = sent(browser, route, places.fill(route.rule), token).status_code
        refused = status in ({401, 403} if role else {303, 401, 403})
        if not may(role, route) and not refused:
            leaks.append((name, status))
        if may(role, route) and status == 403:
            locked.append(name)
    assert not leaks
    assert [name for name in locked if not name.startswith("GET /read")] == []


def test_no_address_is_served_that_is_not_in_the_table(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == {route.endpoint for route in ROUTES}


def test_few_addresses_are_open_to_everybody():
    """But for those that are nobody's without the link in an email."""
    assert len({route.rule for route in ROUTES if route.is_open and not route.holds_proof}) <= 14


def test_only_addresses_with_a_token_in_them_need_no_form_of_ours():
    assert all(
        re.search("<[^>]*(token|mark)>", route.rule) and route.is_open for route in ROUTES if route.holds_proof
    )


def test_what_changes_something_needs_more_than_looking():
    """But for what people do to their own account, what leads in and out, and the doctor, who keeps nothing."""
    open_ = [route for route in posts() if route.needs in (None, Right.LOOK) and not route.holds_proof]
    modules = {"login", "oidc", "account", "second", "join", "doctor"}
    assert {route.endpoint.partition(".")[0] for route in open_} <= modules


def test_looking_changes_nothing(desk, admin, places):
    before = content(desk)
    for route in gets():
        admin.get(places.fill(route.rule))
    assert content(desk) == before


def test_every_answer_tells_browsers_to_be_careful(app, desk, places):
    lacking = []
    for role in ("", "viewer", "admin"):
        browser = at_desk(app, desk, role) if role else Browser(app)
        token = browser.token("/account" if role else "/login")
        for name, route in WHERE.items():
            headers = sent(browser, route, places.fill(route.rule), token, headers={"Origin": "x"}).headers
            lacking += [(name, one) for one, form in NEEDED.items() if not re.search(form, headers.get(one, ""))]
            lacking += (
                [(name, "unsafe")] if "unsafe" in headers["Content-Security-Policy"] and "preview" not in name else []
            )
    assert not lacking


@pytest.mark.parametrize(
    ("headers", "has_token"),
    [
        ({"Origin": BASE}, False),
        ({"Origin": "https://evil.test"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": BASE.replace("http", "https")}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({}, True),
    ],
)
def test_a_form_from_elsewhere_does_nothing_anywhere(desk, admin, places, headers, has_token):
    token = admin.token("/account") if has_token else "x"
    before = content(desk)
    for route in (route for route in posts() if not route.holds_proof):
        fields = {"csrf": token}
        answer = admin.client.post(places.fill(route.rule), base_url=BASE, data=fields, headers=headers)
        assert answer.status_code == 403, route.rule
    assert content(desk) == before


@pytest.mark.parametrize("nasty", NASTY)
def test_no_nonsense_in_an_address_is_a_riddle(admin, places, nasty):
    written = quote(nasty[:2000], safe="")
    for route in gets():
        address = re.sub(r"<[^>]+>", written, route.rule)
        queries = "&".join(
            f"{name}={written}" for name in ("q", "show", "list", "next", "page", "who", "saved", "state", "code")
        )
        for where in {address} - {route.rule} | {f"{places.fill(route.rule)}?{queries}"}:
            status = admin.get(where).status_code
            assert status < 500 or route.endpoint == "oidc.come_back", where[:200]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_only_the_methods_of_the_table_are_answered(admin, places, method):
    for route in ROUTES:
        answer = admin.client.open(places.fill(route.rule), base_url=BASE, method=method, headers={"Origin": BASE})
        assert answer.status_code in ({200, 403, 404, 405} if method == "OPTIONS" else {403, 404, 405}), route.rule


def forms(browser, pages):
    """Every form that these pages have: where it goes, and its fields as they stand; one for each route."""
    found = {}
    for page in pages:
        soup = BeautifulSoup(browser.get(page).text, "html.parser")
        for form in soup.select("form[method=post]"):
            fields = {}
            for one in form.select("[name]"):
                chosen = one.select_one("option[selected]") or one.select_one("option")
                value = one.get_text() if one.name == "textarea" else one.get("value", "")
                fields[one["name"]] = chosen.get("value", "") if chosen else value
            action = unescape(form.get("action") or page)
            found.setdefault((shape(action), tuple(sorted(fields))), (action, fields))
    return found


def shape(action):
    """Where a form goes, without what is particular to this one."""
    return re.sub(r"/[^/]*\d[^/]*(?=/|$)", "/*", action.partition("?")[0])


class Persistent:
    """An admin who logs in anew whenever a form has thrown them out."""

    def __init__(self, app, desk):
        self._anew = lambda: at_desk(app, desk, "admin")
        self._enter()

    def _enter(self):
        self._browser = self._anew()
        self._token = self._browser.token("/account")

    def send(self, action, fields):
        """Send a form; gives the status."""
        data = fields | {"csrf": self._token, "role": "admin", "is_admin": "1"}
        status = self._post(action, data)
        if status in {401, 403}:
            self._enter()
            status = self._post(action, data | {"csrf": self._token})
        return status

    def _post(self, action, data):
        return self._browser.client.post(action, base_url=BASE, data=data, headers={"Origin": BASE}).status_code


def test_no_nonsense_in_a_form_is_a_riddle(app, desk, admin, places):
    """Every form with every nasty string in all fields, and with one in each field alone, the next one each time.

    No page ever says that we failed.
    """
    pages = [places.fill(route.rule) for route in gets() if ".atom" not in route.rule]
    known = {**forms(Browser(app), ["/login", places.fill("/password/new/<token>")]), **forms(admin, pages)}
    assert len(known) > 25
    every = {name: "" for _, fields in known.values() for name in fields}
    shown = {action for action, _ in known.values()}
    for route in posts():  # forms that no page shows just now, with whatever fields there are
        address = places.fill(route.rule)
        if address not in shown and not route.is_open:
            known[address] = address, every
    somebody, wrong, strings = Persistent(app, desk), [], itertools.cycle(NASTY)
    # What takes things away comes last, so that they are there for the others.
    last = ("/withdraw", "/remove", "/disable", "/end", "/logout", "/roles", "/password", "/take-back")
    for action, fields in sorted(known.values(), key=lambda one: one[0].endswith(last)):
        alone = [fields | {name: next(strings)} for name in sorted(set(fields) - {"csrf"}) or ["nothing"]]
        for trial in [*(dict.fromkeys(fields, nasty) for nasty in NASTY), *alone]:
            status = somebody.send(action, trial)
            wrong += [(action, {name: value[:40] for name, value in trial.items()}, status)] if status >= 500 else []
    assert not wrong
