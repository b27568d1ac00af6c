"""The doctor's page: the settings, and an email that is pasted or uploaded."""

import io
from pathlib import Path

import pytest
from visiting import at_desk

FOLDER = Path(__file__).parent.parent / "received"


@pytest.fixture
def ann(app, desk):
    return at_desk(app, desk, "editor")


def source(name):
    return (FOLDER / f"{name}.eml").read_text(encoding="utf-8")


def test_the_settings_are_judged_and_the_server_is_not_asked(ann):
    shown = ann.get("/doctor").text
    assert "The settings" in shown
    assert "Mail server" in shown
    assert "Ask the mail server" not in shown  # there is none


def test_a_pasted_email_is_judged_for_each_place(ann):
    shown = ann.post("/doctor", source=source("nhsmail-banner-and-bulk")).text
    assert "<strong>NHSmail</strong>: it should arrive; look at Spam and Banner." in shown
    assert "<strong>Gmail</strong>: nothing in this email stands in the way." in shown
    assert "as <code>lo2pepf00000001.mail.protection.outlook.com</code> took it in" in shown


def test_an_uploaded_email_is_judged_although_it_is_larger_than_other_forms(ann):
    content = source("gmail-good").encode() + b"x" * 1_500_000
    answer = ann.post("/doctor", file=(io.BytesIO(content), "x.eml"))
    answer.request.environ["wsgi.input"].close()  # which the client of the tests leaves open
    assert answer.status_code == 200
    assert "1,503" in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "The email is empty"),
        ({"source": "   "}, "The email is empty"),
        ({"file": (io.BytesIO(bytes.fromhex("d0cf11e0a1b11ae1")), "x.msg")}, "Outlook&#39;s own kind"),
    ],
)
def test_what_is_no_email_is_told_and_the_form_comes_back(ann, fields, words):
    answer = ann.post("/doctor", **fields)
    assert answer.status_code == 422
    assert words in answer.text


def test_markup_in_an_email_is_shown_as_words(ann):
    evil = source("gmail-good").replace("Subject: Wexbridge Update", "Subject: <script>alert(1)</script>")
    assert "<script>alert" not in ann.post("/doctor", source=evil).text


def test_a_viewer_may_look_and_may_not_have_the_server_asked(app, desk):
    lou = at_desk(app, desk, "viewer")
    assert lou.get("/doctor").status_code == 200
    assert lou.post("/doctor/server", "/doctor").status_code == 403
    assert at_desk(app, desk, "approver").post("/doctor/server", "/doctor").status_code == 200
