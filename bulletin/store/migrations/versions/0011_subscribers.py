"""The people who get bulletins."""

from typing import Any

from alembic import op
from sqlalchemy import JSON, Column, Date, DateTime, ForeignKeyConstraint, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "subscriber",
        *_texts("id", "email", "name", "role", "organisation", "rhythm"),
        Column("paused_until", Date),
        _at("added_at"),
        PrimaryKey("id", name="pk_subscriber"),
        Unique("email", name="uq_subscriber_email"),
    )
    op.create_table(
        "subscription",
        *_texts("subscriber", "bulletin", "list"),
        _at("since"),
        Column("headings", JSON, nullable=False),
        _at("left_at", nullable=True),
        _of_subscriber("subscription"),
        PrimaryKey("subscriber", "bulletin", "list", name="pk_subscription"),
    )
    op.create_index("ix_subscription_bulletin_list", "subscription", ["bulletin", "list"])
    op.create_table(
        "consent",
        Column("id", Integer, nullable=False),
        *_texts("subscriber", "bulletin", "list", "did", "way", "by", "words"),
        _at("at"),
        _of_subscriber("consent"),
        PrimaryKey("id", name="pk_consent"),
    )
    op.create_index("ix_consent_subscriber", "consent", ["subscriber"])
    op.create_table(
        "sign_up",
        *_texts("digest", "email"),
        Column("lists", JSON, nullable=False),
        *_texts("words"),
        _at("at"),
        _at("until"),
        PrimaryKey("digest", name="pk_sign_up"),
    )
    op.create_index("ix_sign_up_email", "sign_up", ["email"])
    op.create_table("suppression", *_texts("mark", "why", "by"), _at("at"), PrimaryKey("mark", name="pk_suppression"))


def _at(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _of_subscriber(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["subscriber"], ["subscriber.id"], name=f"fk_{table}_subscriber")
