"""The tables of what goes out: messages as they were frozen, the duty to bring each, every try, and its end.

State is the presence of a row: a delivery with a row in `due` waits, one with an open `attempt` is in the hands of a
sender, one with a row in `ending` is over, and a `member` goes with another one in one email and stands as that does.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    column,
    literal_column,
    table,
    text,
)

from bulletin.store.columns import PlainText, UtcDateTime, numbered, required
from bulletin.store.tables import metadata

message = Table(
    "message",
    metadata,
    Column("digest", PlainText, primary_key=True),
    required("subject", PlainText),
    required("mime", LargeBinary),
)

# What was approved for a list, in words: of several of these one email is made for who wants them together.
list_page = Table(
    "list_page",
    metadata,
    Column("approval", Integer, ForeignKey("approval.id"), primary_key=True, autoincrement=False),
    Column("list", PlainText, primary_key=True),
    required("page", JSON),
)

delivery = Table(
    "delivery",
    metadata,
    numbered(),
    required("approval", Integer, ForeignKey("approval.id"), index=True),
    required("edition", PlainText),
    required("bulletin", PlainText),
    required("list", PlainText),
    required("recipient", PlainText),  # a subscriber's id; @ and a list's id; of who was erased, a hash
    Column("subscriber", PlainText, ForeignKey("subscriber.id"), index=True),  # NULL: an address for all, or erased
    required("address", PlainText),
    required("name", PlainText),
    required("message", PlainText, ForeignKey("message.digest")),
    Column("message_id", PlainText, nullable=False, unique=True),
    required("gathers", Boolean),  # waits for others, to go with them in one email
    Column("together", PlainText, ForeignKey("message.digest")),  # of several editions in one email: what leads them
    UniqueConstraint("edition", "recipient"),
)


def _delivery(name: str = "delivery", *, is_key: bool = True) -> Column[int]:
    return Column(
        name,
        Integer,
        ForeignKey("delivery.id"),
        nullable=False,
        primary_key=is_key,
        index=None if is_key else True,
        autoincrement=False,
    )


# `since` is when the tries began that count towards giving up; NULL until the first.
due = Table("due", metadata, _delivery(), required("at", UtcDateTime, index=True), Column("since", UtcDateTime))

_OPEN = text("ended_at IS NULL")
_SLOWER = text("reply = 'slower'")

attempt = Table(
    "attempt",
    metadata,
    _delivery(),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 ...
    required("sender", PlainText),  # who made it
    required("claimed_at", UtcDateTime, index=True),
    required("since", UtcDateTime),  # the first of the tries that count towards giving up
    Column("handed_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    required("reply", PlainText),  # empty while it is open, and of one that a crash ended
    required("code", Integer),
    required("status", PlainText),
    required("words", PlainText),
    Index("ix_attempt_open", "sender", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_attempt_slower", "ended_at", sqlite_where=_SLOWER, postgresql_where=_SLOWER),
)

_LEFT = "state IN ('failed', 'in doubt')"
LEFT: ColumnElement[bool] = literal_column(_LEFT)  # in these words, or the index does not serve: what people look at

ending = Table(
    "ending",
    metadata,
    _delivery(),
    required("state", PlainText),
    required("at", UtcDateTime),
    required("words", PlainText),
    required("by", PlainText),  # the editor who settled it; empty: it came about by itself
    Index("ix_ending_left", "state", "at", sqlite_where=text(_LEFT), postgresql_where=text(_LEFT)),
)

member = Table("member", metadata, _delivery(), _delivery("lead", is_key=False))

# Nothing of an edition is sent while a row of it is open; an empty edition stands for all of them.
halt = Table(
    "halt",
    metadata,
    numbered(),
    required("edition", PlainText, index=True),
    required("at", UtcDateTime),
    required("by", PlainText),  # empty: the machine
    required("why", PlainText),
    required("is_final", Boolean),  # the edition was cancelled: what would wait is over
    Column("ended_at", UtcDateTime),
    required("ended_by", PlainText),
)

sender = Table(
    "sender",
    metadata,
    Column("id", PlainText, primary_key=True),
    required("machine", PlainText),
    required("process", PlainText),  # its number and when it began, as the machine tells them
    required("began", UtcDateTime),
    required("seen", UtcDateTime),
)

bounce = Table(
    "bounce",
    metadata,
    numbered(),
    Column("digest", PlainText, nullable=False, unique=True),  # of the email that told of it
    Column("subscriber", PlainText, ForeignKey("subscriber.id"), index=True),
    Column("delivery", Integer, ForeignKey("delivery.id"), index=True),
    required("kind", PlainText),
    required("edition", PlainText),
    required("status", PlainText),
    required("words", PlainText),
    required("at", UtcDateTime),
    Column("stopped_at", UtcDateTime),  # when this, among others, stopped email to the person: it counts no more
)

# How far a folder of what came back was read, in the words of whoever reads it.
mail_read = Table(
    "mail_read",
    metadata,
    Column("place", PlainText, primary_key=True),
    required("validator", PlainText),
    required("at", UtcDateTime),
)

# A test of a list's email that the mail server took.
tested = Table(
    "tested",
    metadata,
    numbered(),
    required("bulletin", PlainText),
    required("list", PlainText),
    required("editor", PlainText),
    required("at", UtcDateTime),
    Index(None, "bulletin", "list"),
)

# What came of it, of nobody in particular: `mark` is a hash under a key of that day, and goes with the day.
click = Table(
    "click",
    metadata,
    numbered(),
    required("edition", PlainText, index=True),
    required("item", PlainText),
    required("mark", PlainText),
    required("at", UtcDateTime),
)

click_count = Table(
    "click_count",
    metadata,
    Column("edition", PlainText, primary_key=True),
    Column("item", PlainText, primary_key=True),
    Column("day", Date, primary_key=True),
    required("clicks", Integer),
)

useful = Table(
    "useful",
    metadata,
    numbered(),
    required("edition", PlainText, index=True),
    required("item", PlainText),
    required("is_useful", Boolean),
    required("mark", PlainText),
    required("at", UtcDateTime),
)

# What is left of deliveries after 13 months.
delivery_count = Table(
    "delivery_count",
    metadata,
    Column("edition", PlainText, primary_key=True),
    Column("list", PlainText, primary_key=True),
    Column("state", PlainText, primary_key=True),
    required("people", Integer),
)

# In which state each delivery is: a view, which the migration makes.
delivery_state = table(
    "delivery_state", *map(column, ("delivery", "edition", "bulletin", "list", "recipient", "state"))
)
