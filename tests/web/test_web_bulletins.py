"""Bulletins, lists and the library in a browser."""

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from visiting import at_desk

from bulletin.config import bulletinsfile, load
from bulletin.model import Schedule, Unattended, WhenEmpty
from bulletin.web import bulletinfields

BULLETIN = {
    "title": "Wexbridge Update",
    "intro": "",
    "headings-workforce": "1",
    "headings-greener": "2",
    "window": "35d",
    "most": "2",
    "empty": "",
    "approver": "",
    "archive": "",
    "every": "month",
    "on": "first monday",
    "at": "09:00",
    "zone": "Europe/London",
    "cron": "",
}
LIST = {
    "name": "Managers",
    "template": "",
    "from": "Wexbridge Library <library@example.nhs.uk>",
    "reply_to": "",
    "delivery": "",
    "why": "",
}
PAGE, MANAGERS = "/bulletins/update", "/bulletins/update/lists/managers"


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


@pytest.fixture
def bulletin(desk):
    return lambda: load(desk.config.folder, {}).bulletins[0]


def digest(browser, page):
    return re.search(r'name="digest" value="([0-9a-f]*)"', browser.get(page).text)[1]


def send(browser, path, fields, **changes):
    told = {key.replace("_to_", "-").rstrip("_"): value for key, value in changes.items()}
    return browser.post(path, path, **({"digest": digest(browser, path)} | fields | told))


def test_the_list_shows_each_bulletin_its_headings_and_its_lists(admin):
    text = unescape(admin.get("/bulletins").text)
    for words in ("Wexbridge Update", "Workforce · Sustainable Healthcare", "Managers", "Wexbridge Library"):
        assert words in text


def test_a_form_that_was_not_changed_changes_nothing(admin, desk):
    before = (desk.config.folder / "bulletins.yaml").read_bytes()
    assert send(admin, PAGE, BULLETIN).status_code == 303
    assert send(admin, MANAGERS, LIST).status_code == 303
    assert (desk.config.folder / "bulletins.yaml").read_bytes() == before
    assert desk.store.deeds.latest(most=1)[0].did != "changed the bulletin"


def test_a_bulletin_is_changed_in_its_file(admin, bulletin, desk):
    answer = send(
        admin, PAGE, BULLETIN, title="New: title", every="week", on="monday", at="17:30", approver="another"
    )
    assert answer.location == "/bulletins/update?saved=1"
    found = bulletin()
    assert (found.title, found.second_person) == ("New: title", True)
    assert found.schedule == Schedule("30 17 * * mon", "Europe/London")
    assert desk.store.deeds.latest(most=1)[0].did == "changed the bulletin"


STEPS = {
    "every": "fortnight",
    "on": "tuesday",
    "starting": "2026-12-01",
    "review": "2d",
    "send": "09:00",
    "remind": "4h",
    "unattended": "send",
    "when_empty": "draft",
}


def test_what_follows_from_draft_to_sending_is_changed_too(admin, bulletin):
    assert send(admin, PAGE, BULLETIN, **STEPS).status_code == 303
    assert bulletin().schedule == Schedule(
        "0 9 * * tue",
        "Europe/London",
        fortnight=date(2026, 12, 1),
        review=timedelta(days=2),
        send_at=time(9),
        remind=timedelta(hours=4),
        unattended=Unattended.SEND,
        when_empty=WhenEmpty.DRAFT,
    )
    text = unescape(admin.get(PAGE).text)
    assert "A draft is made every second Tuesday at 09:00 (London time), from 1 December 2026; sent two days" in text
    assert "The next one is due on Tuesday 1 December 2026." in text
    assert "every second Tuesday" in admin.get("/bulletins").text


def test_who_is_no_admin_cannot_have_editions_sent_without_approval(desk, admin, bulletin):
    fields = bulletinfields.of_bulletin(desk.config, admin=False)
    assert {"approver", "archive", "unattended"}.isdisjoint(one.name for one in fields)


def test_what_is_rare_is_open_only_when_it_is_used(admin):
    more = re.compile('<details class="tools"( open)?><summary>Reminders')
    assert more.search(admin.get(PAGE).text)[1] is None
    send(admin, PAGE, BULLETIN, when_empty="draft")
    assert more.search(admin.get(PAGE).text)[1]
    send(admin, PAGE, BULLETIN)
    assert more.search(admin.get(PAGE).text)[1] is None
    assert more.search(send(admin, PAGE, BULLETIN, remind="1d").text)[1]


