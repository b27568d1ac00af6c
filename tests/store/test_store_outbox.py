"""The ledger: each delivery is in one hand at a time, and ends in exactly one state."""

from datetime import timedelta

import pytest
from mailing import (
    FREE,
    claim,
    finish,
    lay_edition,
    marks_of,
    reader,
    rows,
    send,
    states,
    terms,
    whole,
)
from papers import NOON, later
from sqlalchemy import insert, update

from bulletin.errors import ApprovedError
from bulletin.model import Answer, Deed, Halt, Pace, Reply, State, Upshot, Wait
from bulletin.store.outbox.tables import attempt, bounce, delivery, due, ending, member
from bulletin.store.subscribers.tables import subscriber, subscription, suppression

SENT, FAILED, DOUBT = Upshot(State.SENT), Upshot(State.FAILED, None, "no"), Upshot(State.IN_DOUBT, None, "?")


@pytest.fixture
def three(store):
    return lay_edition(store, [reader(number) for number in (1, 2, 3)])


def change(store, statement):
    with store._database.write() as connection:
        connection.execute(statement)


def test_what_is_laid_waits(store, three):
    assert states(store, three) == {"waiting": 3}


def test_a_delivery_goes_through_its_states_one_after_the_other(store, three):
    taken = claim(store)
    assert states(store, three) == {"waiting": 2, "claimed": 1}
    assert store.outbox.hand(taken, NOON)
    assert states(store, three) == {"waiting": 2, "handed": 1}
    finish(store, taken, Reply.TAKEN, SENT)
    assert states(store, three) == {"waiting": 2, "sent": 1}


def test_what_was_due_first_goes_first_and_each_goes_once(store, three):
    change(store, update(due).where(due.c.delivery == 3).values(at=later(-1)))
    assert [claim(store).delivery for _ in range(3)] == [3, 1, 2]
    assert store.outbox.claim(terms(), NOON) is None


def test_a_claim_tells_all_that_a_sender_needs(store, three):
    taken = claim(store, edition=three)
    assert (taken.edition, taken.bulletin, taken.list) == (three, "update", "all")
    assert (taken.recipient, taken.address, taken.is_person) == (f"{1:016x}", "ok1@example.org", True)
    assert (taken.message_id, taken.parts) == (
        f"{three}.{1:016x}@example.nhs.uk",
        ((1, f"{three}.{1:016x}@example.nhs.uk"),),
    )
    assert (taken.number, taken.dated, taken.since, taken.later) == (1, NOON, NOON, 0)
    assert taken.marks == marks_of("ok1@example.org")


def test_what_is_not_due_yet_waits(store):
    name = lay_edition(store, [reader(1)], due=later(2))
    assert store.outbox.claim(terms(), NOON) is None
    assert store.outbox.next_due() == later(2)
    assert claim(store, later(2)).edition == name


def test_one_edition_alone_may_be_sent(store, three):
    other = lay_edition(store, [reader(1)], "2026-11-03", due=later(-1))
    assert claim(store, edition=three).edition == three
    assert claim(store).edition == other


def test_the_next_one_is_taken_in_the_transaction_that_ends_the_last(store, three):
    taken = claim(store)
    store.outbox.hand(taken, NOON)
    following = store.outbox.end(taken, Answer(Reply.TAKEN), SENT, NOON, terms())
    assert [one.delivery for one in following] == [2]
    assert states(store, three) == {"sent": 1, "claimed": 1, "waiting": 1}


def test_a_second_try_has_the_date_of_the_first(store, three):
    first = claim(store)
    finish(store, first, Reply.LATER, Upshot(State.RETRY, later(1)))
    assert states(store, three) == {"retry": 1, "waiting": 2}
    change(store, update(due).where(due.c.delivery != first.delivery).values(at=later(9)))
    second = claim(store, later(1))
    assert (second.delivery, second.number, second.later) == (first.delivery, 2, 1)
    assert (second.dated, second.since) == (NOON, NOON)


def test_what_was_not_handed_after_all_waits_as_before(store, three):
    taken = claim(store)
    finish(store, taken, Reply.ABANDONED, Upshot(State.WAITING, taken.due))
    assert states(store, three) == {"waiting": 3}


