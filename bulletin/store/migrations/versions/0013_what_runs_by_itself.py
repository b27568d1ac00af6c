"""What runs by itself: turns, who is there, what is in hand, what the operator was told, urgent editions."""

from alembic import op
from sqlalchemy import JSON, Column, DateTime, ForeignKeyConstraint, Integer, Text, text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the tables."""
    _turns()
    _counted()
    _indexes()
    op.create_table("beat", *_texts("id", "kind"), _at("began"), _at("seen"), PrimaryKey("id", name="pk_beat"))
    _index("beat", "kind")
    op.create_table("lease", *_texts("name", "by"), _at("until"), PrimaryKey("name", name="pk_lease"))
    op.create_table(
        "alert", _number("id"), *_texts("concern", "did", "words"), _at("at"), PrimaryKey("id", name="pk_alert")
    )
    _index("alert", "concern")
    op.create_table(
        "urgent",
        *_texts("edition"),
        Column("items", JSON, nullable=False),
        *_texts("editor"),
        _at("at"),
        PrimaryKey("edition", name="pk_urgent"),
    )


def _counted() -> None:
    """Add indexes for what status and the numbers for machines count."""
    _index("visit", "at", "outcome")
    left = text("state IN ('failed', 'in doubt')")
    op.create_index("ix_ending_left", "ending", ["state", "at"], sqlite_where=left, postgresql_where=left)


def _indexes() -> None:
    """Add those by which what is recent is found among what came in years."""
    op.create_index("ix_item_date", "item", [text("coalesce(published, first_seen)")])
    gone = text("merged_into IS NOT NULL")
    op.create_index("ix_item_gone", "item", ["first_seen"], sqlite_where=gone, postgresql_where=gone)
    notice = text("notice_mark <> ''")
    op.drop_index("ix_item_notice_mark", "item")
    op.create_index("ix_item_notice", "item", ["first_seen"], sqlite_where=notice, postgresql_where=notice)
    unsure = text("says = 'unsure'")
    op.create_index("ix_decision_unsure", "decision", ["item"], sqlite_where=unsure, postgresql_where=unsure)
    _index("classification", "at")


def _turns() -> None:
    op.create_table(
        "rhythm", *_texts("schedule", "rule"), _at("since"), PrimaryKey("schedule", "rule", name="pk_rhythm")
    )
    op.create_table(
        "turn",
        _number("id"),
        *_texts("schedule", "period"),
        _at("due"),
        PrimaryKey("id", name="pk_turn"),
        Unique("schedule", "period", name="uq_turn_schedule_period"),
    )
    _index("turn", "due")
    _index("turn", "schedule", "due")
    op.create_table(
        "turn_try",
        *map(_number, ("turn", "number")),
        *_texts("by"),
        _at("at"),
        PrimaryKey("turn", "number", name="pk_turn_try"),
        _of_turn("turn_try"),
    )
    op.create_table(
        "turn_end",
        _number("turn"),
        _at("at"),
        *_texts("outcome", "words", "edition"),
        PrimaryKey("turn", name="pk_turn_end"),
        _of_turn("turn_end"),
    )


def _of_turn(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["turn"], ["turn.id"], name=f"fk_{table}_turn_turn")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _at(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
