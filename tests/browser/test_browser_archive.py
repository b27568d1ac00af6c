"""The archive in a real browser: readers' pages, the search as somebody types, and pulling an item in."""

import re

import pytest
from browsing import axe, keep

from bulletin import config, jobs

ANN = "ann@example.nhs.uk"


@pytest.fixture
def open_to_all(own):
    """A newsroom whose archive is public, with an approved edition: bulletin and edition."""
    bulletin, edition = min(own.drafts.items())
    path = own.folder / "bulletins.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(\s+)headings:", r"\1archive: public\n\1headings:", text), encoding="utf-8")
    with jobs.open_desk(config.load(own.folder, {})) as desk:
        jobs.approve(desk, edition, "eve@example.nhs.uk")
    return bulletin, edition


def is_narrow(page):
    """Whether nothing stands out of 320 pixels: 1280 at 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    return page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_pages_shut_nobody_out(own, visit, open_to_all, scheme):
    bulletin, edition = open_to_all
    page = visit(own, color_scheme=scheme)
    there = {
        "read": "/read",
        "read-archive": f"/read/{bulletin}",
        "read-edition": f"/read/{bulletin}/{edition}",
        "read-found": f"/read/{bulletin}/search?q=the",
    }
    for name, path in there.items():
        assert page.goto(path).status == 200
        axe(page)
        keep(page, f"{name}-{scheme}")
        assert is_narrow(page)
        keep(page, f"{name}-{scheme}-320")
        page.set_viewport_size({"width": 1280, "height": 720})


def test_a_reader_gets_from_the_list_to_an_item_and_finds_it(own, visit, open_to_all):
    page = visit(own, java_script_enabled=False)
    page.goto("/read")
    page.locator(f'section.card a[href$="/{open_to_all[0]}"]').click()
    page.locator("table a").first.click()
    title = page.locator("article h3").first.inner_text()
    page.locator(".crumbs a").last.click()
    page.get_by_role("searchbox").fill(title)
    page.get_by_role("button", name="Search").click()
    assert page.locator("article h3").first.inner_text() == title


def test_results_follow_what_is_typed(own, visit):
    with jobs.open_desk(config.load(own.folder, {})) as desk:
        title = desk.store.items.list()[-1].title
    page = visit(own, ANN)
    page.goto("/search")
    page.get_by_label("Words").press_sequentially(" ".join(title.split()[:4])[:-1])
    page.locator("#found .item .title", has_text=title).first.wait_for()
    assert "q=" in page.url
    axe(page)
    keep(page, "search-found")
    assert is_narrow(page)
    keep(page, "search-found-320")


def test_an_item_is_pulled_in_and_two_are_merged_and_split_without_scripts(own, visit):
    with jobs.open_desk(config.load(own.folder, {})) as desk:
        free = [item for item in desk.store.items.list() if item.id not in desk.store.search.printed([item.id])]
        one, other = next(
            (one, other)
            for one in free
            for other in free
            if one.id < other.id and not (one.doi or other.doi or one.notice or other.notice)
        )
    page = visit(own, ANN, java_script_enabled=False)
    page.goto(f"/search?q={one.title.split()[0]}&merge={other.id}")
    page.get_by_role("button", name=f"This is the same: {one.title}", exact=True).click()
    page.goto(f'/search?q="{one.title}"')
    page.get_by_text("Joined from 2 items").click()
    keep(page, "search-joined")
    page.get_by_role("button", name="Split off").click()
    page.goto(f'/search?q="{one.title}"')
    page.get_by_role("button", name=f"Pull into the edition: {one.title}", exact=True).click()
    page.wait_for_url(re.compile(f"/editions/.*#item-{one.id}"))
    assert page.locator(f"#item-{one.id}").is_visible()
