"""Where an opinion comes from, and what just missed its threshold."""

from alembic import op
from sqlalchemy import JSON, Column, Float, ForeignKeyConstraint, Integer, Text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column and the table; what was thought before came from topic files above all, and missed nothing."""
    op.add_column("suggestion", Column("decided_by", Text, nullable=False, server_default="topic file"))
    op.create_table(
        "near_miss",
        Column("classification", Integer, nullable=False),
        Column("rank", Integer, nullable=False),
        Column("topic", Text, nullable=False),
        Column("score", Float, nullable=False),
        Column("because", JSON, nullable=False),
        Column("decided_by", Text, nullable=False, server_default="topic file"),
        ForeignKeyConstraint(["classification"], ["classification.id"], name="fk_near_miss_classification"),
        PrimaryKey("classification", "rank", name="pk_near_miss"),
    )
