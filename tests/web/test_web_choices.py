"""The page of one's own choices: what somebody gets and how often, their data, and to be forgotten."""

import json
from datetime import date, timedelta

import newsroom
import pytest
from readership import ANN, BULLETINS, MANAGERS, MASKED, NURSES, OTHERS, choices_link, join, leave_link, on, rows
from visiting import BASE

from bulletin.jobs import open_desk, subscribers
from bulletin.model import Rhythm, Way, Why
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE
from bulletin.web import Newsroom, create_app

SHOWN = ["update/managers", "update/nurses"]


@pytest.fixture
def desk(tmp_path, clock):
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    (folder / "bulletins.yaml").write_text(BULLETINS, encoding="utf-8")
    with open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


@pytest.fixture
def ann(desk):
    return join(desk)


@pytest.fixture
def bob(desk):
    return join(desk, "bob@example.nhs.uk", OTHERS)


@pytest.fixture
def link(desk, ann):
    return choices_link(desk, ann)


@pytest.fixture
def anyone(desk):
    """Somebody with the link and nothing else."""
    return create_app(Newsroom(desk, lambda: desk.config)).test_client()


def post(client, link, **fields):
    return client.post(link, base_url=BASE, data=fields)


def save(client, link, **fields):
    """Send the form of choices: all headings and every edition, but for what is named."""
    both = [f"{place}/{topic}" for place in SHOWN for topic in ("workforce", "greener")]
    told = {"do": "save", "rhythm": "every", "paused_until": "", "shown": SHOWN, "headings": both}
    return post(client, link, **told | fields)


def test_the_page_shows_ones_own_lists_headings_and_rhythm_and_hides_the_address(ann, bob, link, anyone):
    text = anyone.get(link, base_url=BASE).text
    told = ("Wexbridge Update", "Ward nurses", "Another Update", "Sustainable Healthcare", "Workforce", MASKED)
    assert all(words in text for words in told)
    assert text.count(" checked> ") == 5
    assert ANN not in text
    assert bob.email not in text


def test_to_look_changes_nothing_and_is_not_kept(desk, link, anyone):
    before = rows(desk)
    for path in (link, f"{link}/export", f"{link}?done=saved"):
        headers = anyone.get(path, base_url=BASE).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers
    assert rows(desk) == before


def test_headings_rhythm_and_pause_are_kept(desk, ann, link, anyone):
    chosen = ["update/managers/greener", "update/nurses/workforce", "update/nurses/greener"]
    answer = save(anyone, link, headings=chosen, rhythm="week", paused_until="2026-12-24")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{link}?done=saved")
    kept = desk.store.subscribers.get(ann.id)
    assert (kept.rhythm, kept.paused_until) == (Rhythm.WEEK, date(2026, 12, 24))
    assert kept.place(*MANAGERS).headings == ("greener",)
    assert kept.place(*NURSES).headings == ()
    text = anyone.get(f"{link}?done=saved", base_url=BASE).text
    assert "Your choices are kept" in text
    assert 'value="2026-12-24"' in text
    assert text.count(" checked> ") == 4


def test_a_pause_that_is_over_is_shown_no_more(desk, link, anyone, clock):
    save(anyone, link, paused_until="2026-12-24")
    clock.now += timedelta(days=60)
    assert "2026-12-24" not in anyone.get(link, base_url=BASE).text


WRONG = {
    "no rhythm": ({"rhythm": ""}, "Choose how often"),
    "another rhythm": ({"rhythm": "hourly"}, "Choose how often"),
    "today": ({"paused_until": "2026-11-23"}, "Give a day that is yet to come"),
    "no day": ({"paused_until": "soon"}, "Give a day that is yet to come"),
    "no heading": ({"headings": ["update/nurses/greener"]}, "Tick at least one heading"),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_cannot_be_kept_is_said_beside_the_field_and_nothing_changes(desk, link, anyone, how):
    fields, words = WRONG[how]
    before = rows(desk)
    answer = save(anyone, link, **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert rows(desk) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"shown": [*SHOWN, "other/others", "none/none", "x"]},
        {"headings": ["update/managers/none", "update/managers/greener", "update/nurses/greener", "x/y/z", "\0"]},
    ],
)
def test_lists_and_headings_that_are_not_on_the_page_are_left_alone(desk, bob, ann, link, anyone, fields):
    assert save(anyone, link, **fields).status_code == 303
    kept = desk.store.subscribers.get(ann.id)
    assert set(kept.place(*MANAGERS).headings) <= {"greener"}
    assert desk.store.subscribers.get(bob.id) == bob


