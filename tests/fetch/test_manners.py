"""When to come again and whether a feed has moved: tables, and a month on a fake clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.fetch.manners import freshness_wish, has_moved, is_gone, next_visit, retry_wish, same_site
from bulletin.model import Feed, Outcome, Past, Trouble, Visit

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TWELVE = Feed("wexbridge", "Wexbridge", "https://wexbridge.example/feed", every=12 * HOUR)

good = Visit("wexbridge", AT, Outcome.OK, TWELVE.url)
bad = replace(good, outcome=Outcome.FAILED, trouble=Trouble.CONNECTION)


def pause(feed: Feed, past: Past) -> timedelta:
    when = next_visit(feed, past)
    assert when is not None
    return when - past.last.at


def test_a_feed_that_was_never_visited_is_due_since_ever():
    assert next_visit(TWELVE, None) < datetime(1900, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "wish", "least"),
    [
        (12 * HOUR, None, 12 * HOUR),
        (12 * HOUR, 2 * HOUR, 12 * HOUR),
        (2 * HOUR, 20 * HOUR, 20 * HOUR),
        (7 * DAY, DAY, 7 * DAY),
        (timedelta(minutes=5), None, HOUR),
    ],
    ids=["F5 ours", "F5 a shorter wish", "F5 a longer wish", "F5 our week", "F5 never within the hour"],
)
def test_the_longer_of_our_pause_and_the_servers_wish_counts(every, wish, least):
    last = replace(good, wait_until=wish and AT + wish)
    assert 0.9 * least <= pause(replace(TWELVE, every=every), Past(last)) <= least
    assert next_visit(replace(TWELVE, every=every), Past(last)) >= AT + (wish or timedelta(0))


@given(st.text(min_size=1), st.timedeltas(-900 * DAY, 900 * DAY))
def test_the_jitter_is_a_tenth_at_most_only_earlier_and_always_the_same(name, after):
    """F5: later, a feed of every day would miss every second run of every night."""
    feed, past = replace(TWELVE, id=name), Past(replace(good, at=AT + after))
    assert 0.9 * 12 * HOUR <= pause(feed, past) <= 12 * HOUR
    assert next_visit(feed, past) == next_visit(feed, past)


def test_feeds_that_were_visited_together_do_not_come_back_together():
    assert len({pause(replace(TWELVE, id=str(n)), Past(good)) for n in range(100)}) == 100


@pytest.mark.parametrize(
    ("failures", "hours"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (7, 24), (1000, 24)], ids="F9 {}".format
)
def test_what_fails_is_tried_again_after_an_hour_then_two_then_four_up_to_a_day(failures, hours):
    assert pause(TWELVE, Past(bad, failures=failures)) == hours * HOUR


def test_a_bot_check_is_left_alone_for_a_day():
    """F11."""
    assert pause(TWELVE, Past(replace(bad, trouble=Trouble.BOT_CHECK), failures=1)) == DAY


@pytest.mark.parametrize("wish", [timedelta(minutes=90), 5 * DAY], ids=["F4 hours", "F4 days"])
def test_no_visit_comes_before_a_busy_server_wants_one(wish):
    assert pause(TWELVE, Past(replace(bad, trouble=Trouble.BUSY, wait_until=AT + wish), failures=1)) == wish


@pytest.mark.parametrize(
    ("since", "trouble", "after"),
    [
        (AT, Trouble.GONE, DAY),
        (AT - 23 * HOUR, Trouble.GONE, DAY),
        (AT - DAY, Trouble.GONE, None),
        (AT - 9 * DAY, Trouble.GONE, None),
        (AT - 9 * DAY, Trouble.CONNECTION, HOUR),
    ],
    ids=["F8 first", "F8 again too soon", "F8 again", "F8 long after", "F8 not gone any more"],
)
def test_a_feed_is_gone_when_two_410s_lie_a_day_apart(since, trouble, after):
    past = Past(replace(bad, trouble=trouble), failures=1, gone_since=since)
    assert next_visit(TWELVE, past) == (after and AT + after)
    assert is_gone(past) is (after is None)


@pytest.mark.parametrize(
    ("wish", "least", "until"),
    [
        (freshness_wish, timedelta(minutes=5), HOUR),
        (freshness_wish, -DAY, HOUR),
        (freshness_wish, 5 * HOUR, 5 * HOUR),
        (freshness_wish, 90 * DAY, DAY),
        (retry_wish, timedelta(0), timedelta(seconds=60)),
        (retry_wish, HOUR, HOUR),
        (retry_wish, 90 * DAY, 7 * DAY),
    ],
    ids=["F5 soon", "F5 past", "F5", "F5 far", "F4 at once", "F4", "F4 far"],
)
def test_wishes_count_within_bounds(wish, least, until):
    assert wish(AT, AT + least) == AT + until


def test_no_wish_stays_none():
    assert freshness_wish(AT, None) is None
    assert retry_wish(AT, None) is None


# F9: what a feed may answer at each visit of a month. A 410 comes in its own law, and a long wish of its own too.
ANSWERS = st.sampled_from([Trouble.NONE, Trouble.CONNECTION, Trouble.NOT_FOUND, Trouble.BOT_CHECK, Trouble.SERVER])


def month(feed: Feed, answers: list[Trouble]) -> list[datetime]:
    """Visit a feed whenever it is due for thirty days; gives the times."""
    past, failures, now, times = None, 0, AT, []
    for answer in answers * 800:
        when = next_visit(feed, past)
        assert when is not None
        now = max(now, when)
        if now > AT + 30 * DAY:
            break
        times.append(now)
        failures = failures + 1 if answer else 0
        outcome = Outcome.FAILED if answer else Outcome.OK
        past = Past(Visit(feed.id, now, outcome, trouble=answer), failures=failures)
    return times


@given(st.lists(ANSWERS, min_size=1, max_size=30), st.integers(1, 24))
def test_whatever_fails_for_a_month_is_tried_every_day_and_never_more_than_hourly(answers, hours):
    """F9."""
    times = month(replace(TWELVE, every=hours * HOUR), answers)
    gaps = [after - before for before, after in pairwise(times)]
    assert len(times) >= 27
    assert all(0.9 * HOUR <= gap <= DAY for gap in gaps)


def test_a_month_of_nothing_but_failures_never_stops_a_feed():
    times = month(TWELVE, [Trouble.CONNECTION])
    assert {time.date() for time in times} >= {(AT + n * DAY).date() for n in range(30)}


@pytest.mark.parametrize(
    ("named", "new"),
    [
        ([], ""),
        ([("b", 0)], ""),
        ([("b", 0), ("b", 0)], ""),
        ([("b", 1), ("b", 0)], "b"),
        ([("b", 1), ("b", 0), ("", -1)], "b"),
        ([("", 1), ("b", 0), ("b", -1)], ""),
        ([("c", 2), ("b", 1), ("b", 0)], ""),
        ([("b", 2), ("", 1), ("b", 0)], ""),
        ([("b", 3), ("b", 2), ("", 1), ("b", 0)], "b"),
    ],
    ids=["none", "once", "twice a day", "two days", "and before", "back", "farther", "doubt", "doubt, then sure"],
)
def test_a_feed_has_moved_when_two_days_in_a_row_say_so(named, new):
    """F7."""
    visits = [replace(good, at=AT + day * DAY, moved_to=to) for to, day in named]
    assert has_moved(visits) == new


@pytest.mark.parametrize(("apart", "new"), [(2 * HOUR, ""), (23 * HOUR, ""), (24 * HOUR, "b")])
def test_two_days_are_24_hours_and_not_two_dates(apart, new):
    before = replace(good, at=datetime(2026, 11, 22, 23, 0, tzinfo=UTC), moved_to="b")
    assert has_moved([replace(before, at=before.at + apart), before]) == new


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://a.example/feed", "https://a.example/other"),
        ("https://a.example/feed", "https://www.A.example./feed"),
        ("https://www.bmj.com/rss", "https://feeds.bmj.com/rss"),
        ("https://bbc.co.uk/rss", "https://feeds.bbc.co.uk/rss"),
        ("https://news.england.nhs.uk/", "https://www.england.nhs.uk/"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b"),
        ("https://a.example:443/", "https://a.example/"),
        ("https://journal.github.io/a", "https://journal.github.io/b"),
    ],
)
def test_one_site_is_known_by_its_host(a, b):
    assert same_site(a, b)
    assert same_site(b, a)


def test_a_feed_may_move_to_encryption_and_never_away_from_it():
    assert same_site("http://a.example/", "https://a.example/")
    assert not same_site("HTTPS://a.example/", "http://a.example/")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://a.example/", "https://b.example/"),
        ("https://evilbmj.com/", "https://bmj.com/"),
        ("https://guys.nhs.uk/", "https://nhs.uk/"),
        ("https://a.co.uk/", "https://co.uk/"),
        ("https://a.github.io/", "https://github.io/"),
        ("https://a.github.io/", "https://b.github.io/"),
        ("https://a.wordpress.com/", "https://wordpress.com/"),
        ("https://x.s3.amazonaws.com/", "https://s3.amazonaws.com/"),
        ("https://school.kent.sch.uk/", "https://kent.sch.uk/"),
        ("https://a.com/", "https://com/"),
        ("https://1.127.0.0.1/", "https://127.0.0.1/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:9000/"),
        ("https://a.example:8443/", "https://a.example/"),
        ("mailto:a@b.example", "https://b.example/"),
        ("http://[::1/", "http://[::1/"),
        ("", ""),
    ],
)
def test_in_doubt_two_addresses_are_of_two_sites(a, b):
    assert not same_site(a, b)
    assert not same_site(b, a)
