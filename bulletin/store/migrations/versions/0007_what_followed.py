"""What an act in one draft did to others."""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; of what was done before, nobody knows what followed."""
    op.add_column("change", Column("follows", Integer))
    op.create_index("ix_change_follows", "change", ["follows"])
