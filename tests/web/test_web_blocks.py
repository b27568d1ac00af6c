"""Writing into a draft from the desk, with forms alone."""

import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.jobs import blocks
from bulletin.model import BlockKind


@pytest.fixture
def draft(desk):
    return jobs.compose(desk, desk.bulletin("update")).id


@pytest.fixture
def browser(app, desk, draft):
    return at_desk(app, desk, email="ann@example.nhs.uk")


def write(browser, draft, kind="news", **told):
    page = f"/editions/{draft}/blocks/new"
    return browser.post(page, f"{page}?kind={kind}", kind=kind, **told)


def titles(desk, draft):
    return [block.title for block in desk.store.editions.get(draft).blocks]


def test_a_block_is_written_changed_moved_removed_and_brought_back(browser, desk, draft):
    answer = write(browser, draft, title="Lunch", text="Bring **food**.")
    assert (answer.status_code, answer.location) == (303, f"/editions/{draft}#block-1")
    write(browser, draft, title="Supper")
    form = browser.get(f"/editions/{draft}/blocks/1").text
    assert "Lunch" in form
    assert "Bring **food**." in form
    browser.post(f"/editions/{draft}/blocks/1", title="Breakfast")
    assert titles(desk, draft) == ["Breakfast", "Supper"]

    def do(number, act):
        assert browser.post(f"/editions/{draft}/blocks/{number}/do", f"/editions/{draft}", act=act).status_code == 303
        return titles(desk, draft)

    assert do(2, "up") == ["Supper", "Breakfast"]
    assert do(2, "down") == ["Breakfast", "Supper"]
    assert do(1, "remove") == ["Supper"]
    assert "Bring it back" in browser.get(f"/editions/{draft}").text
    assert do(1, "restore") == ["Breakfast", "Supper"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(browser, desk, draft):
    answer = write(browser, draft, "event", title="Lunch", starts="soon", place="Room 1", text="Long words")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "&#39;soon&#39; is no date" in answer.text
    assert 'aria-describedby="hint-starts error-starts"' in answer.text
    for typed in ("Lunch", "soon", "Room 1", "Long words"):
        assert typed in answer.text
    assert titles(desk, draft) == []


def test_a_kind_that_there_is_not_is_no_form(browser, draft):
    assert browser.get(f"/editions/{draft}/blocks/new?kind=poem").status_code == 400
    assert browser.get(f"/editions/{draft}/blocks/7").status_code == 404
    assert browser.get(f"/editions/{draft}/blocks/-1").status_code == 404
    assert browser.post(f"/editions/{draft}/blocks/7/do", f"/editions/{draft}", act="remove").status_code == 422
    write(browser, draft, title="News")
    assert browser.post(f"/editions/{draft}/blocks/1/do", f"/editions/{draft}", act="eat").status_code == 400


def test_who_changed_the_same_block_meanwhile_is_told_and_mine_can_still_be_saved(browser, desk, draft):
    write(browser, draft, title="One")
    blocks.change(desk, draft, 1, {"title": "Bob's"}, "bob@example.nhs.uk")
    answer = browser.post(f"/editions/{draft}/blocks/1", token="0" * 12, title="Ann's")
    assert answer.status_code == 409
    assert "bob@example.nhs.uk changed this block meanwhile" in answer.text
    assert "Ann&#39;s" in answer.text
    assert titles(desk, draft) == ["Bob's"]


def test_bounds_are_told(browser, desk, draft):
    blocks.add(desk, draft, BlockKind.INTRO, {"text": "Dear all"}, "ann@example.nhs.uk")
    answer = write(browser, draft, "intro", text="Dear all")
    assert answer.status_code == 422
    assert "has an introduction of its own already" in answer.text


def test_a_viewer_reads_them_and_writes_none(app, desk, draft):
    blocks.add(desk, draft, BlockKind.NEWS, {"title": "Lunch", "link": "https://x.org/?a&b"}, "ann@example.nhs.uk")
    viewer = at_desk(app, desk, "viewer", email="vi@example.nhs.uk")
    page = viewer.get(f"/editions/{draft}").text
    assert "Lunch" in page
    assert "Write one" not in page
    assert viewer.get(f"/editions/{draft}/blocks/new").status_code == 403


def test_markup_in_every_field_stays_words(browser, draft):
    hostile = "<script>alert(1)</script>{{7*7}}"
    write(browser, draft, "event", title=hostile, text="{{7*7}} &lt;script&gt;", place=hostile, starts="2026-12-10")
    page = browser.get(f"/editions/{draft}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
