"""Several commands at once: every item once, every number once, and a plain word when it takes too long."""

import multiprocessing
import sqlite3
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier

import pytest
from papers import count_rows, paper, shelve
from sqlalchemy import text

from bulletin.errors import StoreError
from bulletin.store import database, open_store

DOCUMENT = [paper(f"Trial {n}", url=f"https://x.org/{n}", doi=f"10.5555/{n}", guid=str(n)) for n in range(40)]


def shelve_in_a_store_of_its_own(url, feed, wait=lambda: None):
    with open_store(url) as store:
        wait()
        return shelve(store, *DOCUMENT, feed=feed).visit.new


def check(store, writers, new):
    rows = count_rows(store)
    assert sum(new) == len(store.items.list()) == rows["item"] == len(DOCUMENT)
    assert (rows["sighting"], rows["visit"]) == (len(DOCUMENT) * writers, writers)


def test_threads_that_shelve_one_document_at_once_shelve_each_item_once(store, url):
    barrier = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(shelve_in_a_store_of_its_own, url, f"feed-{n}", barrier.wait) for n in range(4)]
        check(store, 4, [job.result() for job in jobs])


def test_threads_may_share_one_store(store):
    barrier = Barrier(4)

    def work(n):
        barrier.wait()
        return shelve(store, *DOCUMENT, feed=f"feed-{n}").visit.new

    with ThreadPoolExecutor(4) as pool:
        check(store, 4, list(pool.map(work, range(4))))


@pytest.mark.slow
def test_processes_that_shelve_one_document_at_once_shelve_each_item_once(store, url):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(shelve_in_a_store_of_its_own, url, f"feed-{n}") for n in range(2)]
        check(store, 2, [job.result() for job in jobs])


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("bulletin.store.database.PATIENCE", 0.05)


def test_a_writer_that_waits_too_long_is_told_to_try_again(impatient, url):
    with open_store(url) as first, open_store(url) as second:
        with (
            first._database.write(),
            pytest.raises(StoreError, match="another bulletin command is writing; try again"),
        ):
            shelve(second, *DOCUMENT)
        assert shelve(second, *DOCUMENT).visit.new == len(DOCUMENT)


def test_readers_wait_for_no_writer(impatient, url):
    with open_store(url) as first, open_store(url) as second, first._database.write() as connection:
        connection.execute(text("INSERT INTO edition VALUES ('e', 'b', 1, '2026-11-02', '2026-10-01', '2026-11-02')"))
        assert second.editions.list() == []


def test_a_reader_sees_one_moment(url):
    with open_store(url) as first, open_store(url) as second, second._database.read() as connection:
        count = text("SELECT count(*) FROM item")
        before = connection.execute(count).scalar()
        shelve(first, *DOCUMENT)
        assert connection.execute(count).scalar() == before == 0


def test_who_is_refused_while_another_makes_the_file_tries_again(tmp_path):
    class Refused(sqlite3.Connection):
        left = 2

        def execute(self, sql):
            if self.left:
                self.left -= 1
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            return super().execute(sql)

    connection = sqlite3.connect(tmp_path / "b.db", factory=Refused)
    database._write_ahead(connection)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_that_something_else_has_locked_is_told_so_at_opening(impatient, tmp_path):
    path = tmp_path / "bulletin.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="another bulletin command is writing; try again in a moment"):
        open_store(f"sqlite:///{path.as_posix()}")
    other.close()
