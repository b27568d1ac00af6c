"""Asking the links of an edition: once a day, again when somebody wants it, and told at a terminal."""

import json
from datetime import timedelta

import editing
import newsroom
import pytest
from editing import DIGEST
from publisher import open_publisher

from bulletin import cli, jobs
from bulletin.errors import UnknownError
from bulletin.model import DateSource, Item, Outcome, Visit


@pytest.fixture
def publisher():
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock, publisher, monkeypatch):
    """A desk that may reach the publisher, and a draft with two links there, one of them dead."""
    places = {"BULLETIN_ALLOW_ADDRESSES": publisher.address, "BULLETIN_HOST_GAP": "0"}
    monkeypatch.setattr(newsroom, "environment", lambda _: places)
    for name, value in places.items():
        monkeypatch.setenv(name, value)
    with editing.open_desk(tmp_path, clock) as desk:
        links = publisher.gives("/gowns", b"Gowns"), publisher.gives("/lost", b"", 404)
        when = clock() - timedelta(days=1)
        items = [
            Item(f"Gowns {n}", url, published=when, date_source=DateSource.PUBLISHED) for n, url in enumerate(links)
        ]
        for new in desk.store.items.shelve(Visit("feed-a", when, Outcome.OK), items).new:
            editing.look(desk, new, greener=0.9)
        editing.compose(desk, "digest")
        yield desk


def asked(publisher):
    return sorted(path for path, _ in publisher.asked)


def test_each_link_is_asked_and_its_answer_kept(desk, publisher):
    checked = jobs.check_links(desk, DIGEST)
    assert (checked.asked, checked.left) == (2, ())
    assert {url.rpartition("/")[2]: one.status for url, one in checked.states.items()} == {"gowns": 200, "lost": 404}
    assert [url.rpartition("/")[2] for url in checked.dead] == ["lost"]
    assert desk.store.links.of(list(checked.states)) == checked.states


def test_within_a_day_nobody_is_asked_twice_unless_somebody_wants_it(desk, publisher, clock):
    first = jobs.check_links(desk, DIGEST)
    clock.now += timedelta(hours=23)
    again = jobs.check_links(desk, DIGEST)
    assert (again.states, again.asked) == (first.states, 0)
    assert asked(publisher) == ["/gowns", "/lost"]
    assert jobs.check_links(desk, DIGEST, again=True).asked == 2
    clock.now += timedelta(hours=24)
    assert jobs.check_links(desk, DIGEST).asked == 2


def test_once_links_were_checked_nothing_says_that_they_were_not(desk):
    assert "2 of 2 links were not checked" in jobs.plan(desk, DIGEST, "eve").hints
    jobs.check_links(desk, DIGEST)
    assert not [hint for hint in jobs.plan(desk, DIGEST, "eve").hints if "links" in hint]


def test_the_links_of_no_edition_are_not_asked(desk):
    with pytest.raises(UnknownError, match="no edition"):
        jobs.check_links(desk, "digest-2026-11-21")


def test_a_terminal_tells_what_leads_nowhere(desk, publisher, tmp_path, capsys):
    def typed(*words):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(tmp_path), "links", DIGEST, *words])
        return stopped.value.code, capsys.readouterr().out

    code, out = typed()
    assert (code, out.splitlines()) == (
        0,
        [
            f"http://{publisher.address}/lost: the server answered 404 Not Found",
            "2 links checked, 2 of them now: 1 leads nowhere.",
        ],
    )
    assert "0 of them now" in typed()[1]
    told = [json.loads(line) for line in typed("--again", "--json")[1].splitlines()]
    assert [list(one) for one in told] == [["url", "status", "at", "why"]] * 2
    assert {one["status"] for one in told} == {200, 404}
