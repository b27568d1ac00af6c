"""What editors write themselves into an edition."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables."""
