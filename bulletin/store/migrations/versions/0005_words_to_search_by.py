"""Words to search by, what went where when items were joined, and what must stay apart."""

from alembic import op
from sqlalchemy import JSON, Column, DateTime, ForeignKeyConstraint, Integer, Text, column, insert, select, table
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey
from sqlalchemy import UniqueConstraint as Unique

from bulletin.store.words import words

revision = "0005"
down_revision = "0004"

_TOLD = ("title", "summary", "authors", "journal", "doi")
_AT_ONCE = 1000
_KINDS_OF_WORD = "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart"


def upgrade() -> None:
    """Add the tables, and the words of the items that are there."""
    _words()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_index("item_stems", "porter unicode61 remove_diacritics 2")
        _sqlite_index("item_starts", "unicode61 remove_diacritics 2")
    else:
        _postgresql_index()
    _fill()
    _apart()


def _words() -> None:
    op.create_table(
        "item_words",
        Column("id", Integer, nullable=False),
        Column("item", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("words", Text, nullable=False),
        ForeignKeyConstraint(["item"], ["item.id"], name="fk_item_words_item"),
        PrimaryKey("id", name="pk_item_words"),
        Unique("item", name="uq_item_words_item"),
    )


def _sqlite_index(name: str, tokenizer: str) -> None:
    """Make an FTS5 table without texts of its own, and keep it in step ("External Content Tables" in its manual)."""
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5"
        f"(title, words, content='item_words', content_rowid='id', tokenize='{tokenizer}')"
    )
    add = f"INSERT INTO {name}(rowid, title, words) VALUES (new.id, new.title, new.words);"  # noqa: S608 - two names of our own
    drop = f"INSERT INTO {name}({name}, rowid, title, words) VALUES ('delete', old.id, old.title, old.words);"  # noqa: S608
    for act, steps in (("INSERT", add), ("DELETE", drop), ("UPDATE", drop + add)):
        op.execute(f"CREATE TRIGGER {name}_{act.lower()} AFTER {act} ON item_words BEGIN {steps} END")


def _postgresql_index() -> None:
    """Make columns of words; their configuration knows no stop words, for WHO and IT are words in a library."""
    op.execute("CREATE TEXT SEARCH DICTIONARY bulletin_stem (TEMPLATE = snowball, LANGUAGE = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION bulletin_stems (COPY = simple)")
    op.execute(
        f"ALTER TEXT SEARCH CONFIGURATION bulletin_stems ALTER MAPPING FOR {_KINDS_OF_WORD} WITH bulletin_stem"
    )
    for name, configuration in (("stems", "bulletin_stems"), ("starts", "simple")):
        op.execute(
            f"ALTER TABLE item_words ADD COLUMN {name} tsvector GENERATED ALWAYS AS "
            f"(setweight(to_tsvector('{configuration}', title), 'A') || to_tsvector('{configuration}', words)) STORED"
        )
        op.execute(f"CREATE INDEX ix_item_words_{name} ON item_words USING gin ({name})")


def _fill() -> None:
    """Write the words of all items; what services added stands in place of what the feed told."""
    told = table("item", *(column(name, JSON if name == "authors" else Text) for name in ("id", *_TOLD)))
    more = table("addition", column("item", Text), column("field", Text), column("value", JSON))
    into = table("item_words", column("item", Text), column("title", Text), column("words", Text))
    connection = op.get_bind()
    added = {
        (row.item, row.field): row.value for row in connection.execute(select(more).where(more.c.field.in_(_TOLD)))
    }
    for rows in connection.execute(select(told)).mappings().partitions(_AT_ONCE):
        connection.execute(
            insert(into),
            [
                {"item": row["id"], **words(**{name: added.get((row["id"], name)) or row[name] for name in _TOLD})}
                for row in rows
            ],
        )


def _apart() -> None:
    op.add_column("joining", Column("passed", JSON))
    op.create_table(
        "apart",
        Column("id", Integer, nullable=False),
        Column("one", Text, nullable=False),
        Column("other", Text, nullable=False),
        Column("editor", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["one"], ["item.id"], name="fk_apart_one"),
        ForeignKeyConstraint(["other"], ["item.id"], name="fk_apart_other"),
        PrimaryKey("id", name="pk_apart"),
    )