def test_headings_are_printed_in_the_order_of_their_numbers(admin, bulletin):
    send(admin, PAGE, BULLETIN | {"headings-workforce": "1.5", "headings-greener": "1"})
    assert bulletin().headings == ("greener", "workforce")
    send(admin, PAGE, BULLETIN | {"headings-workforce": ""})
    assert bulletin().headings == ("greener",)
    page = admin.get(PAGE).text
    assert 'name="headings-greener" value="1"' in page
    assert 'name="headings-workforce" value=""' in page


def test_a_number_that_is_none_comes_last(admin, bulletin):
    send(admin, PAGE, BULLETIN | {"headings-workforce": "first!"})
    assert bulletin().headings == ("greener", "workforce")


REFUSED = {
    "no headings": ({"headings-workforce": "", "headings-greener": ""}, "headings", "Headings is empty"),
    "no title": ({"title": ""}, "title", "Title is empty: write something."),
    "no such day": ({"on": "someday"}, "on", "is no day that every month has"),
    "two schedules": ({"cron": "0 9 * * mon"}, "every", "choose a day and a time, or a cron line and nothing else"),
    "since when": (
        {"every": "fortnight", "on": "monday"},
        "starting",
        "Counted from: write the first day on which it comes out, such as 2026-12-01.",
    ),
    "another day": (
        {"every": "fortnight", "on": "monday", "starting": "2026-12-01"},
        "starting",
        "Counted from: 2026-12-01 is a Tuesday and not a Monday",
    ),
    "no hour": ({"remind": "1d"}, "remind", "Remind editors: needs an hour at which an edition goes"),
    "nobody and two people": (
        {"review": "1d", "unattended": "send", "approver": "another"},
        "approver",
        "another cannot stand beside unattended: send",
    ),
    "too many": ({"most": "1000"}, "most", "must be a whole number from 1 to 100"),
    "a forged choice": ({"empty": "burn"}, "empty", "must be keep or drop"),
}


