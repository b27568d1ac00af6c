"""Pasts: what the log tells of each feed, however long it is and however much of it was thrown away."""

from dataclasses import replace
from itertools import takewhile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from papers import clear, count_rows, later
from tries import tries

from bulletin.model import Outcome, Past, Trouble, Validators, Visit

OK, SAME, FAILED = Outcome.OK, Outcome.NOT_MODIFIED, Outcome.FAILED


def log(*visits, feed="bmj", url="here"):
    """Visits an hour apart: outcomes, or the troubles of failed ones."""
    return [
        Visit(feed, later(hours), FAILED, url, trouble=what)
        if isinstance(what, Trouble)
        else Visit(feed, later(hours), what, url)
        for hours, what in enumerate(visits)
    ]


def past(store, *visits, addresses=("here",)):
    store.visits.record_all(visits)
    return store.visits.pasts({"bmj": addresses}).get("bmj")


def test_a_feed_that_was_never_visited_has_no_past(store):
    assert store.visits.pasts({"bmj": ["here"], "lancet": []}) == {}
    assert store.visits.pasts({}) == store.visits.pasts({"lancet": []}) == {}


@pytest.mark.parametrize(
    ("visits", "good", "failures", "failing_since", "gone_since"),
    [
        pytest.param([OK], 0, 0, None, None, id="well"),
        pytest.param([OK, SAME], 1, 0, None, None, id="nothing new is good"),
        pytest.param([FAILED, FAILED, OK], 2, 0, None, None, id="well again"),
        pytest.param([OK, FAILED, FAILED], 0, 2, 1, None, id="failing"),
        pytest.param([FAILED, FAILED], None, 2, 0, None, id="never good"),
        pytest.param([OK, FAILED, OK, FAILED], 2, 1, 3, None, id="failing again"),
        pytest.param([OK, Trouble.GONE, Trouble.GONE], 0, 2, 1, 1, id="gone"),
        pytest.param([OK, Trouble.BUSY, Trouble.GONE], 0, 2, 1, 2, id="failing, then gone"),
        pytest.param([Trouble.GONE, Trouble.TLS, Trouble.GONE], None, 3, 0, 2, id="a row of 410s that was broken"),
        pytest.param([Trouble.GONE, Trouble.TLS], None, 2, 0, None, id="not gone any more"),
    ],
)
def test_a_past_tells_of_the_failures_since_the_last_good_visit(
    store, visits, good, failures, failing_since, gone_since
):
    visits = log(*visits)
    good, failing_since, gone_since = (
        None if hours is None else later(hours) for hours in (good, failing_since, gone_since)
    )
    assert past(store, *visits) == Past(visits[-1], good, failures, failing_since, gone_since)


def test_visits_to_an_address_that_is_not_the_feeds_any_more_do_not_count(store):
    assert past(store, *log(OK, FAILED, url="elsewhere"), *log(OK, feed="lancet")) is None


def test_visits_to_all_addresses_of_a_feed_count_together(store):
    old, new = log(OK, FAILED, FAILED, FAILED, url="old"), log(FAILED, OK, FAILED, FAILED, url="new")
    visits = [old[0], old[1], new[1], old[2], new[3]]
    assert past(store, *visits, addresses={"old", "new"}) == Past(new[3], later(1), 2, later(2))


def test_many_feeds_are_told_of_at_once(store):
    feeds = [f"feed-{n}" for n in range(450)]
    store.visits.record_all([visit for feed in feeds for visit in log(OK, FAILED, feed=feed)])
    pasts = store.visits.pasts({feed: ["here", "there"] for feed in feeds})
    assert {feed: (past.last.feed, past.failures) for feed, past in pasts.items()} == {
        feed: (feed, 1) for feed in feeds
    }


VISITS = st.builds(
    Visit,
    feed=st.sampled_from(["bmj", "lancet"]),
    at=st.just(later(0)),
    outcome=st.sampled_from(Outcome),
    url=st.sampled_from(["old", "new", "other"]),
    validators=st.sampled_from([Validators(), Validators('"a"')]),
    digest=st.sampled_from(["", "abc"]),
    trouble=st.sampled_from([Trouble.NONE, Trouble.GONE]),
)


@st.composite
def logs(draw):
    """Visits an hour apart; one that did not fail had no trouble."""
    return [
        replace(visit, at=later(hours), trouble=visit.trouble if visit.outcome is FAILED else Trouble.NONE)
        for hours, visit in enumerate(draw(st.lists(VISITS, max_size=12)))
    ]


def told(visits, addresses):
    """What a past is, in plain words."""
    newest_first = [visit for visit in reversed(visits) if visit.url in addresses]
    if not newest_first:
        return None
    failing = list(takewhile(lambda visit: visit.outcome is FAILED, newest_first))
    gone = list(takewhile(lambda visit: visit.trouble is Trouble.GONE, newest_first))
    good = next((visit.at for visit in newest_first if visit.outcome is not FAILED), None)
    since, gone_since = (run[-1].at if run else None for run in (failing, gone))
    return Past(newest_first[0], good, len(failing), since, gone_since)


laws = settings(
    max_examples=tries(15),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ADDRESSES = {"bmj": ["old", "new"], "lancet": ["old"]}


@laws
@given(logs())
def test_a_past_is_what_reading_the_whole_log_tells(store, visits):
    clear(store)
    store.visits.record_all(visits)
    by_feed = {feed: told([visit for visit in visits if visit.feed == feed], ADDRESSES[feed]) for feed in ADDRESSES}
    assert store.visits.pasts(ADDRESSES) == {feed: past for feed, past in by_feed.items() if past}


@laws
@given(logs(), st.integers(0, 12))
@example(log(OK, Trouble.BUSY, Trouble.GONE, Trouble.GONE, Trouble.GONE), 12)
def test_throwing_away_old_visits_changes_nothing_but_the_number_of_failures(store, visits, hours):
    def all_told():
        places = {feed: [url] for feed, url in {(visit.feed, visit.url) for visit in visits}}
        pasts = {feed: replace(past, failures=0) for feed, past in store.visits.pasts(places).items()}
        return store.visits.latest(), store.visits.known(), pasts

    clear(store)
    store.visits.record_all(visits)
    before = all_told()
    gone = store.visits.prune(later(hours))
    assert all_told() == before
    assert count_rows(store)["visit"] == len(visits) - gone
    assert store.visits.prune(later(hours)) == 0


def test_old_visits_go_and_younger_ones_stay(store):
    store.visits.record_all(log(OK, OK, OK, OK, FAILED))
    assert store.visits.prune(later(2)) == 2
    assert [visit.at for visit in store.visits.recent("bmj", "here")] == [later(3), later(2)]


def test_of_a_feed_that_nobody_asks_any_more_one_visit_stays(store):
    store.visits.record_all(log(OK, OK, OK))
    assert store.visits.prune(later(999)) == 2


def test_of_a_long_failure_its_beginning_stays(store):
    visits = log(OK, OK, *[FAILED] * 9)
    store.visits.record_all(visits)
    assert store.visits.prune(later(999)) == 8
    assert past(store) == Past(visits[-1], later(1), 2, later(2))
