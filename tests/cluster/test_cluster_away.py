"""PostgreSQL is stopped in the middle of each task: it is told in words, the next turn does it, nothing is lost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import editing
import newsroom
import pytest
import sending
from mail_stub import open_mail_server
from pgserver import Server, open_server

from bulletin import config, jobs
from bulletin.errors import StoreError
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, Task, new_beat, turn
from bulletin.model import Ended, State
from bulletin.store.editions import Editions
from bulletin.store.items import Items
from bulletin.store.outbox.ledger import Outbox
from bulletin.store.suggestions import Suggestions
from bulletin.store.whole import Whole

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
BY_NAME = {task.name: task for task in TASKS}


@pytest.fixture(scope="module")
def server():
    with open_server() as server:
        yield server


@pytest.fixture
def database(server):
    """An empty schema on that server."""
    return server.new_schema()


@contextmanager
def away(server: Server, part: type, name: str) -> Iterator[None]:
    """Stop the server when this is about to be written, and start it again at the end."""
    write = getattr(part, name)

    def broken(*arguments, **named):
        server.stop()
        return write(*arguments, **named)

    with mock.patch.object(part, name, broken):
        try:
            yield
        finally:
            server.start()


def next_turn(desk, task: Task):
    desk.now.now += task.every
    shift = Shift(new_beat("schedule", desk.now()))
    turn(desk, task, shift)
    return desk.store.turns.newest([task.name])[task.name]


def breaks(desk, task: Task, server: Server, part: type, name: str) -> None:
    """A turn in whose middle the server is stopped says so in words."""
    with away(server, part, name), pytest.raises(StoreError, match="cannot work with postgresql"):
        next_turn(desk, task)


@pytest.fixture
def desk(tmp_path, database, publisher):
    """A newsroom with a feed of two items, in that database."""
    feed = publisher.publishes(
        "/feed", *map(newsroom.entry, ("Net zero theatres", "Nurse staffing after the pay round"))
    )
    newsroom.workspace(tmp_path, feed)
    told = newsroom.environment(tmp_path) | {"BULLETIN_DATABASE_URL": database}
    with jobs.open_desk(config.load(tmp_path, told), newsroom.Clock(editing.NOW)) as desk:
        yield desk


def test_the_next_fetch_brings_what_could_not_be_written(desk, server):
    breaks(desk, BY_NAME["fetch"], server, Items, "shelve_all")
    desk.now.now += timedelta(minutes=10)  # by then nobody has its host in hand
    assert next_turn(desk, BY_NAME["fetch"]).words == "1 feeds, 0 of them failed; 2 new items"


def test_the_next_turn_classifies_what_could_not_be_written(desk, server):
    jobs.fetch(desk, jobs.due(desk))
    breaks(desk, BY_NAME["classify"], server, Suggestions, "add")
    assert next_turn(desk, BY_NAME["classify"]).words.startswith("2 items looked at")


def test_a_draft_that_could_not_be_written_is_made_again(desk, server):
    jobs.fetch(desk, jobs.due(desk))
    jobs.classify(desk)
    bulletin = desk.bulletin("update")
    with away(server, Editions, "save"), pytest.raises(StoreError, match="cannot work with postgresql"):
        jobs.compose(desk, bulletin)
    assert desk.store.editions.newest() == []
    assert jobs.compose(desk, bulletin).size == 2


def test_nothing_half_made_is_left_of_a_backup_and_the_next_turn_makes_one(desk, server, monkeypatch):
    monkeypatch.setenv("PATH", os.pathsep.join([server.programs, os.environ["PATH"]]))
    breaks(desk, BY_NAME["backup"], server, Whole, "copy")
    assert not list(desk.config.folder.glob("backups/*"))
    assert next_turn(desk, BY_NAME["backup"]).outcome is Ended.DONE
    assert len(list(desk.config.folder.glob("backups/*.tar.gz"))) == 1


def test_a_sender_goes_on_when_it_is_back_and_doubles_nothing(tmp_path, database, server):
    names = ["ann", "bob", "eve", "joe"]
    with (
        open_mail_server() as mail,
        sending.open_desk(tmp_path, f"smtp://127.0.0.1:{mail.port}", *names, database=database) as desk,
    ):
        naps = []

        def nap(seconds):
            naps.append(seconds)
            server.start()

        end = Outbox.end
        calls = iter(range(99))

        def broken(*arguments, **named):
            if next(calls) == 1:
                server.stop()
            return end(*arguments, **named)

        with mock.patch.object(Outbox, "end", broken):
            ran = jobs.deliver.run(desk, how=jobs.deliver.How(patience=30.0), nap=nap)
        assert naps
        assert ran.tallies[editing.DIGEST] == {State.SENT: 4}
        assert sorted(one.recipients[0].partition("@")[0] for one in mail.taken) == names
