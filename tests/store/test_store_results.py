"""Numbers of editions: their sums are the ledger's, whatever became of each delivery."""

from collections import Counter
from datetime import timedelta

import pytest
from papers import NOON, later
from readers import add, approve, end, lay, put, reader, told

from bulletin.model import Did, State, Way
from bulletin.store.outbox.tables import delivery_state

EDITION, NEXT = "update-2026-11-02", "update-2026-12-07"


@pytest.fixture
def people(store):
    return [add(store, reader(f"p{number}", f"p{number}@example.nhs.uk")) for number in range(8)]


@pytest.fixture
def number(store):
    return approve(store)


def lay_all(store, number, people, edition=EDITION):
    return [lay(store, number, one, edition) for one in people]


def consent(store, one, did, way=Way.LINK, hours=1.0):
    said = told(did, way, later(hours))
    row = {"subscriber": one.id, "bulletin": "update", "list": "managers", "did": did, "way": way, "at": said.at}
    put(store, "consent", **row)


def test_states_are_those_of_the_ledger_and_their_sum_is_the_number_of_recipients(store, people, number):
    laid = lay_all(store, number, people)
    for one, state in zip(laid, ("sent", "sent", "failed", "in doubt", "suppressed", "cancelled"), strict=False):
        end(store, one, state)
    put(store, "due", delivery=laid[6])
    put(store, "member", delivery=laid[7], lead=laid[0])
    found = store.results.states([EDITION])
    with store._database.read() as connection:
        rows = connection.execute(delivery_state.select()).all()
    assert found == Counter((row.edition, row.list, State(row.state)) for row in rows)
    assert sum(found.values()) == len(people)
    assert found[EDITION, "managers", State.SENT] == 3


def test_what_is_kept_as_numbers_alone_counts_too(store, people, number):
    end(store, lay(store, number, people[0]))
    put(store, "delivery_count", edition="update-2025-01-06", list="managers", state="sent", people=70)
    found = store.results.states([EDITION, "update-2025-01-06"])
    assert found["update-2025-01-06", "managers", State.SENT] == 70
    assert found[EDITION, "managers", State.SENT] == 1
    assert store.results.counted([EDITION, "update-2025-01-06"]) == {"update-2025-01-06"}


def test_what_came_back_is_told_once_for_each_that_was_sent(store, people, number):
    sent, together, failed, other = lay_all(store, number, people[:4])
    for one, state in ((sent, "sent"), (failed, "failed"), (other, "sent")):
        end(store, one, state)
    put(store, "member", delivery=together, lead=sent)
    for digest, kind, of in (("a", "hard", sent), ("b", "soft", sent), ("c", "hard", failed), ("d", "other", other)):
        put(store, "bounce", digest=digest, kind=kind, delivery=of, edition=EDITION)
    assert store.results.came_back([EDITION]) == {(EDITION, "managers"): 2}


def test_reasons_are_counted_by_their_words(store, people, number):
    for one, words in zip(lay_all(store, number, people[:3]), ("is paused", "is paused", "has left"), strict=True):
        put(store, "ending", delivery=one, state="suppressed", words=words)
    found = store.results.reasons([EDITION])
    assert found == {(EDITION, "managers", "is paused"): 2, (EDITION, "managers", "has left"): 1}


def test_people_are_counted_once_however_much_they_got(store, people, number):
    for edition in (EDITION, NEXT):
        for one in lay_all(store, number, people[:2], edition):
            end(store, one)
        end(store, lay(store, number, None, edition, list="all"))
    end(store, lay(store, number, people[2], list="nurses"))
    end(store, lay(store, number, people[3]), "failed")
    found = store.results.people([EDITION, NEXT])
    assert (found.total, found.by_list) == (3, {("update", "managers"): 2, ("update", "nurses"): 1})


def test_who_leaves_by_a_link_within_a_week_left_because_of_the_last_edition(store, people, number):
    for edition, hours in ((EDITION, 0), (NEXT, 48)):
        for one in lay_all(store, number, people, edition):
            end(store, one, at=later(hours))
    consent(store, people[0], Did.LEFT, hours=24)
    consent(store, people[1], Did.LEFT, Way.ONE_CLICK, hours=49)
    consent(store, people[2], Did.LEFT, Way.MAIL, hours=48 + 7 * 24)
    consent(store, people[3], Did.LEFT, hours=48 + 7 * 24 + 1)  # a week is over
    consent(store, people[4], Did.LEFT, Way.DESK, hours=50)  # asked the library
    consent(store, people[5], Did.LEFT, Way.COMPLAINT, hours=50)
    left, back = store.results.left([EDITION, NEXT])
    assert left == {(EDITION, "managers"): 1, (NEXT, "managers"): 2}
    assert not back
    assert store.results.left([EDITION])[0] == {(EDITION, "managers"): 1}


def test_who_undoes_it_is_told_and_may_leave_again(store, people, number):
    end(store, lay(store, number, people[0]))
    for hours, did in ((1, Did.LEFT), (2, Did.CAME_BACK), (3, Did.LEFT)):
        consent(store, people[0], did, hours=hours)
    assert store.results.left([EDITION]) == ({(EDITION, "managers"): 2}, {(EDITION, "managers"): 1})


def test_who_got_nothing_did_not_leave_because_of_it(store, people, number):
    end(store, lay(store, number, people[0]), "failed")
    end(store, lay(store, number, people[1]), at=NOON + timedelta(days=1))
    consent(store, people[0], Did.LEFT)
    consent(store, people[1], Did.LEFT)
    assert store.results.left([EDITION]) == ({}, {})