@pytest.mark.parametrize(
    ("upshot", "state"), [(SENT, "sent"), (FAILED, "failed"), (DOUBT, "in doubt")], ids=["sent", "failed", "doubt"]
)
def test_an_outcome_ends_it(store, three, upshot, state):
    taken = claim(store)
    store.outbox.hand(taken, NOON)
    finish(store, taken, Reply.REFUSED, upshot)
    assert states(store, three) == {"waiting": 2, state: 1}
    finish(store, taken, Reply.TAKEN, SENT)
    assert states(store, three) == {"waiting": 2, state: 1}


# Who left meanwhile.


def left():
    return update(subscription).where(subscription.c.subscriber == f"{1:016x}").values(left_at=NOON)


def paused():
    until = NOON.date() + timedelta(days=1)
    return update(subscriber).where(subscriber.c.id == f"{1:016x}").values(paused_until=until)


def suppressed(mark=1):
    row = {"mark": marks_of("ok1@example.org")[mark], "why": "called it spam", "by": "", "at": NOON}
    return insert(suppression).values(row)


def forgotten():
    gone = {"subscriber": None, "address": "", "recipient": "#1"}
    return update(delivery).where(delivery.c.id == 1).values(gone)


@pytest.mark.parametrize(
    ("did", "words"),
    [
        (left, "left the list"),
        (paused, "wants nothing before 3 November 2026"),
        (suppressed, "gets nothing any more: called it spam"),
        (forgotten, "asked to be forgotten"),
    ],
)
def test_who_left_is_passed_over_with_the_reason(store, three, did, words):
    change(store, did())
    assert claim(store).delivery == 2
    (passed,) = store.outbox.deliveries(three, State.SUPPRESSED)
    assert (passed.id, passed.words, passed.at) == (1, words, NOON)
    assert states(store, three) == {"suppressed": 1, "claimed": 1, "waiting": 1}


@pytest.mark.parametrize("did", [left, suppressed, forgotten])
def test_who_leaves_while_their_email_is_in_hand_gets_nothing(store, three, did):
    taken = claim(store)
    change(store, did())
    assert not store.outbox.hand(taken, NOON)
    finish(store, taken, Reply.ABANDONED, Upshot(State.WAITING, taken.due))
    assert claim(store).delivery == 2
    assert states(store, three) == {"suppressed": 1, "claimed": 1, "waiting": 1}


def test_who_comes_back_when_their_pause_is_over_gets_it(store, three):
    change(store, paused())
    assert claim(store, later(24)).delivery == 1


def test_many_who_left_are_passed_over_a_hundred_at_a_time(store):
    name = lay_edition(store, [reader(number) for number in range(1, 252)])
    change(store, update(subscription).where(subscription.c.subscriber < f"{251:016x}").values(left_at=NOON))
    assert store.outbox.claim(terms(), NOON) == Wait(NOON)
    assert states(store, name) == {"suppressed": 100, "waiting": 151}
    store.outbox.claim(terms(), NOON)
    assert claim(store).delivery == 251


# How fast.


def test_no_more_than_so_many_a_minute_over_all_senders(store, three):
    pace = Pace(a_minute=2, a_day=0)
    send(store, NOON, pace=pace, sender="s1")
    send(store, NOON + timedelta(seconds=10), pace=pace, sender="s2")
    assert store.outbox.claim(terms(pace=pace), NOON + timedelta(seconds=30)) == Wait(NOON + timedelta(minutes=1))
    assert claim(store, NOON + timedelta(minutes=1), pace=pace).delivery == 3


def test_no_more_than_so_many_a_day(store, three):
    pace = Pace(a_minute=0, a_day=2)
    send(store, pace=pace)
    send(store, later(1), pace=pace)
    assert store.outbox.claim(terms(pace=pace), later(2)) == Wait(later(24))
    assert claim(store, later(24), pace=pace).delivery == 3


def slow_down(store, now):
    taken = claim(store, now)
    finish(store, taken, Reply.SLOWER, Upshot(State.WAITING, now), now)


