"""Which warnings somebody accepted, and what links answered."""

from typing import Any

from alembic import op
from sqlalchemy import Column, DateTime, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "accepted",
        _number("id"),
        *_texts("edition", "key"),
        _number("rule"),
        *_texts("name", "message", "editor"),
        _at(),
        PrimaryKey("id", name="pk_accepted"),
        Unique("edition", "key", name="uq_accepted_edition_key"),
    )
    op.create_table(
        "link_state",
        *_texts("digest", "url"),
        _number("status"),
        _at(),
        *_texts("why"),
        PrimaryKey("digest", name="pk_link_state"),
    )


def _number(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _at() -> Column[Any]:
    return Column("at", DateTime(timezone=True), nullable=False)
