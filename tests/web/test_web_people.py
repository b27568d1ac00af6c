"""The people's pages: adding, roles, disabling, and nobody locked out."""

from dataclasses import replace

import pytest
from visiting import add, at_desk

from bulletin.errors import SendError
from bulletin.web import Newsroom, create_app

BO = "bo@example.nhs.uk"


class Post:
    """Takes letters, or none."""

    def __init__(self) -> None:
        self.sent, self.is_shut = [], False

    def send(self, sender, recipient, message):
        if self.is_shut:
            raise SendError("the mail server is not there")
        self.sent.append(recipient)


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


@pytest.fixture
def bo(desk):
    return add(desk, BO, "editor:update")


def new(browser, **fields):
    return browser.post("/people", **{"name": "Bo", "email": BO, "roles": ["editor:update", "viewer"]} | fields)


def test_everybody_is_listed_with_roles_and_state(admin, desk, bo):
    page = admin.get("/people").text
    assert BO in page
    assert "editor:update" in page
    assert '<option value=""' not in page
    assert "In Wexbridge Update only" in page


def test_a_person_is_added_and_without_mail_the_page_tells_the_command(admin, desk):
    answer = new(admin)
    added = desk.store.editors.by_email(BO)
    assert [(grant.role, grant.bulletin) for grant in added.grants] == [("viewer", ""), ("editor", "update")]
    assert answer.headers["Location"] == f"/people/{added.id}?done=no-post"
    page = admin.get(answer.headers["Location"]).text
    assert "No mail goes out from here" in page
    assert f"bulletin editors password {BO}" in page
    assert "has not chosen a password yet" in page


@pytest.mark.parametrize(("is_shut", "done", "sent"), [(False, "added", [BO]), (True, "no-mail", [])])
def test_with_mail_the_person_is_invited(desk, is_shut, done, sent):
    post = Post()
    post.is_shut = is_shut
    app = create_app(Newsroom(replace(desk, post=post), lambda: desk.config))
    browser = at_desk(app, desk)
    assert new(browser).headers["Location"].endswith(f"?done={done}")
    assert post.sent == sent
    assert "by mail" in browser.get(f"/people/{desk.store.editors.by_email(BO).id}?done=link").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "no address"}, "An email address looks like"),
        ({"email": "admin@example.nhs.uk"}, "has an account already"),
        ({"name": ""}, "A name has between"),
        ({"roles": []}, "Give at least one role"),
        ({"roles": ["boss"]}, "No role &#39;boss&#39;"),
        ({"roles": ["editor:nope"]}, "No bulletin &#39;nope&#39;"),
        ({"roles": ["admin:update"]}, "An admin is admin of every bulletin"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(admin, desk, fields, told):
    answer = new(admin, **fields)
    assert answer.status_code == 400
    assert told in answer.text
    if "name" not in fields:
        assert 'value="Bo"' in answer.text
    if "roles" not in fields:
        assert 'value="editor:update" checked' in answer.text
    assert len(desk.store.editors.list()) == 1


def act(browser, who, what, **fields):
    return browser.post(f"/people/{who.id}/{what}", f"/people/{who.id}", **fields)


def test_roles_are_changed_and_the_person_is_logged_out(app, admin, desk, bo):
    browser = at_desk(app, desk, email=BO)
    act(admin, bo, "roles", roles=["approver"])
    assert [grant.role for grant in desk.store.editors.get(bo.id).grants] == ["approver"]
    assert browser.get("/account").status_code == 303
    told = desk.store.deeds.latest()[0]
    assert (told.who, told.before, told.after) == ("admin@example.nhs.uk", "editor:update", "approver")


def test_a_person_is_disabled_and_enabled(admin, desk, bo):
    assert act(admin, bo, "disable").headers["Location"] == f"/people/{bo.id}?done=off"
    assert "This person can log in no longer" in admin.get(f"/people/{bo.id}?done=off").text
    assert not desk.store.editors.get(bo.id).active
    act(admin, bo, "enable")
    assert desk.store.editors.get(bo.id).active


def test_a_person_is_logged_out_everywhere(app, admin, desk, bo):
    browser = at_desk(app, desk, email=BO)
    act(admin, bo, "sessions/end")
    assert browser.get("/account").status_code == 303


def test_who_lost_the_telephone_gets_in_again(admin, desk, bo):
    assert act(admin, bo, "second-step/off").headers["Location"].endswith("?done=second")
    assert desk.store.deeds.latest()[0].did == "turned off the second step at log-in"


@pytest.mark.parametrize(
    ("what", "fields", "told"),
    [
        ("roles", {"roles": ["editor"]}, "You cannot take your own admin role away"),
        ("roles", {}, "Give at least one role"),
        ("disable", {}, "You cannot disable your own account"),
    ],
)
def test_an_admin_cannot_lock_themselves_out(admin, desk, what, fields, told):
    me = desk.store.editors.by_email("admin@example.nhs.uk")
    answer = act(admin, me, what, **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert desk.store.editors.get(me.id) == me


@pytest.mark.parametrize("role", ["viewer", "editor", "approver", "editor:update"])
@pytest.mark.parametrize("what", ["roles", "disable", "enable", "sessions/end", "link", "second-step/off"])
def test_nobody_but_an_admin_changes_people(app, desk, bo, role, what):
    before = desk.store.editors.get(bo.id)
    browser = at_desk(app, desk, role)
    answer = browser.post(f"/people/{bo.id}/{what}", "/account", roles=["admin"])
    assert answer.status_code == 403
    assert desk.store.editors.get(bo.id) == before


def test_a_person_who_is_not_there_has_no_page(admin):
    assert admin.get("/people/nobody").status_code == 404
    assert admin.post("/people/nobody/disable", "/account").status_code == 404


def test_names_are_shown_as_text(admin, desk):
    add(desk, "eve@example.nhs.uk", "viewer")
    eve = desk.store.editors.by_email("eve@example.nhs.uk")
    act(admin, eve, "roles", roles=["viewer"])
    desk.store.editors.rename(eve.id, "<script>alert(1)</script>{{7*7}}", desk.store.deeds.latest()[0])
    for path in ("/people", f"/people/{eve.id}", "/audit"):
        page = admin.get(path).text
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in admin.get("/people").text


def test_without_mail_no_link_is_promised(admin, desk, bo):
    assert act(admin, bo, "link").headers["Location"].endswith("?done=no-post")
    assert "Mail a link" not in admin.get(f"/people/{bo.id}").text
