"""A run against a scripted mail server: what each of its answers comes to, and who gets what."""

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import editing
import pytest
from sending import deliver, needs_stub, open_desk, open_stub, settings, states

from bulletin import jobs
from bulletin.deliver import way_of
from bulletin.model import Way

pytestmark = needs_stub
GONE = "4194305 1"  # a process that no Linux has: numbers end at 4,194,304


@pytest.fixture
def stub(tmp_path):
    with open_stub(tmp_path) as stub:
        yield stub


def test_each_gets_it_once(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "ok1", "ok2", "ok3") as desk:
        assert states(desk) == {"waiting": 3}
        ran = deliver(desk)
        assert ran.is_done
        assert states(desk) == {"sent": 3}
        assert sorted(stub.who()) == ["ok1", "ok2", "ok3"]
        deliver(desk)
        assert len(stub.taken()) == 3


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("ok1", "sent"),
        ("slowdot1", "sent"),
        ("grey2", "retry"),
        ("full1", "retry"),
        ("close421x", "retry"),
        ("datatemp1", "retry"),
        ("dropdata1", "retry"),
        ("perm1", "failed"),
        ("policy1", "failed"),
        ("databad1", "failed"),
        ("dropdot1", "in doubt"),
    ],
)
def test_each_answer_comes_to_a_state_and_holds_up_nobody_else(tmp_path, stub, name, state):
    with open_desk(tmp_path, stub.url, name, "ok9") as desk:
        deliver(desk)
        deliver(desk)
        assert states(desk) == ({"sent": 2} if state == "sent" else {state: 1, "sent": 1})
        assert stub.most() == 1


def test_who_is_put_off_twice_gets_it_at_the_third_try_and_once(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "grey2") as desk:
        deliver(desk)
        for minutes in (14, 1, 29, 1):
            desk.now.now += timedelta(minutes=minutes)
            deliver(desk)
        assert states(desk) == {"sent": 1}
        assert stub.who() == ["grey2"]


def test_who_is_put_off_for_four_days_is_given_up(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "full1") as desk:
        for _ in range(40):
            deliver(desk)
            desk.now.now += timedelta(hours=4)
        assert states(desk) == {"failed": 1}


def test_three_refusals_of_policy_hold_the_edition_and_no_reader_is_blamed(tmp_path, stub):
    names = [*(f"policy{number}" for number in range(4)), "ok1"]
    with open_desk(tmp_path, stub.url, *names) as desk:
        ran = deliver(desk)
        assert not ran.is_done
        assert states(desk) == {"sent": 1, "failed": 3, "waiting": 1}
        assert ran.halts[0].why


def test_a_server_that_does_not_trust_our_domain_holds_everything_at_once(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "auth515x", "ok1", "ok2") as desk:
        ran = deliver(desk)
        assert [one.edition for one in ran.halts] == [""]
        assert "failed" not in states(desk)
        assert stub.taken() == []


def test_a_refused_password_holds_everything(tmp_path):
    with open_stub(tmp_path, "--auth-fail") as stub:
        url = stub.url.replace("//", "//us:secret-word@")
        with open_desk(tmp_path, url, "ok1") as desk:
            ran = deliver(desk)
            assert [one.edition for one in ran.halts] == [""]
            assert "secret-word" not in ran.halts[0].why
            assert states(desk) == {"retry": 1}


def test_who_leaves_before_their_turn_gets_nothing(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "ok1", "ok2") as desk:
        jobs.subscribers.leave(desk, f"{1:016x}", [("digest", "all")], Way.ONE_CLICK)
        deliver(desk)
        assert states(desk) == {"suppressed": 1, "sent": 1}
        assert stub.who() == ["ok2"]


def test_what_is_held_goes_on_when_somebody_lets_it_and_what_is_cancelled_never_does(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "ok1", "ok2") as desk:
        jobs.deliver.pause(desk, editing.DIGEST, "eve@example.nhs.uk")
        deliver(desk)
        assert states(desk) == {"waiting": 2}
        assert jobs.deliver.resume(desk, editing.DIGEST, "eve@example.nhs.uk")
        deliver(desk)
        assert states(desk) == {"sent": 2}
        assert jobs.deliver.cancel(desk, editing.DIGEST, "eve@example.nhs.uk") == 0


def test_a_doubt_is_settled_by_a_person(tmp_path, stub):
    with open_desk(tmp_path, stub.url, "dropdot1") as desk:
        deliver(desk)
        (doubt,) = jobs.deliver.doubts(desk, editing.DIGEST)
        jobs.deliver.settle(desk, doubt.id, is_sent=True, editor="eve@example.nhs.uk")
        assert states(desk) == {"sent": 1}


@pytest.mark.parametrize("when", ["before DATA", "after it was taken"])
def test_a_database_that_stays_locked_stops_the_run_in_words_and_nobody_gets_it_twice(
    tmp_path, stub, monkeypatch, when
):
    """Reference bar R21: another program holds the database while the second email is on its way."""
    monkeypatch.setattr("bulletin.store.database.PATIENCE", 0.1)
    monkeypatch.setattr("bulletin.deliver.machine.process", lambda: GONE)
    with open_desk(tmp_path, stub.url, "ok1", "ok2", "ok3") as desk, locking(desk, tmp_path, when) as way:
        ran = jobs.deliver.run(desk, how=jobs.deliver.How(patience=0.0), way=way)
        assert not ran.is_done
        assert "another bulletin command is writing" in ran.trouble
    monkeypatch.undo()
    with jobs.open_desk(settings(tmp_path, stub.url), desk.now) as desk:
        deliver(desk)
        assert sum(states(desk).values()) == 3
        assert states(desk) == ({"sent": 3} if when == "before DATA" else {"sent": 2, "in doubt": 1})
    assert stub.most() == 1
    assert sorted(stub.who()) == ["ok1", "ok2", "ok3"]


@contextmanager
def locking(desk, folder, when):
    """A way to the mail server on which somebody locks the database at the second email."""
    with closing(sqlite3.connect(folder / "bulletin.db", isolation_level=None, check_same_thread=False)) as other:

        @contextmanager
        def way():
            with way_of(desk.config.smtp) as line:
                yield Locking(line, other, when)

        yield way
        if other.in_transaction:
            other.execute("ROLLBACK")


@dataclass
class Locking:
    line: object
    other: sqlite3.Connection
    when: str
    sent: int = 0

    @property
    def is_away(self):
        return self.line.is_away

    def send(self, sender, recipient, message, before_data, envelope_id=""):
        self.sent += 1
        if self.sent == 2 and self.when == "before DATA":
            self.other.execute("BEGIN IMMEDIATE")
        answer = self.line.send(sender, recipient, message, before_data, envelope_id)
        if self.sent == 2 and self.when != "before DATA":
            self.other.execute("BEGIN IMMEDIATE")
        return answer
