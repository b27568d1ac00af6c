"""What a database knows of hand-overs, and the hold where a backup knows too little."""

import pytest
from papers import NOON, count_rows, later
from readers import add as add_reader
from readers import approve, deed, lay, put, reader, tried

from bulletin.model import State
from bulletin.store.outbox.restored import OLDER

WHY = f"{OLDER}: say yes"


@pytest.fixture
def laid(store):
    """Deliveries of four people that stand nowhere yet."""
    number = approve(store)
    people = [add_reader(store, reader(f"r{one}", f"r{one}@library.example")) for one in range(4)]
    return [lay(store, number, one) for one in people]


def message_id(number):
    return f"update-2026-11-02.r{number}@library.example"


def again(store, number, **more):
    put(store, "attempt", delivery=number, number=2, code=0, claimed_at=NOON, since=NOON, **more)


def test_what_was_handed_over_is_known_by_delivery_and_attempt(store, laid):
    tried(store, laid[0], handed_at=NOON, ended_at=NOON, reply="later")
    again(store, laid[0], handed_at=NOON)
    tried(store, laid[1])
    assert store.restored.handed(laid) == {(laid[0], 1): message_id(0), (laid[0], 2): message_id(0)}
    assert store.restored.handed([]) == {}


def test_what_went_along_in_one_email_was_handed_over_with_it(store, laid):
    tried(store, laid[0], handed_at=NOON)
    put(store, "member", delivery=laid[1], lead=laid[0])
    assert store.restored.handed([laid[1]]) == {(laid[1], 1): message_id(1)}


def test_what_waits_is_told_with_how_often_it_was_handed_over(store, laid):
    put(store, "due", delivery=laid[0], at=NOON)
    put(store, "due", delivery=laid[1], at=NOON)
    tried(store, laid[1], handed_at=NOON, ended_at=NOON, reply="later")
    again(store, laid[1], ended_at=NOON, reply="later")
    tried(store, laid[2])  # in the hands of a sender that the backup remembers
    tried(store, laid[3], handed_at=NOON)
    assert store.restored.waiting() == {
        laid[0]: (message_id(0), 0),
        laid[1]: (message_id(1), 1),
        laid[2]: (message_id(2), 0),
    }


def test_a_hold_stands_once_and_until_the_yes(store):
    assert not store.restored.is_held()
    store.restored.hold(WHY, NOON)
    store.restored.hold(f"{WHY} again", later(1))
    assert store.restored.is_held()
    assert count_rows(store)["halt"] == 1
    assert store.restored.accepted() is None
    store.restored.accept([], "sent before", deed())
    assert not store.restored.is_held()
    assert store.restored.accepted() == NOON


def test_the_yes_ends_as_sent_what_waits_and_nothing_else(store, laid):
    put(store, "due", delivery=laid[0], at=NOON)
    tried(store, laid[1])
    tried(store, laid[2], handed_at=NOON)
    put(store, "due", delivery=laid[3], at=NOON)
    store.restored.hold(WHY, NOON)
    assert store.restored.accept(laid[:3], "sent before", deed()) == 2
    assert store.outbox.states("update-2026-11-02") == {State.SENT: 2, State.HANDED: 1, State.WAITING: 1}
