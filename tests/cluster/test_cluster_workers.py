"""Two workers share the work; when one is killed, the other does what it had in hand, and nothing is done twice."""

import os
import signal
import sys

import newsroom
import pytest
import sending
import working
from pgserver import open_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("cluster"),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what process a number belongs to"),
]
FEEDS = 60
HELD = "SELECT split_part(split_part(min(by), '|', 2), ' ', 1)::int FROM lease HAVING count(*) > 0"
VISITS = "SELECT count(*), count(DISTINCT feed) FROM visit"


def environment(folder, database):
    return newsroom.environment(folder) | {"BULLETIN_DATABASE_URL": database}


def test_a_killed_workers_visits_are_made_by_the_other_and_each_feed_is_visited_once(tmp_path, new_schema):
    with working.hosts(FEEDS, 0.7) as publisher:
        newsroom.workspace(tmp_path, *publisher.urls)
        with working.workers(tmp_path, environment(tmp_path, new_schema())) as ours:
            ((number,),) = ours.wait_for(HELD)
            ours.kill(number)
            ours.wait_for(VISITS, [(FEEDS, FEEDS)])
            ours.wait_for("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'visit'", [(0,)])
            assert ours.asked("SELECT count(*) FROM lease") == [(0,)]
            assert ours.asked(VISITS) == [(FEEDS, FEEDS)]
            assert ours.end() == [0]
            events = ours.events()
    assert publisher.most_at_once <= 2, (
        "a feed that the killed worker was asking for is asked once more, and no other"
    )
    assert "taken over" in {one["event"] for one in events}
    assert sum(one["feeds"] for one in events if one["event"] == "visited") <= FEEDS


def test_two_workers_send_together_and_when_one_is_killed_nobody_gets_anything_twice(tmp_path, new_schema):
    names, database = [f"ok{number}" for number in range(600)], new_schema()
    with sending.open_stub(tmp_path) as stub:
        with sending.open_desk(tmp_path, stub.url, *names, database=database):
            pass
        told = sending.environment(tmp_path, stub.url) | {"BULLETIN_DATABASE_URL": database}
        free = {"BULLETIN_MAIL_A_MINUTE": "0", "BULLETIN_MAIL_A_DAY": "0"}
        with working.workers(tmp_path, told | free) as ours:
            (one, _) = ours.wait_for("SELECT process FROM sender WHERE (SELECT count(*) FROM sender) = 2")
            ours.kill(ours.process_of(one[0]))
            waits = "SELECT count(*) FROM delivery_state WHERE state NOT IN ('sent', 'in doubt')"
            ours.wait_for(waits, [(0,)])
            states = dict(ours.asked("SELECT state, count(*) FROM delivery_state GROUP BY state"))
            assert ours.end() == [0]
        assert stub.most() == 1
        assert states.get("in doubt", 0) <= 1
        assert states["sent"] <= len(set(stub.who())) <= len(names)


def test_workers_come_back_when_postgresql_does(tmp_path):
    """It is away for longer than a worker's heart beats, in the middle of visits."""
    with open_server() as server, working.hosts(20, 1.0) as publisher:
        newsroom.workspace(tmp_path, *publisher.urls)
        with working.workers(tmp_path, environment(tmp_path, server.address)) as ours:
            ours.wait_for(HELD)
            server.stop()
            working.threading.Event().wait(2.5)
            server.start()
            ours.wait_for("SELECT count(DISTINCT feed) FROM visit", [(20,)])
            assert ours.end() == [0, 0]
            events = ours.events()
    told = [str(one["words"]) for one in events if one["event"] == "the queue is away"]
    assert told
    assert not [one for one in events if "trace" in one]


def test_a_worker_ends_what_it_has_in_hand(tmp_path, new_schema):
    with working.hosts(4, 1.5) as publisher:
        newsroom.workspace(tmp_path, *publisher.urls)
        with working.workers(tmp_path, environment(tmp_path, new_schema()), 1) as ours:
            ((number,),) = ours.wait_for(HELD)
            os.kill(number, signal.SIGTERM)
            assert ours.running[0].wait(20) == 0
            assert ours.asked(VISITS) == [(4, 4)]
            assert ours.asked("SELECT count(*) FROM beat WHERE id NOT LIKE '% ended'") == [(0,)]
