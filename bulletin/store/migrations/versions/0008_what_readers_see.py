"""What readers see of an approved edition."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the table; of what was approved before, readers see what is known today."""
    op.create_table(
        "archived",
        Column("approval", Integer, nullable=False),
        Column("is_public", Boolean, nullable=False),
        Column("size", Integer, nullable=False),
        Column("page", JSON, nullable=False),
        Column("lines", JSON, nullable=False),
        ForeignKeyConstraint(["approval"], ["approval.id"], name="fk_archived_approval"),
        PrimaryKey("approval", "is_public", name="pk_archived"),
    )
