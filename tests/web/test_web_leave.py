"""Leaving by a link: by the mail program at once, by the page with a button, and by nobody who only looks."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import newsroom
import pytest
from readership import (
    ANN,
    BULLETINS,
    EVERYTHING,
    MANAGERS,
    MASKED,
    NURSES,
    OTHERS,
    choices_link,
    join,
    leave_link,
    mailed,
    on,
    rows,
)
from serving import serving
from visiting import BASE, Browser, at_desk

from bulletin import config
from bulletin.jobs import open_desk, subscribers
from bulletin.model import Way, Why
from bulletin.people.tokens import new_token
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE
from bulletin.web import Newsroom, create_app

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def desk(tmp_path, clock):
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    (folder / "bulletins.yaml").write_text(BULLETINS, encoding="utf-8")
    with open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def ann(desk):
    return join(desk)


@pytest.fixture
def link(desk, ann):
    return leave_link(desk, ann)


@pytest.fixture
def anyone(app):
    """Somebody with the link and nothing else: no cookie, no page of ours, no origin."""
    return app.test_client()


def post(client, link, **fields):
    return client.post(link, base_url=BASE, data=fields)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_mail_programs_button_takes_them_off_at_once(desk, ann, link, anyone, kind):
    answer = anyone.post(link, base_url=BASE, data=ONE_CLICK, content_type=kind)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert on(desk, ann) == [OTHERS, NURSES]
    (left,) = [one for one in desk.store.subscribers.consents(ann.id) if one.did == "left"]
    assert (left.way, left.by, left.at) == (Way.ONE_CLICK, "themselves", desk.now())


def test_the_mail_programs_button_pressed_again_is_no_mistake_and_changes_nothing(desk, link, anyone):
    post(anyone, link, **ONE_CLICK)
    before = rows(desk)
    again = post(anyone, link, **ONE_CLICK)
    assert again.status_code == 200
    assert "Nothing was changed" in again.text
    assert "You have left" not in again.text
    assert rows(desk) == before


def test_a_mail_program_of_another_host_may_send_it(desk, ann, link, anyone):
    headers = {"Origin": "https://mail.example.org", "Sec-Fetch-Site": "cross-site", "Cookie": "__Host-bulletin=x"}
    assert anyone.post(link, base_url=BASE, data=ONE_CLICK, headers=headers).status_code == 200
    assert MANAGERS not in on(desk, ann)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_who_only_looks_changes_nothing(desk, link, anyone, method):
    before = rows(desk)
    answer = anyone.open(link, base_url=BASE, method=method, headers={"Sec-Purpose": "prefetch"})
    assert answer.status_code == 200
    assert rows(desk) == before


def test_the_page_names_bulletin_list_and_masked_address_and_has_one_button_for_it(link, anyone):
    text = anyone.get(link, base_url=BASE).text
    assert "Wexbridge Update" in text
    assert "Managers" in text
    assert MASKED in text
    assert ANN not in text
    assert text.count("Leave this bulletin</button>") == 1


def test_the_page_tells_nobody_its_address_and_is_not_kept(link, anyone):
    headers = anyone.get(link, base_url=BASE).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in headers


def test_the_button_leaves_and_undo_brings_back_exactly_that(desk, ann, link, anyone, clock):
    post(anyone, leave_link(desk, ann, NURSES))
    clock.now += timedelta(hours=1)
    text = post(anyone, link, what="everything").text
    assert "You have left" in text
    assert on(desk, ann) == []
    left_at = desk.store.subscribers.get(ann.id).place(*MANAGERS).left_at
    clock.now += timedelta(hours=1)
    assert "You are back" in post(anyone, f"{link}/undo", at=left_at.isoformat()).text
    assert on(desk, ann) == [OTHERS, MANAGERS]


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-23T09:00:00", "1999-01-01T00:00:00+00:00", "\0"])
def test_undo_of_what_was_not_done_changes_nothing_and_says_so(desk, ann, link, anyone, clock, at):
    post(anyone, link)
    before = rows(desk)
    assert "Nothing was changed" in post(anyone, f"{link}/undo", at=at).text
    assert rows(desk) == before


def test_who_left_is_told_when_and_may_come_back(desk, ann, link, anyone, clock):
    post(anyone, link)
    clock.now += timedelta(days=3)
    text = anyone.get(link, base_url=BASE).text
    assert "You are not on this list" in text
    assert "23 November 2026" in text
    left_at = desk.store.subscribers.get(ann.id).place(*MANAGERS).left_at
    post(anyone, f"{link}/undo", at=left_at.isoformat())
    assert MANAGERS in on(desk, ann)


def test_leaving_everything_is_offered_with_the_lists_named(desk, ann, link, anyone):
    text = post(anyone, link).text
    assert "You also get" in text
    assert "Another Update" in text
    assert "Ward nurses" in text
    assert "Leave everything" in text


def test_the_link_of_a_merged_email_leaves_everything(desk, ann, anyone):
    link = leave_link(desk, ann, EVERYTHING)
    text = anyone.get(link, base_url=BASE).text
    assert all(name in text for name in ("Leave everything?", "Wexbridge Update", "Another Update", "Ward nurses"))
    assert post(anyone, link, **ONE_CLICK).status_code == 200
    assert on(desk, ann) == []
    assert desk.store.suppressions.of(subscribers.marks_of(desk, ANN)).why is Why.LEFT_ALL


def test_while_the_email_is_new_the_pages_button_asks_a_second_time(desk, ann, link, anyone, clock):
    mailed(desk, ann, desk.now() - timedelta(minutes=4))
    before = rows(desk)
    text = post(anyone, link).text
    assert "Is it you?" in text
    assert "Nothing has changed yet" in text
    assert rows(desk) == before
    assert "You have left" in post(anyone, link, sure="yes").text
    assert MANAGERS not in on(desk, ann)


def test_asking_a_second_time_keeps_in_mind_that_it_was_about_everything(desk, ann, link, anyone):
    mailed(desk, ann, desk.now())
    text = post(anyone, link, what="everything").text
    assert "Yes, leave everything" in text
    assert all(name in text for name in ("Wexbridge Update", "Another Update", "Ward nurses"))


def test_five_minutes_after_the_email_once_is_enough(desk, ann, link, anyone):
    mailed(desk, ann, desk.now() - timedelta(minutes=5))
    assert "You have left" in post(anyone, link).text


def test_the_mail_programs_own_button_is_never_asked_twice(desk, ann, link, anyone):
    mailed(desk, ann, desk.now())
    post(anyone, link, **ONE_CLICK)
    assert MANAGERS not in on(desk, ann)


def wrapped(link):
    return f"https://gbr01.safelinks.protection.outlook.com/?url={quote(BASE + link, safe='')}&data=05%7C02%7Cann"


def spoilt(link):
    """What mail programs and scanners make of a link."""
    token = link.removeprefix("/leave/")
    return {
        "capitals": f"/leave/{token.upper()}",
        "encoded": "/leave/" + "".join(f"%{ord(letter):02x}" for letter in token),
        "encoded twice": "/leave/" + "".join(f"%25{ord(letter):02x}" for letter in token),
        "with a tail": f"/leave/{token}&data=05%7C02%7Cann%40example.nhs.uk",
        "with a bracket": f"/leave/{token}%3E",
        "within Safe Links": f"/leave/{quote(wrapped(link), safe='')}",
        "within Safe Links, encoded again": f"/leave/{quote(quote(wrapped(link), safe=''), safe='')}",
    }


@pytest.mark.parametrize("how", spoilt("/leave/x"))
def test_a_link_that_was_rewritten_still_works(desk, ann, link, anyone, how):
    address = anyone.get(spoilt(link)[how], base_url=BASE, follow_redirects=True).request.path
    assert "Leave this bulletin?" in anyone.get(quote(address), base_url=BASE).text
    assert "You have left" in post(anyone, quote(address)).text
    assert MANAGERS not in on(desk, ann)


def forged(desk, ann, link):
    """What is no link of ours, though it looks like one."""
    bob = join(desk, "bob@example.nhs.uk", OTHERS)
    token = link.removeprefix("/leave/")
    return {
        "another letter": link[:-1] + ("0" if link[-1] != "0" else "1"),
        "too short": link[:-1],
        "too long": link + "0",
        "nothing": "/leave/x",
        "of another purpose": choices_link(desk, ann).replace("choices", "leave"),
        "of a list that they were never on": leave_link(desk, bob, MANAGERS),
        "somebody else's proof": f"/leave/{bob.id}{token[16:]}",
        "of another secret": f"/leave/{ann.id}" + "ab" * 16,
        "of nobody": "/leave/" + "0123456789abcdef" * 3,
        "a sample of something else": f"/leave/{SAMPLE_CHOICES}",
    }


FORGED = [
    "another letter", "too short", "too long", "nothing", "of another purpose", "of a list that they were never on",
    "somebody else's proof", "of another secret", "of nobody", "a sample of something else",
]  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_what_is_no_link_of_ours_is_not_there(desk, ann, link, anyone, how):
    address = forged(desk, ann, link)[how]
    before = on(desk, ann)
    for answer in (anyone.get(address, base_url=BASE), post(anyone, address, **ONE_CLICK), post(anyone, address)):
        assert answer.status_code == 404
        assert "This link does not work" in answer.text
        assert "log in" not in answer.text.lower()
    assert on(desk, ann) == before


def test_wrong_links_are_counted_but_right_ones_never_wait(desk, ann, link, anyone):
    told = [anyone.get(f"/leave/{number:048x}", base_url=BASE).status_code for number in range(1, 30)]
    assert told == [404] * 20 + [429] * 9
    assert post(anyone, link, **ONE_CLICK).status_code == 200
    assert MANAGERS not in on(desk, ann)


def test_wrong_links_shut_no_librarian_out(app, desk, anyone):
    for number in range(1, 30):
        anyone.get(f"/leave/{number:048x}", base_url=BASE)
    at_desk(app, desk)
    answer = Browser(app).log_in("nobody@example.nhs.uk")
    assert answer.status_code == 400


@contextmanager
def opened(desk, secret, *old):
    """The same newsroom with this secret, and a client before it."""
    environment = {"BULLETIN_SECRET_KEY": secret, "BULLETIN_OLD_SECRET_KEYS": " ".join(old)}
    with open_desk(config.load(desk.config.folder, environment), desk.now) as other:
        yield other, create_app(Newsroom(other, lambda: other.config)).test_client()


def test_a_link_made_under_an_old_secret_still_works(desk, ann):
    first, second = new_token(), new_token()
    with opened(desk, first) as (before, _):
        link = leave_link(before, ann)
    with opened(desk, second) as (_, client):
        assert post(client, link, **ONE_CLICK).status_code == 404
    with opened(desk, second, first) as (_, client):
        assert post(client, link, **ONE_CLICK).status_code == 200
    assert MANAGERS not in on(desk, ann)


def test_the_link_of_the_sample_says_what_it_is(desk, ann, anyone):
    before = rows(desk)
    for answer in (anyone.get(f"/leave/{SAMPLE_LEAVE}", base_url=BASE), post(anyone, f"/leave/{SAMPLE_LEAVE}")):
        assert answer.status_code == 200
        assert "This is a sample copy" in answer.text
    assert rows(desk) == before


def test_who_was_erased_is_told_that_nothing_is_kept(desk, ann, link, anyone):
    subscribers.erase(desk, ann)
    for answer in (anyone.get(link, base_url=BASE), post(anyone, link, **ONE_CLICK)):
        assert answer.status_code == 200
        assert "We keep nothing about you" in answer.text
    assert post(anyone, f"{link}/undo", at=desk.now().isoformat()).status_code == 200
    assert desk.store.subscribers.by_email(ANN) is None


def test_whom_a_complaint_stopped_does_not_come_back_by_a_button(desk, ann, link, anyone):
    post(anyone, link)
    left_at = desk.store.subscribers.get(ann.id).place(*MANAGERS).left_at
    subscribers.suppress(desk, ANN, Why.COMPLAINED)
    answer = post(anyone, f"{link}/undo", at=left_at.isoformat())
    assert answer.status_code == 409
    assert "library@example.nhs.uk" in answer.text
    assert MANAGERS not in on(desk, ann)


def test_a_list_that_is_gone_from_the_files_can_still_be_left(desk, ann, link, anyone):
    path = desk.config.folder / "bulletins.yaml"
    path.write_text(newsroom.BULLETINS.replace("id: managers", "id: directors"), encoding="utf-8")
    now = newsroom.settings(desk.config.folder)
    client = create_app(Newsroom(replace(desk, config=now), lambda: now)).test_client()
    assert client.get(link, base_url=BASE).status_code == 200
    assert post(client, link, **ONE_CLICK).status_code == 200
    assert MANAGERS not in on(desk, ann)


def test_the_record_names_the_id_and_no_address(desk, ann, link, anyone):
    post(anyone, link)
    (line,) = [one for one in desk.store.deeds.latest(most=5) if one.did == "left lists"]
    assert line.what == ann.id
    assert ANN not in str(line)


@pytest.mark.slow
def test_a_thousand_mail_programs_at_once_are_answered_and_everybody_has_left(desk):
    """All of them with 200, however often each asks (reference bar E10)."""
    people = [join(desk, f"reader{number}@example.nhs.uk", MANAGERS) for number in range(250)]
    links = [leave_link(desk, one) for one in people]
    with serving(desk.config.folder) as served:

        def press(link):
            answer = Request(served.url + link, urlencode(ONE_CLICK).encode(), method="POST")
            with urlopen(answer, timeout=60) as told:
                return told.status

        with ThreadPoolExecutor(50) as crowd:
            assert set(crowd.map(press, links * 4)) == {200}
    assert not any(on(desk, one) for one in people)
    assert all(len(desk.store.subscribers.consents(one.id)) == 2 for one in people)
