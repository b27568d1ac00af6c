"""Letting go: how long things are kept that nobody needs for ever (reference bar D8)."""

from datetime import timedelta

import editing
import newsroom
import pytest
import sending

from bulletin import jobs
from bulletin.deliver.journal import FILE, Journal, Noted, mark
from bulletin.errors import InputError, OutputError
from bulletin.jobs import restored
from bulletin.model import Ended, Outcome, Sender, Visit
from bulletin.store import Did

DAY = timedelta(days=1)
YEAR_AGO = 14 * 31 * DAY  # more than 13 months
NOBODY = "smtp://127.0.0.1:1"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


def ran(desk, schedule, *days_ago):
    for days in days_ago:
        due = desk.now() - days * DAY
        desk.store.turns.take(schedule, f"{due:%Y-%m-%d}", due, "me", due, DAY)
        desk.store.turns.end(schedule, f"{due:%Y-%m-%d}", due, Ended.DONE, "done")


def kept(desk, schedule):
    return [(desk.now() - one.due).days for one in desk.store.turns.list(schedule, desk.now() - 9999 * DAY)]


def test_what_ran_by_itself_is_known_for_90_days_and_of_editions_for_13_months(desk):
    for schedule in ("backup", "draft:update", "tell:update"):
        ran(desk, schedule, 1, 89, 91, 390, 400)
    jobs.forget(desk)
    assert kept(desk, "backup") == [1, 89]
    assert kept(desk, "draft:update") == kept(desk, "tell:update") == [1, 89, 91, 390]


def test_the_last_turn_of_a_schedule_is_known_for_ever(desk):
    ran(desk, "draft:yearly", 800, 900)
    jobs.forget(desk)
    assert kept(desk, "draft:yearly") == [800]


def test_what_the_operator_was_told_goes_90_days_after_it_was_over(desk, clock):
    now = clock.now
    for did, days in ((Did.SEEN, 200), (Did.TOLD, 199), (Did.OVER, 198), (Did.SEEN, 120), (Did.TOLD, 119)):
        desk.store.alerts.add(did, {"disk": "the disk is nearly full"}, now - days * DAY)
    for did, days in ((Did.SEEN, 100), (Did.OVER, 10)):
        desk.store.alerts.add(did, {"feed": "a feed is gone"}, now - days * DAY)
    before = desk.store.alerts.spells()
    assert desk.store.alerts.forget(now - 90 * DAY) == 3
    assert desk.store.alerts.spells() == before


def test_visits_go_after_90_days(desk, clock, publisher):
    for days in (91, 89):
        desk.store.visits.record(Visit("feed-b", clock.now - days * DAY, Outcome.NOT_MODIFIED))
    jobs.fetch(desk, [])
    with desk.store._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 1


# The journal of what was sent: it loses nothing that the database does not know.


@pytest.fixture
def sent(tmp_path):
    """A desk whose one reader had their email, and the line of the journal that tells of it."""
    with sending.open_desk(tmp_path, NOBODY, "ada") as desk:
        (one,) = desk.store.outbox.deliveries(editing.DIGEST)
        with desk.store._database.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM due WHERE delivery = {one.id}")
            told = "(delivery, number, sender, claimed_at, since, handed_at, ended_at, reply, code, status, words)"
            at = "'2026-11-22 09:30:00.000000'"
            connection.exec_driver_sql(
                f"INSERT INTO attempt {told}"
                f" VALUES ({one.id}, 1, 'gone', {at}, {at}, {at}, {at}, 'taken', 250, '', '')"
            )
            connection.exec_driver_sql(f"INSERT INTO ending VALUES ({one.id}, 'sent', {at}, '', '')")
            row = f"SELECT message_id FROM delivery WHERE id = {one.id}"
            message_id = connection.exec_driver_sql(row).scalar_one()
        Journal(tmp_path).note(desk.now(), 1, [(one.id, message_id)])
        yield desk


def lines(desk):
    return len(Journal(desk.config.folder).all())


def test_the_journal_forgets_with_the_ledger_what_both_know(sent):
    sent.now.now += YEAR_AGO
    gone = jobs.forget(sent)
    assert (gone.deliveries, lines(sent)) == (1, 0)


def test_what_was_sent_of_late_stays_in_the_journal(sent):
    sent.now.now += 12 * 31 * DAY
    jobs.forget(sent)
    assert lines(sent) == 1


def test_a_line_that_the_database_does_not_know_stays(sent):
    folder, now = sent.config.folder, sent.now()
    Journal(folder).note(now, 1, [(99, "unknown@example.nhs.uk")])
    sent.now.now += YEAR_AGO
    jobs.forget(sent)
    assert Journal(folder).all() == (Noted(now.replace(microsecond=0), 99, 1, mark("unknown@example.nhs.uk")),)


def test_nothing_goes_from_the_journal_while_anybody_sends(sent):
    sent.store.outbox.enter(Sender("other", "elsewhere", "1 1", sent.now(), sent.now()))
    sent.now.now += YEAR_AGO
    jobs.forget(sent)
    assert lines(sent) == 1


def test_nothing_goes_from_the_journal_while_a_restored_backup_waits_for_a_yes(sent):
    sent.store.restored.hold("this database is older than what was sent", sent.now())
    sent.now.now += YEAR_AGO
    jobs.forget(sent)
    assert lines(sent) == 1


def test_after_the_yes_old_lines_may_go(sent):
    Journal(sent.config.folder).note(sent.now(), 1, [(99, "unknown@example.nhs.uk")])
    restored.check(sent)
    restored.accept(sent, "eve@example.nhs.uk")
    sent.now.now += YEAR_AGO
    jobs.forget(sent)
    assert lines(sent) == 0
    with pytest.raises(InputError):
        restored.accept(sent, "eve@example.nhs.uk")


def test_a_journal_is_written_anew_whole_or_not_at_all(sent, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bulletin.deliver.journal.os.fsync", full)
    sent.now.now += YEAR_AGO
    with pytest.raises(OutputError, match=r"sent\.journal cannot be written anew"):
        jobs.forget(sent)
    assert lines(sent) == 1
    assert not list(sent.config.folder.glob(f"{FILE}.part"))
