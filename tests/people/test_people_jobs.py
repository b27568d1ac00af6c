"""Signing in, choosing passwords and looking after people, at a desk without pages."""

import email
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.policy import default

import newsroom
import pyotp
import pytest
from argon2 import PasswordHasher

from bulletin.errors import InputError, StoreError, UnknownError, WaitError
from bulletin.jobs import open_desk, people, record
from bulletin.model import Grant, Role, Web
from bulletin.people import passwords, tokens
from bulletin.people.tokens import Keys

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANN, PASSWORD, BETTER = "ann@example.nhs.uk", "four quiet otters swim", "seven loud herons wade"
KEYS = Keys(b"k" * 32)

pytestmark = pytest.mark.usefixtures("quick_hashes")


def visitor(address: str = "192.0.2.1") -> people.Visitor:
    return people.Visitor(KEYS, address, "Firefox on Windows")


@dataclass
class Box:
    """A post office that keeps what it is given."""

    sent: list[tuple[str, str, bytes]] = field(default_factory=list)

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        self.sent.append((sender, recipient, message))

    def link(self) -> str:
        """The token in the last letter."""
        text = email.message_from_bytes(self.sent[-1][2], policy=default).get_content().replace("\r", "")
        return re.search(r"^http://127\.0\.0\.1:8080/password/new/([\w-]{43})$", text, re.MULTILINE)[1]


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def desk(tmp_path, clock, box):
    config = newsroom.settings(newsroom.workspace(tmp_path, "https://example.org/feed"))
    with open_desk(replace(config, database_url="sqlite://"), clock) as desk:
        yield replace(desk, post=box)


@pytest.fixture
def ann(desk):
    return people.add_editor(desk, people.AT_TERMINAL, ANN, "Ann", [Grant(Role.ADMIN)], PASSWORD)


@pytest.fixture
def app(desk, ann, clock):
    """The authenticator app on Ann's telephone, which is set up."""
    setup = people.set_up(desk, ann)
    app = pyotp.TOTP(setup.secret)
    people.confirm_second_step(desk, ann, setup.secret, app.at(clock.now))
    clock.now += timedelta(minutes=2)
    return app


def sign_in(desk, password=PASSWORD, address="192.0.2.1", who=ANN):
    return people.sign_in(desk, visitor(address), who, password)


def did(desk):
    return [one.did for one in desk.store.deeds.all()]


def test_the_right_password_lets_in_and_the_token_proves_it(desk, ann):
    admitted = sign_in(desk, who=" Ann@Example.NHS.uk ")
    assert admitted.is_whole
    found = people.session(desk, admitted.token)
    assert (found.editor, found.browser) == (ann, "Firefox on Windows")
    assert people.session(desk, "another token") is None
    assert did(desk) == ["added a person", "logged in"]


@pytest.mark.parametrize("who", [ANN, "nobody@example.nhs.uk", "no address", "", "ann@example.nhs.uk\0"])
def test_whatever_was_wrong_the_words_are_the_same(desk, ann, who):
    with pytest.raises(InputError) as refused:
        sign_in(desk, "wrong password", who=who)
    assert str(refused.value) == "the email address or the password is not right, or there is no such account"


def test_who_is_disabled_or_has_no_password_is_refused_in_the_same_words(desk, ann):
    people.add_editor(desk, ANN, "bo@example.nhs.uk", "Bo", [Grant(Role.EDITOR)], PASSWORD)
    people.add_editor(desk, ANN, "cy@example.nhs.uk", "Cy", [Grant(Role.EDITOR)])
    people.disable(desk, ANN, people.find_editor(desk, "bo@example.nhs.uk"))
    for who, password in (("bo@example.nhs.uk", PASSWORD), ("cy@example.nhs.uk", "")):
        with pytest.raises(InputError, match="not right, or there is no such account"):
            sign_in(desk, password, who=who)


def test_every_try_is_hashed_once_known_or_not(desk, ann, monkeypatch):
    """So that the time is the same; the time itself is measured in the tests of passwords."""
    asked = []
    monkeypatch.setattr(passwords, "fits", lambda password, kept: asked.append(bool(kept)))
    for who in (ANN, "nobody@example.nhs.uk", "no address"):
        with pytest.raises(InputError):
            sign_in(desk, "wrong", who=who)
    assert asked == [True, False, False]


def evaluated(desk, monkeypatch, tries) -> int:
    """How many of these tries, address by account, had their password looked at."""
    looked = []
    monkeypatch.setattr(passwords, "fits", lambda *_: looked.append(1) and False)
    for address, who in tries:
        with pytest.raises(InputError):
            sign_in(desk, "wrong", address, who)
    return len(looked)