def test_a_server_that_asks_for_slowness_gets_a_minute_and_then_twice_as_long(store, three):
    now = NOON
    for minutes in (1, 2, 4, 8, 15, 15):
        slow_down(store, now)
        again = now + timedelta(minutes=minutes)
        assert store.outbox.claim(terms(), now) == Wait(again)
        assert store.outbox.claim(terms(), again - timedelta(seconds=1)) == Wait(again)
        now = again
    send(store, now)
    slow_down(store, now + timedelta(seconds=1))
    assert store.outbox.claim(terms(), now + timedelta(seconds=2)) == Wait(now + timedelta(seconds=61))
    assert states(store, three) == {"sent": 1, "retry": 2}


# Halts.


def test_nothing_of_a_held_edition_is_taken_until_it_goes_on(store, three):
    other = lay_edition(store, [reader(1)], "2026-11-03", due=later(0))
    assert store.outbox.hold(Halt(0, three, NOON, "ann", "a wrong date"))
    assert not store.outbox.hold(Halt(0, three, NOON, "ann", "a wrong date"))
    assert claim(store).edition == other
    assert store.outbox.claim(terms(), NOON) is None
    assert store.outbox.next_due() is None
    assert [one.why for one in store.outbox.halts(three)] == ["a wrong date"]
    assert store.outbox.resume(three, "bob", later(1)) == 1
    assert claim(store).edition == three
    assert [(one.who, one.did, one.what) for one in store.deeds.all()][-2:] == [
        ("ann", "held the sending", three),
        ("bob", "let the sending go on", three),
    ]


def test_nothing_at_all_is_taken_while_everything_is_held(store, three):
    store.outbox.hold(Halt(0, "", NOON, "ann", "the printer burns"))
    assert store.outbox.claim(terms(), NOON) is None
    assert store.outbox.resume(three, "bob", later(1)) == 0
    assert store.outbox.claim(terms(), NOON) is None
    store.outbox.resume("", "bob", later(1))
    assert claim(store)


@pytest.mark.parametrize("everything", [True, False])
def test_what_is_in_hand_when_it_is_held_is_not_handed_over(store, three, everything):
    taken = claim(store)
    store.outbox.hold(Halt(0, "" if everything else three, NOON, "ann", "stop"))
    assert not store.outbox.hand(taken, NOON)


def test_an_answer_that_stops_everything_holds_everything_once(store, three):
    for _ in range(2):
        store.outbox.resume("", "ann", NOON)
        taken = claim(store)
        finish(store, taken, Reply.STOP, Upshot(State.RETRY, NOON, "", holds="535 bad password"))
    assert [(one.edition, one.by, one.why) for one in store.outbox.halts()] == [("", "", "535 bad password")]
    assert states(store, three) == {"retry": 1, "waiting": 2}


def test_three_refusals_for_our_fault_hold_the_edition_and_resuming_counts_anew(store):
    name = lay_edition(store, [reader(number) for number in range(1, 9)])
    struck = Upshot(State.FAILED, None, "550 5.7.1 no", strike="our fault")
    for number in range(1, 8):
        now = later(number)
        taken = claim(store, now)
        finish(store, taken, Reply.POLICY, struck, now)
        assert len(store.outbox.halts(name)) == (1 if number in (3, 6) else 0)
        store.outbox.resume(name, "ann", now + timedelta(minutes=1))
    assert states(store, name) == {"failed": 7, "waiting": 1}


def test_cancelling_ends_what_waits_and_what_comes_back(store, three):
    taken = claim(store)
    assert store.outbox.cancel(three, "ann", later(1)) == 2
    assert states(store, three) == {"claimed": 1, "cancelled": 2}
    finish(store, taken, Reply.LATER, Upshot(State.RETRY, later(2)))
    assert states(store, three) == {"cancelled": 3}
    assert store.outbox.resume(three, "ann", later(3)) == 0
    assert "cancelled the sending" in [one.did for one in store.deeds.all()]


def test_what_is_cancelled_while_it_is_handed_ends_as_it_ends(store, three):
    taken = claim(store)
    store.outbox.hand(taken, NOON)
    store.outbox.cancel(three, "ann", later(1))
    finish(store, taken, Reply.TAKEN, SENT)
    assert states(store, three) == {"sent": 1, "cancelled": 2}


# What a person says.


