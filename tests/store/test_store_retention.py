"""After a time what was sent to whom becomes numbers, and the numbers stay the same."""

import pytest
from papers import NOON, count_rows, later
from readers import ADA, add, approve, end, lay, put, reader, tried
from sqlalchemy import select

from bulletin.errors import ApprovedError
from bulletin.model import State
from bulletin.store.outbox.tables import delivery_count
from bulletin.store.outbox.withdrawing import withdraw

OLD, NEW = "update-2025-10-06", "update-2026-11-02"
LONG_AGO = later(-24 * 400)
BEFORE = later(-24 * 390)


@pytest.fixture
def people(store):
    return [add(store, reader(f"r{number}", f"r{number}@example.nhs.uk")) for number in range(5)]


def states(store, edition):
    """As reports count them."""
    return {state: many for (_, _, state), many in store.results.states([edition]).items()}


def forget(store):
    return store.retention.forget(BEFORE, NOON)


def fill(store, people, edition, at):
    number = approve(store, edition, at)
    for one, state in zip(people, ("sent", "sent", "failed", "in doubt", "suppressed"), strict=True):
        laid = lay(store, number, one, edition)
        tried(store, laid, ended_at=at, reply="taken", words="ok")
        end(store, laid, state, at)
        put(store, "bounce", digest=f"{edition} {one.id}", subscriber=one.id, delivery=laid, kind="soft", at=at)


def test_old_deliveries_become_numbers_and_the_sums_stay(store, people):
    fill(store, people, OLD, LONG_AGO)
    fill(store, people, NEW, NOON)
    before = {edition: states(store, edition) for edition in (OLD, NEW)}
    gone = forget(store)
    assert (gone.editions, gone.deliveries, gone.bounces) == ((OLD,), 5, 5)
    assert {edition: states(store, edition) for edition in (OLD, NEW)} == before
    assert before[OLD] == {State.SENT: 2, State.FAILED: 1, State.IN_DOUBT: 1, State.SUPPRESSED: 1}
    rows = count_rows(store)
    assert [rows[name] for name in ("delivery", "attempt", "ending", "bounce")] == [5, 5, 5, 5]


def test_forgetting_twice_changes_nothing(store, people):
    fill(store, people, OLD, LONG_AGO)
    forget(store)
    before = count_rows(store)
    assert forget(store).editions == ()
    assert count_rows(store) == before


def test_an_edition_of_which_something_still_waits_stays(store, people):
    number = approve(store, OLD, LONG_AGO)
    end(store, lay(store, number, people[0], OLD))
    put(store, "due", delivery=lay(store, number, people[1], OLD), at=NOON)
    assert forget(store).editions == ()
    assert states(store, OLD) == {State.SENT: 1, State.WAITING: 1}


def test_an_edition_that_went_to_somebody_of_late_stays(store, people):
    """The journal of what was sent names it, and a run holds where the database does not know of that."""
    number = approve(store, OLD, LONG_AGO)
    end(store, lay(store, number, people[0], OLD), at=LONG_AGO)
    lead = lay(store, approve(store, NEW, NOON), people[1], NEW)
    end(store, lead, at=NOON)
    put(store, "member", delivery=lay(store, number, people[1], OLD), lead=lead)
    assert forget(store).editions == ()
    assert states(store, OLD) == {State.SENT: 2}


def test_an_edition_of_which_numbers_are_left_stays_as_it_was_sent(store, people):
    number = approve(store, OLD, LONG_AGO)
    for one, state in zip(people, ("sent", "failed", "suppressed"), strict=False):
        end(store, lay(store, number, one, OLD), state, LONG_AGO)
    forget(store)
    with store._database.write() as connection, pytest.raises(ApprovedError, match="has gone to 2 people"):
        withdraw(connection, number, OLD, "ann", NOON)


def test_what_went_in_one_email_with_something_older_stands_for_itself(store, people):
    old, new = approve(store, OLD, LONG_AGO), approve(store, NEW, NOON)
    lead = lay(store, old, people[0], OLD)
    tried(store, lead, ended_at=LONG_AGO, reply="taken")
    end(store, lead, "sent", LONG_AGO)
    put(store, "member", delivery=lay(store, new, people[0], NEW), lead=lead)
    forget(store)
    assert states(store, NEW) == {State.SENT: 1}
    assert states(store, OLD) == {State.SENT: 1}


def test_messages_go_with_the_last_delivery_that_brings_them(store, people):
    old = approve(store, OLD, LONG_AGO)
    end(store, lay(store, old, people[0], OLD), at=LONG_AGO)
    put(store, "message", digest="m2", mime=b"x")
    end(store, lay(store, old, people[1], OLD, together="m2"), at=LONG_AGO)
    assert count_rows(store)["message"] == 2
    lay(store, approve(store, NEW, NOON), people[0], NEW)
    forget(store)
    assert count_rows(store)["message"] == 1


def test_sign_ups_go_when_their_time_is_over(store):
    for digest, until in (("a", later(-1)), ("b", later(1))):
        put(store, "sign_up", digest=digest, email=ADA, lists=[], at=LONG_AGO, until=until)
    assert forget(store).sign_ups == 1
    assert count_rows(store)["sign_up"] == 1


def test_a_list_with_one_address_for_all_is_counted_too(store):
    end(store, lay(store, approve(store, OLD, LONG_AGO), None, OLD), at=LONG_AGO)
    forget(store)
    with store._database.read() as connection:
        assert [*connection.execute(select(delivery_count))] == [(OLD, "managers", "sent", 1)]