@pytest.mark.parametrize(
    ("tries", "looked_at"),
    [
        pytest.param([("192.0.2.1", ANN)] * 100, 5, id="one account"),
        pytest.param([(f"192.0.2.{n}", ANN) for n in range(100)], 5, id="one account from many addresses"),
        pytest.param([("192.0.2.1", f"n{n}@example.org") for n in range(1000)], 20, id="many accounts, one address"),
        pytest.param([("192.0.2.1", "nobody@example.org")] * 100, 5, id="one account that is none"),
    ],
)
def test_few_of_many_tries_are_looked_at(desk, ann, monkeypatch, tries, looked_at):
    assert evaluated(desk, monkeypatch, tries) == looked_at


def fail(desk, times: int, **more) -> None:
    for _ in range(times):
        with pytest.raises(InputError):
            sign_in(desk, "wrong", **more)


def test_too_many_tries_must_wait_and_are_told_how_long_even_with_the_right_password(desk, ann, clock):
    fail(desk, 5)
    with pytest.raises(WaitError, match="there were too many tries: try again in 15 minutes"):
        sign_in(desk)
    clock.now += timedelta(minutes=15)
    assert sign_in(desk).is_whole


def test_who_got_in_begins_to_count_anew(desk, ann):
    for _ in range(4):
        fail(desk, 4)
        sign_in(desk)


def test_getting_in_does_not_clear_what_an_address_did_to_others(desk, ann):
    for number in range(19):
        fail(desk, 1, who=f"n{number}@example.org")
    sign_in(desk)
    fail(desk, 1, who="n20@example.org")
    with pytest.raises(WaitError):
        sign_in(desk)


def test_the_store_keeps_no_address_of_who_failed(desk, ann, tmp_path):
    fail(desk, 1, who="stranger@example.org", address="198.51.100.77")
    with desk.store._database.read() as connection:
        dump = str([*connection.connection.iterdump()])
    assert "stranger" not in dump
    assert "198.51.100.77" not in dump


def test_failures_are_on_record_as_counts(desk, ann):
    fail(desk, 3)
    sign_in(desk)
    fail(desk, 5)
    fail(desk, 5, who="nobody@example.org")
    told = [(one.what, one.after) for one in desk.store.deeds.all()][1:]
    assert told == [
        (ANN, "with a password; failed tries before it: 3"),
        (ANN, "5 times in a day"),
        ("an unknown account", "5 times in a day"),
    ]


