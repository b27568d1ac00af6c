"""The queue's own tables, beside ours: made where they are missing, and brought up to date if an older release did.

Which release made them stands in a comment on them. Procrastinate ships its migrations as files and applies none.
"""

from importlib.metadata import version
from pathlib import Path

from procrastinate.connector import BaseConnector
from procrastinate.schema import SchemaManager

_LOCK = 0x71756575  # the number of the PostgreSQL lock under which they are made: "queu"
_MADE_BY = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class') AS release"


async def make_tables(connector: BaseConnector) -> None:
    """Make the tables, or change them; whoever else is about to waits, and finds it done."""
    here = version("procrastinate")
    await _change(connector, "to_regclass('procrastinate_jobs') IS NULL", SchemaManager.get_schema(), here)
    made_by = str((await connector.execute_query_one_async(_MADE_BY))["release"] or here)
    if newer := newer_than(made_by):
        change = "\n".join(path.read_text(encoding="utf-8") for path in newer)
        await _change(connector, f"({_MADE_BY}) = '{made_by}'", change, here)


def newer_than(release: str) -> list[Path]:
    """The migrations that a release did not know, in their order."""
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return [path for path in files if _numbers(path.name.partition("_")[0]) > _numbers(release)]


async def _change(connector: BaseConnector, condition: str, change: str, here: str) -> None:
    """Change the tables in one go, if the condition holds once nobody else is at it."""
    noted = f"COMMENT ON TABLE procrastinate_jobs IS '{here}';"
    block = f"BEGIN IF {condition} THEN EXECUTE $tables${change}$tables$; {noted} END IF; END"
    query = f"SELECT pg_advisory_xact_lock({_LOCK}); DO $make$ {block} $make$"
    await connector.execute_query_async(query.replace("%", "%%"))


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdecimal())
