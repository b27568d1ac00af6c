"""The hour of an edition: nothing goes before it, and nothing goes that nobody wanted."""

from datetime import UTC, datetime, timedelta

import editing
import newsroom
import occasional
import pytest
from deliver.sending import with_readers
from occasional import DAY, DUE, EDITION, HOUR, MINUTE, SENDS, STEPS, at, scheduled, tick, turn

from bulletin import jobs
from bulletin.jobs import blocks
from bulletin.model import Act, BlockKind, Ended, Finding, Severity, State


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with occasional.open_desk(tmp_path, clock, **STEPS) as desk:
        with_readers(desk, ["reader"])
        at(desk, DUE)
        yield desk


def due(desk):
    """When what waits of the edition is due."""
    return sorted(one.due for one in desk.store.outbox.deliveries(EDITION, State.WAITING))


def item(desk):
    (section,) = (one for one in jobs.outline_of(desk, EDITION).sections if one.items)
    return section.items[0].item.id


def outcome(desk):
    found = turn(desk, "send")
    return found.outcome, found.words


def test_what_is_approved_before_the_hour_waits_for_it(desk):
    editing.approve(desk, EDITION)
    assert due(desk) == [HOUR]
    assert desk.store.outbox.next_due() == HOUR


def test_the_approver_is_told_the_hour(desk):
    told = "it goes on Wednesday 9 December 2026 at 09:30: on its page Sending an editor may send it at once"
    assert told in jobs.plan(desk, EDITION, "eve").steps
    desk.now.now = HOUR
    assert not [step for step in jobs.plan(desk, EDITION, "eve").steps if step.startswith("it goes on")]


def test_that_somebody_must_send_it_is_said_only_where_nothing_runs_by_itself(desk):
    alone = "nothing is sent by this alone: `bulletin deliver` sends it"
    assert alone not in jobs.plan(desk, EDITION, "eve").steps
    desk.now.now += timedelta(minutes=5)
    assert alone in jobs.plan(desk, EDITION, "eve").steps


def test_what_is_approved_after_the_hour_goes_at_once(desk):
    at(desk, HOUR)
    desk.now.now = HOUR + timedelta(hours=3)
    editing.approve(desk, EDITION)
    assert due(desk) == [desk.now()]


def test_an_edition_of_another_day_goes_at_once(desk):
    desk.now.now = DUE + DAY
    editing.shelve(desk, "Boilers", estates=0.8)
    jobs.compose(desk, desk.bulletin("digest"))
    editing.approve(desk, "digest-2026-12-08")
    (one,) = desk.store.outbox.deliveries("digest-2026-12-08", State.WAITING)
    assert one.due == desk.now()


def test_an_edition_of_a_day_to_come_waits_for_its_hour_though_a_person_drafted_it(desk):
    editing.shelve(desk, "Boilers", -27, estates=0.8)
    jobs.compose(desk, desk.bulletin("digest"), (DUE + 28 * DAY).date())
    editing.approve(desk, "digest-2027-01-04")
    (one,) = desk.store.outbox.deliveries("digest-2027-01-04", State.WAITING)
    assert one.due == HOUR + 28 * DAY


def test_who_gets_one_email_a_week_gets_it_on_the_monday_after_the_hour(desk):
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("UPDATE subscriber SET rhythm = 'week'")
    editing.approve(desk, EDITION)
    assert due(desk) == [datetime(2026, 12, 14, 7, tzinfo=UTC)]
    assert jobs.deliver.at_once(desk, EDITION, "eve@example.nhs.uk") == 0, "they keep their morning"


def test_an_editor_may_send_it_at_once(desk):
    editing.approve(desk, EDITION)
    assert jobs.deliver.at_once(desk, EDITION, "eve@example.nhs.uk") == 1
    assert due(desk) == [desk.now()]
    assert desk.store.deeds.latest(most=1)[0].did == "sent an edition before its hour"
    assert jobs.deliver.at_once(desk, EDITION, "eve@example.nhs.uk") == 0