def test_a_password_kept_with_too_little_care_is_hashed_anew_at_log_in(desk, ann, monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = desk.store.editors.password(ann.id)
    sign_in(desk)
    after = desk.store.editors.password(ann.id)
    assert passwords.is_stale(before)
    assert not passwords.is_stale(after)
    assert sign_in(desk).is_whole


@pytest.mark.parametrize(("hours", "there"), [(0.99, True), (1, False)])
def test_a_session_ends_when_nobody_is_there_for_an_hour(desk, ann, clock, hours, there):
    token = sign_in(desk).token
    clock.now += timedelta(hours=hours)
    assert (people.session(desk, token) is not None) is there


def test_a_session_ends_after_half_a_day_however_busy(desk, ann, clock):
    token = sign_in(desk).token
    for _ in range(23):
        clock.now += timedelta(minutes=30)
        assert people.session(desk, token)
    clock.now += timedelta(minutes=30)
    assert people.session(desk, token) is None


def test_being_there_is_written_down_every_five_minutes_and_not_more(desk, ann, clock, monkeypatch):
    token, seen = sign_in(desk).token, []
    monkeypatch.setattr(desk.store.sessions, "seen", lambda _, at: seen.append(at))
    for minutes in (1, 3, 1):
        clock.now += timedelta(minutes=minutes)
        people.session(desk, token)
    assert seen == [NOW + timedelta(minutes=5)]


def test_who_is_there_stays_while_somebody_else_writes_for_long(desk, ann, clock, monkeypatch):
    def busy(*_):
        raise StoreError("another bulletin command is writing; try again in a moment")

    token = sign_in(desk).token
    clock.now += timedelta(minutes=6)
    monkeypatch.setattr(desk.store.sessions, "seen", busy)
    assert people.session(desk, token).editor == ann


def test_log_out_ends_the_session(desk, ann):
    token, other = sign_in(desk).token, sign_in(desk).token
    people.sign_out(desk, people.session(desk, token))
    assert people.session(desk, token) is None
    assert people.session(desk, other) is not None
    assert did(desk)[-1] == "logged out"


def test_with_a_second_step_the_password_alone_lets_nobody_in(desk, app, clock):
    admitted = sign_in(desk)
    assert not admitted.is_whole
    assert people.session(desk, admitted.token) is None
    assert did(desk) == ["added a person", "turned on the second step at log-in"]
    token = people.confirm_code(desk, visitor(), admitted.token, app.at(clock.now))
    assert people.session(desk, token).editor.has_totp
    assert desk.store.deeds.latest()[0].after == "with a password and a code"


def test_a_code_cannot_be_used_twice(desk, app, clock):
    code = app.at(clock.now)
    people.confirm_code(desk, visitor(), sign_in(desk).token, code)
    with pytest.raises(InputError, match="was used before"):
        people.confirm_code(desk, visitor(), sign_in(desk).token, code)


def test_the_code_that_set_it_up_does_not_let_in(desk, ann, clock):
    setup = people.set_up(desk, ann)
    code = pyotp.TOTP(setup.secret).at(clock.now)
    people.confirm_second_step(desk, ann, setup.secret, code)
    with pytest.raises(InputError, match="was used before"):
        people.confirm_code(desk, visitor(), sign_in(desk).token, code)


def test_the_second_step_must_follow_within_ten_minutes_and_its_token_serves_once(desk, app, clock):
    admitted = sign_in(desk)
    clock.now += timedelta(minutes=10)
    with pytest.raises(InputError, match="begin again with your password"):
        people.confirm_code(desk, visitor(), admitted.token, app.at(clock.now))
    admitted = sign_in(desk)
    people.confirm_code(desk, visitor(), admitted.token, app.at(clock.now))
    clock.now += timedelta(minutes=1)
    with pytest.raises(InputError, match="begin again with your password"):
        people.confirm_code(desk, visitor(), admitted.token, app.at(clock.now))


def test_codes_cannot_be_guessed_by_logging_in_again_and_again(desk, app, clock):
    for _ in range(5):
        with pytest.raises(InputError):
            people.confirm_code(desk, visitor(), sign_in(desk).token, "000000")
    with pytest.raises(WaitError):
        people.confirm_code(desk, visitor(), sign_in(desk).token, app.at(clock.now))


def test_each_recovery_code_lets_in_once(desk, app, ann):
    first, second, *_ = people.new_codes(desk, people.find_editor(desk, ANN))
    people.confirm_code(desk, visitor(), sign_in(desk).token, first.upper())
    assert desk.store.deeds.latest()[0].after == "with a password and a recovery code (left: 9)"
    with pytest.raises(InputError):
        people.confirm_code(desk, visitor(), sign_in(desk).token, first)
    people.confirm_code(desk, visitor(), sign_in(desk).token, second)


def test_a_wrong_code_does_not_turn_the_second_step_on(desk, ann):
    setup = people.set_up(desk, ann)
    with pytest.raises(InputError, match="not the code of the moment"):
        people.confirm_second_step(desk, ann, setup.secret, "000000")
    assert desk.store.editors.second_step(ann.id) is None
    with pytest.raises(InputError, match="turn it on first"):
        people.new_codes(desk, ann)


@pytest.mark.parametrize(
    ("setting", "roles", "forced"),
    [("", "admin", False), ("admin", "admin", True), ("admin", "approver", False), ("all", "viewer:update", True)],
)
def test_a_second_step_is_forced_by_the_setting(desk, setting, roles, forced):
    desk = replace(desk, config=replace(desk.config, web=Web(require_totp=setting)))
    one = people.add_editor(desk, "", ANN, "Ann", people.grants_from([roles]))
    assert people.is_forced(desk, one) is forced
    assert not people.is_forced(desk, replace(one, has_totp=True))


def test_a_link_is_mailed_to_the_address_of_the_account_and_to_no_other(desk, ann, box):
    people.send_reset(desk, people.ask_for_link(desk, visitor(), "ANN@example.nhs.uk "))
    ((sender, recipient, message),) = box.sent
    assert (sender, recipient) == ("library@example.nhs.uk", ANN)
    letter = email.message_from_bytes(message, policy=default)
    assert (letter["To"], letter["Subject"], letter["Auto-Submitted"]) == (
        ANN,
        "Choose a new password",
        "auto-generated",
    )
    assert "Wexbridge Library" in letter.get_content()
    assert people.link_owner(desk, box.link()) == ann


@pytest.mark.parametrize("typed", ["nobody@example.org", "no address", "ANN@example.nhs.uk.evil.test", "änn@x.org"])
def test_no_mail_goes_to_whom_we_do_not_know(desk, ann, box, typed):
    people.send_reset(desk, people.ask_for_link(desk, visitor(), typed))
    assert box.sent == []
    assert did(desk) == ["added a person"]


def test_no_link_goes_to_who_is_disabled(desk, ann, box):
    bo = people.add_editor(desk, ANN, "bo@example.nhs.uk", "Bo", [Grant(Role.EDITOR)])
    people.disable(desk, ANN, bo)
    people.send_reset(desk, "bo@example.nhs.uk")
    assert box.sent == []


@pytest.mark.parametrize("who", [ANN, "nobody@example.nhs.uk"])
def test_links_cannot_be_asked_for_without_end(desk, ann, who):
    for _ in range(5):
        people.ask_for_link(desk, visitor(), who)
    with pytest.raises(WaitError):
        people.ask_for_link(desk, visitor("192.0.2.99"), who)


def test_a_link_serves_once_for_an_hour_and_ends_every_session(desk, ann, box, clock):
    before = sign_in(desk).token
    people.send_reset(desk, ANN)
    clock.now += timedelta(minutes=59)
    assert people.choose_password(desk, visitor(), box.link(), BETTER) == ann
    assert people.session(desk, before) is None
    assert sign_in(desk, BETTER).is_whole
    with pytest.raises(InputError):
        sign_in(desk)
    with pytest.raises(UnknownError, match="this link was used before, or is too old"):
        people.choose_password(desk, visitor(), box.link(), PASSWORD)


def test_an_old_link_does_nothing(desk, ann, box, clock):
    people.send_reset(desk, ANN)
    clock.now += timedelta(hours=1)
    assert people.link_owner(desk, box.link()) is None
    with pytest.raises(UnknownError):
        people.choose_password(desk, visitor(), box.link(), BETTER)
    assert sign_in(desk).is_whole


def test_a_weak_password_does_not_use_the_link_up(desk, ann, box):
    people.send_reset(desk, ANN)
    for _ in range(6):
        with pytest.raises(InputError, match="too easy to guess"):
            people.choose_password(desk, visitor(), box.link(), "wexbridge library")
    people.choose_password(desk, visitor(), box.link(), BETTER)


def test_the_second_step_stays_when_a_password_is_chosen_by_a_link(desk, app, box):
    people.send_reset(desk, ANN)
    people.choose_password(desk, visitor(), box.link(), BETTER)
    assert not sign_in(desk, BETTER).is_whole


def test_choosing_by_a_link_lets_in_who_was_kept_out(desk, ann, box):
    fail(desk, 5)
    people.send_reset(desk, ANN)
    people.choose_password(desk, visitor(), box.link(), BETTER)
    assert sign_in(desk, BETTER).is_whole


def test_links_cannot_be_guessed_without_end(desk, ann, box):
    people.send_reset(desk, ANN)
    for _ in range(20):
        with pytest.raises(UnknownError):
            people.choose_password(desk, visitor(), tokens.new_token(), BETTER)
    with pytest.raises(WaitError):
        people.choose_password(desk, visitor(), box.link(), BETTER)


def test_no_token_serves_for_another_purpose(desk, app, box, clock):
    step = sign_in(desk).token
    people.send_reset(desk, ANN)
    link = box.link()
    assert people.link_owner(desk, step) is None
    assert people.session(desk, step) is None
    assert people.session(desk, link) is None
    with pytest.raises(InputError):
        people.confirm_code(desk, visitor(), link, app.at(clock.now))


def test_an_invitation_is_good_for_three_days_and_a_later_link_for_an_hour(desk, ann, box, clock):
    bo = people.add_editor(desk, ANN, "bo@example.nhs.uk", "Bo", [Grant(Role.EDITOR)])
    assert people.send_invitation(desk, ANN, bo)
    clock.now += timedelta(days=3, minutes=-1)
    people.choose_password(desk, visitor(), box.link(), BETTER)
    people.send_invitation(desk, ANN, bo)
    clock.now += timedelta(hours=1)
    assert people.link_owner(desk, box.link()) is None


def test_without_a_mail_server_nobody_is_invited(desk, ann):
    alone = replace(desk, post=None)
    assert not people.send_invitation(alone, ANN, ann)
    people.send_reset(alone, ANN)
    assert did(desk) == ["added a person"]


def test_a_changed_password_ends_every_session_and_begins_one(desk, ann):
    old = sign_in(desk).token
    new = people.change_password(desk, visitor(), ann, BETTER)
    assert people.session(desk, old) is None
    assert people.session(desk, new).editor == ann
    with pytest.raises(InputError, match="too short"):
        people.change_password(desk, visitor(), ann, "short")


def test_proving_it_again_is_limited_like_logging_in(desk, ann):
    people.check_password(desk, visitor(), ann, PASSWORD)
    for _ in range(5):
        with pytest.raises(InputError, match="this is not your password"):
            people.check_password(desk, visitor(), ann, "wrong")
    with pytest.raises(WaitError):
        people.check_password(desk, visitor(), ann, PASSWORD)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "give at least one role"),
        (["boss"], "no role 'boss': there are viewer, editor, approver, admin"),
        (["editor:nope"], "no bulletin 'nope'"),
        (["admin:update"], "an admin is admin of every bulletin"),
    ],
)
def test_roles_that_there_are_not_are_refused(desk, words, reason):
    with pytest.raises(InputError, match=reason):
        people.add_editor(desk, "", ANN, "Ann", people.grants_from(words), PASSWORD)
    assert desk.store.editors.list() == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "Ann\x07", "Ann\u202e"])
