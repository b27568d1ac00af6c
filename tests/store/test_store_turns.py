"""Turns: one for each schedule and period, in the hands of one process at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bulletin.model import Beat, Ended
from bulletin.store import open_store

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def beats(store, *names, at=NOON):
    for name in names:
        store.beats.show(Beat(name, "schedule", NOON, at))


def take(store, me="a", at=NOON, period="2026-11-29"):
    return store.turns.take("draft:update", period, NOON, me, at, HOUR)


@pytest.fixture
def two(store):
    beats(store, "a", "b")
    return store


def test_a_turn_is_taken_by_the_first_who_comes(two):
    assert take(two, "a")
    assert not take(two, "b")
    assert not take(two, "a"), "nor twice by the same"


def test_each_period_has_a_turn_of_its_own(two):
    assert take(two)
    assert take(two, period="2026-11-30")


def test_a_turn_that_has_ended_is_not_taken_again(two):
    take(two)
    assert two.turns.end("draft:update", "2026-11-29", NOON, Ended.DONE, "3 items", "update-2026-11-29")
    beats(two, "b", at=NOON + 9 * HOUR)
    assert not take(two, "b", NOON + 9 * HOUR)
    found = two.turns.get("draft:update", "2026-11-29")
    assert (found.outcome, found.words, found.edition, found.tries) == (Ended.DONE, "3 items", "update-2026-11-29", 1)


def test_the_first_end_stands(two):
    take(two)
    assert two.turns.end("draft:update", "2026-11-29", NOON, Ended.DONE)
    assert not two.turns.end("draft:update", "2026-11-29", NOON, Ended.FAILED)
    assert two.turns.get("draft:update", "2026-11-29").outcome is Ended.DONE


def test_what_nobody_took_cannot_be_ended(store):
    assert not store.turns.end("draft:update", "2026-11-29", NOON, Ended.DONE)


@pytest.mark.parametrize(
    ("later", "is_taken"),
    [
        pytest.param(timedelta(seconds=179), False, id="it was there a moment ago"),
        pytest.param(timedelta(seconds=181), True, id="it is silent"),
    ],
)
def test_the_turn_of_a_process_that_is_silent_is_taken_over(two, later, is_taken):
    take(two, "a")
    beats(two, "b", at=NOON + later)
    assert take(two, "b", NOON + later) is is_taken


def test_a_turn_that_takes_too_long_is_taken_over_although_its_process_is_there(two):
    take(two, "a")
    beats(two, "a", "b", at=NOON + HOUR)
    assert not take(two, "b", NOON + HOUR - MINUTE)
    assert take(two, "b", NOON + HOUR)
    assert two.turns.get("draft:update", "2026-11-29").tries == 2


def test_the_turn_of_a_process_that_ended_is_free_at_once(two):
    take(two, "a")
    two.beats.leave("a")
    assert take(two, "b", NOON + MINUTE)


def test_of_many_who_come_at_the_same_time_one_takes_it(url):
    with open_store(url) as first:
        beats(first, *"abcdefgh")
    stores = [open_store(url) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for round_ in range(5):
            asked = [
                pool.submit(take, store, name, NOON, str(round_))
                for name, store in zip("abcdefgh", stores, strict=True)
            ]
            assert sum(one.result() for one in asked) == 1
    for store in stores:
        store.close()


def test_a_schedule_begins_when_it_is_first_seen_and_anew_when_its_rule_changes(store):
    assert store.turns.since("draft:update", "mondays", NOON) == NOON
    assert store.turns.since("draft:update", "mondays", NOON + HOUR) == NOON
    assert store.turns.since("draft:update", "tuesdays", NOON + HOUR) == NOON + HOUR
    assert store.turns.since("draft:update", "tuesdays", NOON + 2 * HOUR) == NOON + HOUR
    assert store.turns.since("draft:other", "mondays", NOON + HOUR) == NOON + HOUR


def test_two_machines_whose_files_differ_begin_no_rule_anew(store):
    store.turns.since("draft:update", "mondays", NOON)
    store.turns.since("draft:update", "tuesdays", NOON + MINUTE)
    assert store.turns.since("draft:update", "mondays", NOON + HOUR) == NOON
    assert store.turns.since("draft:update", "tuesdays", NOON + HOUR) == NOON + MINUTE


def test_what_nobody_took_in_time_is_missed_once(two):
    periods = [("2026-11-27", NOON - 48 * HOUR), ("2026-11-28", NOON - 24 * HOUR), ("2026-11-29", NOON)]
    take(two, period="2026-11-28")
    assert two.turns.miss("draft:update", periods, NOON, "nothing ran") == 2
    assert two.turns.miss("draft:update", periods, NOON, "nothing ran") == 0
    outcomes = {one.period: one.outcome for one in two.turns.list("draft:update", NOON - 72 * HOUR)}
    assert outcomes == {"2026-11-29": Ended.MISSED, "2026-11-28": None, "2026-11-27": Ended.MISSED}


def test_the_newest_turn_is_the_one_that_was_due_last(two):
    for day in (1, 3, 2):
        two.turns.take("fetch", f"day {day}", NOON + day * 24 * HOUR, "a", NOON, HOUR)
    two.turns.take("backup", "day 9", NOON, "a", NOON, HOUR)
    newest = two.turns.newest(["fetch", "backup", "nobody's"])
    assert {name: one.period for name, one in newest.items()} == {"fetch": "day 3", "backup": "day 9"}


def test_turns_of_a_time_to_come_can_be_taken_back(two):
    two.turns.take("fetch", "early", NOON - HOUR, "a", NOON, HOUR)
    two.turns.take("fetch", "late", NOON + HOUR, "a", NOON, HOUR)
    two.turns.end("fetch", "late", NOON, Ended.DONE)
    assert two.turns.take_back(NOON) == 1
    assert two.turns.get("fetch", "late") is None
    assert two.turns.get("fetch", "early")


def test_a_rule_that_was_first_seen_in_a_time_to_come_holds_from_now_on(store):
    store.turns.since("draft:update", "0 9 * * *", NOON + 400 * 24 * HOUR)
    store.turns.since("draft:digest", "0 9 * * *", NOON - HOUR)
    store.turns.take_back(NOON)
    assert store.turns.since("draft:update", "0 9 * * *", NOON + HOUR) == NOON
    assert store.turns.since("draft:digest", "0 9 * * *", NOON + HOUR) == NOON - HOUR


def test_old_turns_are_forgotten_those_of_editions_later_and_the_newest_never(two):
    for schedule in ("fetch", "draft:update", "draft:yearly"):
        for hours in (9, 5, 1) if schedule != "draft:yearly" else (9,):
            two.turns.take(schedule, f"{hours}", NOON - hours * HOUR, "a", NOON, HOUR)
            two.turns.end(schedule, f"{hours}", NOON, Ended.DONE, "words")
    assert two.turns.forget(tasks_before=NOON - 2 * HOUR, editions_before=NOON - 6 * HOUR) == 3
    left = {
        name: [one.period for one in two.turns.list(name, NOON - 24 * HOUR)] for name in ("fetch", "draft:update")
    }
    assert left == {"fetch": ["1"], "draft:update": ["1", "5"]}
    assert two.turns.get("draft:yearly", "9")


def test_a_process_shows_when_it_was_last_there(store):
    beats(store, "a")
    beats(store, "a", at=NOON + MINUTE)
    assert store.beats.all() == [Beat("a", "schedule", NOON, NOON + MINUTE)]
    assert store.beats.last() == store.beats.last("schedule") == NOON + MINUTE
    assert store.beats.last("worker") is None


def test_a_process_long_gone_is_forgotten_when_another_of_its_kind_shows(store):
    beats(store, "a")
    store.beats.show(Beat("w", "worker", NOON, NOON))
    beats(store, "b", at=NOON + timedelta(days=3))
    assert {one.id for one in store.beats.all()} == {"b", "w"}


def test_when_a_process_that_ended_was_there_is_still_known(store):
    beats(store, "a")
    store.beats.leave("a")
    assert store.beats.last("schedule") == NOON


def test_of_turns_with_nothing_to_do_the_last_is_kept(two):
    for minute in range(5):
        two.turns.take("fetch", f"minute {minute}", NOON + minute * MINUTE, "a", NOON, HOUR)
        words = "3 feeds" if minute == 2 else ""
        two.turns.end("fetch", f"minute {minute}", NOON, Ended.DONE if words else Ended.SKIPPED, words)
    assert [one.period for one in two.turns.list("fetch", NOON)] == ["minute 4", "minute 2"]


def test_the_database_server_has_a_clock_of_its_own_where_there_is_a_server(store):
    there = store.beats.server_clock()
    if store._database.is_sqlite:
        assert there is None
    else:
        assert abs(there - datetime.now(UTC)) < HOUR
