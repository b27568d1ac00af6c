"""The tables of what runs by itself: whose turn it was, who took it, how it ended; and which processes are there."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

# Since when a schedule is as it is: what would have been due before that is nobody's.
rhythm = Table(
    "rhythm",
    metadata,
    Column("schedule", PlainText, primary_key=True),
    Column("rule", PlainText, primary_key=True),
    required("since", UtcDateTime),
)

turn = Table(
    "turn",
    metadata,
    numbered(),
    required("schedule", PlainText),
    required("period", PlainText),
    required("due", UtcDateTime, index=True),
    UniqueConstraint("schedule", "period"),
    Index(None, "schedule", "due"),
)


def _turn() -> Column[int]:
    return Column("turn", Integer, ForeignKey("turn.id"), primary_key=True, autoincrement=False)


turn_try = Table(
    "turn_try",
    metadata,
    _turn(),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 ...
    required("by", PlainText),
    required("at", UtcDateTime),
)

turn_end = Table(
    "turn_end",
    metadata,
    _turn(),
    required("at", UtcDateTime),
    required("outcome", PlainText),
    required("words", PlainText),
    required("edition", PlainText),  # that it drafted; empty: none
)

beat = Table(
    "beat",
    metadata,
    Column("id", PlainText, primary_key=True),
    required("kind", PlainText, index=True),
    required("began", UtcDateTime),
    required("seen", UtcDateTime),
)

# What one process has in hand for a while, such as a host whose feeds it visits.
lease = Table(
    "lease",
    metadata,
    Column("name", PlainText, primary_key=True),
    required("by", PlainText),
    required("until", UtcDateTime),
)

# What the operator was told, and when it was over: the newest row of a concern counts.
alert = Table(
    "alert",
    metadata,
    numbered(),
    required("concern", PlainText, index=True),
    required("did", PlainText),  # seen | told | over
    required("words", PlainText),
    required("at", UtcDateTime),
)

# Editions that came off the schedule, because something could not wait: these items and no others.
urgent = Table(
    "urgent",
    metadata,
    Column("edition", PlainText, primary_key=True),
    required("items", JSON),
    required("editor", PlainText),
    required("at", UtcDateTime),
)
