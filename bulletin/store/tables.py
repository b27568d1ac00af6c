"""The tables: a row is something that happened, and a column is named like the field that it holds.

State is the presence of a row; no table has a status. Rows are only added, with three exceptions: an item's blanks
are filled in, an item that turns out to be another one points to it (`merged_into`), and a draft edition is replaced
or taken back.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

_Kind = TypeEngine[Any] | type[TypeEngine[Any]]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in and out, although SQLite forgets zones; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Turn any zone to UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Give the zone back that SQLite lost, or turn the server's zone to UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text that both databases take: PostgreSQL knows no NUL, and neither takes half a surrogate pair."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        """Put a space or a question mark where a character cannot be stored."""
        return value and value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _required(name: str, kind: _Kind, *more: ForeignKey, index: bool | None = None) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, index=index)


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
    Index(None, "feed", "id"),
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
    _required("first_seen", UtcDateTime),
    _required("source", PlainText),
    _required("summary_feed", PlainText),
    Column("merged_into", PlainText, ForeignKey("item.id"), index=True),
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

suggestion = Table(
    "suggestion",
    metadata,
    Column("classification", Integer, ForeignKey("classification.id"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    _required("topic", PlainText),
    _required("score", Float),
    _required("because", JSON),
)

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