def deed(words="treated as sent"):
    return Deed(later(1), "ann", words, "1")


def in_doubt(store):
    taken = claim(store)
    store.outbox.hand(taken, NOON)
    finish(store, taken, Reply.UNKNOWN, DOUBT)
    return taken


def test_a_doubt_is_treated_as_sent_once(store, three):
    taken = in_doubt(store)
    assert store.outbox.settle(taken.delivery, State.IN_DOUBT, deed(), again=False)
    assert not store.outbox.settle(taken.delivery, State.IN_DOUBT, deed(), again=False)
    assert states(store, three) == {"sent": 1, "waiting": 2}
    assert [one.did for one in store.deeds.all()].count("treated as sent") == 1


def test_a_doubt_goes_again_and_its_tries_are_counted_anew(store, three):
    taken = in_doubt(store)
    assert store.outbox.settle(taken.delivery, State.IN_DOUBT, deed("sent again"), again=True)
    change(store, update(due).where(due.c.delivery != taken.delivery).values(at=later(9)))
    again = claim(store, later(2))
    assert (again.delivery, again.number, again.dated, again.since) == (taken.delivery, 2, NOON, later(2))


def test_what_failed_goes_again(store, three):
    taken = claim(store)
    finish(store, taken, Reply.REFUSED, FAILED)
    assert not store.outbox.settle(taken.delivery, State.IN_DOUBT, deed(), again=True)
    assert store.outbox.settle(taken.delivery, State.FAILED, deed(), again=True)
    assert states(store, three) == {"retry": 1, "waiting": 2}


def test_what_was_put_off_may_be_hastened_and_what_waits_for_its_day_may_not(store, three):
    put_off = claim(store)
    finish(store, put_off, Reply.LATER, Upshot(State.RETRY, later(4)))
    change(store, update(due).where(due.c.delivery != put_off.delivery).values(at=later(5)))
    assert store.outbox.hasten("another", NOON) == 0
    assert store.outbox.hasten(three, NOON) == 1
    assert claim(store).delivery == put_off.delivery
    assert store.outbox.claim(terms(), NOON) is None


def test_what_waits_for_its_hour_may_go_at_once_and_what_was_tried_or_gathers_may_not(store, three):
    tried = claim(store)
    finish(store, tried, Reply.LATER, Upshot(State.RETRY, later(4)))
    change(store, update(due).values(at=later(5)))
    gathers, waits = (one.id for one in store.outbox.deliveries(three, State.WAITING))
    change(store, update(delivery).where(delivery.c.id == gathers).values(gathers=True))
    before = len(store.deeds.latest())
    assert store.outbox.release("another", deed()) == 0
    assert store.outbox.release(three, deed()) == 1
    assert store.outbox.release(three, deed()) == 0
    assert len(store.deeds.latest()) == before + 1
    assert [one.id for one in store.outbox.deliveries(three) if one.due == later(1)] == [waits]


# Several editions in one email.


@pytest.fixture
def merged(store):
    """Two editions for one reader in one email."""
    one = reader(1, lists=("update", "digest"))
    first = lay_edition(store, [one], gathers=True)
    second = lay_edition(store, [one], "2026-11-03", "digest", gathers=True)
    with store._database.write() as connection:
        digest = rows(store, delivery)[0]["message"]
        connection.execute(update(delivery).where(delivery.c.id == 1).values(together=digest))
        connection.execute(due.delete().where(due.c.delivery == 2))
        connection.execute(insert(member).values(delivery=2, lead=1))
    return first, second


def test_what_gathers_is_taken_when_it_was_gathered(store, merged):
    assert store.outbox.claim(terms(), NOON) is None
    store.outbox.gathered(later(-1))
    assert store.outbox.claim(terms(), NOON) is None
    store.outbox.gathered(NOON)
    taken = claim(store)
    assert (taken.delivery, taken.is_together, [number for number, _ in taken.parts]) == (1, True, [1, 2])


def test_what_goes_together_stands_alike(store, merged):
    store.outbox.gathered(NOON)
    send(store)
    assert [states(store, name) for name in merged] == [{"sent": 1}, {"sent": 1}]
    assert [one.state for one in store.outbox.deliveries("")] == [State.SENT, State.SENT]


