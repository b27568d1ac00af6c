"""Exports in a real browser: the page that stands alone, the downloads at the desk, and a list of what was ticked."""

import pytest
from browsing import axe, keep

from bulletin import config, jobs

ANN = "ann@example.nhs.uk"


@pytest.fixture
def alone(shown, tmp_path):
    """The address of an edition as a file that stands alone."""
    edition = max(shown.drafts.values())
    with jobs.open_desk(config.load(shown.folder, {})) as desk:
        place = jobs.write_export(jobs.export(desk, edition, "html"), tmp_path / "edition.html")
    return place.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_the_page_that_stands_alone_shuts_nobody_out(shown, visit, alone, width, scheme):
    page = visit(shown, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page.goto(alone)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    keep(page, f"export-{width}-{scheme}")
    page.get_by_role("navigation").get_by_role("link").first.click()
    assert "#heading-1" in page.url


def test_it_can_be_read_at_twice_the_size(shown, visit, alone):
    page = visit(shown, viewport={"width": 640, "height": 800}, bypass_csp=True)
    page.goto(alone)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("scripts", [True, False])
def test_ticked_items_become_a_list_that_is_kept_while_one_searches_on(shown, visit, scripts):
    page = visit(shown, ANN, java_script_enabled=scripts)
    page.goto("/search?q=care")
    page.get_by_label("On the list").first.check()
    page.get_by_label("Title of the list").fill("Schwartz Round: reading")
    page.get_by_role("button", name="Keep these and go on searching").click()
    page.wait_for_url("**keep=yes**")
    page.get_by_role("searchbox", name="Words").fill("staff")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**q=staff**")
    page.locator("#found").get_by_label("On the list").first.check()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download the list").click()
    assert waited.value.suggested_filename == "schwartz-round-reading.docx"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_of_a_list_and_the_downloads_shut_nobody_out(shown, visit, watch, scheme):
    watch.forgiven.append("422")
    edition = max(shown.drafts.values())
    page = visit(shown, ANN, color_scheme=scheme)
    for name, path in (
        ("list-search", "/search?q=care"),
        ("list-items", "/items"),
        ("list-alone", "/resources?title="),
        ("downloads", f"/editions/{edition}/history"),
    ):
        page.goto(path)
        axe(page)
        keep(page, f"{name}-{scheme}")
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 800})


def test_a_download_has_its_name(shown, visit):
    edition = max(shown.drafts.values())
    page = visit(shown, ANN)
    page.goto(f"/editions/{edition}/history")
    with page.expect_download() as waited:
        page.get_by_role("link", name="CSV, for spreadsheets").click()
    assert waited.value.suggested_filename == f"{edition}.csv"
