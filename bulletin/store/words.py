"""The words by which an item is found: kept beside its row, in a form that both databases cut into words alike.

Case, accents, markup and punctuation are gone before a database sees the text, so that `COVID-19` and `covid 19`,
`café` and `cafe` are the same words in both, and nothing in a text means anything to their query languages.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from html import escape, unescape
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, insert, select

from bulletin.model import Wording
from bulletin.store.rows import chunks
from bulletin.store.tables import addition, item
from bulletin.store.wordings import latest_wordings
from bulletin.store.wordtables import item_words

LONGEST: Final = 64  # letters of a word that count; PostgreSQL refuses to look for one of 2,047 bytes
_MOST = 30_000  # letters of a text that are searched; PostgreSQL takes a megabyte of different words
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_TOLD = ("title", "summary", "authors", "journal", "doi")


def tokens(text: str) -> list[str]:
    """Cut a text into words: no case, no accents, letters and figures only, 64 of them at most."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if letter.isascii() or not unicodedata.combining(letter))
    plain = text.casefold()
    return [word[:LONGEST] for word in _WORD.findall(plain)]


def words(title: str, summary: str, authors: Iterable[str], journal: str, doi: str) -> dict[str, str]:
    """Give the two columns of an item's words: its title, which weighs more, and the rest; `summary` is HTML."""
    rest = (plain(summary[:_MOST]), *authors, journal, doi)
    return {"title": _joined(title), "words": _joined(" ".join(rest))}


def plain(text: str) -> str:
    """The words of HTML without its tags."""
    return unescape(_TAG.sub(" ", text))


def write_words(connection: Connection, items: Collection[str]) -> None:
    """Write anew by which words these items are found, as their rows and what was added to them stand now."""
    for chunk in chunks(items):
        told = select(item.c.id, *(item.c[name] for name in _TOLD)).where(item.c.id.in_(chunk))
        more = select(addition.c.item, addition.c.field, addition.c.value).where(
            addition.c.item.in_(chunk), addition.c.field.in_(_TOLD)
        )
        added = {(id_, field): value for id_, field, value in connection.execute(more)}
        own = latest_wordings(connection, chunk)
        rows = [_row(row, added, own.get(row["id"])) for row in connection.execute(told).mappings()]
        connection.execute(delete(item_words).where(item_words.c.item.in_(chunk)))
        if rows:
            connection.execute(insert(item_words), rows)


def _row(told: RowMapping, added: dict[tuple[str, str], Any], own: Wording | None) -> dict[str, str]:
    known: dict[str, Any] = {name: added.get((told["id"], name)) or told[name] for name in _TOLD}
    if own:  # printed in place of the source's, which somebody may look for too
        known["summary"] = f"{known['summary']} {escape(own.title)} {escape(own.summary)}"
    return {"item": told["id"], **words(**known)}


def _joined(text: str) -> str:
    return " ".join(tokens(text[:_MOST]))
