"""Topics in a browser: what is typed stands in the file, is seen before it counts, and is never lost."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from visiting import at_desk

from bulletin.config import load
from bulletin.model import Item

NOW = datetime(2026, 11, 20, tzinfo=UTC)

FORM = {
    "heading": "Sustainable Healthcare",
    "phrases": "net zero\r\ncarbon footprint",
    "not": "financial sustainability",
    "examples": "",
    "aim": "",
    "threshold": "",
}


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


def file(desk, name="greener"):
    return (desk.config.folder / "topics" / f"{name}.yaml").read_text(encoding="utf-8")


def digest(browser, page="/topics/greener"):
    return re.search(r'name="digest" value="([0-9a-f]*)"', browser.get(page).text)[1]


def send(browser, path="/topics/greener", form="/topics/greener", **changes):
    fields = {"digest": digest(browser, form)} | FORM | {key.rstrip("_"): value for key, value in changes.items()}
    return browser.post(path, form, **fields)


def test_the_list_names_each_topic_and_the_bulletins_that_carry_it(admin):
    text = admin.get("/topics").text
    assert "Sustainable Healthcare" in text
    assert "Wexbridge Update" in text
    assert 'href="/topics/greener"' in text


def test_what_is_saved_stands_in_the_file_and_counts_at_once(admin, desk):
    answer = send(admin, phrases="net zero\n carbon footprint \n\nheat pump*")
    assert (answer.status_code, answer.location) == (303, "/topics/greener?saved=1")
    assert file(desk).splitlines()[1] == "phrases: [net zero, carbon footprint, heat pump*]"
    assert "Saved." in admin.get(answer.location).text
    assert "heat pump*" in admin.get("/topics/greener").text


def test_every_change_stands_in_the_record(admin, desk):
    send(admin, heading="Greener care")
    deed = desk.store.deeds.latest(most=1)[0]
    assert (deed.who, deed.did, deed.what) == ("admin@example.nhs.uk", "changed the topic", "greener")
    assert (deed.before, deed.after) == ("heading: Sustainable Healthcare", "heading: Greener care")


def test_a_form_that_was_not_changed_changes_nothing(admin, desk):
    before, deeds = file(desk), desk.store.deeds.latest(most=9)
    assert send(admin).status_code == 303
    assert file(desk) == before
    assert desk.store.deeds.latest(most=9) == deeds


def test_what_is_wrong_is_told_on_top_and_beside_the_field_and_what_was_typed_stays(admin, desk):
    before = file(desk)
    answer = send(admin, heading="", threshold="lots", phrases="kept words")
    assert answer.status_code == 422
    assert "<h2>There is a problem</h2>" in answer.text
    assert '<a href="#field-heading">Heading is empty: write something.</a>' in answer.text
    assert 'id="error-threshold"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "kept words" in answer.text
    assert file(desk) == before


HOSTILE = [
    "a: b",
    "# no",
    "!!python/object:os.system",
    "<script>alert(1)</script>",
    '"',
    "'",
    "[x",
    "a\x0bb",
    "{{7*7}}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(admin, desk, words):
    send(admin, heading=words)
    wanted = " ".join(words.split())
    assert next(topic for topic in load(desk.config.folder, {}).topics if topic.id == "greener").heading == wanted
    page = admin.get("/topics/greener").text
    assert "<script>alert" not in page
    assert wanted in unescape(page)


def test_a_control_character_is_refused_in_plain_words(admin):
    answer = send(admin, heading="a\x07b")
    assert "Heading: holds an invisible control character: type the words again." in answer.text


def test_what_changed_meanwhile_is_shown_beside_what_was_typed(admin, desk):
    old = digest(admin)
    path = desk.config.folder / "topics" / "greener.yaml"
    path.write_text(file(desk).replace("Sustainable Healthcare", "Theirs"), encoding="utf-8")
    answer = send(admin, heading="Mine", digest=old)
    assert answer.status_code == 422
    assert "Somebody else changed this file while you were writing" in answer.text
    assert "<pre>Theirs</pre>" in answer.text
    assert 'value="Mine"' in answer.text
    assert "heading: Theirs" in file(desk)
    again = re.search(r'name="digest" value="([0-9a-f]*)"', answer.text)[1]
    assert send(admin, heading="Mine", digest=again).status_code == 303
    assert "heading: Mine" in file(desk)


def test_what_would_move_is_shown_before_anything_is_saved(admin, desk, monkeypatch):
    monkeypatch.setattr(desk.store.items, "first_seen_since", lambda _: [paper("Heat pumps for theatres")])
    before = file(desk)
    answer = send(admin, "/topics/greener/preview", phrases="net zero\ncarbon footprint\nheat pump*")
    assert answer.status_code == 200
    assert "1 item would gain this heading" in answer.text
    assert "Heat pumps for theatres" in answer.text
    assert "<ins>phrases: [net zero, carbon footprint, heat pump*]</ins>" in answer.text
    assert "<del>phrases: [net zero, carbon footprint]</del>" in answer.text
    assert "heat pump*</textarea>" in answer.text
    assert file(desk) == before


def paper(title):
    return Item(title, "https://example.org/1", id="one", first_seen=NOW, source="feed", feeds=("feed",))


def test_a_preview_of_what_cannot_be_saved_says_why(admin):
    answer = send(admin, "/topics/greener/preview", phrases="", examples="")
    assert answer.status_code == 422
    assert "Nothing says what belongs to this topic" in answer.text


def test_a_new_topic_is_previewed_and_made(admin, desk):
    fields = {"id": "net-zero", "heading": "Net zero", "phrases": "net zero", "form": "/topics/new_topic"}
    answer = send(admin, "/topics/new_topic/preview", **fields)
    assert "topics/net-zero.yaml: a new file" in answer.text
    answer = send(admin, "/topics/new_topic", **fields)
    assert answer.location == "/topics/net-zero?saved=1"
    assert file(desk, "net-zero") == "heading: Net zero\nphrases:\n  - net zero\nnot:\n  - financial sustainability\n"
    assert "No bulletin carries it yet." in admin.get("/topics/net-zero").text


@pytest.mark.parametrize("name", ["greener", "../evil", "", "A b"])
def test_a_short_name_that_will_not_do_is_told_at_its_field(admin, name):
    answer = send(admin, "/topics/new_topic", form="/topics/new_topic", id=name)
    assert answer.status_code == 422
    assert 'id="error-id"' in answer.text


@pytest.mark.parametrize("path", ["/topics/nothing", "/topics/..%2ffeeds", "/topics/greener.yaml"])
def test_a_topic_that_is_not_there_is_not_found(admin, path):
    assert admin.get(path).status_code == 404


def test_a_viewer_looks_and_changes_nothing(app, desk):
    viewer = at_desk(app, desk, "viewer")
    page = viewer.get("/topics/greener").text
    assert "<fieldset disabled>" in page
    assert ">Save</button>" not in page
    assert viewer.get("/topics/new_topic").status_code == 403


def test_an_editor_of_one_bulletin_may_not_change_what_belongs_to_all(app, desk):
    editor = at_desk(app, desk, "editor:update")
    assert editor.get("/topics/greener").status_code == 200
    answer = editor.post("/topics/greener", "/account", **FORM)
    assert answer.status_code == 403
