"""The tables of the people who get bulletins. People change and leave, so these rows do; consent is only added to.

Whoever is erased leaves no row but a keyed hash of the address in `suppression`, so that no file can put it back.
"""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Table

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

subscriber = Table(
    "subscriber",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("email", PlainText, nullable=False, unique=True),
    required("name", PlainText),
    required("role", PlainText),
    required("organisation", PlainText),
    required("rhythm", PlainText),
    Column("paused_until", Date),
    required("added_at", UtcDateTime),
)

subscription = Table(
    "subscription",
    metadata,
    Column("subscriber", PlainText, ForeignKey("subscriber.id"), primary_key=True),
    Column("bulletin", PlainText, primary_key=True),
    Column("list", PlainText, primary_key=True),
    required("since", UtcDateTime),
    required("headings", JSON),
    Column("left_at", UtcDateTime),
    Index(None, "bulletin", "list"),
)

consent = Table(
    "consent",
    metadata,
    numbered(),
    required("subscriber", PlainText, ForeignKey("subscriber.id"), index=True),
    required("bulletin", PlainText),
    required("list", PlainText),
    required("did", PlainText),
    required("way", PlainText),
    required("by", PlainText),
    required("words", PlainText),
    required("at", UtcDateTime),
)

# Somebody asked to be put on lists and has not confirmed it yet.
sign_up = Table(
    "sign_up",
    metadata,
    Column("digest", PlainText, primary_key=True),  # of the token in the email
    required("email", PlainText, index=True),
    required("lists", JSON),  # pairs of bulletin and list
    required("words", PlainText),  # of the page that was shown
    required("at", UtcDateTime),
    required("until", UtcDateTime),
)

suppression = Table(
    "suppression",
    metadata,
    Column("mark", PlainText, primary_key=True),  # a keyed hash of the address
    required("why", PlainText),
    required("by", PlainText),
    required("at", UtcDateTime),
)
