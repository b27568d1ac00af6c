"""What visits tell of the next one, where feeds moved, what services added, and what notices say."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, DateTime, Float, ForeignKeyConstraint, Integer, Text, text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen what is there; rows from before are empty in the new columns."""
    _visits()
    _items()
    _additions()
    _marks()
    _joinings()
    _lookups()


def _empty(table: str, *columns: str) -> None:
    for name in columns:
        op.add_column(table, Column(name, Text, nullable=False, server_default=""))


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(name, table, columns, sqlite_where=text(condition), postgresql_where=text(condition))


def _visits() -> None:
    _empty("visit", "trouble", "digest", "held_host", "moved_to")
    op.add_column("visit", Column("wait_until", DateTime(timezone=True)))
    op.create_index("ix_visit_feed_url_id", "visit", ["feed", "url", "id"])
    op.drop_index("ix_visit_feed_id", "visit")
    _index_where("ix_visit_held_host_wait_until", "visit", ["held_host", "wait_until"], "held_host <> ''")
    op.create_table(
        "move",
        Column("feed", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("new_url", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        PrimaryKey("feed", "url", name="pk_move"),
    )


def _items() -> None:
    _empty("item", "free_url", "notice_mark", "notice_doi")
    op.create_index("ix_item_first_seen", "item", ["first_seen"])
    # Whole, this index made SQLite read every item that was never merged to find one.
    op.drop_index("ix_item_merged_into", "item")
    _index_where("ix_item_merged_into", "item", ["merged_into"], "merged_into IS NOT NULL")
    _index_where("ix_item_notice_mark", "item", ["notice_mark"], "notice_mark <> ''")
    op.create_index("ix_sighting_feed_seen_at", "sighting", ["feed", "seen_at"])


def _additions() -> None:
    op.create_table(
        "addition",
        Column("item", Text, nullable=False),
        Column("field", Text, nullable=False),
        Column("value", JSON, nullable=False),
        Column("service", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_addition_item"),
        PrimaryKey("item", "field", name="pk_addition"),
    )


def _marks() -> None:
    op.create_table(
        "mark",
        Column("item", Text, nullable=False),
        Column("mark", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_mark_item"),
        PrimaryKey("item", "mark", "by", name="pk_mark"),
    )


def _joinings() -> None:
    op.create_table(
        "joining",
        Column("item", Text, nullable=False),
        Column("into", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("score", Float, nullable=False),
        Column("because", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_joining_item"),
        ForeignKeyConstraint(["into"], ["item.id"], name="fk_joining_into"),
        PrimaryKey("item", name="pk_joining"),
    )


def _lookups() -> None:
    op.create_table(
        "lookup",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("service", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("found", Boolean, nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_lookup_item"),
        PrimaryKey("id", name="pk_lookup"),
    )
    op.create_index("ix_lookup_item", "lookup", ["item"])
