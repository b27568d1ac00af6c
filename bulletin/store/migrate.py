"""Bring a database to the form of this release: forward only, all in one transaction."""

from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bulletin.errors import StoreError
from bulletin.store.database import Database

_ONE_AT_A_TIME = Lock()  # Alembic's `op` and `context` are shared by all threads


def migrate(database: Database) -> None:
    """Run the migrations that the database lacks; StoreError when a later release wrote it."""
    config = Config()
    config.set_main_option("script_location", "bulletin.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    with database.read() as connection:
        current = _revision(connection)
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError("a later release of bulletin wrote this database: update bulletin to open it")
    with _ONE_AT_A_TIME, database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
