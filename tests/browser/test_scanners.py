"""Mail scanners: they open every link of an email in a real browser, run its scripts and look ahead.

None of them unsubscribes anybody: a page that is looked at changes no row (reference bar E11).
"""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from itertools import count
from urllib.parse import urljoin

import editing
import newsroom
import pytest
from browsing import axe, keep
from readership import BULLETINS, MANAGERS, choices_link, join, leave_link, mailed, on, rows
from serving import serving

from bulletin import jobs
from bulletin.model import Web
from bulletin.people import personal
from bulletin.render.personal import Master, Personal

NUMBERS = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = newsroom.workspace(tmp_path_factory.mktemp("readers"), "https://example.org/feed")
    text = BULLETINS.replace("  email: library", "  privacy: https://example.org/privacy\n  email: library", 1)
    (folder / "bulletins.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(folder):
    outbox = (folder / "outbox").as_uri()
    with serving(folder, BULLETIN_SMTP_URL=outbox) as served:
        yield served


@pytest.fixture
def desk(folder, served):
    """The same newsroom, whose links lead to where it is served."""
    with jobs.open_desk(replace(newsroom.settings(folder), web=Web(served.url))) as desk:
        yield desk


@pytest.fixture
def reader(desk):
    """Somebody new on all lists."""
    return join(desk, f"reader{next(NUMBERS)}@example.nhs.uk")


def email(desk, reader):
    """The email of an edition as this reader gets it: all its links, of both parts and of the headers."""
    editing.shelve(desk, "Staff retention of nurses", workforce=0.9)
    edition = jobs.compose(desk, desk.bulletin("update"))
    made = jobs.email(desk, jobs.edition_of(desk, edition.id), desk.bulletin("update").lists[0])
    leave = personal.token(desk.keys, "leave", reader.id, *MANAGERS)
    choices = personal.token(desk.keys, "choices", reader.id)
    own = Personal(reader.email, "", "1@example.nhs.uk", desk.now(), leave, choices)
    return message_from_bytes(Master(made.mime).copy(own), policy=policy.default)


def links(message):
    """Every address of the web in an email."""
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    told = "\n".join([*parts, *map(str, message.values())])
    return sorted({one.rstrip(".,") for one in re.findall(r"""https?://[^\s"'<>]+""", told)})


def elsewhere(route):
    """What lies outside of this machine answers nothing."""
    route.fulfill(status=200, content_type="text/html", body="<title>elsewhere</title>")


def test_who_opens_every_link_runs_every_script_and_looks_ahead_changes_no_row(desk, served, reader, visit):
    message = email(desk, reader)
    ours = [one for one in links(message) if one.startswith(served.url)]
    assert {one.removeprefix(served.url).split("/")[1] for one in ours} >= {"leave", "choices"}
    before = rows(desk)
    page = visit(served)
    page.route(lambda address: not address.startswith(served.url), elsewhere)
    page.set_content(message.get_body(("html",)).get_content())
    seen, due = set(), links(message)
    while due:
        link = due.pop()
        seen.add(link)
        for way in ({}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
            if link.startswith(served.url):
                page.request.head(link, headers=way)
                page.request.get(link, headers=way)
        if link.endswith("/export"):
            continue  # a file, which a browser keeps and does not show
        page.goto(link)
        page.mouse.move(200, 200)
        page.mouse.wheel(0, 4000)
        page.wait_for_load_state("networkidle")
        found = page.eval_on_selector_all("a[href], link[rel=prefetch]", "all => all.map((one) => one.href)")
        due += [
            urljoin(link, one)
            for one in found
            if one.startswith(served.url) and one.partition("#")[0] not in seen and "#" not in one and one not in due
        ]
    assert len(seen) >= 4
    assert rows(desk) == before
    assert MANAGERS in on(desk, reader)


def test_who_presses_the_button_while_the_email_is_new_is_asked_again(desk, served, reader, visit):
    mailed(desk, reader, desk.now())
    page = visit(served)
    page.goto(leave_link(desk, reader))
    before = rows(desk)
    page.get_by_role("button", name="Leave this bulletin").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Is it you?"
    assert rows(desk) == before
    axe(page)
    keep(page, "own-leave-again", 320, 1200)
    page.get_by_role("button", name="Yes, leave").click()
    assert MANAGERS not in on(desk, reader)


def is_narrow(page):
    """Whether nothing stands out of 320 pixels: 1280 at 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    return page.evaluate("document.documentElement.scrollWidth") <= 320


def seen(page, name):
    """Hold a page against what shuts people out, in both sizes, and keep pictures of it."""
    page.wait_for_load_state()
    axe(page)
    assert is_narrow(page)
    axe(page)
    keep(page, f"own-{name}", 320, 1200)
    page.set_viewport_size({"width": 1200, "height": 800})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_somebody_leaves_and_undoes_it_without_scripts_or_a_mouse(desk, served, reader, visit, scheme):
    page = visit(served, java_script_enabled=False, color_scheme=scheme)
    page.goto(leave_link(desk, reader))
    press(page, "Leave this bulletin")
    assert MANAGERS not in on(desk, reader)
    press(page, "Undo: I want it after all")
    assert page.get_by_role("heading", level=1).inner_text() == "You are back"
    assert MANAGERS in on(desk, reader)


def press(page, name):
    """Come to a button by the keyboard alone, and press it."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("(one) => one === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_to_leave_shut_nobody_out(desk, served, reader, visit, watch, scheme):
    watch.forgiven.append("Failed to load resource.*404")
    page = visit(served, color_scheme=scheme)
    page.goto(leave_link(desk, reader))
    seen(page, f"leave-{scheme}")
    page.get_by_role("button", name="Leave this bulletin").click()
    seen(page, f"left-{scheme}")
    page.goto(leave_link(desk, reader))
    seen(page, f"not-on-it-{scheme}")
    page.get_by_role("button", name="Come back").click()
    seen(page, f"back-{scheme}")
    page.goto(leave_link(desk, reader, ("", "")))
    seen(page, f"leave-all-{scheme}")
    assert page.goto("/leave/x").status == 404
    seen(page, f"no-link-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_choices_shuts_nobody_out(desk, served, reader, visit, watch, scheme):
    watch.forgiven.append("Failed to load resource.*400")
    page = visit(served, color_scheme=scheme)
    page.goto(choices_link(desk, reader))
    seen(page, f"choices-{scheme}")
    page.get_by_label("Workforce").first.uncheck()
    page.get_by_label("At most one email a week").check()
    page.get_by_role("button", name="Keep these choices").click()
    assert "Your choices are kept" in page.get_by_role("status").inner_text()
    seen(page, f"choices-kept-{scheme}")
    for one in page.get_by_label("Sustainable Healthcare").all():
        one.uncheck()
    page.get_by_role("button", name="Keep these choices").click()
    seen(page, f"choices-wrong-{scheme}")
    page.goto(choices_link(desk, reader))
    page.get_by_role("button", name="Leave Another Update").click()
    seen(page, f"choices-left-{scheme}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save my data").click()
    assert download.value.suggested_filename == "my-data.json"
    page.get_by_role("button", name="Erase me").click()
    seen(page, f"erase-{scheme}")
    page.get_by_role("button", name="Erase me").click()
    seen(page, f"erased-{scheme}")
    assert desk.store.subscribers.get(reader.id) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_to_sign_up_shut_nobody_out(desk, folder, served, visit, watch, scheme):
    watch.forgiven.append("Failed to load resource.*400")
    page = visit(served, color_scheme=scheme)
    page.goto("/join")
    seen(page, f"join-{scheme}")
    address = f"new.{scheme}@example.nhs.uk"
    page.get_by_label("Your email address").fill(address)
    page.get_by_role("button", name="Yes, send me the link").click()
    seen(page, f"join-wrong-{scheme}")
    page.get_by_label("Wexbridge Update").check()
    while page.get_by_role("button", name="Yes, send me the link").count():  # a test is quicker than a person
        page.get_by_role("button", name="Yes, send me the link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Look into your inbox"
    seen(page, f"join-sent-{scheme}")
    page.goto(letter(folder, address, page))
    seen(page, f"join-confirm-{scheme}")
    page.get_by_role("button", name="Yes, that was me").click()
    seen(page, f"joined-{scheme}")
    assert desk.store.subscribers.by_email(address).places


def letter(folder, address, page):
    """The link in the email that came to somebody."""
    for _ in range(100):
        for file in (folder / "outbox").glob("*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == address:
                return next(one for one in links(message) if "/join/" in one)
        page.wait_for_timeout(50)  # it is written behind the page's back
    raise AssertionError("no email came")