def leave_second(store):
    here = subscription.c.bulletin == "digest"
    change(store, update(subscription).where(here).values(left_at=NOON))


def test_an_email_of_several_comes_apart_when_its_reader_left_one_of_them(store, merged):
    store.outbox.gathered(NOON)
    leave_second(store)
    assert store.outbox.claim(terms(), NOON) is None
    assert [states(store, name) for name in merged] == [{"waiting": 1}, {"suppressed": 1}]
    store.outbox.gathered(NOON)
    taken = claim(store)
    assert (taken.delivery, taken.is_together) == (1, False)


def test_an_email_of_several_is_not_handed_over_when_its_reader_leaves_one_of_them(store, merged):
    store.outbox.gathered(NOON)
    taken = claim(store)
    leave_second(store)
    assert not store.outbox.hand(taken, NOON)


@pytest.mark.parametrize("which", [0, 1])
def test_cancelling_one_edition_lets_the_other_go_by_itself(store, merged, which):
    store.outbox.gathered(NOON)
    assert store.outbox.cancel(merged[which], "ann", NOON) == 1
    assert states(store, merged[which]) == {"cancelled": 1}
    store.outbox.gathered(NOON)
    assert send(store).edition == merged[1 - which]


def test_an_email_of_several_whose_first_is_cancelled_in_hand_comes_apart_when_it_comes_back(store, merged):
    store.outbox.gathered(NOON)
    taken = claim(store)
    store.outbox.cancel(merged[0], "ann", NOON)
    finish(store, taken, Reply.LATER, Upshot(State.RETRY, later(1)))
    assert [states(store, name) for name in merged] == [{"cancelled": 1}, {"waiting": 1}]


def test_a_doubt_about_several_is_settled_for_all_of_them(store, merged):
    store.outbox.gathered(NOON)
    in_doubt(store)
    assert store.outbox.settle(2, State.IN_DOUBT, deed(), again=False)
    assert whole(store) == {"sent": 2}


# Taking an approval back.


def test_an_approval_of_which_nothing_was_handed_takes_its_deliveries_with_it(store, three):
    taken = claim(store)
    refused = claim(store)
    finish(store, refused, Reply.GONE, FAILED)
    row = {"digest": "d", "delivery": refused.delivery, "kind": "hard", "edition": three, "status": "", "words": ""}
    change(store, insert(bounce).values(row | {"at": NOON}))
    store.outbox.cancel(three, "ann", NOON)
    assert store.approvals.end(three, later(1), "eve", "a slip")
    assert whole(store) == {}
    assert [rows(store, table) for table in (attempt, due, ending, delivery)] == [[], [], [], []]
    assert store.outbox.halts() == []
    assert not store.outbox.hand(taken, NOON)
    finish(store, taken, Reply.ABANDONED, Upshot(State.WAITING, NOON))
    lay_again = store.approvals.holding()
    assert lay_again == {}


@pytest.mark.parametrize("people", [1, 2])
def test_an_approval_of_which_something_went_out_stands(store, three, people):
    for _ in range(people):
        send(store)
    told = "has gone to 1 person:" if people == 1 else "has gone to 2 people:"
    with pytest.raises(ApprovedError, match=told):
        store.approvals.end(three, later(1), "eve", "a slip")
    assert states(store, three) == {"sent": people, "waiting": 3 - people}


def test_an_approval_whose_edition_goes_together_with_another_parts_them(store, merged):
    assert store.approvals.end(merged[0], later(1), "eve", "a slip")
    store.outbox.gathered(later(1))
    assert send(store, later(1)).edition == merged[1]


def test_an_approval_whose_edition_went_out_within_another_email_stands(store, merged):
    store.outbox.gathered(NOON)
    send(store)
    with pytest.raises(ApprovedError, match="has gone to 1 person"):
        store.approvals.end(merged[1], later(1), "eve", "a slip")


def test_an_edition_whose_approval_ended_is_not_sent(store, three):
    with store._database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO approval_end VALUES (1, '2026-11-02 12:00:00.000000+00', 'eve', 'by hand')"
        )
    assert store.outbox.claim(terms(pace=FREE), NOON) is None
