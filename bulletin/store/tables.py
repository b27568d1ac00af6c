"""The tables: a row is something that happened, and a column is named like the field that it holds.

State is the presence of a row; no table has a status. Rows are only added, with these exceptions: an item's blanks
are filled in, an item that turns out to be another one points to it (`merged_into`), a draft edition is replaced or
taken back, an address that moved again and a longer summary replace what was written of them, and old visits go.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    literal_column,
    text,
)

from bulletin.store.columns import PlainText, UtcDateTime, later, numbered, required

# Spelled out, because an index of some rows serves for these very words only.
EMPTY: ColumnElement[str] = literal_column("''")
UNSURE: ColumnElement[str] = literal_column("'unsure'")


def _where(name: str, condition: str, *columns: str) -> Index:
    """Make an index of the few rows that meet a condition."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

visit = Table(
    "visit",
    metadata,
    numbered(),
    required("feed", PlainText),
    required("at", UtcDateTime),
    required("outcome", PlainText),
    required("url", PlainText),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    required("message", PlainText),
    required("seen", Integer),
    required("new", Integer),
    later("trouble"),
    later("digest"),
    Column("wait_until", UtcDateTime),
    later("held_host"),
    later("moved_to"),
    Index(None, "feed", "url", "id"),
    Index(None, "at", "outcome"),
    _where("ix_visit_held_host_wait_until", "held_host <> ''", "held_host", "wait_until"),
)

move = Table(
    "move",
    metadata,
    Column("feed", PlainText, primary_key=True),
    Column("url", PlainText, primary_key=True),
    required("new_url", PlainText),
    required("at", UtcDateTime),
)

item = Table(
    "item",
    metadata,
    Column("id", PlainText, primary_key=True),
    required("title", PlainText),
    required("url", PlainText),
    required("doi", PlainText),
    Column("published", UtcDateTime),
    required("date_source", PlainText),
    required("date_flag", PlainText),
    required("authors", JSON),
    required("summary", PlainText),
    required("kind", PlainText),
    required("categories", JSON),
    required("journal", PlainText),
    required("volume", PlainText),
    required("number", PlainText),
    required("pages", PlainText),
    required("language", PlainText),
    required("free", Boolean),
    required("guid", PlainText),
    required("first_seen", UtcDateTime, index=True),
    required("source", PlainText),
    required("summary_feed", PlainText),
    Column("merged_into", PlainText, ForeignKey("item.id")),
    later("free_url"),
    later("notice_mark"),
    later("notice_doi"),
    _where("ix_item_merged_into", "merged_into IS NOT NULL", "merged_into"),
    _where("ix_item_gone", "merged_into IS NOT NULL", "first_seen"),
    _where("ix_item_notice", "notice_mark <> ''", "first_seen"),
    Index("ix_item_date", text("coalesce(published, first_seen)")),  # what all windows are cut by
)

item_key = Table(
    "item_key",
    metadata,
    Column("key", PlainText, primary_key=True),
    required("item", PlainText, ForeignKey("item.id"), index=True),
)

sighting = Table(
    "sighting",
    metadata,
    numbered(),
    required("item", PlainText, ForeignKey("item.id")),
    required("feed", PlainText),
    required("seen_at", UtcDateTime),
    required("guid", PlainText),
    required("title", PlainText),
    required("url", PlainText),
    UniqueConstraint("item", "feed"),
    Index(None, "feed", "seen_at"),
)

addition = Table(
    "addition",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),
    Column("field", PlainText, primary_key=True),  # a column of item
    required("value", JSON),
    required("service", PlainText),
    required("at", UtcDateTime),
)

mark = Table(
    "mark",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),
    Column("mark", PlainText, primary_key=True),
    Column("by", PlainText, primary_key=True),  # id of the notice, name of a service, or the item's own id
    required("at", UtcDateTime),
)

joining = Table(
    "joining",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),  # the one that went
    required("into", PlainText, ForeignKey("item.id")),
    required("reason", PlainText),
    required("score", Float),
    required("because", PlainText),
    required("at", UtcDateTime),
    Column("passed", JSON(none_as_null=True)),  # what went over; empty before releases wrote it down
)

apart = Table(
    "apart",
    metadata,
    numbered(),
    required("one", PlainText, ForeignKey("item.id")),
    required("other", PlainText, ForeignKey("item.id")),
    required("editor", PlainText),
    required("at", UtcDateTime),
)

lookup = Table(
    "lookup",
    metadata,
    numbered(),
    required("item", PlainText, ForeignKey("item.id"), index=True),
    required("service", PlainText),
    required("at", UtcDateTime),
    required("found", Boolean),
)

classification = Table(
    "classification",
    metadata,
    numbered(),
    required("item", PlainText, ForeignKey("item.id"), index=True),
    required("recipe", PlainText),
    required("trained_on", Integer),
    required("at", UtcDateTime, index=True),
)


def _opinions(name: str) -> Table:
    """Make a table of what a look at an item thought of topics, best first."""
    return Table(
        name,
        metadata,
        Column("classification", Integer, ForeignKey("classification.id"), primary_key=True),
        Column("rank", Integer, primary_key=True),
        required("topic", PlainText),
        required("score", Float),
        required("because", JSON),
        Column("decided_by", PlainText, nullable=False, server_default="topic file"),
    )


suggestion = _opinions("suggestion")
near_miss = _opinions("near_miss")

decision = Table(
    "decision",
    metadata,
    numbered(),
    required("item", PlainText, ForeignKey("item.id"), index=True),
    required("topics", JSON),
    required("editor", PlainText),
    required("at", UtcDateTime),
    Column("says", PlainText, nullable=False, server_default="ruled"),  # ruled | unsure | withdrawn
    _where("ix_decision_unsure", "says = 'unsure'", "item"),
)

wording = Table(
    "wording",
    metadata,
    numbered(),
    required("item", PlainText, ForeignKey("item.id"), index=True),
    required("title", PlainText),
    required("summary", PlainText),
    required("editor", PlainText),
    required("at", UtcDateTime),
)

edition = Table(
    "edition",
    metadata,
    Column("id", PlainText, primary_key=True),
    required("bulletin", PlainText),
    required("number", Integer),
    required("day", Date),
    required("since", Date),
    required("composed_at", UtcDateTime),
    UniqueConstraint("bulletin", "day"),
    UniqueConstraint("bulletin", "number"),
)

edition_section = Table(
    "edition_section",
    metadata,
    Column("edition", PlainText, ForeignKey("edition.id"), primary_key=True),
    Column("section", Integer, primary_key=True),
    required("topic", PlainText),
    required("heading", PlainText),
)


def _place(*more: Column[Any], name: str) -> Table:
    """Make a table of items that stand in a section of an edition, in order."""
    return Table(
        name,
        metadata,
        Column("edition", PlainText, primary_key=True),
        Column("section", Integer, primary_key=True),
        Column("position", Integer, primary_key=True),
        required("item", PlainText, ForeignKey("item.id"), index=True),
        *more,
        ForeignKeyConstraint(["edition", "section"], ["edition_section.edition", "edition_section.section"]),
    )


edition_item = _place(
    required("see_also", JSON),
    later("note"),
    Column("pick", Boolean, nullable=False, server_default=false()),
    name="edition_item",
)
edition_held_over = _place(name="edition_held_over")
