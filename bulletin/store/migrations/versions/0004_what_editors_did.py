"""What editors did with an edition, and what was approved."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, DateTime, ForeignKeyConstraint, Integer, LargeBinary, Text, false
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables; what was decided before was ruled."""
    op.add_column("decision", Column("says", Text, nullable=False, server_default="ruled"))
    op.add_column("edition_item", Column("note", Text, nullable=False, server_default=""))
    op.add_column("edition_item", Column("pick", Boolean, nullable=False, server_default=false()))
    _own_words()
    _changes()
    _approvals()


def _own_words() -> None:
    op.create_table(
        "wording",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("summary", Text, nullable=False),
        Column("editor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_wording_item"),
        PrimaryKey("id", name="pk_wording"),
    )
    op.create_index("ix_wording_item", "wording", ["item"])


def _changes() -> None:
    op.create_table(
        "left_out",
        Column("edition", Text, nullable=False),
        Column("item", Text, nullable=False),
        ForeignKeyConstraint(["edition"], ["edition.id"], name="fk_left_out_edition"),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_left_out_item"),
        PrimaryKey("edition", "item", name="pk_left_out"),
    )
    op.create_table(
        "change",
        Column("id", Integer, nullable=False),
        Column("edition", Text, nullable=False),
        Column("item", Text, nullable=False),
        Column("act", Text, nullable=False),
        Column("editor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("before", JSON, nullable=False),
        Column("after", JSON, nullable=False),
        Column("undoes", Integer),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_change_item"),
        ForeignKeyConstraint(["undoes"], ["change.id"], name="fk_change_undoes"),
        PrimaryKey("id", name="pk_change"),
        Unique("undoes", name="uq_change_undoes"),
    )
    op.create_index("ix_change_item", "change", ["item"])
    op.create_index("ix_change_edition_id", "change", ["edition", "id"])


def _approvals() -> None:
    op.create_table(
        "approval",
        Column("id", Integer, nullable=False),
        Column("edition", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("editor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        PrimaryKey("id", name="pk_approval"),
    )
    op.create_index("ix_approval_edition", "approval", ["edition"])
    op.create_table(
        "approval_end",
        Column("approval", Integer, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("editor", Text, nullable=False),
        Column("why", Text, nullable=False),
        ForeignKeyConstraint(["approval"], ["approval.id"], name="fk_approval_end_approval"),
        PrimaryKey("approval", name="pk_approval_end"),
    )
    op.create_table(
        "email",
        Column("approval", Integer, nullable=False),
        Column("list", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("html", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("mime", LargeBinary, nullable=False),
        Column("digest", Text, nullable=False),
        ForeignKeyConstraint(["approval"], ["approval.id"], name="fk_email_approval"),
        PrimaryKey("approval", "list", name="pk_email"),
    )
