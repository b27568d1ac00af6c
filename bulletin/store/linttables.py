"""The tables of what the linter found and of what links answered: a yes stays for ever, an answer until the next."""

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

# Of a draft that was taken back it stays on record: hence no foreign key to the edition.
accepted = Table(
    "accepted",
    metadata,
    numbered(),
    required("edition", PlainText),
    required("key", PlainText),  # a digest, because a database does not take every text of a finding as it is
    required("rule", Integer),
    required("name", PlainText),
    required("message", PlainText),
    required("editor", PlainText),
    required("at", UtcDateTime),
    UniqueConstraint("edition", "key"),
)

link_state = Table(
    "link_state",
    metadata,
    Column("digest", PlainText, primary_key=True),  # of the address, which may be longer than an index can hold
    required("url", PlainText),
    required("status", Integer),
    required("at", UtcDateTime),
    required("why", PlainText),
)
