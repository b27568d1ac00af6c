"""What came back is counted once, found by number and Message-ID, and ends doubts."""

import pytest
from mailing import lay_edition, reader, rows, states
from papers import NOON, later
from sqlalchemy import func, insert, select

from bulletin.model import Bounce, BounceKind, State
from bulletin.store import About
from bulletin.store.outbox.tables import attempt, bounce, due, ending, member

ALEX = f"{1:016x}"
EDITION = "update-2026-11-02"
HARD = Bounce(BounceKind.HARD, EDITION, NOON, "5.1.1", "550 5.1.1 unknown")


@pytest.fixture
def two(store):
    return lay_edition(store, [reader(1), reader(2)])


def message_id(number):
    return f"{EDITION}.{number:016x}@example.nhs.uk"


def take(store, number=1, at=NOON, handed=None):
    """Take a delivery in hand, and give it away if it says when."""
    with store._database.write() as connection:
        connection.execute(due.delete().where(due.c.delivery == number))
        tries = connection.execute(select(func.count()).where(attempt.c.delivery == number)).scalar_one()
        opened = {"delivery": number, "number": tries + 1, "claimed_at": at, "handed_at": handed, "since": at}
        told = {"sender": "s1", "reply": "", "code": 0, "status": "", "words": ""}
        connection.execute(insert(attempt).values(opened | told))


def end(store, state, number=1, at=NOON):
    take(store, number, at, handed=at)
    with store._database.write() as connection:
        connection.execute(attempt.update().where(attempt.c.delivery == number).values(ended_at=at))
        over = {"delivery": number, "state": state, "at": at, "words": "?", "by": ""}
        connection.execute(insert(ending).values(over))


def test_an_email_counts_once(store, two):
    assert store.bounces.add("d1", HARD, ALEX, 1)
    assert not store.bounces.add("d1", HARD, ALEX, 1)
    assert store.bounces.add("d2", HARD, ALEX, 1)
    assert (store.bounces.is_known("d1"), store.bounces.is_known("d3")) == (True, False)
    assert len(rows(store, bounce)) == 2


def test_a_delivery_is_found_by_its_number_and_by_its_message_id(store, two):
    end(store, State.SENT)
    sent = About(1, ALEX, EDITION, was_handed=True, held_since=None)
    assert store.bounces.about([1], []) == sent
    assert store.bounces.about([], ["x@y", message_id(1)]) == sent
    assert store.bounces.about([99], ["x@y"]) is None
    assert store.bounces.about([], []) is None


def test_what_waits_was_not_handed_and_goes_behind_what_was(store, two):
    end(store, State.SENT)
    waits = store.bounces.about([2], [])
    assert waits
    assert not waits.was_handed
    assert store.bounces.about([2], [message_id(1)]) == store.bounces.about([1], [])


def test_what_a_sender_has_in_hand_is_told(store, two):
    take(store, 1)
    take(store, 2, handed=later(1))
    claimed, handed = store.bounces.about([1], []), store.bounces.about([2], [])
    assert (claimed.was_handed, claimed.held_since) == (False, NOON)
    assert (handed.was_handed, handed.held_since) == (True, NOON)


def test_of_several_in_one_email_the_one_that_leads_it_is_found(store, two):
    with store._database.write() as connection:
        connection.execute(due.delete().where(due.c.delivery == 2))
        connection.execute(insert(member).values(delivery=2, lead=1))
    assert store.bounces.about([2], []).delivery == 1


def test_what_stopped_email_counts_no_more(store, two):
    store.bounces.add("d1", HARD, ALEX, 1)
    store.bounces.add("d2", Bounce(BounceKind.OTHER, EDITION, NOON), ALEX, 1)
    store.bounces.add("d3", HARD, None)
    assert store.bounces.counting() == store.bounces.counting(ALEX) == {ALEX: [HARD]}
    assert store.bounces.stopped(NOON) == {}
    store.bounces.stop(ALEX, later(5))
    assert store.bounces.counting() == {}
    assert store.bounces.stopped(NOON) == {ALEX: later(5)}
    assert store.bounces.stopped(later(6)) == {}
    assert [(row.bounce.kind, row.stopped_at) for row in store.bounces.of(ALEX)] == [
        (BounceKind.OTHER, None),
        (BounceKind.HARD, later(5)),
    ]


def test_of_an_edition_each_delivery_counts_once_for_what_came_back(store, two):
    for number, kind in enumerate((BounceKind.HARD, BounceKind.HARD, BounceKind.SOFT)):
        store.bounces.add(f"d{number}", Bounce(kind, EDITION, NOON), ALEX, 1)
    assert store.bounces.counts(EDITION) == {BounceKind.HARD: 1, BounceKind.SOFT: 1}
    assert store.bounces.counts("another") == {}


@pytest.mark.parametrize(
    ("kind", "status", "state"),
    [
        (BounceKind.HARD, "5.1.1", "failed"),
        (BounceKind.SOFT, "4.4.7", "failed"),
        (BounceKind.OTHER, "5.7.1", "failed"),
        (BounceKind.OTHER, "", "sent"),
        (BounceKind.COMPLAINT, "", "sent"),
    ],
)
def test_a_report_ends_a_doubt(store, two, kind, status, state):
    end(store, State.IN_DOUBT)
    store.bounces.add("d", Bounce(kind, EDITION, later(5), status), ALEX, 1)
    assert store.bounces.settle(later(6)) == 1
    assert states(store, two) == {state: 1, "waiting": 1}
    assert store.bounces.settle(later(7)) == 0


def test_of_two_reports_the_failure_ends_the_doubt(store, two):
    end(store, State.IN_DOUBT)
    store.bounces.add("d1", HARD, ALEX, 1)
    store.bounces.add("d2", Bounce(BounceKind.OTHER, EDITION, later(1)), ALEX, 1)
    store.bounces.settle(later(6))
    (failed,) = store.outbox.deliveries(two, State.FAILED)
    assert failed.words == "came back: 5.1.1 550 5.1.1 unknown"


def test_a_report_of_the_first_try_says_nothing_of_the_second(store, two):
    end(store, State.IN_DOUBT)
    store.bounces.add("d1", Bounce(BounceKind.OTHER, EDITION, later(5)), ALEX, 1)
    with store._database.write() as connection:
        connection.execute(ending.delete())
    end(store, State.IN_DOUBT, at=later(10))
    assert store.bounces.settle(later(11)) == 0


def test_nothing_that_is_certain_is_changed_by_a_report(store, two):
    end(store, State.SENT)
    store.bounces.add("d1", HARD, ALEX, 1)
    assert store.bounces.settle(later(6)) == 0
    assert states(store, two) == {"sent": 1, "waiting": 1}


def test_how_far_a_place_was_read_is_remembered(store):
    assert store.bounces.validator("INBOX") is None
    store.bounces.keep_validator("INBOX", "7:1", NOON)
    store.bounces.keep_validator("INBOX", "7:2", NOON)
    assert (store.bounces.validator("INBOX"), store.bounces.validator("Other")) == ("7:2", None)