def test_it_goes_unattended_where_the_file_says_so_and_nobody_touched_it(desk):
    desk = scheduled(desk, **SENDS)
    at(desk, HOUR - MINUTE)
    assert desk.store.approvals.holding() == {}
    at(desk, HOUR)
    assert outcome(desk) == (Ended.DONE, "approved by the schedule")
    assert due(desk) == [HOUR]
    approved, told = desk.store.deeds.latest(most=2)[::-1]
    assert (approved.who, approved.did) == ("the schedule", "approved")
    assert "bulletins.yaml has unattended: send" in told.after
    assert at(desk, HOUR + MINUTE) == []


def test_it_does_not_go_where_the_file_does_not_say_so(desk):
    at(desk, HOUR)
    assert outcome(desk) == (Ended.SKIPPED, "nobody approved it")
    assert desk.store.approvals.holding() == {}


def _touch(desk):
    editing.do(desk, EDITION, item(desk), Act.NOTE, note="Ours")


def _undo(desk):
    _touch(desk)
    jobs.undo(desk, EDITION, "ann")


def _write(desk):
    blocks.add(desk, EDITION, BlockKind.NEWS, {"title": "New", "text": "Hours"}, "ann@example.nhs.uk")


def _decide(desk):
    desk.now.now += MINUTE
    jobs.decide(desk, item(desk), ["greener"], "ann")


def _doubt(desk):
    editing.do(desk, EDITION, item(desk), Act.UNSURE)


def _load(desk):
    desk.now.now += MINUTE
    jobs.compose(desk, desk.bulletin("digest"), DUE.date())


def _take_back(desk):
    editing.approve(desk, EDITION)
    jobs.take_back(desk, EDITION, "eve")


@pytest.mark.parametrize("touch", [_touch, _undo, _write, _decide, _doubt, _load, _take_back])
def test_what_a_person_has_touched_waits(desk, touch):
    desk = scheduled(desk, **SENDS)
    touch(desk)
    at(desk, HOUR)
    assert outcome(desk) == (Ended.SKIPPED, "somebody has begun to edit it")
    assert desk.store.approvals.holding() == {}


def test_what_a_person_holds_waits(desk):
    desk = scheduled(desk, **SENDS)
    jobs.deliver.pause(desk, EDITION, "eve@example.nhs.uk")
    at(desk, HOUR)
    assert outcome(desk) == (Ended.SKIPPED, "somebody holds it, or everything")


@pytest.mark.parametrize(
    ("severity", "why"),
    [
        (Severity.ERROR, "the linter found 1 error"),
        (Severity.WARNING, "nobody has accepted 1 warning of the linter"),
    ],
)
def test_what_the_linter_finds_waits(desk, monkeypatch, severity, why):
    desk = scheduled(desk, **SENDS)
    found = Finding(1, "a rule", severity, "something is wrong")
    monkeypatch.setattr(type(desk.judged), "findings", lambda *_: (found,))
    at(desk, HOUR)
    assert outcome(desk) == (Ended.SKIPPED, why)


def test_a_warning_that_somebody_accepted_holds_nothing_up(desk, monkeypatch):
    desk = scheduled(desk, **SENDS)
    found = Finding(1, "a rule", Severity.WARNING, "something is wrong")
    monkeypatch.setattr(type(desk.judged), "findings", lambda *_: (found,))
    jobs.accept_named(desk, EDITION, ["a rule"], "eve@example.nhs.uk")
    at(desk, HOUR)
    assert outcome(desk) == (Ended.DONE, "approved by the schedule")


def test_what_more_than_ten_people_get_wants_a_test_first(desk):
    desk = scheduled(desk, **SENDS)
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM subscription")
        connection.exec_driver_sql("DELETE FROM subscriber")
    with_readers(desk, [f"reader{number}" for number in range(11)])
    at(desk, HOUR)
    assert outcome(desk)[1].startswith("send yourself a test of Everybody first")


def test_an_hour_at_which_nothing_ran_sends_nothing(desk):
    desk = scheduled(desk, **SENDS)
    at(desk, HOUR + timedelta(hours=1))
    assert outcome(desk) == (Ended.SKIPPED, "nothing ran at its hour")


def test_what_is_approved_after_it_waited_is_not_told_of_again(desk):
    at(desk, HOUR)
    count = len(desk.post.letters)
    editing.approve(desk, EDITION)
    tick(desk)
    assert len(desk.post.letters) == count
