"""`bulletin outbox`, `test` and `doctor` at a terminal: what is said, who may, and with which exit code it ends."""

import json
from datetime import timedelta
from pathlib import Path

import editing
import newsroom
import pytest
from editing import DIGEST

from bulletin import cli, jobs
from bulletin.model import Grant, Halt, Role, State, Subscriber, Subscription
from bulletin.store.outbox.restored import OLDER
from bulletin.store.outbox.tables import due, ending

NAMES = ("ada", "ben", "cai")
RECEIVED = Path(__file__).parent / "received"


@pytest.fixture
def place(tmp_path):
    """A workspace whose digest is approved for three people; eve approves it, amy everything, ann edits."""
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        for name, grant in (
            ("eve", Grant(Role.APPROVER, "digest")),
            ("amy", Grant(Role.ADMIN)),
            ("ann", Grant(Role.EDITOR)),
        ):
            jobs.people.add_editor(desk, "test", f"{name}@example.nhs.uk", name.title(), [grant])
        for number, name in enumerate(NAMES, 1):
            lists = (Subscription("digest", "all", desk.now()),)
            one = Subscriber(
                f"{number:016x}", f"{name}@example.org", name.title(), added_at=desk.now(), subscriptions=lists
            )
            desk.store.subscribers.add(one, [])
        editing.approve(desk, DIGEST)
    return tmp_path


@pytest.fixture
def at_desk(place):
    """Do something with the desk of that workspace."""

    def do(what):
        with jobs.open_desk(newsroom.settings(place)) as desk:
            return what(desk)

    return do


def end(desk, number, state, words="the sender stopped"):
    with desk.store._database.write() as connection:
        connection.execute(due.delete().where(due.c.delivery == number))
        row = {"delivery": number, "state": state, "at": desk.now(), "words": words, "by": ""}
        connection.execute(ending.insert().values(row))


def counts(desk):
    return {state.value: count for state, count in jobs.deliver.states(desk, DIGEST).items()}


def by(name="eve"):
    return "--by", f"{name}@example.nhs.uk"


@pytest.mark.parametrize("words", [("outbox",), ("outbox", DIGEST), ("outbox", "show", DIGEST)])
def test_it_is_shown_how_far_an_edition_is(bulletin, words):
    code, out, _ = bulletin(*words)
    assert code == 0
    assert f"{DIGEST}: 3 emails" in out
    assert "waiting" in out
    assert "about a minute" in out


def test_in_json_every_state_is_there_with_its_count(bulletin):
    told = json.loads(bulletin("outbox", "--json")[1])
    (one,) = told["editions"]
    assert one["people"] == sum(one["states"].values()) == 3
    assert set(one["states"]) == {state.value for state in State}
    assert told["halts"] == []


def test_nothing_on_its_way_is_said(bulletin, at_desk):
    at_desk(lambda desk: jobs.deliver.cancel(desk, DIGEST, "eve@example.nhs.uk"))
    assert bulletin("outbox")[1].startswith("Nothing is on its way.")


def test_an_edition_is_held_and_let_go_on(bulletin, at_desk):
    assert bulletin("outbox", "pause", DIGEST, *by())[0] == 0
    assert f"{DIGEST} is held by eve@example.nhs.uk" in bulletin("outbox")[1]
    assert bulletin("outbox", "resume", DIGEST, *by())[1] == f"{DIGEST} may go on.\n"
    code, _, err = bulletin("outbox", "resume", DIGEST, *by())
    assert (code, "nothing holds it" in err) == (2, True)


def test_everything_is_held_by_who_approves_everything(bulletin):
    assert bulletin("outbox", "pause", "--all", *by("eve"))[0] == 2
    assert bulletin("outbox", "pause", "--all", *by("amy"))[0] == 0
    bulletin("outbox", "pause", DIGEST, *by())
    assert "everything is held too" in bulletin("outbox", "resume", DIGEST, *by())[1]
    assert bulletin("outbox", "resume", "--all", *by("amy"))[0] == 0


@pytest.mark.parametrize("words", [("pause",), ("pause", DIGEST, "--all"), ("cancel", "--yes")])
def test_one_names_an_edition_or_all(bulletin, words):
    code, _, err = bulletin("outbox", *words, *by("amy"))
    assert (code, "name an edition, or --all" in err) == (2, True)


