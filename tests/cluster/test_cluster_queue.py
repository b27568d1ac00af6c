"""The queue: where it can be, how often tasks are looked at, and its tables, made once whoever comes first."""

import asyncio
import importlib.util
from datetime import UTC, datetime, timedelta
from unittest import mock

import newsroom
import psycopg
import pytest
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import make_url

from bulletin import cluster
from bulletin.cluster.hands import Hands
from bulletin.cluster.queue import Queue, cron
from bulletin.cluster.tables import make_tables, newer_than
from bulletin.jobs.timetable import TASKS
from bulletin.store import open_store


def test_without_postgresql_the_command_says_what_it_takes(tmp_path, run_bulletin):
    newsroom.workspace(tmp_path, "http://127.0.0.1:9/a")
    ended = run_bulletin("-C", tmp_path, "worker")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "bulletin: several machines need PostgreSQL: set BULLETIN_DATABASE_URL\n"


def test_without_the_library_the_command_says_how_to_get_it(tmp_path, run_bulletin, new_schema):
    newsroom.workspace(tmp_path, "http://127.0.0.1:9/a")
    find = importlib.util.find_spec
    with mock.patch.object(cluster, "find_spec", lambda name: None if name == "procrastinate" else find(name)):
        ended = run_bulletin("-C", tmp_path, "worker", BULLETIN_DATABASE_URL=new_schema())
    assert ended.returncode == 1
    assert 'pip install "bulletin[cluster]"' in ended.stderr


@pytest.mark.parametrize(
    ("minutes", "looked_at"),
    [(1, "*/1 * * * *"), (5, "*/5 * * * *"), (10, "*/10 * * * *"), (15, "*/5 * * * *"), (1440, "*/10 * * * *")],
)
def test_a_task_is_looked_at_in_each_of_its_periods(minutes, looked_at):
    assert cron(timedelta(minutes=minutes)) == looked_at


@pytest.mark.parametrize("task", TASKS, ids=[task.name for task in TASKS])
def test_no_task_is_looked_at_more_seldom_than_it_is_due(task):
    step = int(cron(task.every).removeprefix("*/").partition(" ")[0])
    assert task.every % timedelta(minutes=step) == timedelta(0)


@pytest.fixture
def address(new_schema):
    return new_schema()


@pytest.fixture
def new_queue(address):
    """Make a queue on a database, as many times as it is asked."""
    with open_store(address) as store:
        desk = mock.Mock(store=store, now=lambda: datetime(2026, 11, 29, tzinfo=UTC))
        yield lambda: Queue(store.driver_arguments(), 2, Hands(lambda: desk), TASKS, cluster.Rhythm())


def asked(address, query):
    with psycopg.connect(make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)) as one:
        return one.execute(query).fetchall()


def with_apps(new_queue, act, count=1):
    """Let something happen with open apps."""

    async def run():
        apps = [new_queue().app for _ in range(count)]
        for app in apps:
            await app.open_async()
        try:
            await act(*apps)
        finally:
            for app in apps:
                await app.close_async()

    asyncio.run(run())


def test_two_workers_who_begin_at_once_make_the_tables_once(new_queue, address):
    async def make(one, other):
        await asyncio.gather(make_tables(one.connector), make_tables(other.connector))
        await make_tables(one.connector)

    with_apps(new_queue, make, 2)
    query = "SELECT count(*) FROM pg_tables WHERE tablename = 'procrastinate_jobs' AND schemaname = current_schema()"
    assert asked(address, query) == [(1,)]
    assert asked(address, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_tables_of_an_older_release_are_brought_up_to_date_with_what_waits_in_them(new_queue, address):
    """As 3.3 made them they lack a word for what is tried again, and the function that uses it."""

    async def make_older(app):
        await make_tables(app.connector)
        await app.tasks["classify"].defer_async(timestamp=1)
        word = "ALTER TYPE procrastinate_job_event_type RENAME VALUE 'retried' TO 'none'"
        for query in ("DROP FUNCTION procrastinate_retry_job_v2", word):
            await app.connector.execute_query_async(query)
        await app.connector.execute_query_async("COMMENT ON TABLE procrastinate_jobs IS '3.3.0'")

    async def begin_again(one, other):
        await asyncio.gather(make_tables(one.connector), make_tables(other.connector))
        (job,) = await one.job_manager.list_jobs_async()
        await one.job_manager.fetch_job(queues=None, worker_id=await one.job_manager.register_worker())
        await one.job_manager.retry_job(job)

    with_apps(new_queue, make_older)
    with_apps(new_queue, begin_again, 2)
    assert asked(address, "SELECT status::text, attempts FROM procrastinate_jobs") == [("todo", 1)]


def test_what_is_newer_is_told_by_its_number_and_not_by_its_letters():
    assert {path.name[:8] for path in newer_than("3.3.0")} == {"03.04.00"}
    assert newer_than("3.10.0") == []


def test_what_waits_to_be_taken_is_not_queued_twice(new_queue, address):
    async def defer(app):
        await make_tables(app.connector)
        await app.tasks["classify"].defer_async(timestamp=1)
        with pytest.raises(AlreadyEnqueued):
            await app.tasks["classify"].defer_async(timestamp=2)

    with_apps(new_queue, defer)
    assert asked(address, "SELECT count(*) FROM procrastinate_jobs") == [(1,)]
