"""The desk's pages of readers: found, added, taken in from a file, stopped, told all, forgotten."""

import json
import re
from io import BytesIO

import pytest
from visiting import BASE, at_desk

from bulletin.jobs import subscribers
from bulletin.model import Bounce, BounceKind, Way, Why

ADA = "ada@example.nhs.uk"
LIST = "update/managers"
PLACE = ("update", "managers")
CONSENT = "asked at the desk"


@pytest.fixture
def eve(app, desk):
    return at_desk(app, desk, "editor")


@pytest.fixture
def ada(desk):
    joined = subscribers.join(desk, ADA, [PLACE], Way.DESK, CONSENT, "ann@example.nhs.uk", name="Ada Lovelace")
    return joined.subscriber


def brought(browser, content, name="staff.csv", **fields):
    """Send a file by the form; gives the answer."""
    data = {"csrf": browser.token("/subscribers/import"), "list": LIST, "consent": CONSENT} | fields
    data["file"] = (BytesIO(content), name)
    answer = browser.client.post("/subscribers/import", base_url=BASE, data=data, headers={"Origin": BASE})
    answer.request.environ["wsgi.input"].close()  # of a big one the client makes a file
    return answer


def act(browser, one, what, **fields):
    return browser.post(f"/subscribers/{one.id}/{what}", f"/subscribers/{one.id}", **fields)


def test_readers_are_found_by_words_and_list(eve, ada):
    for query in ("", "?q=LOVELACE", "?q=ada+example", f"?list={LIST}"):
        assert ADA in eve.get(f"/subscribers{query}").text
    page = eve.get("/subscribers?q=nobody").text
    assert ADA not in page
    assert "Nobody is found with “nobody”" in page


def test_long_lists_have_pages(eve, desk):
    text = "email\n" + "".join(f"r{number:03}@example.nhs.uk\n" for number in range(120))
    subscribers.take_in(desk, text.encode(), subscribers.Wish(PLACE, CONSENT), "ann")
    first, last = eve.get("/subscribers").text, eve.get("/subscribers?page=3").text
    assert "120 readers" in first
    assert "r049@" in first
    assert "r050@" not in first
    assert "page=2" in first
    assert "r119@" in last
    assert "page=4" not in last


def test_a_newsroom_without_readers_says_what_to_do(eve):
    assert "Nobody yet. Add a reader" in eve.get("/subscribers").text


def test_lists_that_nothing_goes_to_are_told(eve, ada):
    assert "Has delivery: file, so nothing goes to these people" in eve.get("/subscribers").text


def test_whom_email_came_back_from_is_told_until_released(eve, desk, ada):
    desk.store.bounces.add("digest", Bounce(BounceKind.HARD, "update-2026-11-02", desk.now()), ada.id)
    desk.store.bounces.stop(ada.id, desk.now())
    subscribers.suppress(desk, ADA, Why.BOUNCED)
    told = "Email was stopped because it came back"
    assert told in eve.get("/subscribers").text
    subscribers.release(desk, ADA, "ann", "works again")
    assert told not in eve.get("/subscribers").text


def test_a_reader_is_added_with_consent(eve, desk):
    answer = eve.post("/subscribers/add", email=ADA, list=LIST, consent=CONSENT, name="Ada", role="", organisation="")
    one = desk.store.subscribers.by_email(ADA)
    assert answer.headers["Location"] == f"/subscribers/{one.id}?done=added"
    page = eve.get(answer.headers["Location"]).text
    assert "Added." in page
    assert CONSENT in page
    (told,) = desk.store.subscribers.consents(one.id)
    assert (told.by, told.words) == ("editor@example.nhs.uk", CONSENT)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "nobody"}, "An email address looks like"),
        ({"consent": ""}, "Say how they agreed"),
        ({"list": "update/nope"}, "Has no list &#39;nope&#39;"),
        ({"name": "x" * 201}, "The name is longer than 200 characters"),
    ],
)
def test_what_cannot_be_added_is_refused_and_what_was_typed_stays(eve, desk, fields, told):
    given = {"email": ADA, "list": LIST, "consent": CONSENT, "name": "Ada", "role": "Nurse", "organisation": ""}
    answer = eve.post("/subscribers/add", **given | fields)
    assert answer.status_code == 400
    assert told.lower() in answer.text.lower()
    assert 'value="Nurse"' in answer.text
    assert desk.store.subscribers.total() == 0


def test_who_left_is_put_back_only_with_a_tick(eve, desk, ada):
    act(eve, ada, "leave", list=LIST)
    again = {"list": LIST, "consent": "rang us"}
    answer = act(eve, ada, "join", **again)
    assert answer.status_code == 400
    assert "They left this list on 23 November 2026" in answer.text
    assert act(eve, ada, "join", **again, again="yes").headers["Location"].endswith("?done=added")
    assert len(desk.store.subscribers.get(ada.id).places) == 1


def test_taking_somebody_off_twice_is_no_success(eve, ada):
    assert act(eve, ada, "leave", list=LIST).headers["Location"].endswith("?done=left")
    assert act(eve, ada, "leave", list=LIST).headers["Location"].endswith("?done=nothing")
    assert "left on 23 November 2026" in eve.get(f"/subscribers/{ada.id}").text


def test_who_somebody_is_can_be_mended(eve, desk, ada):
    act(eve, ada, "describe", name="Ada Byron", role="Countess", organisation="")
    assert desk.store.subscribers.get(ada.id).role == "Countess"
    assert act(eve, ada, "describe", name="x" * 999, role="", organisation="").status_code == 400


