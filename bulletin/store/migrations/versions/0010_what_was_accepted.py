"""Which warnings somebody accepted, and what links answered."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
