"""A restored backup sends nothing without a person's yes, and after the yes nobody gets anything twice (bar D4)."""

import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from threading import Event

import editing
import newsroom
import pytest
import sending
from sending import states

from bulletin import jobs
from bulletin.deliver.journal import FILE, Journal
from bulletin.errors import InputError
from bulletin.jobs import restored
from bulletin.model import Answer, Reply

NAMES = [f"r{number}" for number in range(12)]
EVE = "eve@example.nhs.uk"
NOBODY = "smtp://127.0.0.1:1"  # the way to the mail server is a fake one


class Way:
    """Takes every message and knows whose it was; may stop the run after some."""

    is_away = False

    def __init__(self):
        self.taken, self.stop, self.most = [], Event(), 10**6

    def __call__(self):
        return self.line()

    @contextmanager
    def line(self):
        yield self

    def send(self, sender, recipient, message, before_data=lambda: True, envelope_id=""):
        if not before_data():
            return Answer(Reply.ABANDONED)
        self.taken.append(recipient.partition("@")[0])
        if len(self.taken) >= self.most:
            self.stop.set()
        return Answer(Reply.TAKEN, 250)

    def run(self, desk, most=10**6):
        """Send at most so many, and say how many those were."""
        self.stop, before = Event(), len(self.taken)
        self.most = before + most
        jobs.deliver.run(desk, stop=self.stop, way=self)
        return len(self.taken) - before


@pytest.fixture
def way():
    return Way()


def copy(source, target):
    """What the backup API of SQLite makes of a database in use."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


@contextmanager
def again(folder, clock):
    """The desk on what lies in the folder now."""
    with jobs.open_desk(sending.settings(folder, NOBODY), clock) as desk:
        yield desk


@pytest.fixture
def old(tmp_path, way):
    """A workspace that came back from a backup made when five of twelve had their email; all twelve have it since."""
    backup = tmp_path / "backup.db"
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        assert way.run(desk, 5) == 5
        copy(tmp_path / "bulletin.db", backup)
        assert way.run(desk) == 7
    for left in tmp_path.glob("bulletin.db*"):
        left.unlink()
    copy(backup, tmp_path / "bulletin.db")
    return tmp_path


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW + editing.timedelta(hours=1))


@pytest.fixture
def desk(old, clock):
    with again(old, clock) as desk:
        yield desk


def test_nothing_goes_out_until_somebody_says_yes(desk, way):
    assert way.run(desk) == 0
    (halt,) = jobs.deliver.halts(desk)
    assert halt.why.startswith("this database is older than what was sent (7 emails since ")
    assert "`bulletin outbox restored --by EDITOR`" in halt.why
    assert states(desk) == {"sent": 5, "waiting": 7}


def test_letting_everything_go_on_is_not_that_yes(desk, way):
    way.run(desk)
    assert not jobs.deliver.resume(desk, "", EVE)
    assert not jobs.deliver.resume(desk, editing.DIGEST, EVE)
    assert way.run(desk) == 0


def test_after_the_yes_nobody_gets_it_twice(desk, way):
    way.run(desk)
    assert restored.accept(desk, EVE) == 7
    assert states(desk) == {"sent": 12}
    assert way.run(desk) == 0
    assert Counter(way.taken) == dict.fromkeys(NAMES, 1)
    told = desk.store.deeds.latest(most=1)[0]
    assert (told.who, told.after) == (EVE, "7 emails count as sent")


def test_what_was_never_sent_goes_on_after_the_yes(tmp_path, way, clock):
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        copy(tmp_path / "bulletin.db", tmp_path / "backup.db")
        way.run(desk, 4)
    for left in tmp_path.glob("bulletin.db*"):
        left.unlink()
    copy(tmp_path / "backup.db", tmp_path / "bulletin.db")
    with again(tmp_path, clock) as desk:
        assert way.run(desk) == 0
        assert restored.accept(desk, EVE) == 4
        assert way.run(desk) == 8
    assert Counter(way.taken) == dict.fromkeys(NAMES, 1)


def test_an_edition_that_the_backup_has_never_seen_is_held_when_it_is_approved_anew(tmp_path, way, clock):
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        jobs.take_back(desk, editing.DIGEST, EVE)
        copy(tmp_path / "bulletin.db", tmp_path / "backup.db")
        editing.approve(desk, editing.DIGEST)
        way.run(desk)
    for left in tmp_path.glob("bulletin.db*"):
        left.unlink()
    copy(tmp_path / "backup.db", tmp_path / "bulletin.db")
    with again(tmp_path, clock) as desk:
        way.run(desk)
        assert restored.accept(desk, EVE) == 0  # nothing waits yet
        clock.now += editing.timedelta(days=3)
        editing.approve(desk, editing.DIGEST)
        assert way.run(desk) == 0
        assert "12 of the emails that wait went out before" in jobs.deliver.halts(desk)[0].why
        assert restored.accept(desk, EVE) == 12
        assert way.run(desk) == 0
    assert Counter(way.taken) == dict.fromkeys(NAMES, 1)


def test_a_sender_that_the_backup_remembers_gives_nothing_out_again(old, way, clock):
    """The backup was made while one message was in hand: it may have gone out, and the journal knows."""
    with again(old, clock) as desk:
        number = next(one.id for one in desk.store.outbox.deliveries(editing.DIGEST) if one.state == "waiting")
        with desk.store._database.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM due WHERE delivery = {number}")
            at = "'2026-11-23 09:00:00.000000'"
            connection.exec_driver_sql(
                "INSERT INTO attempt (delivery, number, sender, claimed_at, since, reply, code, status, words)"
                f" VALUES ({number}, 9, 'gone', {at}, {at}, '', 0, '', '')"
            )
        assert way.run(desk) == 0
        assert restored.accept(desk, EVE) == 7
        assert way.run(desk) == 0
        assert states(desk) == {"sent": 12}


def test_without_a_restore_nothing_is_held(tmp_path, way):
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        assert [way.run(desk, 5), way.run(desk, 5), way.run(desk)] == [5, 5, 2]
        assert jobs.deliver.halts(desk) == []
        assert len(Journal(tmp_path).all()) == 12
        with pytest.raises(InputError, match="nothing waits for this"):
            restored.accept(desk, EVE)


def test_a_new_workspace_without_a_journal_sends(tmp_path, way):
    with sending.open_desk(tmp_path, NOBODY, "r1") as desk:
        assert not (tmp_path / FILE).exists()
        assert way.run(desk) == 1


def test_a_journal_of_more_than_a_year_ago_holds_nothing(tmp_path, way):
    """The ledger forgets deliveries after 13 months; the journal tells of them for ever."""
    with sending.open_desk(tmp_path, NOBODY, "r1") as desk:
        Journal(tmp_path).note(desk.now() - editing.timedelta(days=400), 1, [(99, "gone@example.nhs.uk")])
        assert way.run(desk) == 1
