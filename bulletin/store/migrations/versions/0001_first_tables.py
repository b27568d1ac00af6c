"""The first tables: visits, items, opinions and rulings, editions."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, ForeignKeyConstraint, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them in an empty database."""
    _visits()
    _items()
    _opinions()
    _decisions()
    _editions()


def _visits() -> None:
    op.create_table(
        "visit",
        Column("id", Integer, nullable=False),
        Column("feed", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("outcome", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("etag", Text),
        Column("last_modified", Text),
        Column("message", Text, nullable=False),
        Column("seen", Integer, nullable=False),
        Column("new", Integer, nullable=False),
        PrimaryKey("id", name="pk_visit"),
    )
    op.create_index("ix_visit_feed_id", "visit", ["feed", "id"])


def _items() -> None:
    op.create_table(
        "item",
        Column("id", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("doi", Text, nullable=False),
        Column("published", DateTime(timezone=True)),
        Column("date_source", Text, nullable=False),
        Column("date_flag", Text, nullable=False),
        Column("authors", JSON, nullable=False),
        Column("summary", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("categories", JSON, nullable=False),
        Column("journal", Text, nullable=False),
        Column("volume", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("pages", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("free", Boolean, nullable=False),
        Column("guid", Text, nullable=False),
        Column("first_seen", DateTime(timezone=True), nullable=False),
        Column("source", Text, nullable=False),
        Column("summary_feed", Text, nullable=False),
        Column("merged_into", Text),
        ForeignKeyConstraint(["merged_into"], ["item.id"], name="fk_item_merged_into"),
        PrimaryKey("id", name="pk_item"),
    )
    op.create_index("ix_item_merged_into", "item", ["merged_into"])
    op.create_table(
        "item_key",
        Column("key", Text, nullable=False),
        Column("item", Text, nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_item_key_item"),
        PrimaryKey("key", name="pk_item_key"),
    )
    op.create_index("ix_item_key_item", "item_key", ["item"])
    op.create_table(
        "sighting",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("feed", Text, nullable=False),
        Column("seen_at", DateTime(timezone=True), nullable=False),
        Column("guid", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("url", Text, nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_sighting_item"),
        PrimaryKey("id", name="pk_sighting"),
        Unique("item", "feed", name="uq_sighting_item_feed"),
    )


def _opinions() -> None:
    op.create_table(
        "classification",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("recipe", Text, nullable=False),
        Column("trained_on", Integer, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_classification_item"),
        PrimaryKey("id", name="pk_classification"),
    )
    op.create_index("ix_classification_item", "classification", ["item"])
    op.create_table(
        "suggestion",
        Column("classification", Integer, nullable=False),
        Column("rank", Integer, nullable=False),
        Column("topic", Text, nullable=False),
        Column("score", Float, nullable=False),
        Column("because", JSON, nullable=False),
        ForeignKeyConstraint(["classification"], ["classification.id"], name="fk_suggestion_classification"),
        PrimaryKey("classification", "rank", name="pk_suggestion"),
    )


def _decisions() -> None:
    op.create_table(
        "decision",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("topics", JSON, nullable=False),
        Column("editor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_decision_item"),
        PrimaryKey("id", name="pk_decision"),
    )
    op.create_index("ix_decision_item", "decision", ["item"])


def _editions() -> None:
    op.create_table(
        "edition",
        Column("id", Text, nullable=False),
        Column("bulletin", Text, nullable=False),
        Column("number", Integer, nullable=False),
        Column("day", Date, nullable=False),
        Column("since", Date, nullable=False),
        Column("composed_at", DateTime(timezone=True), nullable=False),
        PrimaryKey("id", name="pk_edition"),
        Unique("bulletin", "day", name="uq_edition_bulletin_day"),
        Unique("bulletin", "number", name="uq_edition_bulletin_number"),
    )
    op.create_table(
        "edition_section",
        Column("edition", Text, nullable=False),
        Column("section", Integer, nullable=False),
        Column("topic", Text, nullable=False),
        Column("heading", Text, nullable=False),
        ForeignKeyConstraint(["edition"], ["edition.id"], name="fk_edition_section_edition"),
        PrimaryKey("edition", "section", name="pk_edition_section"),
    )
    _places("edition_item", Column("see_also", JSON, nullable=False))
    _places("edition_held_over")


def _places(table: str, *more: Column[list[str]]) -> None:
    op.create_table(
        table,
        Column("edition", Text, nullable=False),
        Column("section", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        Column("item", Text, nullable=False),
        *more,
        ForeignKeyConstraint(["item"], ["item.id"], name=f"fk_{table}_item"),
        ForeignKeyConstraint(
            ["edition", "section"],
            ["edition_section.edition", "edition_section.section"],
            name=f"fk_{table}_edition_section",
        ),
        PrimaryKey("edition", "section", "position", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_item", table, ["item"])