def test_email_is_stopped_and_released_with_a_reason(eve, desk, ada):
    act(eve, ada, "stop", words="asked by telephone")
    assert "an editor stopped it" in eve.get("/subscribers").text
    assert act(eve, ada, "release", words=" ").status_code == 400
    assert "Release this address" in eve.get(f"/subscribers/{ada.id}").text
    assert act(eve, ada, "release", words="rang us").headers["Location"].endswith("?done=released")
    assert "Stop all email" in eve.get(f"/subscribers/{ada.id}").text
    assert subscribers.suppress(desk, ADA, Why.DESK)


def test_all_that_is_kept_of_somebody_is_a_file(eve, desk, ada):
    answer = act(eve, ada, "export")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="reader-{ada.id}.json"'
    assert json.loads(answer.text)["kept"]["subscriber"][0]["name"] == "Ada Lovelace"
    assert desk.store.deeds.latest()[0].did == "took out the data of a reader"


def test_somebody_is_forgotten_after_a_page_that_asks(eve, desk, ada):
    where = f"/subscribers/{ada.id}/erase"
    assert "Forget ada@example.nhs.uk?" in eve.get(where).text
    assert desk.store.subscribers.get(ada.id)
    answer = eve.post(where)
    assert "Nothing of this reader is kept but a hash" in eve.get(answer.headers["Location"]).text
    assert eve.get(f"/subscribers/{ada.id}").status_code == eve.get(where).status_code == 404
    assert "asked to be forgotten" in eve.get("/subscribers").text


def test_what_a_reader_of_the_database_holds_up_is_told(eve, desk, ada, monkeypatch):
    monkeypatch.setattr(desk.store, "wipe", lambda: False)
    answer = eve.post(f"/subscribers/{ada.id}/erase")
    assert "bulletin forget" in eve.get(answer.headers["Location"]).text


def test_a_list_is_a_file_in_which_nothing_is_calculated(eve, desk, ada):
    act(eve, ada, "describe", name="=1+1", role="", organisation="")
    answer = eve.post("/subscribers/csv", "/subscribers", list=LIST)
    assert '"\'=1+1"' in answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="update-managers-readers.csv"'


def test_a_file_is_looked_at_and_taken_in_with_a_second_yes(eve, desk):
    answer = brought(eve, b"Email,Name,Hobby\nada@example.nhs.uk,Ada,Otters\nnobody,,\n")
    where = answer.headers["Location"]
    page = eve.get(where).text
    assert "Columns that were not understood, and are left out: Hobby." in page
    assert "Is no email address" in page
    assert "Take in 1 of 2" in page
    assert desk.store.subscribers.total() == 0
    assert eve.post(where).headers["Location"] == where
    assert eve.post(where, "/account").headers["Location"] == where
    assert "Taken in" in eve.get(where).text
    assert desk.store.subscribers.total() == 1
    assert [deed.did for deed in desk.store.deeds.latest()].count("took in a file of readers") == 1
    assert "nobody" in eve.get(f"{where}/refused").text


def test_a_file_that_changes_nothing_has_no_button(eve, ada):
    page = eve.get(brought(eve, b"email\nada@example.nhs.uk\n").headers["Location"]).text
    assert "There is nothing to take in." in page
    assert not re.search(r"<button[^>]*>Take in", page)


@pytest.mark.parametrize(
    ("content", "fields", "told"),
    [
        (b"", {}, "Choose a file"),
        (b"Name\nAda", {}, "No column of the first line is called Email"),
        (b"PK\x03\x04", {}, "This is a workbook"),
        (b"email\n", {"consent": ""}, "Say how they agreed"),
        (b"email\n", {"list": "nope"}, "No bulletin"),
    ],
)
def test_what_is_no_file_of_readers_says_what_to_do(eve, content, fields, told):
    answer = brought(eve, content, **fields)
    assert answer.status_code == 422
    assert told in answer.text


def test_nobody_sees_the_file_of_somebody_else(app, desk, eve):
    where = brought(eve, b"email\nada@example.nhs.uk\n").headers["Location"]
    other = at_desk(app, desk, "approver")
    assert other.get(where).status_code == 404
    assert other.get(f"{where}/refused").status_code == 404
    assert other.post(where, "/account").status_code == 404
    assert desk.store.subscribers.total() == 0


def test_a_file_is_kept_half_an_hour(eve, clock):
    where = brought(eve, b"email\nada@example.nhs.uk\n").headers["Location"]
    clock.now = clock.now.replace(minute=31)
    answer = eve.get(where)
    assert answer.status_code == 404
    assert "Choose it again" in answer.text


def test_of_many_files_the_oldest_goes(eve):
    places = [brought(eve, b"email\nada@example.nhs.uk\n").headers["Location"] for _ in range(9)]
    assert [eve.get(place).status_code for place in places] == [404] + [200] * 8


@pytest.mark.parametrize("role", ["viewer", "editor:update", "approver:update"])
def test_who_works_at_one_bulletin_alone_sees_no_reader(app, desk, ada, role):
    browser = at_desk(app, desk, role)
    for path in ("/subscribers", "/subscribers/add", "/subscribers/import", f"/subscribers/{ada.id}"):
        assert browser.get(path).status_code == 403
    assert "Readers" not in browser.get("/").text


def test_names_and_words_are_shown_as_text(eve, desk, ada):
    hostile = "<script>alert(1)</script>{{7*7}}"
    act(eve, ada, "describe", name=hostile, role=hostile, organisation=hostile)
    act(eve, ada, "leave", list=LIST, words=hostile)
    where = brought(eve, f"email,name\n{hostile},x\neve@example.nhs.uk,{hostile}".encode(), name=hostile)
    for path in ("/subscribers", f"/subscribers/{ada.id}", where.headers["Location"]):
        page = eve.get(path).text
        assert "<script>alert" not in page
        assert "{{7*7}}" in page
