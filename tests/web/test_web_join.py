"""Signing up: one email for each address and day whatever happens, and a yes that only its owner can say."""

import re
import time
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from statistics import median

import newsroom
import pytest
from readership import ANN, BULLETINS, MASKED, NURSES, OTHERS, join, on, rows
from visiting import BASE, Browser

from bulletin.errors import SendError
from bulletin.jobs import open_desk, subscribers
from bulletin.model import Way, Why
from bulletin.people.addresses import masked
from bulletin.web import Newsroom, create_app

NEW = "new.reader@example.nhs.uk"
BOTH = ["update/nurses", "other/others"]


class Box:
    """A post office that keeps letters, or takes none."""

    def __init__(self) -> None:
        self.sent, self.is_shut = [], False

    def send(self, sender, recipient, message):
        if self.is_shut:
            raise SendError("the mail server is not there")
        self.sent.append((recipient, message_from_bytes(message, policy=policy.default)))

    def link(self) -> str:
        """The path in the last letter."""
        return re.search(r"http://127\.0\.0\.1:8080(/join/[\w-]{43})\s", self.sent[-1][1].get_content())[1]


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def desk(tmp_path, clock, box):
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    (folder / "bulletins.yaml").write_text(BULLETINS, encoding="utf-8")
    with open_desk(newsroom.settings(folder), clock) as desk:
        yield replace(desk, post=box)


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def page(app, clock):
    """The page as somebody has it before them for a minute; gives what sends its form."""
    browser = Browser(app)
    found = re.search(r'name="stamp" value="([^"]+)"', browser.get("/join").text)[1]
    csrf = browser.token("/join")
    clock.now += timedelta(minutes=1)

    def send(email=NEW, lists=BOTH, address="192.0.2.1", **more):
        data = {"csrf": csrf, "stamp": found, "email": email, "lists": lists, "website": ""} | more
        headers = {"Origin": BASE}
        answer = browser.client.post(
            "/join", base_url=BASE, data=data, headers=headers, environ_base={"REMOTE_ADDR": address}
        )
        if not isinstance(app.extensions["later"], Later):  # wait until all is done behind the page's back
            app.extensions["later"].submit(int).result()
        return answer

    return send


def post(app, path):
    return app.test_client().post(path, base_url=BASE)


def get(app, path):
    return app.test_client().get(path, base_url=BASE)


def place_of(desk, email=NEW):
    return on(desk, desk.store.subscribers.by_email(email))


def test_the_page_offers_what_is_open_and_nothing_else(app):
    text = get(app, "/join").text
    assert "Ward nurses" in text
    assert "Another Update" in text
    assert "Managers" not in text
    assert "Wexbridge Library may send me the bulletins that I ticked" in text


def test_a_link_to_the_page_may_name_a_bulletin(app):
    text = get(app, "/join?bulletin=other").text
    assert re.search(r'value="other/others"[^>]* checked', text)
    assert not re.search(r'value="update/nurses"[^>]* checked', text)


def test_somebody_new_gets_one_email_presses_its_button_and_is_on_the_lists(desk, app, box, page, clock):
    answer = page()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/join?done=sent")
    assert "Look into your inbox" in get(app, "/join?done=sent").text
    (recipient, letter), link = box.sent[0], box.link()
    assert recipient == NEW
    assert letter["To"] == NEW
    assert "Wexbridge Update" in letter.get_content()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert desk.store.subscribers.by_email(NEW) is None
    before = rows(desk)
    text = get(app, link).text
    assert "n…r@example.nhs.uk" in text
    assert NEW not in text
    assert rows(desk) == before
    clock.now += timedelta(days=6)
    assert "You are on the list" in post(app, link).text
    assert place_of(desk) == [OTHERS, NURSES]
    (consent, _) = desk.store.subscribers.consents(desk.store.subscribers.by_email(NEW).id)
    assert (consent.way, consent.by, consent.at) == (Way.SIGN_UP, "themselves", clock.now)
    assert consent.words.startswith("Yes, Wexbridge Library may send me")


def test_pressing_twice_is_no_more_than_once(desk, app, box, page):
    page()
    post(app, box.link())
    before = rows(desk)
    again = post(app, box.link())
    assert again.status_code == 200
    assert "You were on the list already" in again.text
    assert rows(desk) == before


def test_the_page_after_it_leads_to_ones_own_choices(app, box, page):
    page()
    link = re.search(r'href="(/choices/[0-9a-f]{48})"', post(app, box.link()).text)[1]
    assert "n…r@example.nhs.uk" in get(app, link).text


