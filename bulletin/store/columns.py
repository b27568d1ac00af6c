"""Kinds of columns that SQLite and PostgreSQL hold alike, and the ways in which they are made."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Integer, Text, TypeDecorator
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
        if not value or (value.isascii() and "\0" not in value):  # nearly always
            return value
        return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def required(name: str, kind: _Kind, *more: ForeignKey, index: bool | None = None) -> Column[Any]:
    """Make a column that every row fills."""
    return Column(name, kind, *more, nullable=False, index=index)


def later(name: str) -> Column[Any]:
    """Make a column of text that came after rows were written: those rows are empty in it."""
    return Column(name, PlainText, nullable=False, server_default="")


def numbered() -> Column[int]:
    """Make the column that numbers rows in the order in which they were written."""
    return Column("id", Integer, primary_key=True)
