"""The tables of the people at the desk: who they are, how they prove it, and the record of what they did.

People change, so these rows do: what must never change is the record, `deed`, and triggers hold it (migration 0006).
No password, token or code is kept, only what one can be checked against; the exception is the secret of a second
step, which both sides must know.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

editor = Table(
    "editor",
    metadata,
    Column("id", PlainText, primary_key=True),
    required("name", PlainText),
    Column("email", PlainText, nullable=False, unique=True),
    required("password", PlainText),  # its hash; empty: none was chosen yet
    required("added_at", UtcDateTime),
    Column("disabled_at", UtcDateTime),
)


def _editor(*, is_key: bool = False) -> Column[str]:
    return Column("editor", PlainText, ForeignKey("editor.id"), nullable=False, primary_key=is_key, index=not is_key)


editor_role = Table(
    "editor_role",
    metadata,
    _editor(is_key=True),
    Column("bulletin", PlainText, primary_key=True),  # empty: every one
    Column("role", PlainText, primary_key=True),
)

second_step = Table(
    "second_step",
    metadata,
    _editor(is_key=True),
    required("secret", PlainText),
    required("last", BigInteger),  # the step of the last code that was used, which is never taken again
)

recovery_code = Table(
    "recovery_code",
    metadata,
    _editor(is_key=True),
    Column("digest", PlainText, primary_key=True),
)

session = Table(
    "session",
    metadata,
    numbered(),
    Column("digest", PlainText, nullable=False, unique=True),
    _editor(),
    required("began", UtcDateTime),
    required("last_seen", UtcDateTime),
    required("browser", PlainText),
)

editor_token = Table(
    "editor_token",
    metadata,
    Column("digest", PlainText, primary_key=True),
    _editor(),
    required("purpose", PlainText),
    required("until", UtcDateTime),
)

failure = Table(
    "failure",
    metadata,
    numbered(),
    required("mark", PlainText),  # a keyed hash of an account or a network address
    required("at", UtcDateTime),
    Index(None, "mark", "at"),
)

deed = Table(
    "deed",
    metadata,
    Column("id", Integer, primary_key=True),
    required("at", UtcDateTime),
    required("who", PlainText, index=True),
    required("did", PlainText),
    required("what", PlainText),
    required("before", PlainText),
    required("after", PlainText),
    required("digest", PlainText),
)
