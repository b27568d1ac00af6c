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
    literal_column,
    text,
)
from sqlalchemy.types import TypeEngine

from bulletin.store.columns import PlainText, UtcDateTime

_Kind = TypeEngine[Any] | type[TypeEngine[Any]]

# Spelled out, because an index of the rows that are not empty serves for these very words only.
EMPTY: ColumnElement[str] = literal_column("''")


def _required(name: str, kind: _Kind, *more: ForeignKey, index: bool | None = None) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, index=index)


def _later(name: str) -> Column[Any]:
    """Make a column of text that came after rows were written: those rows are empty in it."""
    return Column(name, PlainText, nullable=False, server_default="")


def _where(name: str, condition: str, *columns: str) -> Index:
    """Make an index of the few rows that meet a condition."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


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
    _id(),
    _required("feed", PlainText),
    _required("at", UtcDateTime),
    _required("outcome", PlainText),
    _required("url", PlainText),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    _required("message", PlainText),
    _required("seen", Integer),
    _required("new", Integer),
    _later("trouble"),
    _later("digest"),
    Column("wait_until", UtcDateTime),
    _later("held_host"),
    _later("moved_to"),
    Index(None, "feed", "url", "id"),
    _where("ix_visit_held_host_wait_until", "held_host <> ''", "held_host", "wait_until"),
)

move = Table(
    "move",
    metadata,
    Column("feed", PlainText, primary_key=True),
    Column("url", PlainText, primary_key=True),
    _required("new_url", PlainText),
    _required("at", UtcDateTime),
)

item = Table(
    "item",
    metadata,
    Column("id", PlainText, primary_key=True),
    _required("title", PlainText),
    _required("url", PlainText),
    _required("doi", PlainText),
    Column("published", UtcDateTime),
    _required("date_source", PlainText),
    _required("date_flag", PlainText),
    _required("authors", JSON),
    _required("summary", PlainText),
    _required("kind", PlainText),
    _required("categories", JSON),
    _required("journal", PlainText),
    _required("volume", PlainText),
    _required("number", PlainText),
    _required("pages", PlainText),
    _required("language", PlainText),
    _required("free", Boolean),
    _required("guid", PlainText),
    _required("first_seen", UtcDateTime, index=True),
    _required("source", PlainText),
    _required("summary_feed", PlainText),
    Column("merged_into", PlainText, ForeignKey("item.id")),
    _later("free_url"),
    _later("notice_mark"),
    _later("notice_doi"),
    _where("ix_item_merged_into", "merged_into IS NOT NULL", "merged_into"),
    _where("ix_item_notice_mark", "notice_mark <> ''", "notice_mark"),
)

item_key = Table(
    "item_key",
    metadata,
    Column("key", PlainText, primary_key=True),
    _required("item", PlainText, ForeignKey("item.id"), index=True),
)

sighting = Table(
    "sighting",
    metadata,
    _id(),
    _required("item", PlainText, ForeignKey("item.id")),
    _required("feed", PlainText),
    _required("seen_at", UtcDateTime),
    _required("guid", PlainText),
    _required("title", PlainText),
    _required("url", PlainText),
    UniqueConstraint("item", "feed"),
    Index(None, "feed", "seen_at"),
)

addition = Table(
    "addition",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),
    Column("field", PlainText, primary_key=True),  # a column of item
    _required("value", JSON),
    _required("service", PlainText),
    _required("at", UtcDateTime),
)

mark = Table(
    "mark",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),
    Column("mark", PlainText, primary_key=True),
    Column("by", PlainText, primary_key=True),  # id of the notice, name of a service, or the item's own id
    _required("at", UtcDateTime),
)

joining = Table(
    "joining",
    metadata,
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),  # the one that went
    _required("into", PlainText, ForeignKey("item.id")),
    _required("reason", PlainText),
    _required("score", Float),
    _required("because", PlainText),
    _required("at", UtcDateTime),
)

lookup = Table(
    "lookup",
    metadata,
    _id(),
    _required("item", PlainText, ForeignKey("item.id"), index=True),
    _required("service", PlainText),
    _required("at", UtcDateTime),
    _required("found", Boolean),
)

classification = Table(
    "classification",
    metadata,
    _id(),
    _required("item", PlainText, ForeignKey("item.id"), index=True),
    _required("recipe", PlainText),
    _required("trained_on", Integer),
    _required("at", UtcDateTime),
)


def _opinions(name: str) -> Table:
    """Make a table of what a look at an item thought of topics, best first."""
    return Table(
        name,
        metadata,
        Column("classification", Integer, ForeignKey("classification.id"), primary_key=True),
        Column("rank", Integer, primary_key=True),
        _required("topic", PlainText),
        _required("score", Float),
        _required("because", JSON),
        Column("decided_by", PlainText, nullable=False, server_default="topic file"),
    )


suggestion = _opinions("suggestion")
near_miss = _opinions("near_miss")

decision = Table(
    "decision",
    metadata,
    _id(),
    _required("item", PlainText, ForeignKey("item.id"), index=True),
    _required("topics", JSON),
    _required("editor", PlainText),
    _required("at", UtcDateTime),
)

edition = Table(
    "edition",
    metadata,
    Column("id", PlainText, primary_key=True),
    _required("bulletin", PlainText),
    _required("number", Integer),
    _required("day", Date),
    _required("since", Date),
    _required("composed_at", UtcDateTime),
    UniqueConstraint("bulletin", "day"),
    UniqueConstraint("bulletin", "number"),
)

edition_section = Table(
    "edition_section",
    metadata,
    Column("edition", PlainText, ForeignKey("edition.id"), primary_key=True),
    Column("section", Integer, primary_key=True),
    _required("topic", PlainText),
    _required("heading", PlainText),
)


def _place(*more: Column[Any], name: str) -> Table:
    """Make a table of items that stand in a section of an edition, in order."""
    return Table(
        name,
        metadata,
        Column("edition", PlainText, primary_key=True),
        Column("section", Integer, primary_key=True),
        Column("position", Integer, primary_key=True),
        _required("item", PlainText, ForeignKey("item.id"), index=True),
        *more,
        ForeignKeyConstraint(["edition", "section"], ["edition_section.edition", "edition_section.section"]),
    )


edition_item = _place(_required("see_also", JSON), name="edition_item")
edition_held_over = _place(name="edition_held_over")
