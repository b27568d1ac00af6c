"""What editors did with an edition, and what was approved."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
