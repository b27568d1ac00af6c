"""Letters to editors: to whom, with what, each once, and none lost whatever the mail server does."""

from dataclasses import replace
from datetime import timedelta

import editing
import newsroom
import occasional
import pytest
from occasional import DAY, DUE, EDITION, HOUR, MINUTE, REMINDED, SENDS, STEPS, at, scheduled, turn

from bulletin.jobs import people
from bulletin.model import Ended, Library, Web
from bulletin.people.editionletters import About, edition_letter

BASE = "https://desk.example.nhs.uk"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with occasional.open_desk(tmp_path, clock, **STEPS) as desk:
        yield desk


def editor(desk, name):
    return people.find_editor(desk, f"{name}@example.nhs.uk")


def gone(desk, *names):
    """Disable people, although no admin is among those who are left."""
    with desk.store._database.write() as connection:
        for name in names:
            connection.exec_driver_sql("UPDATE editor SET disabled_at = added_at WHERE name = ?", (name,))


def test_whoever_approves_is_told_and_nobody_else(desk):
    at(desk, DUE)
    assert sorted(desk.post.told) == [("bob", "To review"), ("eve", "To review")]


def test_where_nobody_approves_whoever_edits_is_told(desk):
    gone(desk, "eve", "bob")
    at(desk, DUE)
    assert desk.post.told == [("ann", "To review")]


def test_where_nobody_works_on_it_nobody_is_told_and_that_is_said(desk):
    gone(desk, "eve", "bob", "ann")
    at(desk, DUE)
    assert turn(desk, "tell").words == "nobody was told: no editor may work on it"


def test_without_a_mail_server_nobody_is_told_and_that_is_said(desk):
    at(replace(desk, post=None), DUE)
    found = turn(desk, "tell")
    assert (found.outcome, found.words) == (
        Ended.SKIPPED,
        "nobody was told: no mail server is named (BULLETIN_SMTP_URL)",
    )


def test_a_letter_that_is_refused_comes_later_and_the_others_once(desk):
    desk.post.refuses = {"bob@example.nhs.uk"}
    (told,) = at(desk, DUE)
    assert told.endswith("1 letter to editors could not be sent and will be tried again")
    assert at(desk, DUE + MINUTE) == []
    desk.post.refuses = set()
    at(desk, DUE + 5 * MINUTE)
    assert desk.post.told == [("eve", "To review"), ("bob", "To review")]
    assert turn(desk, "tell").words == "2 editors told"
    at(desk, DUE + timedelta(hours=5))
    assert len(desk.post.letters) == 2


def test_dead_addresses_keep_nobody_elses_letter_back(desk):
    for name in ("abe", "ada", "amy"):  # before bob and eve, by name
        people.add_editor(desk, "", f"{name}@example.nhs.uk", name, people.grants_from(["approver"]))
        desk.post.refuses.add(f"{name}@example.nhs.uk")
    at(desk, DUE)
    at(desk, DUE + 5 * MINUTE)
    assert desk.post.told == [("bob", "To review"), ("eve", "To review")]


def test_nobody_is_asked_to_approve_by_an_hour_that_is_past(desk):
    desk.post.is_away = True
    at(desk, DUE)
    desk.post.is_away = False
    at(desk, HOUR)
    assert {told for _, told in desk.post.told} == {"Waits, and was not sent"}


def test_the_longer_the_server_is_away_the_more_rarely_it_is_asked(desk):
    desk.post.is_away = True
    for minutes in (0, 4, 5, 14, 15, 34, 35, 74, 75, 154, 155, 314, 315, 554, 555, 794, 795):
        at(desk, DUE + minutes * MINUTE)
    assert turn(desk, "tell").tries == 9


def test_after_a_week_of_refusals_nobody_is_asked_any_more(desk):
    desk = scheduled(desk, review=None, send_at=None, remind=None)
    desk.post.is_away = True
    at(desk, DUE)
    at(desk, DUE + 8 * DAY)
    assert turn(desk, "tell").words == "letters to editors were refused for 7 days"


def test_a_letter_on_its_second_way_has_the_same_name(desk):
    at(desk, DUE)
    (first,) = [message for to, message in desk.post.letters if to.startswith("eve")]
    name = [line for line in first.splitlines() if line.startswith(b"Message-ID")]
    assert len(name) == 1
    assert f"<{desk.keys.mark('letter', 'tell', EDITION, editor(desk, 'eve').id)[:20]}@example.nhs.uk>" in str(name)


def test_a_letter_links_to_the_review_by_the_address_of_the_settings_alone(desk):
    ours = replace(desk, config=replace(desk.config, web=Web(BASE)))
    at(ours, DUE)
    assert f"{BASE}/editions/{EDITION} Please" in desk.post.text()


def test_where_nobody_else_reaches_the_desk_the_letter_names_the_command(desk):
    at(desk, DUE)
    assert "http" not in desk.post.text()
    assert f"bulletin approve {EDITION} --by YOUR-ADDRESS" in desk.post.text()


def test_the_letter_says_what_there_is_until_when_and_what_follows(desk):
    at(desk, DUE)
    told = desk.post.text()
    assert "the draft of Green Digest of Monday 7 December 2026 (1 item) is ready to be reviewed." in told
    assert "Please approve it by Wednesday 9 December 2026 at 09:30: then it goes to its readers." in told
    assert "If nobody has approved it by then, it waits, and nothing of it is sent until somebody does." in told


def test_the_letter_says_that_it_goes_by_itself_where_it_does(desk):
    at(scheduled(desk, **SENDS), DUE)
    assert "If nobody has touched it by then and every check passes, it goes as it is" in desk.post.text()


def test_the_letter_says_that_there_is_no_hour_where_there_is_none(desk):
    at(scheduled(desk, review=None, send_at=None, remind=None), DUE)
    assert "It goes to its readers as soon as somebody approves it." in desk.post.text()


def test_nobody_is_reminded_of_what_is_approved(desk):
    at(desk, DUE)
    editing.approve(desk, EDITION)
    at(desk, REMINDED)
    assert turn(desk, "remind").words == "it is approved already"
    assert len(desk.post.letters) == 2


def test_a_reminder_after_the_hour_is_none(desk):
    at(desk, DUE)
    at(desk, HOUR + MINUTE)
    assert turn(desk, "remind").words == "its hour came before every editor could be told"
    assert {told for _, told in desk.post.told} == {"To review", "Waits, and was not sent"}


def test_the_letter_that_it_waits_says_why(desk):
    at(desk, DUE)
    at(desk, HOUR)
    assert "was to go on Wednesday 9 December 2026 at 09:30 and was not sent: nobody approved it." in desk.post.text()


@pytest.mark.parametrize("title", ["Digest\r\nBcc: x@example.org", "=?UTF-8?Q?=0A?=Bcc: x", "Ä" * 300])
def test_no_title_breaks_out_of_its_line(title):
    about = About(EDITION, title, "Monday 7 December 2026", "1 item", "")
    letter = edition_letter("tell", Library("L", "library@example.org"), "eve@example.org", about, 0.0, "mark")
    assert b"\nBcc" not in letter
    assert letter.count(b"\r\nSubject:") == 1
