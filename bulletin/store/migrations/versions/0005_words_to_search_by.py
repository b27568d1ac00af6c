"""Words to search by, and what must stay apart."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
