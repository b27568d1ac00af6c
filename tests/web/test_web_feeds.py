"""Feeds in a browser: how each does, changed, moved, taken out, and new ones tried before they are added."""

import re
from html import unescape

import newsroom
import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.config import load
from bulletin.jobs import Health, State, open_desk
from bulletin.web import Newsroom, create_app
from bulletin.web.pages import feeds

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def settings(tmp_path, publisher):
    folder = newsroom.workspace(tmp_path, publisher.publishes("/feed", newsroom.entry("Net zero", text="x")))
    return newsroom.settings(folder)


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as desk:
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: newsroom.settings(desk.config.folder)))


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


def loaded(desk):
    return {feed.id: feed for feed in load(desk.config.folder, {}).feeds}


def hidden(text, name="digest"):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1])


def send(browser, desk, **changes):
    form = {
        "name": "Feed /feed",
        "url": desk.config.feeds[0].url,
        "every": "",
        "rights": "ogl",
        "access": "",
        "agent": "",
    }
    page = browser.get("/feeds/feed-feed").text
    return browser.post("/feeds/feed-feed", "/feeds/feed-feed", digest=hidden(page), **(form | changes))


def test_the_table_tells_how_each_feed_does(admin, desk):
    assert "not visited yet" in admin.get("/feeds").text
    jobs.fetch(desk, jobs.due(desk))
    text = admin.get("/feeds").text
    assert ">well<" in text
    assert "23 November 2026" in text
    assert "0 of 1" in text


def test_the_sick_can_be_shown_alone(admin, desk, publisher):
    assert "No feed needs a look" in admin.get("/feeds?only=sick").text
    publisher.gives("/feed", status=404)
    jobs.fetch(desk, jobs.due(desk))
    assert "Show the 1 that need a look" in admin.get("/feeds").text
    text = admin.get("/feeds?only=sick").text
    assert ">in trouble<" in text
    assert "<code>bulletin feeds try" in text


def test_a_feed_is_changed_in_its_file(admin, desk):
    answer = send(admin, desk, every="1d", topics=["greener"])
    assert (answer.status_code, answer.location) == (303, "/feeds/feed-feed?saved=1")
    feed = loaded(desk)["feed-feed"]
    assert (feed.every.days, feed.topics) == (1, ("greener",))
    assert "Saved." in admin.get(answer.location).text


def test_a_new_name_leaves_the_feed_itself(admin, desk):
    send(admin, desk, name="Another name")
    assert loaded(desk)["feed-feed"].name == "Another name"


def test_what_is_wrong_is_told_at_its_field(admin, desk):
    answer = send(admin, desk, url="javascript:alert(1)", name=HOSTILE)
    assert answer.status_code == 422
    assert 'id="error-url"' in answer.text
    assert HOSTILE not in answer.text
    assert HOSTILE in unescape(answer.text)
    assert loaded(desk)["feed-feed"].name == "Feed /feed"


def test_a_feed_that_moved_is_moved_in_its_file(admin, desk, monkeypatch):
    here = desk.config.feeds[0]
    monkeypatch.setattr(jobs, "health", lambda _: [Health(here, State.MOVED, moved_to="https://new.example/feed")])
    page = admin.get("/feeds/feed-feed").text
    assert "Write down the new address" in page
    answer = admin.post("/feeds/feed-feed/move", "/feeds/feed-feed", digest=hidden(page))
    assert answer.status_code == 303
    assert loaded(desk)["feed-feed"].url == "https://new.example/feed"
    assert desk.store.deeds.latest(most=1)[0].did == "moved the feed"


def test_a_feed_that_has_not_moved_stays(admin, desk):
    page = admin.get("/feeds/feed-feed").text
    assert "Write down the new address" not in page
    assert admin.post("/feeds/feed-feed/move", "/feeds/feed-feed", digest=hidden(page)).status_code == 400


def test_the_last_feed_cannot_be_taken_out(admin, desk):
    page = admin.get("/feeds/feed-feed").text
    assert admin.post("/feeds/feed-feed/remove", "/feeds/feed-feed", digest=hidden(page)).status_code == 400
    assert "feed-feed" in loaded(desk)


def test_an_address_is_tried_added_and_taken_out_again(admin, desk, publisher):
    entries = [newsroom.entry("Second"), newsroom.entry(HOSTILE.replace("<", "&lt;"))]
    url = publisher.publishes("/second", *entries)
    answer = admin.post("/feeds/try_address", address=url)
    assert answer.status_code == 200
    assert "2 items" in answer.text
    assert HOSTILE not in answer.text
    assert len(loaded(desk)) == 1
    fields = {name: hidden(answer.text, name) for name in ("asked", "kind")} | {
        "name": "Second: one",
        "rights": "abstract",
    }
    answer = admin.post("/feeds/add_address", "/feeds/try_address", **fields)
    assert answer.location == "/feeds/second-one?saved=1"
    feed = loaded(desk)["second-one"]
    assert (feed.name, feed.url, feed.rights) == ("Second: one", url, "abstract")
    answer = admin.post("/feeds/add_address", "/feeds/try_address", **fields)
    assert answer.status_code == 422
    assert "among the feeds already" in answer.text
    page = admin.get("/feeds/second-one").text
    assert admin.post("/feeds/second-one/remove", "/feeds/second-one", digest=hidden(page)).location == "/feeds"
    assert admin.get("/feeds/second-one").status_code == 404
    assert [deed.did for deed in desk.store.deeds.latest(most=2)] == ["took out the feed", "added the feed"]


@pytest.mark.parametrize("address", ["http://10.0.0.1/feed", "nonsense", "file:///etc/passwd", ""])
def test_an_address_that_gives_nothing_says_why(admin, address):
    answer = admin.post("/feeds/try_address", address=address)
    assert answer.status_code == 422
    assert 'id="error-address"' in answer.text


def test_what_is_added_without_being_tried_is_judged_all_the_same(admin, desk):
    answer = admin.post(
        "/feeds/add_address", "/feeds/try_address", asked="javascript:alert(1)", kind="feed", name="X"
    )
    assert answer.status_code == 422
    assert len(loaded(desk)) == 1


@pytest.mark.parametrize("path", ["/feeds/nothing", "/feeds/by-hand"])
def test_a_feed_that_is_not_there_is_not_found(admin, path):
    assert admin.get(path).status_code == 404


def test_a_viewer_looks_and_changes_nothing(app, desk):
    viewer = at_desk(app, desk, "viewer")
    assert "<fieldset disabled>" in viewer.get("/feeds/feed-feed").text
    assert viewer.get("/feeds/try_address").status_code == 403


def test_every_state_has_words():
    assert set(feeds._WORDS) == set(State)