def test_cancelling_says_how_many(bulletin, at_desk):
    code, out, _ = bulletin("outbox", "cancel", DIGEST, "--yes", *by())
    assert (code, out) == (0, "3 emails cancelled.\n")
    assert at_desk(counts) == {"cancelled": 3}


def test_cancelling_asks_first(bulletin, at_desk, monkeypatch):
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert bulletin("outbox", "cancel", DIGEST, *by())[0] == 1
    assert at_desk(counts) == {"waiting": 3}


@pytest.mark.parametrize(("how", "state"), [("sent", "sent"), ("again", "waiting")])
def test_a_doubt_is_listed_and_settled(bulletin, at_desk, how, state):
    at_desk(lambda desk: end(desk, 1, State.IN_DOUBT))
    assert "1  digest-" in bulletin("outbox", "doubts")[1]
    assert "Ada <ada@example.org>" in bulletin("outbox", "doubts", DIGEST)[1]
    assert json.loads(bulletin("outbox", "doubts", "--json")[1])["words"] == "the sender stopped"
    assert bulletin("outbox", "settle", "1", how, *by())[0] == 0
    assert at_desk(counts).get(state, 0) >= 1
    assert bulletin("outbox", "settle", "1", how, *by())[0] == 2
    assert bulletin("outbox", "doubts")[1] == "Nothing is in doubt.\n"


def test_what_failed_is_listed_and_tried_again(bulletin, at_desk):
    at_desk(lambda desk: end(desk, 2, State.FAILED, "550 gone"))
    assert "550 gone" in bulletin("outbox", "failures")[1]
    assert bulletin("outbox", "again", "2", *by())[0] == 0
    assert at_desk(counts) == {"waiting": 3}
    assert bulletin("outbox", "failures")[1] == "Nothing has failed.\n"


def test_who_does_not_approve_settles_nothing(bulletin, at_desk):
    at_desk(lambda desk: end(desk, 1, State.IN_DOUBT))
    for words in (("settle", "1", "sent"), ("pause", DIGEST), ("cancel", DIGEST, "--yes")):
        code, _, err = bulletin("outbox", *words, *by("ann"))
        assert (code, "ann@example.nhs.uk does not approve digest" in err) == (2, True)
    assert bulletin("outbox", "settle", "77", "sent", *by())[0] == 2


def test_after_a_restore_somebody_who_approves_everything_says_yes(bulletin, at_desk):
    at_desk(lambda desk: desk.store.restored.hold(f"{OLDER} (1 email)", desk.now()))
    assert "Everything is held since" in bulletin("outbox")[1]
    assert bulletin("outbox", "restored", *by("eve"))[0] == 2
    assert bulletin("outbox", "restored", *by("amy"))[0] == 0
    assert bulletin("outbox", "restored", *by("amy"))[0] == 2


def test_a_hold_of_the_machine_is_told_in_its_words(bulletin, at_desk):
    at_desk(lambda desk: desk.store.outbox.hold(Halt(0, DIGEST, editing.NOW, "", "550 5.7.1 policy")))
    out = bulletin("outbox")[1]
    assert f"{DIGEST} is held since {editing.NOW:%d %B, %H:%M} UTC: 550 5.7.1 policy" in " ".join(out.split())


def test_a_test_goes_to_a_folder_and_counts(bulletin, place, at_desk):
    folder = f"file://{place}/outgoing"
    code, out, _ = bulletin("test", DIGEST, "--list", "all", "--to", " Eve@Example.NHS.uk", BULLETIN_SMTP_URL=folder)
    assert code == 0
    assert "A test went to" in out
    (file,) = (place / "outgoing").glob("*.eml")
    content = file.read_bytes()
    assert b"To: <eve@example.nhs.uk>" in content or b"To: eve@example.nhs.uk" in content
    assert b".test-" in content
    assert "all" in at_desk(lambda desk: desk.store.tested.latest("digest", ["all"]))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--list", "all", "--to", "nobody"), "an email address looks like"),
        (("--list", "none", "--to", "eve@example.nhs.uk"), "has no list 'none'"),
        (("--list", "all", "--to", "eve@example.nhs.uk"), "BULLETIN_SMTP_URL"),
    ],
)
def test_a_test_that_cannot_be_sent_is_told_in_one_line(bulletin, place, more, words):
    settings = {} if "SMTP" in words else {"BULLETIN_SMTP_URL": f"file://{place}/outgoing"}
    code, _, err = bulletin("test", DIGEST, *more, **settings)
    assert (code, len(err.splitlines()), words in err) == (2, 1, True)