def test_each_list_is_left_and_come_back_to_by_its_button(desk, ann, link, anyone):
    answer = post(anyone, link, do="leave", list="update/nurses")
    assert answer.headers["Location"] == f"{link}?done=left"
    assert on(desk, ann) == [OTHERS, MANAGERS]
    assert "left on 23 November 2026" in anyone.get(link, base_url=BASE).text
    assert post(anyone, link, do="back", list="update/nurses").headers["Location"] == f"{link}?done=back"
    assert on(desk, ann) == [OTHERS, MANAGERS, NURSES]
    ways = {one.way for one in desk.store.subscribers.consents(ann.id) if one.did != "joined"}
    assert ways == {Way.PREFERENCES}


@pytest.mark.parametrize("do", ["leave", "back"])
@pytest.mark.parametrize("place", ["update/none", "none", "", "other/others/x"])
def test_a_button_that_does_nothing_says_so(desk, ann, link, anyone, do, place):
    before = rows(desk)
    assert post(anyone, link, do=do, list=place).headers["Location"] == f"{link}?done=nothing"
    assert rows(desk) == before


def test_whom_a_complaint_stopped_does_not_come_back_by_a_button(desk, ann, link, anyone):
    post(anyone, link, do="leave", list="update/nurses")
    subscribers.suppress(desk, ANN, Why.COMPLAINED)
    assert post(anyone, link, do="back", list="update/nurses").status_code == 409
    assert NURSES not in on(desk, ann)


def test_the_export_holds_ones_own_data_and_nobody_elses(desk, ann, bob, link, anyone):
    answer = anyone.get(f"{link}/export", base_url=BASE)
    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = json.loads(answer.data)
    assert ANN in answer.text
    assert "in a test" in answer.text
    assert told["library"] == "Wexbridge Library"
    assert bob.email not in answer.text
    assert bob.id not in answer.text


def test_erasing_is_asked_once_more_then_done_and_said(desk, ann, link, anyone):
    before = rows(desk)
    asked = post(anyone, f"{link}/erase")
    assert "Erase everything about you?" in asked.text
    assert rows(desk) == before
    done = post(anyone, f"{link}/erase", sure="yes")
    assert (done.status_code, done.headers["Location"]) == (303, link)
    assert "We keep nothing about you" in anyone.get(link, base_url=BASE).text
    assert ANN not in rows(desk)
    again = post(anyone, f"{link}/erase", sure="yes")
    assert "We keep nothing about you" in again.text
    assert "We keep nothing about you" in save(anyone, link).text
    assert "We keep nothing about you" in anyone.get(f"{link}/export", base_url=BASE).text


def test_the_link_of_the_sample_says_what_it_is(desk, anyone):
    for answer in (
        anyone.get(f"/choices/{SAMPLE_CHOICES}", base_url=BASE),
        save(anyone, f"/choices/{SAMPLE_CHOICES}"),
    ):
        assert answer.status_code == 200
        assert "This is a sample copy" in answer.text


@pytest.mark.parametrize("how", ["a link to leave", "somebody else's proof", "too short", "sample to leave"])
def test_what_is_no_link_of_ours_is_not_there(desk, ann, bob, link, anyone, how):
    address = {
        "a link to leave": leave_link(desk, ann).replace("leave", "choices"),
        "somebody else's proof": link.replace(ann.id, bob.id),
        "too short": link[:-1],
        "sample to leave": f"/choices/{SAMPLE_LEAVE}",
    }[how]
    for answer in (
        anyone.get(address, base_url=BASE),
        anyone.get(f"{address}/export", base_url=BASE),
        save(anyone, address),
        post(anyone, f"{address}/erase", sure="yes"),
    ):
        assert answer.status_code == 404
        assert "This link does not work" in answer.text
    assert desk.store.subscribers.get(ann.id) == ann


def test_who_guesses_links_must_wait_then_with_a_right_one_too(desk, link, anyone, clock):
    told = [anyone.get(f"/choices/{number:048x}", base_url=BASE).status_code for number in range(1, 30)]
    assert told == [404] * 20 + [429] * 9
    assert anyone.get(link, base_url=BASE).status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert anyone.get(link, base_url=BASE, environ_base=elsewhere).status_code == 200
    clock.now += timedelta(minutes=31)
    assert anyone.get(link, base_url=BASE).status_code == 200


def test_who_is_on_no_list_is_shown_the_way_to_one(desk, ann, link, anyone):
    subscribers.leave(desk, ann.id, None, Way.LINK)
    text = anyone.get(link, base_url=BASE).text
    assert "You are on none of our lists" in text
    assert 'href="/join"' in text
    assert "Keep these choices" not in text
