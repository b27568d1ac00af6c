"""Visits: the last one counts, and what to ask with survives failures."""

import pytest
from papers import NOON, count_rows, later, shelve, visit

from bulletin.model import Outcome, Trouble, Validators, Visit

ADDRESS = "https://example.org/feed"
NONE = Validators()
OLD, NEW = Validators('"old"', "Mon, 02 Nov 2026 12:00:00 GMT"), Validators('W/"new"')


def at_address(outcome, hours, validators=NONE, url=ADDRESS, digest=""):
    return Visit("bmj", later(hours), outcome, url, validators, digest=digest)


def test_a_visit_comes_back_as_it_was_recorded(store):
    recorded = Visit(
        "bmj",
        NOON,
        Outcome.FAILED,
        ADDRESS,
        OLD,
        "the server said 503",
        seen=3,
        new=1,
        trouble=Trouble.BUSY,
        digest="abc",
        wait_until=later(2),
        held_host="example.org:443",
        moved_to="https://example.org/new",
    )
    store.visits.record(recorded)
    assert store.visits.latest() == {"bmj": recorded}


def test_before_any_visit_nothing_is_known(store):
    assert (store.visits.latest(), store.visits.known()) == ({}, {})


def test_the_last_visit_to_each_feed_is_the_latest(store):
    visits = [visit("bmj", 1), visit("lancet", 2), visit("bmj", 3)]
    for each in visits:
        store.visits.record(each)
    assert store.visits.latest() == {"bmj": visits[2], "lancet": visits[1]}


def test_several_visits_are_recorded_in_their_order(store):
    store.visits.record_all([visit("bmj", 1), visit("lancet", 2), visit("bmj", 3)])
    assert store.visits.latest() == {"bmj": visit("bmj", 3), "lancet": visit("lancet", 2)}


def test_of_several_visits_all_are_recorded_or_none(store):
    with pytest.raises(Exception, match="no time zone"):
        store.visits.record_all([visit(), Visit("bmj", NOON.replace(tzinfo=None), Outcome.OK)])
    store.visits.record_all([])
    assert count_rows(store)["visit"] == 0


def test_a_failed_visit_loses_nothing_to_ask_with(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD, digest="abc"), [])
    store.visits.record(at_address(Outcome.FAILED, 1))
    assert store.visits.known() == {("bmj", ADDRESS): (OLD, "abc")}


def test_what_a_failed_visit_brought_is_not_used(store):
    store.visits.record(at_address(Outcome.FAILED, 1, NEW, digest="abc"))
    assert store.visits.known() == {}


def test_a_good_visit_that_brought_nothing_to_ask_with_keeps_what_was_known(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.visits.record(at_address(Outcome.NOT_MODIFIED, 1))
    assert store.visits.known() == {("bmj", ADDRESS): (OLD, "")}


def test_a_visit_that_found_nothing_new_can_bring_newer_validators(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.visits.record(at_address(Outcome.NOT_MODIFIED, 1, NEW))
    assert store.visits.known() == {("bmj", ADDRESS): (NEW, "")}


def test_a_digest_alone_is_something_to_ask_with(store):
    store.items.shelve(at_address(Outcome.OK, 0, digest="abc"), [])
    assert store.visits.known() == {("bmj", ADDRESS): (NONE, "abc")}


def test_validators_and_digest_are_never_of_two_visits(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD, digest="old"), [])
    store.items.shelve(at_address(Outcome.OK, 1, digest="new"), [])
    assert store.visits.known() == {("bmj", ADDRESS): (NONE, "new")}


def test_what_is_known_belongs_to_the_address_that_gave_it(store):
    moved = "https://example.org/moved"
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.items.shelve(at_address(Outcome.OK, 1, NEW, moved), [])
    assert store.visits.known() == {("bmj", ADDRESS): (OLD, ""), ("bmj", moved): (NEW, "")}


def test_what_is_known_of_some_feeds_leaves_the_others_out(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.items.shelve(Visit("lancet", NOON, Outcome.OK, ADDRESS, NEW), [])
    assert store.visits.known(["bmj"]) == {("bmj", ADDRESS): (OLD, "")}
    assert store.visits.known([]) == {}


def test_a_shelved_document_is_a_visit_too(store):
    shelved = shelve(store)
    assert store.visits.latest() == {"bmj": shelved.visit}


def test_the_recent_visits_are_the_good_ones_the_newest_first(store):
    outcomes = [Outcome.OK, Outcome.FAILED, Outcome.NOT_MODIFIED, Outcome.OK]
    visits = [at_address(outcome, hours) for hours, outcome in enumerate(outcomes)]
    store.visits.record_all([*visits, at_address(Outcome.OK, 9, url="https://example.org/other")])
    assert store.visits.recent("bmj", ADDRESS) == [visits[3], visits[2], visits[0]]
    assert store.visits.recent("bmj", ADDRESS, most=1) == [visits[3]]
    assert store.visits.recent("lancet", ADDRESS) == []


def held(host, hours, until):
    return Visit(f"feed-{hours}", later(hours), Outcome.FAILED, ADDRESS, wait_until=later(until), held_host=host)


def test_a_host_is_held_as_long_as_it_asked_for(store):
    store.visits.record_all([held("a:443", 0, 5), held("a:443", 1, 3), held("b:443", 2, 4), held("", 3, 9)])
    assert store.visits.holds(later(1)) == {"a:443": later(5), "b:443": later(4)}
    assert store.visits.holds(later(4)) == {"a:443": later(5)}
    assert store.visits.holds(later(5)) == {}


def test_a_feed_moves_and_may_move_again(store):
    for feed, url, new in (("bmj", "a", "b"), ("bmj", "b", "c"), ("lancet", "a", "d"), ("bmj", "a", "e")):
        store.visits.move(feed, url, new, NOON)
    assert store.visits.moves() == {("bmj", "a"): "e", ("bmj", "b"): "c", ("lancet", "a"): "d"}