@pytest.mark.parametrize("path", ["/join/x", "/join/" + "A" * 43, "/join/%00", "/join/{}x"])
def test_what_is_no_link_of_ours_is_not_there(app, box, page, path):
    page()
    path = path.format(box.link().removeprefix("/join/"))
    for answer in (get(app, path), post(app, path)):
        assert answer.status_code == 404
        assert "This link does not work" in answer.text


def test_after_a_week_the_link_is_too_old(desk, app, box, page, clock):
    page()
    clock.now += timedelta(days=7)
    assert get(app, box.link()).status_code == 404
    assert post(app, box.link()).status_code == 404
    assert desk.store.subscribers.by_email(NEW) is None


@pytest.mark.slow
def test_a_thousand_requests_for_one_address_are_one_email(box, page):
    told = [page(address=f"192.0.{number // 250}.{number % 250}").headers.get("Location") for number in range(1000)]
    assert set(told) == {"/join?done=sent"}
    assert len(box.sent) == 1


def test_spellings_of_one_mailbox_are_one_email(box, page):
    for email in (NEW, "New.Reader@EXAMPLE.nhs.uk", f"  {NEW} ", "new.reader+a@example.nhs.uk"):
        page(email=email)
    assert [recipient for recipient, _ in box.sent] == [NEW]
    page(email="new_reader@example.nhs.uk")  # another one, though an underscore stands for any letter in SQL
    assert len(box.sent) == 2


def test_after_a_day_there_may_be_another_one(box, page, clock):
    page()
    clock.now += timedelta(hours=11)
    page()
    assert len(box.sent) == 1


def test_an_email_that_did_not_go_out_does_not_count(box, page, clock):
    box.is_shut = True
    assert page().headers["Location"] == "/join?done=sent"
    box.is_shut = False
    page()
    assert len(box.sent) == 1


def test_twenty_sign_ups_from_one_network_address_are_enough(box, page):
    told = [page(email=f"reader{number}@example.nhs.uk").status_code for number in range(25)]
    assert told == [303] * 20 + [429] * 5
    assert len(box.sent) == 20
    assert page(email="reader99@example.nhs.uk", address="192.0.2.9").status_code == 303


@pytest.mark.parametrize("known", ["unknown", "on the list", "left", "erased", "complained", "bounced", "stopped"])
def test_the_answer_is_the_same_whatever_is_known_of_an_address(desk, app, page, known):
    stranger = page(email="stranger@example.nhs.uk")
    if known != "unknown":
        reader = join(desk, NEW, NURSES)
        {
            "on the list": lambda: None,
            "left": lambda: subscribers.leave(desk, reader.id, None, Way.LINK),
            "erased": lambda: subscribers.erase(desk, reader),
            "complained": lambda: subscribers.suppress(desk, NEW, Why.COMPLAINED),
            "bounced": lambda: subscribers.suppress(desk, NEW, Why.BOUNCED),
            "stopped": lambda: subscribers.suppress(desk, NEW, Why.DESK),
        }[known]()
    answer = page()
    assert (answer.status_code, answer.text) == (stranger.status_code, stranger.text)
    own = {"Date", "Set-Cookie", "X-Request-Id"}  # by chance, each time
    assert {name: value for name, value in answer.headers if name not in own} == {
        name: value for name, value in stranger.headers if name not in own
    }


@pytest.mark.parametrize("why", [Why.COMPLAINED, Why.DESK])
def test_who_called_us_spam_or_was_stopped_gets_no_email_from_the_page(desk, box, page, why):
    subscribers.suppress(desk, NEW, why)
    page()
    assert box.sent == []


def test_whom_a_complaint_stops_meanwhile_is_not_put_on(desk, app, box, page):
    page()
    subscribers.suppress(desk, NEW, Why.COMPLAINED)
    assert post(app, box.link()).status_code == 409
    assert desk.store.subscribers.by_email(NEW) is None


@pytest.mark.parametrize("how", ["left everything", "erased"])
def test_who_left_everything_or_was_erased_may_come_again_by_themselves(desk, app, box, page, how):
    reader = join(desk, NEW, NURSES)
    if how == "erased":
        subscribers.erase(desk, reader)
    else:
        subscribers.leave(desk, reader.id, None, Way.LINK)
    page()
    assert "You are on the list" in post(app, box.link()).text
    assert NURSES in place_of(desk)
    assert desk.store.suppressions.of(subscribers.marks_of(desk, NEW)) is None


