"""What goes out, to whom, and what came of it."""

from typing import Any

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, ForeignKeyConstraint, Integer, LargeBinary, Text, text
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

revision = "0012"
down_revision = "0011"

_STATES = """
CREATE VIEW delivery_state AS
SELECT d.id AS delivery, d.edition, d.bulletin, d.list, d.recipient,
  CASE
    WHEN e.delivery IS NOT NULL THEN e.state
    WHEN a.handed_at IS NOT NULL THEN 'handed'
    WHEN a.delivery IS NOT NULL THEN 'claimed'
    WHEN w.delivery IS NOT NULL AND EXISTS
      (SELECT 1 FROM attempt t WHERE t.delivery = w.delivery AND t.reply NOT IN ('', 'abandoned')) THEN 'retry'
    WHEN w.delivery IS NOT NULL THEN 'waiting'
    ELSE 'lost'
  END AS state
FROM delivery d
LEFT JOIN member m ON m.delivery = d.id
LEFT JOIN ending e ON e.delivery = COALESCE(m.lead, d.id)
LEFT JOIN attempt a ON a.delivery = COALESCE(m.lead, d.id) AND a.ended_at IS NULL
LEFT JOIN due w ON w.delivery = COALESCE(m.lead, d.id)
"""


def upgrade() -> None:
    """Add the tables, and the view that tells the state of each delivery."""
    _deliveries()
    _tries()
    _senders()
    _returns()
    _followed()
    op.execute(_STATES)


def _at(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=nullable)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False) for name in names]


def _of(table: str, column: str, to: str, key: str = "id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{to}.{key}"], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, [*columns])


def _deliveries() -> None:
    op.create_table(
        "message",
        *_texts("digest", "subject"),
        Column("mime", LargeBinary, nullable=False),
        PrimaryKey("digest", name="pk_message"),
    )
    op.create_table(
        "list_page",
        _number("approval"),
        *_texts("list"),
        Column("page", JSON, nullable=False),
        _of("list_page", "approval", "approval"),
        PrimaryKey("approval", "list", name="pk_list_page"),
    )
    op.create_table(
        "delivery",
        _number("id"),
        _number("approval"),
        *_texts("edition", "bulletin", "list", "recipient"),
        Column("subscriber", Text),
        *_texts("address", "name", "message", "message_id"),
        Column("gathers", Boolean, nullable=False),
        Column("together", Text),
        _of("delivery", "approval", "approval"),
        _of("delivery", "subscriber", "subscriber"),
        _of("delivery", "message", "message", "digest"),
        _of("delivery", "together", "message", "digest"),
        PrimaryKey("id", name="pk_delivery"),
        Unique("edition", "recipient", name="uq_delivery_edition_recipient"),
        Unique("message_id", name="uq_delivery_message_id"),
    )
    _index("delivery", "approval")
    _index("delivery", "subscriber")


def _tries() -> None:
    op.create_table(
        "due",
        _number("delivery"),
        _at("at"),
        _at("since", nullable=True),
        _of("due", "delivery", "delivery"),
        PrimaryKey("delivery", name="pk_due"),
    )
    _index("due", "at")
    op.create_table(
        "attempt",
        _number("delivery"),
        _number("number"),
        *_texts("sender"),
        _at("claimed_at"),
        _at("since"),
        _at("handed_at", nullable=True),
        _at("ended_at", nullable=True),
        *_texts("reply"),
        _number("code"),
        *_texts("status", "words"),
        _of("attempt", "delivery", "delivery"),
        PrimaryKey("delivery", "number", name="pk_attempt"),
    )
    _index("attempt", "claimed_at")
    for name, column, of in (("open", "sender", "ended_at IS NULL"), ("slower", "ended_at", "reply = 'slower'")):
        where = text(of)
        op.create_index(f"ix_attempt_{name}", "attempt", [column], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "ending",
        _number("delivery"),
        *_texts("state"),
        _at("at"),
        *_texts("words", "by"),
        _of("ending", "delivery", "delivery"),
        PrimaryKey("delivery", name="pk_ending"),
    )
    op.create_table(
        "member",
        _number("delivery"),
        _number("lead"),
        _of("member", "delivery", "delivery"),
        _of("member", "lead", "delivery"),
        PrimaryKey("delivery", name="pk_member"),
    )
    _index("member", "lead")


def _senders() -> None:
    op.create_table(
        "halt",
        _number("id"),
        *_texts("edition"),
        _at("at"),
        *_texts("by", "why"),
        Column("is_final", Boolean, nullable=False),
        _at("ended_at", nullable=True),
        *_texts("ended_by"),
        PrimaryKey("id", name="pk_halt"),
    )
    _index("halt", "edition")
    op.create_table(
        "sender",
        *_texts("id", "machine", "process"),
        _at("began"),
        _at("seen"),
        PrimaryKey("id", name="pk_sender"),
    )
    op.create_table(
        "tested",
        _number("id"),
        *_texts("bulletin", "list", "editor"),
        _at("at"),
        PrimaryKey("id", name="pk_tested"),
    )
    _index("tested", "bulletin", "list")


def _returns() -> None:
    op.create_table(
        "bounce",
        _number("id"),
        *_texts("digest"),
        Column("subscriber", Text),
        _number("delivery", nullable=True),
        *_texts("kind", "edition", "status", "words"),
        _at("at"),
        _at("stopped_at", nullable=True),
        _of("bounce", "subscriber", "subscriber"),
        _of("bounce", "delivery", "delivery"),
        PrimaryKey("id", name="pk_bounce"),
        Unique("digest", name="uq_bounce_digest"),
    )
    _index("bounce", "subscriber")
    _index("bounce", "delivery")
    op.create_table("mail_read", *_texts("place", "validator"), _at("at"), PrimaryKey("place", name="pk_mail_read"))


def _followed() -> None:
    op.create_table(
        "click",
        _number("id"),
        *_texts("edition", "item", "mark"),
        _at("at"),
        PrimaryKey("id", name="pk_click"),
    )
    _index("click", "edition")
    op.create_table(
        "click_count",
        *_texts("edition", "item"),
        Column("day", Date, nullable=False),
        _number("clicks"),
        PrimaryKey("edition", "item", "day", name="pk_click_count"),
    )
    op.create_table(
        "useful",
        _number("id"),
        *_texts("edition", "item"),
        Column("is_useful", Boolean, nullable=False),
        *_texts("mark"),
        _at("at"),
        PrimaryKey("id", name="pk_useful"),
    )
    _index("useful", "edition")
    op.create_table(
        "delivery_count",
        *_texts("edition", "list", "state"),
        _number("people"),
        PrimaryKey("edition", "list", "state", name="pk_delivery_count"),
    )
