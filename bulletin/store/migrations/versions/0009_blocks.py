"""What editors write themselves into an edition."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey

revision = "0009"
down_revision = "0008"

_WORDS = ("kind", "title", "text", "link", "place", "starts", "ends", "closes", "editor")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "block",
        Column("edition", Text, nullable=False),
        Column("number", Integer, nullable=False),
        Column("position", Integer, nullable=False),
        *(Column(name, Text, nullable=False) for name in _WORDS),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("removed", Boolean, nullable=False),
        PrimaryKey("edition", "number", name="pk_block"),
    )
