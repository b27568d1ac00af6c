"""People: editors, sessions, and what they did."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
