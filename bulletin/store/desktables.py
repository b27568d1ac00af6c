"""The tables of what editors do with an edition: rows are only added, but for what is left out
of a draft, and for its blocks."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

left_out = Table(
    "left_out",
    metadata,
    Column("edition", PlainText, ForeignKey("edition.id"), primary_key=True),
    Column("item", PlainText, ForeignKey("item.id"), primary_key=True),
)

# What was removed is kept, and so is what stood in a draft that was taken back: hence no foreign key.
block = Table(
    "block",
    metadata,
    Column("edition", PlainText, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    required("position", Integer),
    required("kind", PlainText),
    required("title", PlainText),
    required("text", PlainText),
    required("link", PlainText),
    required("place", PlainText),
    required("starts", PlainText),  # 2026-12-10 12:30 on the clock of the bulletin's zone, or the day alone
    required("ends", PlainText),
    required("closes", PlainText),
    required("editor", PlainText),  # who touched it last
    required("at", UtcDateTime),
    required("removed", Boolean),
)

# Of a draft that was taken back, what was done and approved stays on record: hence no foreign keys to the edition.
change = Table(
    "change",
    metadata,
    numbered(),
    required("edition", PlainText),
    required("item", PlainText, ForeignKey("item.id"), index=True),
    required("act", PlainText),
    required("editor", PlainText),
    required("at", UtcDateTime),
    required("before", JSON),
    required("after", JSON),
    Column("undoes", Integer, ForeignKey("change.id"), unique=True),
    Column("follows", Integer, index=True),  # the change in another draft that brought it about
    Index(None, "edition", "id"),
)

approval = Table(
    "approval",
    metadata,
    numbered(),
    required("edition", PlainText, index=True),
    required("digest", PlainText),
    required("editor", PlainText),
    required("at", UtcDateTime),
)

approval_end = Table(
    "approval_end",
    metadata,
    Column("approval", Integer, ForeignKey("approval.id"), primary_key=True),
    required("at", UtcDateTime),
    required("editor", PlainText),
    required("why", PlainText),
)

email = Table(
    "email",
    metadata,
    Column("approval", Integer, ForeignKey("approval.id"), primary_key=True),
    Column("list", PlainText, primary_key=True),
    required("subject", PlainText),
    required("html", PlainText),
    required("text", PlainText),
    required("mime", LargeBinary),
    required("digest", PlainText),
)

# What readers see of what was approved, whatever becomes of its items: once for everybody, once for the staff.
archived = Table(
    "archived",
    metadata,
    Column("approval", Integer, ForeignKey("approval.id"), primary_key=True),
    Column("is_public", Boolean, primary_key=True),
    required("size", Integer),
    required("page", JSON),
    required("lines", JSON),
)
