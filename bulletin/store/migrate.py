"""Bring a database to the form of this release: forward only, all in one transaction, after a copy of what was."""

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from bulletin.errors import StoreError
from bulletin.store.database import Database

HEAD = "0013"  # the newest of migrations/versions; a test holds the two together
_VERSIONS = Path(__file__).with_name("migrations") / "versions"
_ONE_AT_A_TIME = Lock()  # Alembic's `op` and `context` are shared by all threads


def migrate(database: Database) -> None:
    """Run the migrations that the database lacks; StoreError when a later release wrote it."""
    with database.read() as connection:
        current = revision(connection)
    if current != HEAD:
        _upgrade(database, current)


def revision(connection: Connection) -> str | None:
    """The name of the last migration that the database has seen; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_later(release: str | None, what: str) -> None:
    """Raise StoreError when the last migration that `what` has seen is none that this release knows."""
    if release is not None and release not in {path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py")}:
        raise StoreError(f"a later release of bulletin wrote {what}: update bulletin to open it")


def _upgrade(database: Database, current: str | None) -> None:
    # Here and not above, because it takes a quarter of the time in which a command starts, and is seldom needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    refuse_later(current, "this database")
    with _ONE_AT_A_TIME, database.write() as connection:
        current = revision(connection)  # again: another command may have done it meanwhile
        if current == HEAD:
            return
        if current is not None:
            database.copy(f".before-{HEAD}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
