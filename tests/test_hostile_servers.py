"""What a server does on the way: the rows of the hostile corpus that its own server plays."""

import json
import time
import urllib.request
from datetime import timedelta
from urllib.parse import quote

import hostile
import newsroom
import pytest

from bulletin import jobs
from bulletin.model import Outcome, Trouble

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hostile.DATA.is_dir(), reason="the hostile documents are not part of the project"),
]


@pytest.fixture
def clock():
    return newsroom.Clock(hostile.NOW)


@pytest.fixture
def desk_at(tmp_path, clock):
    with hostile.impatient_desks(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def server():
    with hostile.hostile_server() as address:
        yield address


def asked(server: str) -> list[dict]:
    """What the server's own log says, but for the look at it."""
    with urllib.request.urlopen(server + "log") as answer:
        return [one for one in json.load(answer) if one["path"] != "/log"]


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        pytest.param("drip", Trouble.CONNECTION, id="S01"),
        pytest.param("hang", Trouble.CONNECTION, id="S02"),
        pytest.param("infinite", Trouble.TOO_BIG, id="S03"),
        pytest.param("badlength", Trouble.BROKEN, id="S09"),
        pytest.param("badgzip", Trouble.BROKEN, id="S10"),
        pytest.param("hugeheaders", Trouble.TOO_BIG, id="S11"),
        pytest.param("status/503", Trouble.SERVER, id="503 that says no time"),
    ],
)
def test_a_server_that_misbehaves_costs_only_its_own_feed(desk_at, server, publisher, path, trouble):
    desk = desk_at(server + path, publisher.publishes("/good", newsroom.entry("Net zero theatres")))
    began = time.monotonic()
    bad, good = sorted(jobs.fetch(desk, list(desk.config.feeds)), key=lambda visit: visit.outcome is Outcome.OK)
    assert time.monotonic() - began < 4
    assert (bad.outcome, bad.trouble, good.new) == (Outcome.FAILED, trouble, 1)
    assert bad.validators.etag is bad.validators.last_modified is None
    assert len(asked(server)) == 1


def test_s04_a_loop_of_redirects_is_left_after_five(desk_at, server):
    assert "more than 5 redirects" in hostile.fetched(desk_at(server + "loop")).message
    assert len(asked(server)) == 6


@pytest.mark.parametrize(
    ("chain", "moved_to"),
    [
        ("301/302/301", "chain/302/301"),
        ("302/301", ""),
        ("307", ""),
        ("301/308", "good"),
    ],
)
def test_s05_only_an_unbroken_permanent_chain_moves_a_feed(desk_at, server, clock, chain, moved_to):
    desk = desk_at(server + "chain/" + chain)
    for _ in range(2):
        visit = hostile.fetched(desk)
        clock.now += timedelta(days=1)
    assert visit.outcome in (Outcome.OK, Outcome.NOT_MODIFIED)
    assert set(desk.store.visits.moves().values()) == ({server + moved_to} if moved_to else set())


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://0x7f.1/",
        "file:///etc/passwd",
        "gopher://x/",
    ],
)
def test_s06_no_redirect_leads_into_the_house(desk_at, server, target):
    visit = hostile.fetched(desk_at(f"{server}to?u={target}"))
    assert visit.trouble is Trouble.NOT_ALLOWED
    assert len(asked(server)) == 1


def test_s06_a_redirect_to_another_port_of_this_machine_is_not_followed(desk_at, server, publisher):
    secret = quote(publisher.publishes("/secret"), safe="")
    visit = hostile.fetched(desk_at(f"{server}to?u={secret}"))
    assert (visit.trouble, publisher.asked) == (Trouble.NOT_ALLOWED, [])


@pytest.mark.parametrize("status", [429, 503])
def test_s07_a_host_that_is_busy_gets_no_request_before_its_time(desk_at, server, clock, status):
    desk = desk_at(f"{server}status/{status}?ra=3600", f"{server}good")
    for minutes in (0, 1, 58):
        clock.now += timedelta(minutes=minutes)
        jobs.fetch(desk, list(desk.config.feeds))
        assert len(asked(server)) == 1
    clock.now += timedelta(minutes=2)
    jobs.fetch(desk, list(desk.config.feeds))
    assert len(asked(server)) == 2


def test_s07_an_absurd_pause_is_cut_to_a_week(desk_at, server, clock):
    desk = desk_at(f"{server}status/429?ra=99999999999")
    hostile.fetched(desk)
    clock.now += timedelta(days=7, minutes=1)
    assert len(jobs.due(desk)) == 1


@pytest.mark.parametrize("path", ["cond", "cond?odd=1"])
def test_s08_validators_go_back_byte_for_byte(desk_at, server, clock, path):
    desk = desk_at(server + path)
    hostile.fetched(desk)
    clock.now += timedelta(days=1)
    assert hostile.fetched(desk).outcome is Outcome.NOT_MODIFIED
    first, second = (one["headers"] for one in asked(server))
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == ('"v1-\u00e9"'.encode().decode("latin-1") if "odd" in path else 'W/"v1"')
    assert second["If-Modified-Since"] == "Mon, 02 Jun 2025 09:00:00 GMT"


def test_s12_new_etags_for_the_same_bytes_are_no_work(desk_at, server, clock):
    desk = desk_at(server + "etagchurn")
    outcomes = []
    for _ in range(10):
        outcomes.append(hostile.fetched(desk).outcome)
        clock.now += timedelta(days=1)
    assert outcomes == [Outcome.OK] + [Outcome.NOT_MODIFIED] * 9
    assert len(desk.store.items.list()) == 1
