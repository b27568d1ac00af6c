"""Visits: the last one counts, and validators survive failures."""

from papers import NOON, later, shelve, visit

from bulletin.model import Outcome, Validators, Visit

ADDRESS = "https://example.org/feed"
NONE = Validators()
OLD, NEW = Validators('"old"', "Mon, 02 Nov 2026 12:00:00 GMT"), Validators('W/"new"')


def at_address(outcome, hours, validators=NONE, url=ADDRESS):
    return Visit("bmj", later(hours), outcome, url, validators)


def test_a_visit_comes_back_as_it_was_recorded(store):
    recorded = Visit("bmj", NOON, Outcome.FAILED, ADDRESS, OLD, "the server said 503", 3, 1)
    store.visits.record(recorded)
    assert store.visits.latest() == {"bmj": recorded}


def test_before_any_visit_nothing_is_known(store):
    assert (store.visits.latest(), store.visits.validators()) == ({}, {})


def test_the_last_visit_to_each_feed_is_the_latest(store):
    visits = [visit("bmj", 1), visit("lancet", 2), visit("bmj", 3)]
    for each in visits:
        store.visits.record(each)
    assert store.visits.latest() == {"bmj": visits[2], "lancet": visits[1]}


def test_a_failed_visit_loses_no_validators(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.visits.record(at_address(Outcome.FAILED, 1))
    assert store.visits.validators() == {("bmj", ADDRESS): OLD}


def test_validators_of_a_failed_visit_are_not_used(store):
    store.visits.record(at_address(Outcome.FAILED, 1, NEW))
    assert store.visits.validators() == {}


def test_a_good_visit_that_brought_no_validators_keeps_the_earlier_ones(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.visits.record(at_address(Outcome.NOT_MODIFIED, 1))
    assert store.visits.validators() == {("bmj", ADDRESS): OLD}


def test_a_visit_that_found_nothing_new_can_bring_newer_validators(store):
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.visits.record(at_address(Outcome.NOT_MODIFIED, 1, NEW))
    assert store.visits.validators() == {("bmj", ADDRESS): NEW}


def test_validators_belong_to_the_address_that_gave_them(store):
    moved = "https://example.org/moved"
    store.items.shelve(at_address(Outcome.OK, 0, OLD), [])
    store.items.shelve(at_address(Outcome.OK, 1, NEW, moved), [])
    assert store.visits.validators() == {("bmj", ADDRESS): OLD, ("bmj", moved): NEW}


def test_a_shelved_document_is_a_visit_too(store):
    shelved = shelve(store)
    assert store.visits.latest() == {"bmj": shelved.visit}