def test_the_doctor_judges_the_settings_and_ends_with_1_when_something_is_wrong(bulletin):
    code, out, _ = bulletin("doctor")
    assert code == 1
    assert "WRONG  Mail server: none is named" in out
    told = json.loads(bulletin("doctor", "--json", "--offline")[1])
    assert told["worst"] == "wrong"
    assert {one["light"] for one in told["remarks"]} <= {"good", "look", "wrong"}


def test_the_doctor_examines_files_and_needs_no_workspace(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["-C", str(tmp_path / "nowhere"), "doctor", str(RECEIVED / "gmail-good.eml")])
    assert stopped.value.code == 0
    assert "good   Gmail: nothing in this email stands in the way" in capsys.readouterr().out


def test_the_doctor_tells_each_file_in_json(bulletin):
    code, out, _ = bulletin("doctor", "--json", *map(str, sorted(RECEIVED.glob("gmail-*.eml"))))
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert len(told) == len(list(RECEIVED.glob("gmail-*.eml")))
    assert {"NHSmail", "Gmail", "Outlook"} == set(told[0]["verdicts"])


def test_the_doctor_sends_a_test_first(bulletin, place):
    who, folder = ("--to", "eve@example.nhs.uk"), f"file://{place}/outgoing"
    code, out, _ = bulletin("doctor", "--send-test", f"{DIGEST}/all", *who, BULLETIN_SMTP_URL=folder)
    assert "A test went to eve@example.nhs.uk" in out
    assert len(list((place / "outgoing").glob("*.eml"))) == 1
    assert code in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("--send-test", "x"),
        ("--send-test", "a/b"),
        ("x.eml",),
        (str(RECEIVED / "gmail-good.eml"), "--send-test", "a/b"),
    ],
)
def test_the_doctor_says_what_it_cannot_read(bulletin, words):
    code, _, err = bulletin("doctor", *words)
    assert (code, len(err.splitlines())) == (2, 1)


@pytest.mark.parametrize(("more", "is_wanted"), [(7, False), (8, True)])
def test_a_list_of_more_than_ten_wants_a_test_of_the_last_day(place, more, is_wanted):
    clock = newsroom.Clock(editing.NOW + timedelta(days=2))
    with jobs.open_desk(newsroom.settings(place), clock) as desk:
        jobs.take_back(desk, DIGEST, "eve")
        for number in range(10, 10 + more):
            lists = (Subscription("digest", "all", desk.now()),)
            desk.store.subscribers.add(
                Subscriber(f"{number:016x}", f"r{number}@example.org", added_at=desk.now(), subscriptions=lists), []
            )
        assert any("a test of" in one for one in jobs.plan(desk, DIGEST, "eve").faults) is is_wanted
        desk.store.tested.add("digest", "all", "eve@example.nhs.uk", clock.now - timedelta(hours=23))
        assert not any("a test of" in one for one in jobs.plan(desk, DIGEST, "eve").faults)


def test_now_sends_before_the_hour(place, bulletin):
    with jobs.open_desk(newsroom.settings(place)) as desk, desk.store._database.write() as connection:
        connection.execute(due.update().values(at=desk.now() + timedelta(days=1)))
    assert bulletin("outbox", "now", DIGEST, "--by", "ann@example.nhs.uk")[0] == 2
    code, out, _ = bulletin("outbox", "now", DIGEST, "--by", "eve@example.nhs.uk")
    assert (code, out) == (0, "3 emails may go now: where nothing runs by itself, bulletin deliver sends them.\n")
    code, _, err = bulletin("outbox", "now", DIGEST, "--by", "eve@example.nhs.uk")
    assert (code, "no email waits for its hour" in err) == (2, True)
