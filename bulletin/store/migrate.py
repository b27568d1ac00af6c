"""Bring a database to the form of this release: forward only, all in one transaction, after a copy of what was."""

from threading import Lock

from sqlalchemy import Connection, inspect, text

from bulletin.errors import StoreError
from bulletin.store.database import Database

HEAD = "0013"  # the newest of migrations/versions; a test holds the two together
_ONE_AT_A_TIME = Lock()  # Alembic's `op` and `context` are shared by all threads


def migrate(database: Database) -> None:
    """Run the migrations that the database lacks; StoreError when a later release wrote it."""
    with database.read() as connection:
        current = _revision(connection)
    if current != HEAD:
        _upgrade(database, current)


def _revision(connection: Connection) -> str | None:
    """The name of the last migration that the database has seen; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(database: Database, current: str | None) -> None:
    # Here and not above, because it takes a quarter of the time in which a command starts, and is seldom needed.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError("a later release of bulletin wrote this database: update bulletin to open it")
    with _ONE_AT_A_TIME, database.write() as connection:
        current = _revision(connection)  # again: another command may have done it meanwhile
        if current == HEAD:
            return
        if current is not None:
            database.copy(f".before-{HEAD}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
