"""The archive in a browser: items are found, pulled into a draft, merged and split, with plain forms."""

import editing
import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.store import Pair

GOWNS = "Reusable gowns cut waste"
WASTE = "Theatre waste falls"


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


@pytest.fixture
def gowns(desk):
    return editing.shelve(desk, GOWNS, summary="<p>Less <b>waste</b> & more.</p>", days_old=60)


@pytest.fixture
def waste(desk):
    return editing.shelve(desk, WASTE, days_old=61)


@pytest.fixture
def draft(desk):
    editing.shelve(desk, "Nurses stay", workforce=0.9)
    return jobs.compose(desk, desk.bulletin("update")).id


def test_what_holds_the_words_is_shown_with_what_is_known_of_it(admin, desk, gowns, waste):
    jobs.decide(desk, gowns, ["greener"], "admin@example.nhs.uk")
    text = admin.get("/search?q=gowns+waste").text
    assert GOWNS in text
    assert WASTE not in text
    assert "Less waste &amp; more." in text
    assert "Sustainable Healthcare" in text
    assert "1 item" in text


def test_without_words_the_page_says_what_to_do(admin, gowns):
    assert "Type some words" in admin.get("/search").text
    assert "Nothing holds all of these words" in admin.get("/search?q=zebra").text


def test_htmx_gets_the_results_alone(admin, gowns):
    text = admin.get("/search?q=gow", headers={"HX-Request": "true"}).text
    assert GOWNS in text
    assert "<html" not in text
    assert 'type="search"' not in text


@pytest.mark.parametrize(
    "query",
    [
        *("q=%22", "q=%00", "q=" + "a" * 5000, "q=a&page=-1", "q=a&page=9999999", "q=a&page=x", "q=a&since=tomorrow"),
        *("q=a&until=9999-12-31", "q=a&since=0001-01-01", "q=a&feed=nothing", "q=a&edition=none", "q=a&merge=none"),
    ],
)
def test_no_question_breaks_the_page(admin, gowns, query):
    assert admin.get(f"/search?{query}").status_code == 200


def test_a_date_that_is_none_is_told(admin):
    assert "&#39;tomorrow&#39; is no date" in admin.get("/search?q=a&since=tomorrow").text


def test_dates_include_both_days(admin, desk, gowns):
    day = desk.store.items.get(gowns).date.date().isoformat()
    assert GOWNS in admin.get(f"/search?q=gowns&since={day}&until={day}").text
    assert GOWNS not in admin.get(f"/search?q=gowns&since={day}&until=2001-01-01").text


def test_twenty_stand_on_a_page(admin, desk):
    for number in range(21):
        editing.shelve(desk, f"Gowns {number}", days_old=number)
    first, second = admin.get("/search?q=gowns").text, admin.get("/search?q=gowns&page=2").text
    assert (first.count('id="hit-'), second.count('id="hit-')) == (20, 1)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_an_item_is_pulled_into_the_draft_and_found_as_printed(admin, desk, draft, gowns):
    page = f"/search?q=gowns&edition={draft}"
    answer = admin.post(f"/editions/{draft}/pull", page, item=gowns, topic="greener")
    assert (answer.status_code, answer.location) == (303, f"/editions/{draft}#item-{gowns}")
    assert editing.printed(desk, draft)["greener"] == [GOWNS]
    assert "Printed in" in admin.get(page).text


@pytest.mark.parametrize(("item", "topic"), [("nothing", "greener"), ("", "nothing")])
def test_what_cannot_be_pulled_in_is_told(admin, draft, gowns, item, topic):
    answer = admin.post(f"/editions/{draft}/pull", "/search?q=gowns", item=item or gowns, topic=topic)
    assert answer.status_code == 422
    assert "Not done" in answer.text


def test_two_items_are_merged_from_the_search_and_split_again(admin, desk, gowns, waste):
    page = f"/search?q=waste&merge={gowns}"
    assert "is the same thing as" in admin.get(page).text
    answer = admin.post(f"/items/{gowns}/merge", page, other=waste, edition="")
    assert answer.status_code == 303
    stays = desk.store.items.get(gowns).id
    assert stays == desk.store.items.get(waste).id
    text = admin.get("/search?q=waste").text
    assert "Joined from 2 items" in text
    assert "an editor: merged by admin@example.nhs.uk" in text
    gone = waste if stays == gowns else gowns
    assert admin.post(f"/items/{gone}/split", "/search?q=waste", edition="").status_code == 303
    assert len(jobs.search(desk, "waste").hits) == 2


def test_from_a_draft_one_comes_back_to_it(admin, desk, draft, gowns, waste):
    answer = admin.post(f"/items/{gowns}/merge", f"/search?q=waste&merge={gowns}", other=waste, edition=draft)
    assert answer.location == f"/editions/{draft}#item-{desk.store.items.get(gowns).id}"
    answer = admin.post(f"/items/{gowns}/merge", "/account", other=waste, edition="https://evil.example")
    assert "evil" not in (answer.location or "")


def test_a_merge_that_cannot_be_says_why(admin, desk, gowns, waste):
    jobs.decide(desk, gowns, ["greener"], "ann")
    jobs.decide(desk, waste, [], "ann")
    answer = admin.post(f"/items/{gowns}/merge", f"/search?q=waste&merge={gowns}", other=waste, edition="")
    assert answer.status_code == 422
    assert "Editors decided differently on them" in answer.text
    assert "was never joined" in admin.post(f"/items/{gowns}/split", "/account", edition="").text


@pytest.mark.parametrize(("role", "status"), [("editor:update", 422), ("editor:digest", 303), ("editor", 303)])
def test_what_readers_see_of_an_approved_edition_takes_the_right_to_edit_it(app, desk, waste, role, status):
    here = editing.shelve(desk, GOWNS, greener=0.9)
    jobs.approve(desk, jobs.compose(desk, desk.bulletin("digest")).id, "eve")
    browser = at_desk(app, desk, role)
    answer = browser.post(f"/items/{waste}/merge", "/account", other=here, edition="")
    assert answer.status_code == status
    assert ("do not edit" in answer.text) == (status == 422)
    assert (desk.store.items.get(here).id == desk.store.items.get(waste).id) == (status == 303)


def test_a_viewer_finds_and_changes_nothing(app, desk, draft, gowns, waste):
    viewer = at_desk(app, desk, "viewer")
    text = viewer.get("/search?q=waste").text
    assert GOWNS in text
    for word in ("Pull into", "Merge with", "Split off"):
        assert word not in text
    for path in (f"/editions/{draft}/pull", f"/items/{gowns}/merge", f"/items/{gowns}/split"):
        assert viewer.post(path, "/account", item=gowns, topic="greener", other=waste).status_code == 403


def test_titles_and_reasons_are_escaped(admin, desk, gowns):
    one = editing.shelve(desk, "<script>window.__x=1</script> gowns", days_old=3)
    desk.store.items.join([Pair(one, gowns, reason="<img src=x>", because="<b>")], desk.now())
    text = admin.get("/search?q=gowns").text
    assert "<script>window" not in text
    assert "<img src=x>" not in text
