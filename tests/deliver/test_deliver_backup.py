"""A backup made in the middle of a sending, and restored after it: nobody gets anything twice (reference bar D4)."""

from collections import Counter
from contextlib import contextmanager

import editing
import newsroom
import pytest
import sending
from sending import states

from bulletin import jobs
from bulletin.deliver.journal import FILE
from bulletin.errors import StoreError
from bulletin.jobs import backups, restored
from bulletin.model import Answer, Reply

NAMES = [f"r{number}" for number in range(12)]
EVE = "eve@example.nhs.uk"
NOBODY = "smtp://127.0.0.1:1"  # the way to the mail server is a fake one
LATER = editing.NOW + editing.timedelta(hours=1)


class Way:
    """Takes every message, and does something while it has the fifth one in hand."""

    is_away = False

    def __init__(self, meanwhile=lambda: None):
        self.taken, self.meanwhile = [], meanwhile

    @contextmanager
    def __call__(self):
        yield self

    def send(self, sender, recipient, message, before_data=lambda: True, envelope_id=""):
        if not before_data():
            return Answer(Reply.ABANDONED)
        self.taken.append(recipient.partition("@")[0])
        if len(self.taken) == 5:
            self.meanwhile()
        return Answer(Reply.TAKEN, 250)


@pytest.fixture
def made(tmp_path):
    """A workspace where all twelve had their email, and the backup that was made when the fifth was being sent."""
    found = []
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        way = Way(lambda: found.append(backups.backup(desk).file))
        jobs.deliver.run(desk, way=way)
        assert states(desk) == {"sent": 12}
        assert Counter(way.taken) == dict.fromkeys(NAMES, 1)
    return found[0]


def put_back(folder, file):
    """What `bulletin restore` does."""
    config = sending.settings(folder, NOBODY)
    with backups.opened(file, config.database_url) as found:
        return backups.restore(found, config.database_url, LATER)


@contextmanager
def again(folder):
    with jobs.open_desk(sending.settings(folder, NOBODY), newsroom.Clock(LATER)) as desk:
        yield desk


def test_after_a_restore_nothing_goes_out_before_a_yes_and_then_nothing_twice(made, tmp_path):
    put_back(tmp_path, made)
    with again(tmp_path) as desk:
        assert restored.after(desk).startswith("this database is older than what was sent (")
        way = Way()
        jobs.deliver.run(desk, way=way)
        assert way.taken == []
        restored.accept(desk, EVE)
        jobs.deliver.run(desk, way=way)
        assert way.taken == []
        assert sum(states(desk).values()) == 12
        assert not {"waiting", "retry"} & states(desk).keys()


def test_what_had_not_gone_out_goes_after_the_yes(tmp_path, monkeypatch):
    found = []
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        first = Way(lambda: found.append(backups.backup(desk).file))
        jobs.deliver.run(desk, stop=Stop(first, 8), way=first)
        assert len(first.taken) == 8
    put_back(tmp_path, found[0])
    monkeypatch.setattr("bulletin.deliver.machine.is_gone", lambda *_: True)  # it was this very process, and still is
    with again(tmp_path) as desk:
        assert "emails since" in restored.after(desk)
        restored.accept(desk, EVE)
        second = Way()
        jobs.deliver.run(desk, way=second)
    assert Counter(first.taken + second.taken) == dict.fromkeys(NAMES, 1)


class Stop:
    """Is set when so many messages were taken."""

    def __init__(self, way, most):
        self.way, self.most = way, most

    def is_set(self):
        return len(self.way.taken) >= self.most

    def wait(self, _=None):
        return self.is_set()

    def set(self):
        self.most = 0


def test_when_the_journal_is_lost_too_all_that_waits_is_held(made, tmp_path):
    put_back(tmp_path, made)
    (tmp_path / FILE).unlink()
    with again(tmp_path) as desk:
        assert "perhaps (sent.journal is not here to tell)" in restored.after(desk)
        way = Way()
        jobs.deliver.run(desk, way=way)
        assert way.taken == []


def test_when_the_journal_is_lost_what_is_approved_after_the_restore_is_held_too(tmp_path):
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        jobs.deliver.run(desk, way=Way())
        file = backups.backup(desk).file
    put_back(tmp_path, file)
    (tmp_path / FILE).unlink()
    with again(tmp_path) as desk:
        assert "perhaps (sent.journal is not here to tell)" in restored.after(desk)


def test_a_restore_after_which_nothing_was_sent_holds_nothing(tmp_path):
    with sending.open_desk(tmp_path, NOBODY, *NAMES) as desk:
        jobs.deliver.run(desk, way=Way())
        file = backups.backup(desk).file
    put_back(tmp_path, file)
    with again(tmp_path) as desk:
        assert restored.after(desk) == ""


def test_a_sending_under_way_forbids_a_restore(made, tmp_path):
    with again(tmp_path) as desk:
        desk.store.outbox.next_due()
        with pytest.raises(StoreError, match="is in use: stop bulletin run, serve, schedule, worker"):
            put_back(tmp_path, made)
        assert states(desk) == {"sent": 12}
