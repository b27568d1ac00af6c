"""Turning: each task once in each of its periods, whatever the clock does and however many processes there are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Semaphore

import newsroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin import log, schedule
from bulletin.cluster.hands import Hands
from bulletin.errors import InputError
from bulletin.jobs import due, open_desk
from bulletin.jobs.sanity import clock_trouble, trust_clock
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Done, Shift, Task, new_beat, turn
from bulletin.model import Ended, Outcome, Visit
from bulletin.schedule import Clock

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    return newsroom.Clock(NOON)


@pytest.fixture
def desk(tmp_path, clock):
    with open_desk(newsroom.settings(newsroom.workspace(tmp_path, "https://example.org/feed")), clock) as desk:
        yield desk


def shift(desk):
    me = new_beat("schedule", desk.now())
    desk.store.beats.show(me)
    return Shift(me)


def told(words="done"):
    """A task that writes down when it is done."""
    times = []

    def work(desk, _):
        times.append(desk.now())
        return Done(words)

    return Task("count", "count", HOUR, work), times


def test_a_task_is_done_once_in_its_period_by_whoever_comes_first(desk, clock):
    task, times = told()
    shifts = [shift(desk) for _ in range(4)]
    for minute in range(0, 180, 5):
        clock.now = NOON + timedelta(minutes=minute)
        for one in shifts:
            desk.store.beats.show(replace(one.me, seen=clock.now))
            turn(desk, task, one)
    assert times == [NOON, NOON + HOUR, NOON + 2 * HOUR]


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=3), -timedelta(days=1)])
def test_a_jump_of_the_clock_makes_one_turn_and_no_burst(desk, clock, jump):
    task, times = told()
    mine = shift(desk)
    for second in range(0, 600, 20):
        clock.now = NOON + timedelta(seconds=second) + (jump if second >= 300 else timedelta())
        turn(desk, task, mine)
    assert 1 <= len(times) <= 2


def test_a_task_that_fails_in_words_is_tried_in_its_next_period(desk, clock):
    def work(*_):
        raise InputError("the mail server is away")

    task, mine = Task("send", "send", HOUR, work), shift(desk)
    assert turn(desk, task, mine) == Done("the mail server is away", Ended.FAILED)
    assert turn(desk, task, mine) is None
    assert desk.store.turns.newest(["send"])["send"].words == "the mail server is away"
    clock.now += HOUR
    assert turn(desk, task, mine)


def test_a_bug_is_raised_and_leaves_the_turn_open(desk):
    def work(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        turn(desk, Task("send", "send", HOUR, work), shift(desk))
    (left,) = desk.store.turns.list("send", NOON - HOUR)
    assert not left.is_over


def test_a_turn_with_nothing_to_do_is_over_without_a_word(desk):
    assert turn(desk, Task("send", "send", HOUR, lambda *_: None), shift(desk)) is None
    assert desk.store.turns.newest(["send"])["send"].outcome is Ended.SKIPPED


@given(
    st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)), st.sampled_from(TASKS)
)
def test_an_instant_lies_in_the_period_that_is_named(now, task):
    begin = task.period(now)
    assert begin <= now < begin + task.every
    assert task.period(begin) == begin
    assert (begin - begin.replace(hour=0, minute=0, second=0, microsecond=0)) % task.every == timedelta()


def test_the_names_of_tasks_are_their_own():
    assert len({task.name for task in TASKS}) == len(TASKS)
    assert all(timedelta(days=1) % task.every == timedelta() for task in TASKS)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        pytest.param(timedelta(days=40), "", id="off for forty days"),
        pytest.param(-timedelta(hours=1), "", id="an hour back"),
        pytest.param(timedelta(days=400), "400 days after anything last ran here (2026-11-29)", id="ahead"),
        pytest.param(-timedelta(days=30), "30 days before anything last ran here (2026-11-29)", id="behind"),
    ],
)
def test_a_clock_that_can_hardly_be_right_is_told_of(desk, clock, away, words):
    shift(desk)
    clock.now += away
    assert words in clock_trouble(desk)
    assert bool(clock_trouble(desk)) is bool(words)


def test_a_new_newsroom_believes_its_clock(desk):
    assert clock_trouble(desk) == ""


def test_nothing_runs_while_the_clock_is_wrong_and_no_sign_of_life_is_given(desk, clock):
    task, times = told()
    shift(desk)
    clock.now += timedelta(days=400)
    ticking = Clock(lambda: desk, Shift(new_beat("schedule", clock.now)))
    ticking.beat()
    ticking.tick(task)
    assert not times
    assert desk.store.beats.last() == NOON


def test_a_clock_that_jumps_between_two_beats_runs_nothing_either(desk, clock):
    task, times = told()
    ticking = Clock(lambda: desk, shift(desk))
    ticking.beat()
    clock.now += timedelta(days=400)
    ticking.tick(task)
    assert not times


def test_a_worker_whose_clock_jumps_begins_nothing_either(desk, clock):
    task, times = told()
    hands = Hands(lambda: desk)
    hands.beat()
    clock.now += timedelta(days=400)
    hands.tick(task)
    hands.visit([feed.id for feed in desk.config.feeds], "job 1")
    hands.send()
    assert not times
    assert desk.store.visits.latest() == {}


def test_ticks_go_on_after_a_clock_was_put_back(desk, monkeypatch):
    class Wall(datetime):
        ahead = timedelta(days=400)

        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + cls.ahead

    beats, ticks = Semaphore(0), Semaphore(0)

    class Counted(Clock):
        def beat(self):
            beats.release()

        def tick(self, task):
            ticks.release()

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Wall)
    monkeypatch.setattr(schedule, "datetime", Wall)
    monkeypatch.setattr(schedule, "TICK", 0.02)
    monkeypatch.setattr(schedule, "BEAT", 0.02)
    task, _ = told()
    mine = shift(desk)
    with schedule.ticking(Counted(lambda: desk, mine), mine, [task]):
        assert ticks.acquire(timeout=10)
        Wall.ahead = timedelta()
        assert all(one.acquire(timeout=10) for one in (beats, ticks) for _ in range(50)), "nothing ticks any more"


def test_what_breaks_is_logged_by_us_alone_who_leave_addresses_out(desk, monkeypatch, caplog):
    done = Event()

    def work(*_):
        raise ValueError("person@example.org")

    def failed(event, told=schedule._failed):
        told(event)
        done.set()

    monkeypatch.setattr(schedule, "_failed", failed)
    mine, task = shift(desk), Task("send", "send", HOUR, work)
    with schedule.ticking(Clock(lambda: desk, mine), mine, [task]):
        assert done.wait(timeout=10)
    (record,) = [one for one in caplog.records if one.exc_info]
    assert (record.name, record.message) == ("bulletin.events", "task failed")
    assert "person@" not in log.Lines().format(record)


def test_a_clock_that_is_right_after_all_is_believed_when_a_person_says_so(desk, clock):
    task, times = told()
    shift(desk)
    clock.now += timedelta(days=400)
    trust_clock(desk)
    ticking = Clock(lambda: desk, Shift(new_beat("schedule", clock.now)))
    ticking.beat()
    ticking.tick(task)
    assert times == [clock.now]


def test_what_ran_under_a_clock_that_was_ahead_runs_again_when_its_time_comes(desk, clock):
    task, times = told()
    clock.now = NOON + timedelta(days=30)
    mine = shift(desk)
    turn(desk, task, mine)
    clock.now = NOON
    assert "30 days before" in clock_trouble(desk)
    assert trust_clock(desk) == 1
    assert clock_trouble(desk) == ""
    clock.now = NOON + timedelta(days=30)
    turn(desk, task, shift(desk))
    assert len(times) == 2


def test_feeds_that_were_visited_under_a_clock_that_was_ahead_are_visited_again(desk, clock):
    ahead = NOON + timedelta(days=400)
    wish = {"wait_until": ahead + timedelta(days=7), "held_host": "example.org:443"}
    for feed in desk.config.feeds:
        desk.store.visits.record(Visit(feed.id, ahead, Outcome.FAILED, feed.address, **wish))
    assert due(desk) == list(desk.config.feeds)
    for feed in desk.config.feeds:
        desk.store.visits.record(Visit(feed.id, NOON, Outcome.OK, feed.address))
    assert due(desk) == [], "once, and then in their rhythm"


def test_who_is_asked_to_stop_begins_nothing_new(desk):
    task, times = told()
    stop = Event()
    stop.set()
    ticking = Clock(lambda: desk, Shift(new_beat("schedule", desk.now()), stop))
    ticking.beat()
    ticking.tick(task)
    assert not times
