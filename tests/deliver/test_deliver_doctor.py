"""What the doctor says of the settings, a way at a time; and of a list, and of what is no email."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import newsroom
import pytest
from mail_stub import open_mail_server

from bulletin.errors import InputError
from bulletin.jobs import doctor, open_desk
from bulletin.model import Consent, Did, Light, Pace, Security, Smtp, Subscriber, Subscription, Way, Web

NHSMAIL = Smtp("smtp.office365.com", 587, "library@example.nhs.uk", "secret", Security.STARTTLS)
HERE = Smtp("127.0.0.1", 25, security=Security.NONE)
GOOD, LOOK, WRONG = Light.GOOD, Light.LOOK, Light.WRONG


@pytest.fixture
def clock():
    return newsroom.Clock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path, clock):
    with open_desk(newsroom.settings(newsroom.workspace(tmp_path, "https://example.org/feed")), clock) as desk:
        yield desk


def told(desk, about, **changes):
    """What is said about one thing, with other settings; the list of the newsroom goes to each person."""
    (bulletin,) = desk.config.bulletins
    changes = dict(changes)
    audience = replace(bulletin.lists[0], delivery="individual", **changes.pop("list", {}))
    lists = changes.pop("lists", (replace(bulletin, lists=(audience,)),))
    config = replace(desk.config, bulletins=lists, **changes)
    found = [one for one in doctor.settings(replace(desk, config=config), connects=False) if one.about == about]
    return [(one.light, one.words) for one in found]


def add(desk, many):
    for number in range(many):
        place = Subscription("update", "managers", desk.now())
        one = Subscriber(f"{number:016x}", f"r{number}@example.nhs.uk", added_at=desk.now(), subscriptions=(place,))
        consent = Consent("update", "managers", Did.JOINED, Way.DESK, "ann@example.nhs.uk", "asked", desk.now())
        desk.store.subscribers.add(one, [consent])


@pytest.mark.parametrize(
    ("about", "settings", "light", "words"),
    [
        ("Mail server", {}, WRONG, "set BULLETIN_SMTP_URL"),
        ("Mail server", {"lists": ()}, LOOK, "somebody sends by hand"),
        ("Mail server", {"smtp": NHSMAIL}, GOOD, "smtp.office365.com:587, by STARTTLS, without which no mail goes"),
        ("Mail server", {"smtp": HERE}, LOOK, "this very machine"),
        ("Pace", {"smtp": NHSMAIL}, GOOD, "25 a minute, 5000 a day"),
        ("Pace", {"smtp": NHSMAIL, "pace": Pace(a_minute=60)}, WRONG, "takes 30 a minute"),
        ("Pace", {"smtp": NHSMAIL, "pace": Pace(a_minute=0)}, WRONG, "as many as it takes a minute"),
        ("Pace", {"smtp": NHSMAIL, "pace": Pace(a_day=0)}, WRONG, "BULLETIN_MAIL_A_DAY to 5000"),
        ("Pace", {"smtp": HERE, "pace": Pace(a_minute=0)}, LOOK, "ask whoever runs the mail server"),
        ("From", {"smtp": NHSMAIL}, GOOD, "every list is from library@example.nhs.uk"),
        ("From", {"smtp": replace(NHSMAIL, user="other@nhs.net")}, WRONG, "lets other@nhs.net send as itself alone"),
        ("From", {"list": {"sender": "Library <wexbridge@gmail.com>"}}, WRONG, "nobody but its provider may send"),
        ("Returns", {}, LOOK, "nobody reads it there: set BULLETIN_BOUNCES"),
        ("Returns", {"bounces": "imaps://u:secret@mail.example.nhs.uk/INBOX"}, GOOD, "is read from a mailbox"),
        ("Returns", {"bounces": "file:///var/returned"}, GOOD, "is read from a folder"),
        ("Base URL", {}, WRONG, "set BULLETIN_BASE_URL"),
        ("Base URL", {"lists": ()}, LOOK, "set BULLETIN_BASE_URL"),
        ("Base URL", {"web": Web("https://bulletin.example.nhs.uk")}, GOOD, "open it from a telephone"),
        ("Base URL", {"web": Web("https://newsroom")}, LOOK, "your own network alone"),
        ("Base URL", {"web": Web("https://10.0.0.7")}, LOOK, "your own network alone"),
        ("Secrets", {"old_secret_keys": ("x" * 32,)}, GOOD, "1 older secret are still taken"),
        ("Lists", {}, LOOK, "Managers of Wexbridge Update has nobody on it"),
        ("Lists", {"lists": ()}, WRONG, "no bulletin in bulletins.yaml"),
        ("Sign-up", {"list": {"sign_up": ("example.nhs.uk",)}}, WRONG, "no email can ask them to confirm"),
    ],
)
def test_each_setting_is_judged_in_words_that_say_what_to_do(desk, about, settings, light, words):
    first = told(desk, about, **settings)[0]
    assert first[0] is light
    assert words in first[1]


def test_exchange_refuses_another_address_on_the_envelope(desk):
    found = told(desk, "Returns", smtp=NHSMAIL, bounce_address="bounces@example.nhs.uk")
    assert (WRONG, True) in [(light, "take BULLETIN_BOUNCE_ADDRESS out" in words) for light, words in found]
    assert all(light is not WRONG for light, _ in told(desk, "Returns", smtp=HERE, bounce_address="b@example.nhs.uk"))


def test_returns_of_another_domain_leave_all_to_dkim(desk):
    assert "all rests on DKIM" in told(desk, "Returns", bounce_address="b@mailer.example.org")[-1][1]


@pytest.mark.parametrize(
    ("domains", "privacy", "lights"),
    [
        (("example.nhs.uk",), "https://example.nhs.uk/privacy", [GOOD]),
        (("example.nhs.uk",), "", [GOOD, LOOK]),
        (("anyone",), "https://example.nhs.uk/privacy", [LOOK]),
    ],
)
def test_who_may_sign_up_is_told_with_the_notice_they_are_shown(desk, domains, privacy, lights):
    library = replace(desk.config.library, privacy=privacy)
    found = told(desk, "Sign-up", smtp=HERE, library=library, list={"sign_up": domains})
    assert [light for light, _ in found] == lights


def test_a_list_with_many_people_wants_a_test_every_day(desk, clock):
    add(desk, 11)
    assert told(desk, "Tests")[0][0] is LOOK
    desk.store.tested.add("update", "managers", "ann@example.nhs.uk", clock.now)
    assert told(desk, "Tests") == []
    assert "has 11 people" in told(desk, "Lists")[0][1]
    clock.now += timedelta(hours=24)
    assert told(desk, "Tests")[0][0] is LOOK


def test_no_secret_is_told(desk):
    secret = "four quiet otters swim in the reeds"
    settings = {
        "smtp": replace(NHSMAIL, password=secret),
        "bounces": f"imaps://u:{secret}@mail.example.nhs.uk/INBOX",
        "old_secret_keys": (secret,),
    }
    config = replace(desk.config, **settings)
    found = doctor.settings(replace(desk, config=config), connects=False)
    assert not any(secret in one.words for one in found)


def test_the_mail_server_is_asked_and_gets_no_mail(desk):
    with open_mail_server() as server:
        smtp = Smtp(server.host, server.port, security=Security.NONE)
        found = doctor.settings(replace(desk, config=replace(desk.config, smtp=smtp)))
        assert [(one.light, "wants no log-in" in one.words) for one in found if one.about == "Log-in"] == [
            (GOOD, True)
        ]
        assert server.taken == []
    found = doctor.settings(replace(desk, config=replace(desk.config, smtp=smtp)))
    assert [one.light for one in found if one.about == "Log-in"] == [WRONG]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", r"Outlook's own kind \(\.msg\)"),
        (b"x" * 5_000_001, "over 5 MB"),
    ],
)
def test_what_is_no_email_is_told_in_one_line(content, words):
    with pytest.raises(InputError, match=words):
        doctor.examined(content)
