"""One store, on SQLite and on PostgreSQL: every test that takes `store` runs on both."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import newsroom
import psycopg
import pytest
from sqlalchemy import make_url

from bulletin.store import Store, open_store

# What a test left: all rows, those of the record too, which nothing else may delete; and what numbers rows.
_EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE one text; has_rows bool; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'alembic_version'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO has_rows;
    IF has_rows THEN EXECUTE format('TRUNCATE %I RESTART IDENTITY CASCADE', one); END IF;
  END LOOP;
END $$;
"""
_SHAPE = """
SELECT version_num, count(DISTINCT pg_class.oid), count(DISTINCT pg_trigger.oid)
FROM alembic_version, pg_class LEFT JOIN pg_trigger ON tgrelid = pg_class.oid
WHERE relnamespace = current_schema()::regnamespace GROUP BY version_num
"""


@dataclass
class Lent:
    """A store on a schema with all tables, which one test after the other has: to make one takes half a second."""

    new_address: Callable[[], str]
    address: str = ""
    store: Store | None = None
    shape: tuple[str, int, int] | None = None  # release, number of tables and indexes, number of triggers

    def lend(self) -> Store:
        """The store, which is empty."""
        if self.store is None:
            self.address = self.new_address()
            self.store = open_store(self.address)
            self.shape = self._asked(_SHAPE)
        return self.store

    def take_back(self) -> None:
        """Empty it; if it is not what it was, the next test gets another."""
        if self.store and self._asked(_EMPTY + _SHAPE) != self.shape:
            self.close()

    def close(self) -> None:
        """Close the store that is there."""
        if self.store:
            self.store.close()
            self.store = None

    def _asked(self, statements: str) -> tuple[str, int, int] | None:
        address = make_url(self.address).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as connection:
            cursor = connection.execute(statements)
            while cursor.nextset():
                pass
            return cursor.fetchone()


@pytest.fixture(scope="session")
def lent(new_schema) -> Iterator[Lent]:
    """The store that tests lend each other."""
    with closing(Lent(new_schema)) as lent:
        yield lent


@pytest.fixture(params=["sqlite", "postgres"], scope="session")
def new_url(request, tmp_path_factory) -> Callable[[], str]:
    """Give the address of an empty database, another one each time."""
    if request.param == "postgres":
        return request.getfixturevalue("new_schema")
    return lambda: f"sqlite:///{tmp_path_factory.mktemp('store').as_posix()}/bulletin.db"


@pytest.fixture
def lender(request, new_url) -> Lent | None:
    """Who lends a test its store; nobody where one of its own costs nothing."""
    return request.getfixturevalue("lent") if request.node.callspec.params["new_url"] == "postgres" else None


@pytest.fixture
def url(request, new_url) -> str:
    """The address of an empty database, or of the store's if the test takes one too."""
    lender = request.getfixturevalue("lender") if "store" in request.fixturenames else None
    if lender is None:
        return new_url()
    lender.lend()
    return lender.address


@pytest.fixture
def store(lender, url) -> Iterator[Store]:
    """An empty store."""
    if lender:
        yield lender.lend()
        lender.take_back()
        return
    Path(make_url(url).database).write_bytes(newsroom.migrated())
    with open_store(url) as store:
        yield store
