"""Measures: counts that indexes tell, and the last turns of each task; on both databases."""

from datetime import timedelta

import pytest
from mailing import claim, finish, lay_edition, reader
from papers import NOON, decide, later, look, paper, shelve_anew, visit
from sqlalchemy import select

from bulletin.model import Ended, Halt, Outcome, Reply, State, Upshot, Visit
from bulletin.store import Pair
from bulletin.store.outbox.tables import LEFT, ending
from bulletin.store.tables import visit as visits

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LONG_AGO = NOON - 90 * DAY


@pytest.fixture
def items(store):
    return shelve_anew(store, *(paper(f"Trial number {n}", guid=str(n)) for n in range(4)))


def test_items_that_were_joined_count_once(store, items):
    assert store.measures.items() == 4
    store.items.join([Pair(items[0].id, items[1].id)], NOON)
    assert store.measures.items() == 3


def test_what_nobody_looked_at_is_counted(store, items):
    store.suggestions.add([look(items[0].id)])
    decide(store, items[1].id, "safety")
    assert store.measures.not_looked_at(LONG_AGO) == 2
    assert store.measures.not_looked_at(NOON + DAY) == 0


def test_an_item_that_was_ruled_on_twice_counts_once(store, items):
    for hours in (1, 2):
        decide(store, items[0].id, "safety", hours=hours)
    decide(store, items[1].id)
    assert store.measures.decided() == 2


def test_visits_are_counted_by_what_came_of_them(store):
    assert store.measures.last_visit() is None
    outcomes = (Outcome.OK, Outcome.FAILED, Outcome.FAILED)
    store.visits.record_all([Visit("bmj", later(n), one) for n, one in enumerate(outcomes)])
    store.visits.record(visit(hours=-48))
    assert store.measures.visits(NOON) == {Outcome.OK: 1, Outcome.FAILED: 2}
    assert store.measures.last_visit() == later(2)


def test_emails_that_wait_are_counted_with_since_when(store):
    lay_edition(store, [reader(n) for n in range(3)])
    taken = claim(store)
    finish(store, taken, Reply.LATER, Upshot(State.RETRY, later(1)), later(0.1))
    queue = store.measures.queue()
    assert (queue.waiting, queue.retry, queue.since) == (2, 1, NOON)


@pytest.mark.parametrize("held", ["update-2026-11-02", ""])
def test_what_is_held_is_not_late(store, held):
    lay_edition(store, [reader(1)])
    store.outbox.hold(Halt(0, held, NOON, "ann", "wait"))
    assert (store.measures.queue().waiting, store.measures.queue().since) == (1, None)


def test_what_failed_and_what_is_in_doubt_is_counted_by_edition(store):
    name = lay_edition(store, [reader(n) for n in range(3)])
    for state in (State.FAILED, State.IN_DOUBT, State.SENT):
        finish(store, claim(store), Reply.GONE, Upshot(state))
    assert store.measures.left() == {State.FAILED: {name: 1}, State.IN_DOUBT: {name: 1}}
    assert store.measures.left(NOON + DAY) == {State.FAILED: {}, State.IN_DOUBT: {}}


@pytest.mark.parametrize(
    ("reply", "code", "is_away"),
    [
        pytest.param(Reply.SLOWER, 0, True, id="no answer"),
        pytest.param(Reply.SLOWER, 432, False, id="too fast for it"),
        pytest.param(Reply.LATER, 450, False, id="not now"),
        pytest.param(Reply.TAKEN, 250, False, id="taken"),
    ],
)
def test_a_mail_server_that_gives_no_answer_is_away(store, reply, code, is_away):
    lay_edition(store, [reader(1)])
    assert store.measures.away_since() is None
    finish(store, claim(store), reply, Upshot(State.RETRY, later(1)), later(0.1), code)
    assert (store.measures.away_since() is not None) == is_away


def test_the_last_turns_of_each_task_are_told_with_who_had_them(store):
    for minutes in range(4):
        due = NOON + minutes * MINUTE
        store.turns.take("fetch", str(minutes), due, f"p{minutes}", due, MINUTE)
    store.turns.end("fetch", "2", later(1), Ended.FAILED, "no network")
    store.turns.take("draft:update", "2026-11-02", NOON, "p1", NOON, MINUTE)
    store.turns.take("forget", "old", NOON - 9 * DAY, "p1", NOON, MINUTE)
    found = store.measures.turns(NOON, most=2)
    assert list(found) == ["fetch"]
    assert [(one.turn.period, one.by, one.turn.outcome, one.turn.words) for one in found["fetch"]] == [
        ("3", "p3", None, ""),
        ("2", "p2", Ended.FAILED, "no network"),
    ]


def test_the_index_of_what_is_left_serves(store):
    """In other words than those of the index it would not."""
    with store._database.read() as connection:
        if connection.dialect.name == "sqlite":
            for query, index in (
                (select(ending.c.at).where(LEFT), "ix_ending_left"),
                (select(visits.c.outcome).where(visits.c.at >= NOON), "ix_visit_at_outcome"),
            ):
                words = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
                assert index in str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all())
