"""The desk's pages of readers in a real browser: a file looked at and taken in, one reader, and forgetting them."""

import pytest
from browsing import axe, keep

EVE = "eve@example.nhs.uk"
FILE = """\
Work email,First name,Surname,Job title,Trust,Interests,Payroll number
ada@wexbridge.example.nhs.uk,Ada,Lovelace,Consultant psychiatrist,Wexbridge NHS Foundation Trust,Policy; Gardening,1
bob@wexbridge.example.nhs.uk,Bob,O’Neill,Estates manager,Wexbridge NHS Foundation Trust,,2
nobody at all,Eve,,,,,3
ada@wexbridge.example.nhs.uk,Ada,Lovelace,,,,4
"""
CONSENT = "ticked a box on the joining form of the library"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def bring(page, file):
    """Choose a file and look at what it would do."""
    page.goto("/subscribers/import")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("How these people agreed").fill(CONSENT)
    page.get_by_label("Interests that are headings").check()
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("heading", name="What the file would do").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_looked_at_taken_in_and_its_people_found_and_forgotten(own, visit, watch, file, scripts):
    watch.forgiven.append("404")
    page = visit(own, EVE, java_script_enabled=scripts)
    bring(page, file)
    page.get_by_text("stands in the file twice").wait_for()
    page.get_by_role("button", name="Take in 2 of 4").click()
    page.get_by_role("link", name="See the list").click()
    page.get_by_role("link", name="ada@wexbridge.example.nhs.uk").click()
    page.get_by_text(CONSENT).wait_for()
    page.get_by_role("button", name="Take off").click()
    page.get_by_text("Taken off. It counts at once").wait_for()
    page.get_by_role("link", name="Forget this reader …").click()
    page.get_by_role("button", name="Forget this reader").click()
    page.get_by_text("Forgotten. Nothing of this reader is kept").wait_for()
    page.goto("/subscribers?q=ada")
    page.get_by_text("Nobody is found with “ada”").wait_for()


def test_a_refused_row_is_a_file_to_mend(own, visit, file):
    page = visit(own, EVE)
    bring(page, file)
    with page.expect_download() as download:
        page.get_by_role("link", name="All 2 as CSV").click()
    assert "nobody at all" in download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_readers_shut_nobody_out(own, visit, watch, file, scheme):
    watch.forgiven += ["422", "404"]
    page = visit(own, EVE, color_scheme=scheme)
    bring(page, file)
    steps = {
        "file-seen": lambda: None,
        "file-taken": lambda: page.get_by_role("button", name="Take in 2 of 4").click(),
        "readers": lambda: page.goto("/subscribers"),
        "reader": lambda: page.get_by_role("link", name="ada@").click(),
        "reader-erase": lambda: page.get_by_role("link", name="Forget this reader …").click(),
        "readers-erased": lambda: page.get_by_role("button", name="Forget this reader").click(),
        "file-refused": lambda: (
            page.goto("/subscribers/import"),
            page.get_by_label("File", exact=True).set_input_files(
                {"name": "x.csv", "mimeType": "text/csv", "buffer": b"Name\nAda"}
            ),
            page.get_by_label("How these people agreed").fill(CONSENT),
            page.get_by_role("button", name="Look at it first").click(),
        ),
    }
    for name, step in steps.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        step()
        axe(page)
        keep(page, f"{name}-{scheme}", 360, 1280)
        page.set_viewport_size({"width": 320, "height": 800})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_a_reader_is_added_by_keyboard_alone(own, visit):
    page = visit(own, EVE)
    page.goto("/subscribers/add")
    page.get_by_label("Email address").focus()
    page.keyboard.type("zoe@example.nhs.uk")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("rang the library")
    page.keyboard.press("Enter")
    page.get_by_text("Added.").wait_for()
