"""People: editors, sessions, and what they did."""

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, ForeignKeyConstraint, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0006"
down_revision = "0005"

_STAYS = "a line of the record stays as it was written"


def upgrade() -> None:
    """Add the tables, and the triggers that hold the record."""
    _editors()
    _proofs()
    _record()
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def _at(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _of_editor(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["editor"], ["editor.id"], name=f"fk_{table}_editor")


def _editors() -> None:
    op.create_table(
        "editor",
        *_texts("id", "name", "email", "password"),
        _at("added_at"),
        _at("disabled_at", nullable=True),
        PrimaryKey("id", name="pk_editor"),
        Unique("email", name="uq_editor_email"),
    )
    op.create_table(
        "editor_role",
        *_texts("editor", "bulletin", "role"),
        _of_editor("editor_role"),
        PrimaryKey("editor", "bulletin", "role", name="pk_editor_role"),
    )


def _proofs() -> None:
    op.create_table(
        "second_step",
        *_texts("editor", "secret"),
        Column("last", BigInteger, nullable=False),
        _of_editor("second_step"),
        PrimaryKey("editor", name="pk_second_step"),
    )
    op.create_table(
        "recovery_code",
        *_texts("editor", "digest"),
        _of_editor("recovery_code"),
        PrimaryKey("editor", "digest", name="pk_recovery_code"),
    )
    op.create_table(
        "session",
        Column("id", Integer, nullable=False),
        *_texts("digest", "editor"),
        _at("began"),
        _at("last_seen"),
        *_texts("browser"),
        _of_editor("session"),
        PrimaryKey("id", name="pk_session"),
        Unique("digest", name="uq_session_digest"),
    )
    op.create_index("ix_session_editor", "session", ["editor"])
    op.create_table(
        "editor_token",
        *_texts("digest", "editor", "purpose"),
        _at("until"),
        _of_editor("editor_token"),
        PrimaryKey("digest", name="pk_editor_token"),
    )
    op.create_index("ix_editor_token_editor", "editor_token", ["editor"])
    op.create_table(
        "failure",
        Column("id", Integer, nullable=False),
        *_texts("mark"),
        _at("at"),
        PrimaryKey("id", name="pk_failure"),
    )
    op.create_index("ix_failure_mark_at", "failure", ["mark", "at"])


def _record() -> None:
    op.create_table(
        "deed",
        Column("id", Integer, nullable=False),
        _at("at"),
        *_texts("who", "did", "what", "before", "after", "digest"),
        PrimaryKey("id", name="pk_deed"),
    )
    op.create_index("ix_deed_who", "deed", ["who"])


def _hold_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER deed_no_{act.lower()} BEFORE {act} ON deed BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
        )


def _hold_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION deed_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_STAYS}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER deed_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON deed "
        "FOR EACH STATEMENT EXECUTE FUNCTION deed_stays()"
    )