def test_a_name_must_be_seen_to_be_one(desk, name):
    with pytest.raises(InputError, match="a name has between"):
        people.add_editor(desk, "", ANN, name, [Grant(Role.ADMIN)])


def test_nobody_is_added_twice_or_with_a_weak_password(desk, ann):
    with pytest.raises(InputError, match="has an account already"):
        people.add_editor(desk, "", "ANN@example.nhs.uk", "Other", [Grant(Role.ADMIN)], PASSWORD)
    with pytest.raises(InputError, match="too easy to guess"):
        people.add_editor(desk, "", "bo@example.nhs.uk", "Bo", [Grant(Role.ADMIN)], "password1234")


def test_an_admin_cannot_lock_themselves_out(desk, ann):
    people.add_editor(desk, ANN, "bo@example.nhs.uk", "Bo", [Grant(Role.ADMIN)])
    with pytest.raises(InputError, match="you cannot take your own admin role away"):
        people.set_grants(desk, ANN, ann, [Grant(Role.EDITOR)])
    with pytest.raises(InputError, match="you cannot disable your own account"):
        people.disable(desk, ANN, ann)
    people.set_grants(desk, ANN, ann, [Grant(Role.ADMIN), Grant(Role.APPROVER, "update")])


def test_what_is_done_with_people_stands_in_the_record(desk, ann):
    bo = people.add_editor(desk, ANN, "bo@example.nhs.uk", "Bo", people.grants_from(["editor:update", "viewer"]))
    people.set_grants(desk, ANN, bo, [Grant(Role.APPROVER)])
    people.rename(desk, ANN, bo, " Bo   Bell ")
    people.set_password(desk, ANN, bo, BETTER)
    people.end_sessions(desk, ANN, bo)
    people.disable(desk, ANN, bo)
    people.enable(desk, ANN, bo)
    people.stop_second_step(desk, ANN, bo)
    record(desk, ANN, "approved", "update-2026-11-23", after="sha256")
    told = [(one.who, one.did, one.what, one.before, one.after) for one in desk.store.deeds.all()][1:]
    assert told == [
        (ANN, "added a person", bo.email, "", "editor:update, viewer"),
        (ANN, "changed the roles of a person", bo.email, "editor:update, viewer", "approver"),
        (ANN, "changed a name", bo.email, "Bo", "Bo Bell"),
        (ANN, "set a password", bo.email, "", ""),
        (ANN, "ended the sessions of a person", bo.email, "", ""),
        (ANN, "disabled a person", bo.email, "", ""),
        (ANN, "enabled a person", bo.email, "", ""),
        (ANN, "turned off the second step at log-in", bo.email, "", ""),
        (ANN, "approved", "update-2026-11-23", "", "sha256"),
    ]
    verdict = people.verify(desk)
    assert (verdict.lines, verdict.broken) == (10, None)
    assert verdict.seal == desk.store.deeds.latest()[0].digest


def test_no_secret_is_in_the_database_but_that_of_the_second_step(desk, ann, app, box, clock):
    secrets = [PASSWORD, BETTER, *people.new_codes(desk, people.find_editor(desk, ANN))]
    step = sign_in(desk).token
    token = people.confirm_code(desk, visitor(), step, app.at(clock.now))
    people.send_reset(desk, ANN)
    people.choose_password(desk, visitor(), box.link(), BETTER)
    with desk.store._database.read() as connection:
        dump = str([*connection.connection.iterdump()])
    assert [secret for secret in [*secrets, step, token, box.link()] if secret in dump] == []


def test_a_person_who_is_not_here_is_told_with_the_nearest_who_is(desk, ann):
    with pytest.raises(UnknownError, match=r"nobody here has the address anne@example\.nhs\.uk: did you mean 'ann@"):
        people.find_editor(desk, "anne@example.nhs.uk")
