"""The table of the words by which items are found; what the two databases make of it, only the migration knows.

SQLite keeps two FTS5 tables in step with it by triggers, PostgreSQL two generated columns: `item_stems` holds the
words by their stems, so that *nurses* finds *nursing*; `item_starts` holds them as they are, so that *nursin* does.
"""

from sqlalchemy import Column, ForeignKey, Table

from bulletin.store.columns import PlainText, numbered, required
from bulletin.store.tables import metadata

item_words = Table(
    "item_words",
    metadata,
    numbered(),
    Column("item", PlainText, ForeignKey("item.id"), unique=True, nullable=False),
    required("title", PlainText),
    required("words", PlainText),
)
