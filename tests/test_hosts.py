"""Two who visit feeds at once: no host sees both, and no feed is visited twice in its interval."""

import os
from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import jobs
from bulletin.deliver import machine
from bulletin.jobs import hosts
from bulletin.jobs.fetch import visit
from bulletin.model import Feed

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def open_desk(tmp_path, publisher, clock):
    """Give a desk on a workspace with two feeds of one host, as many times as it is asked."""
    urls = [publisher.publishes(f"/{name}", newsroom.entry(f"News of {name}")) for name in ("one", "two")]
    newsroom.workspace(tmp_path, *urls)
    return lambda: jobs.open_desk(newsroom.settings(tmp_path), clock)


def during(publisher, path, act):
    """Let something happen while a path is asked."""
    answer = publisher.answers[path]

    def then(handler):
        act()
        answer(handler)

    publisher.answers[path] = then


def asked(publisher):
    return [path for path, _ in publisher.asked if path != "/robots.txt"]


def test_a_host_that_another_process_visits_is_left_to_it(open_desk, publisher):
    with open_desk() as one, open_desk() as other:
        others = []
        during(publisher, "/one", lambda: others.extend(jobs.fetch(other, list(other.config.feeds))))
        visits = jobs.fetch(one, list(one.config.feeds))
        assert len(visits) == 2
        assert others == []
        assert sorted(asked(publisher)) == ["/one", "/two"]


def test_hosts_are_free_again_at_the_end(open_desk):
    with open_desk() as one, open_desk() as other:
        assert len(jobs.fetch(one, list(one.config.feeds))) == 2
        assert len(jobs.fetch(other, list(other.config.feeds))) == 2


def test_hosts_are_free_again_after_an_error(open_desk, publisher):
    def fail(_):
        raise KeyboardInterrupt

    with open_desk() as one, open_desk() as other:
        with pytest.raises(KeyboardInterrupt):
            jobs.fetch(one, list(one.config.feeds), fail)
        assert len(jobs.fetch(other, list(other.config.feeds))) == 2


def test_a_feed_that_was_visited_since_is_not_visited_again(open_desk, publisher):
    """Both looked for what is due; then one was quicker than the other began."""
    with open_desk() as one, open_desk() as other:
        feeds, same = jobs.due(one), jobs.due(other)
        jobs.fetch(one, feeds, only_due=True)
        assert jobs.fetch(other, same, only_due=True) == []
        assert len(asked(publisher)) == 2


def test_what_is_asked_for_without_regard_to_its_time_is_visited_again(open_desk, publisher):
    with open_desk() as desk:
        jobs.fetch(desk, list(desk.config.feeds))
        assert len(jobs.fetch(desk, list(desk.config.feeds))) == 2


def lease(desk, who):
    name = {f"host:{newsroom.re.sub('^http://|/.*$', '', desk.config.feeds[0].url)}"}
    assert desk.store.leases.take(name, who, NOW, NOW + 10 * MINUTE) == name


def test_a_process_that_died_on_this_machine_holds_nothing(open_desk):
    with open_desk() as desk:
        lease(desk, f"{machine.machine()}|{os.getpid()} 1|x")  # of this number, but begun at another time
        assert len(jobs.fetch(desk, list(desk.config.feeds))) == 2


def test_a_process_of_another_machine_holds_its_hosts_until_their_time_is_over(open_desk, clock):
    with open_desk() as desk:
        lease(desk, "elsewhere|1 1|x")
        assert jobs.fetch(desk, list(desk.config.feeds)) == []
        clock.now += 10 * MINUTE
        assert len(jobs.fetch(desk, list(desk.config.feeds))) == 2


def test_a_work_that_is_done_again_has_what_it_left(open_desk, clock):
    with open_desk() as desk:
        lease(desk, "elsewhere|1 1|job 17")
        assert len(visit(desk, list(desk.config.feeds), key="job 17")) == 2


def test_a_work_that_is_done_again_in_the_same_process_has_what_it_left(open_desk):
    with open_desk() as desk:
        lease(desk, f"{machine.machine()}|{machine.process()}|job 17")
        assert visit(desk, list(desk.config.feeds), key="job 18") == []
        assert len(visit(desk, list(desk.config.feeds), key="job 17")) == 2


def test_feeds_of_one_host_are_in_one_batch(open_desk):
    with open_desk() as desk:
        feeds = [
            Feed(f"{host}{number}", "", f"https://{host}.example.org/{number}")
            for number in range(3)
            for host in "abc"
        ]
        batches = hosts.batches(desk, feeds, 4)
    assert [{feed.id[0] for feed in some} for some in batches] == [{"a"}, {"b"}, {"c"}]
    assert sorted(feed.id for some in batches for feed in some) == sorted(feed.id for feed in feeds)


def test_small_hosts_share_a_batch_and_a_big_one_is_not_split(open_desk):
    with open_desk() as desk:
        feeds = [Feed(f"{host}", "", f"https://{host}.example.org/") for host in "abcde"]
        feeds += [Feed(f"big{number}", "", "https://big.example.org/") for number in range(6)]
        assert [len(some) for some in hosts.batches(desk, feeds, 3)] == [3, 2, 6]


def test_a_long_fetch_keeps_what_it_has(open_desk, clock):
    with open_desk() as desk, open_desk() as other, hosts.in_hand(desk, list(desk.config.feeds)) as hold:
        for _ in range(12):
            clock.now += MINUTE
            hold.keep()
        assert jobs.fetch(other, list(other.config.feeds)) == []


def test_the_command_says_that_another_process_is_at_it(tmp_path, open_desk, publisher, run_bulletin):
    said = []
    with open_desk() as desk:
        told = newsroom.environment(tmp_path)
        during(publisher, "/one", lambda: said.append(run_bulletin("-C", tmp_path, "fetch", "--all", **told)))
        jobs.fetch(desk, list(desk.config.feeds))
    assert said[0].returncode == 0
    assert "Another process visits these feeds" in said[0].stdout