@pytest.mark.parametrize(("changes", "field", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_told_at_its_field(admin, bulletin, changes, field, told):
    before = bulletin()
    answer = send(admin, PAGE, BULLETIN | {"intro": "kept words"} | changes)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert f'href="#field-{field}"' in answer.text
    assert told in unescape(answer.text)
    assert "kept words" in answer.text
    assert bulletin() == before


def test_a_list_is_changed_in_its_file(admin, bulletin):
    answer = send(admin, MANAGERS, LIST, why="You asked for it.", delivery="individual", name="All managers")
    assert answer.location == "/bulletins/update/lists/managers?saved=1"
    (found,) = bulletin().lists
    assert (found.name, found.why, found.delivery) == ("All managers", "You asked for it.", "individual")
    assert "All managers" in admin.get(MANAGERS).text


def test_a_list_takes_a_brand_that_is_there_and_no_other(admin, bulletin, desk):
    (desk.config.folder / "brands").mkdir()
    (desk.config.folder / "brands" / "our-trust.yaml").write_text("footer: Our Trust\n", encoding="utf-8")
    assert '<option value="our-trust">our-trust</option>' in admin.get(MANAGERS).text
    assert send(admin, MANAGERS, LIST, brand="our-trust").status_code == 303
    assert bulletin().lists[0].brand == "our-trust"
    answer = send(admin, MANAGERS, LIST, brand="another")
    assert answer.status_code == 422
    assert "there is no brand" in unescape(answer.text)
    assert bulletin().lists[0].brand == "our-trust"


def test_a_list_is_added(admin, bulletin, desk):
    path = "/bulletins/update/lists/new_list"
    answer = send(admin, path, LIST, id="board", name="The board")
    assert answer.location == "/bulletins/update/lists/board?saved=1"
    assert [one.id for one in bulletin().lists] == ["managers", "board"]
    assert desk.store.deeds.latest(most=1)[0].what == "update/board"
    answer = send(admin, path, LIST, id="board", name="Again")
    assert answer.status_code == 422
    assert "Short name: another one has the same id" in answer.text


def test_a_bulletin_is_added_with_its_first_list(admin, desk):
    path, fields = "/bulletins/new_bulletin", BULLETIN | LIST
    answer = send(admin, path, fields, id="board", title="Board", name="Board members")
    assert answer.location == "/bulletins/board?saved=1"
    found = load(desk.config.folder, {}).bulletins[1]
    assert (found.title, found.headings, found.lists[0].id) == ("Board", ("workforce", "greener"), "board-members")
    assert (desk.store.deeds.latest(most=1)[0].did, admin.get(answer.location).status_code) == (
        "added the bulletin",
        200,
    )
    answer = send(admin, path, fields, id="board", cron="0 9 * * mon", why="kept words")
    assert answer.status_code == 422
    assert 'id="error-id"' in answer.text
    assert 'id="error-every"' in answer.text
    assert "kept words" in answer.text


def test_the_library_is_changed_in_its_file(admin, desk):
    fields = {
        "name": "L: b",
        "email": "l@example.nhs.uk",
        "phone": "",
        "web": "",
        "full_text": "Ask us.",
        "login": "",
    }
    assert send(admin, "/library", fields).location == "/library?saved=1"
    found = load(desk.config.folder, {}).library
    assert (found.name, found.email, found.full_text) == ("L: b", "l@example.nhs.uk", "Ask us.")
    answer = send(admin, "/library", fields | {"email": "nobody"})
    assert answer.status_code == 422
    assert 'id="error-email"' in answer.text


WAYS = {
    "openathens": "https://go.openathens.net/redirector/example.nhs.uk?url=",
    "libkey": "1234",
    "ask": "https://example.org/ask?t={title}",
    "address": "1 Example Road",
    "hours": "9am to 5pm",
    "privacy": "https://example.org/privacy",
    "impact": "https://example.org/impact",
    "disclaimer": "No advice.",
}


def test_what_the_foot_needs_and_the_ways_to_a_full_text_are_fields_too(admin, desk):
    assert {one.name for one in bulletinfields.LIBRARY} == set(bulletinsfile.LIBRARY)
    fields = {"name": "L", "email": "l@example.nhs.uk", **WAYS}
    assert send(admin, "/library", fields).location == "/library?saved=1"
    found = load(desk.config.folder, {}).library
    assert {key: getattr(found, key) for key in WAYS} == WAYS | {"openathens": "example.nhs.uk"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("openathens", "javascript:alert(1)"),
        ("openathens", "example.nhs.uk\r\nBcc: eve@evil.example"),
        ("libkey", "../1"),
        ("ask", "https://example.org/{password}"),
        ("privacy", "javascript:alert(1)"),
        ("impact", "data:text/html,x"),
    ],
)
def test_a_hostile_way_is_refused_at_its_field(admin, desk, key, value):
    before = (desk.config.folder / "bulletins.yaml").read_bytes()
    answer = send(admin, "/library", {"name": "L", "email": "l@example.nhs.uk", key: value})
    assert answer.status_code == 422
    assert f'id="error-{key}"' in answer.text
    assert (desk.config.folder / "bulletins.yaml").read_bytes() == before


def test_two_at_once_lose_nothing(admin, bulletin):
    old = digest(admin, PAGE)
    send(admin, MANAGERS, LIST, why="Meanwhile.")
    answer = send(admin, PAGE, BULLETIN, title="Mine", digest=old)
    assert answer.status_code == 422
    assert "<td><pre>Wexbridge Update</pre></td><td><pre>Mine</pre></td>" in answer.text
    assert 'value="Mine"' in answer.text
    again = re.search(r'name="digest" value="([0-9a-f]*)"', answer.text)[1]
    assert send(admin, PAGE, BULLETIN, title="Mine", digest=again).status_code == 303
    assert (bulletin().title, bulletin().lists[0].why) == ("Mine", "Meanwhile.")


@pytest.mark.parametrize("path", ["/bulletins/nothing", "/bulletins/update/lists/nothing"])
def test_what_is_not_there_is_not_found(admin, path):
    assert admin.get(path).status_code == 404


def test_an_editor_of_one_bulletin_looks_at_it_and_changes_nothing(app, desk):
    editor = at_desk(app, desk, "editor:update")
    assert "<fieldset disabled>" in editor.get(PAGE).text
    assert editor.post(PAGE, "/account", **BULLETIN).status_code == 403
    assert editor.get("/bulletins/update/lists/new_list").status_code == 403


@pytest.mark.parametrize(("key", "value"), [("approver", "another"), ("archive", "public")])
def test_who_approves_and_who_reads_is_for_admins_to_say(app, desk, bulletin, key, value):
    approver = at_desk(app, desk, "approver")
    assert f'name="{key}"' not in approver.get(PAGE).text
    assert send(approver, PAGE, BULLETIN, **{key: value}).status_code == 303
    assert (bulletin().second_person, bulletin().archive) == (False, "staff")