@pytest.mark.parametrize("lists", [None, [NURSES]])
def test_an_old_yes_does_not_bring_back_who_has_left_since(desk, app, box, page, clock, lists):
    page()
    link = box.link()
    assert "You are on the list" in post(app, link).text
    clock.now += timedelta(days=1)
    subscribers.leave(desk, desk.store.subscribers.by_email(NEW).id, lists, Way.LINK)
    clock.now += timedelta(days=1)
    answer = post(app, link)
    assert answer.status_code == 409
    assert "you have left since you signed up" in answer.text.lower()
    assert NURSES not in place_of(desk)


WRONG = {
    "no address": ({"email": "new.reader"}, "An email address looks like"),
    "two addresses": ({"email": f"{NEW}, eve@evil.test"}, "An email address looks like"),
    "a line of a mail": ({"email": f"{NEW}\r\nBcc: eve@evil.test"}, "An email address looks like"),
    "another domain": ({"email": "new@example.com"}, "is for addresses at example.nhs.uk"),
    "a domain within": ({"email": "new@evil.example.nhs.uk"}, "is for addresses at example.nhs.uk"),
    "no list": ({"lists": []}, "Tick the bulletins that you want"),
    "a list that is not open": ({"lists": ["update/managers"]}, "Tick the bulletins that you want"),
    "no stamp": ({"stamp": ""}, "Please press the button once more"),
    "a stamp of one's own": ({"stamp": "1.5.abc"}, "Please press the button once more"),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_cannot_be_is_said_and_nothing_is_sent(box, page, how):
    fields, words = WRONG[how]
    answer = page(**fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert box.sent == []


def test_a_list_for_everybody_takes_every_domain(box, page):
    assert page(email="new@example.com", lists=["other/others"]).status_code == 303
    assert len(box.sent) == 1


def test_who_fills_in_what_nobody_sees_learns_nothing_and_sends_nothing(box, page):
    assert page(website="https://evil.test").headers["Location"] == "/join?done=sent"
    assert box.sent == []


@pytest.mark.parametrize(("after", "status"), [(1.5, 400), (2.5, 303), (11 * 3600, 303), (13 * 3600, 400)])
def test_the_form_takes_as_long_as_a_person_takes(app, clock, after, status):
    browser = Browser(app)
    stamp = re.search(r'name="stamp" value="([^"]+)"', browser.get("/join").text)[1]
    token = browser.token("/join")
    clock.now += timedelta(seconds=after)
    headers = {"Origin": BASE}
    data = {"csrf": token, "stamp": stamp, "email": NEW, "lists": BOTH}
    answer = browser.client.post("/join", base_url=BASE, data=data, headers=headers)
    assert answer.status_code == status
    if after < 3600 and status == 400:  # who was quick need only press once more
        assert stamp in answer.text


def test_no_word_of_who_asks_is_in_the_email(box, page):
    page(lists=[*BOTH, "Buy pills at evil.test"], name="Buy pills", subject="Buy pills")
    assert "pills" not in box.sent[0][1].as_string()


@pytest.mark.slow
def test_the_time_tells_nothing(desk, app, page):
    """The median of two hundred tries each differs by less than a fiftieth of a second (reference bar W7)."""
    join(desk, NEW, NURSES)

    def timed(email, number):
        began = time.perf_counter()
        page(email=email, address=f"198.51.{number // 250}.{number % 250}")
        return time.perf_counter() - began

    known, unknown = [], []
    app.extensions["later"] = Later()
    for number in range(200):
        known.append(timed(NEW, number))
        unknown.append(timed(f"stranger{number}@example.nhs.uk", number + 500))
    assert abs(median(known) - median(unknown)) < 0.02


class Later:
    """Does what nobody should wait for when everybody has gone: here, never."""

    def submit(self, *_):
        return Future()


@contextmanager
def without(desk, **changed):
    yield create_app(Newsroom(replace(desk, **changed), lambda: desk.config))


def test_without_a_mail_server_the_page_says_whom_to_write_to(desk):
    with without(desk, post=None) as app:
        text = get(app, "/join").text
    assert "Nobody can sign up here" in text
    assert "library@example.nhs.uk" in text


def test_a_list_that_was_closed_meanwhile_cannot_be_joined(desk, app, box, page):
    page(lists=["other/others"])
    path = desk.config.folder / "bulletins.yaml"
    path.write_text(newsroom.BULLETINS, encoding="utf-8")
    with without(desk, config=newsroom.settings(desk.config.folder)) as later:
        assert post(later, box.link()).status_code == 409
    assert desk.store.subscribers.by_email(NEW) is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [(ANN, MASKED), ("ab@x.org", "a…@x.org"), ("a@x.org", "a…@x.org"), ("abc@x.org", "a…c@x.org")],
)
def test_only_its_owner_knows_a_masked_address(address, shown):
    assert masked(address) == shown
