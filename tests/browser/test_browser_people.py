"""Log-in, account, people and record in a real browser: the cookies hold, the forms work, nobody is shut out."""

import re

import pyotp
import pytest
from browsing import PASSWORD, axe, keep, log_in

ANN = "ann@example.nhs.uk"
PAGES = ("/login", "/password/forgotten", "/account", "/account/second-step", "/people", "/audit", "/nothing-here")


def test_a_second_step_is_set_up_and_asked_for(own, visit):
    page = visit(own)
    log_in(page, ANN)
    page.get_by_role("link", name="Ann Admin").click()
    page.get_by_role("link", name="Turn it on").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_alt_text("QR code").evaluate("image => image.naturalWidth") > 100
    axe(page)
    keep(page, "second-step-setup")
    page.get_by_text("No camera?").click()
    telephone = pyotp.TOTP(page.locator("details code").inner_text())
    page.get_by_label("Code").fill(telephone.now())
    page.get_by_role("button", name="Turn it on").click()
    codes = page.locator("li code").all_inner_texts()
    assert len(codes) == 10
    axe(page)
    keep(page, "recovery-codes")
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("button", name="Log out", exact=True).click()
    page.get_by_text("You are logged out").wait_for()
    log_in(page, ANN)
    axe(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Log out", exact=True).wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_is_added_with_and_without_scripts(own, visit, scripts):
    page = visit(own, ANN, java_script_enabled=scripts)
    page.goto("/people")
    page.get_by_label("Name").fill("Vic Viewer")
    page.get_by_label("Email address").fill("vic@example.nhs.uk")
    page.get_by_role("group", name="In every bulletin").get_by_label("Viewer").check()
    page.get_by_role("button", name="Add this person").click()
    page.get_by_role("heading", name="Vic Viewer").wait_for()
    page.get_by_role("button", name="Disable the account").click()
    page.get_by_text("This person can log in no longer").wait_for()
    page.goto("/audit")
    assert page.get_by_role("row").filter(has_text="disabled a person").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_people_shut_nobody_out(shown, visit, watch, scheme, width):
    watch.forgiven.append("404")
    stranger = visit(shown, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = visit(shown, ANN, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in PAGES:
        here = stranger if re.match("/login|/password", path) else page
        here.goto(path)
        axe(here)
        keep(here, f"{path.strip('/').replace('/', '-')}-{scheme}-{width}")
        assert here.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    page.goto("/people")
    page.get_by_role("link", name="Eve Editor").click()
    axe(page)
    keep(page, f"person-{scheme}-{width}")


def test_a_mistake_is_told_where_the_eye_and_the_reader_are(shown, visit, watch):
    watch.forgiven.append("400")
    page = visit(shown)
    log_in(page, ANN, "not her password")
    problem = page.get_by_role("alert")
    problem.wait_for()
    assert problem.evaluate("box => box === document.activeElement")
    axe(page)
    keep(page, "login-refused")
