"""What readers see of approved editions: frozen at the approval, once for everybody and once for the staff.

It is searched by the very words that are printed there, so that nobody finds by its words what is withheld from them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from bulletin.store.database import Database
from bulletin.store.desktables import archived as table
from bulletin.store.rows import chunks
from bulletin.store.search import Term, terms_of
from bulletin.store.words import tokens

_PLURAL = 4  # letters of a word that is looked for with a plural ending too, or without it


@dataclass(frozen=True)
class Line:
    """The words by which an item is found that stands in an edition; each of them stands between two spaces."""

    item: str  # its id when it was approved
    title: str
    words: str  # all that is printed of it, the title too


@dataclass(frozen=True)
class Form:
    """An approved edition as readers see it: its page, which the store only keeps, and a line for each item on it."""

    is_public: bool
    page: Mapping[str, Any]  # JSON
    lines: tuple[Line, ...]


class Archived:
    """What readers see of what was approved; an approval from before there was this has none of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forms(self, approvals: Collection[int], *, public: bool) -> dict[int, Form]:
        """Give the form of each of these approvals that everybody sees, or that the staff does."""
        return {row["approval"]: _form(row) for row in self._rows(approvals, "page", "lines", public=public)}

    def lines(self, approvals: Collection[int], *, public: bool) -> dict[int, tuple[Line, ...]]:
        """Give the lines of each of these approvals that everybody may search, or that the staff may."""
        return {row["approval"]: _lines(row) for row in self._rows(approvals, "lines", public=public)}

    def sizes(self, approvals: Collection[int]) -> dict[int, int]:
        """Say of each of these approvals how many items are printed."""
        return {row["approval"]: row["size"] for row in self._rows(approvals, "size", public=True)}

    def _rows(self, approvals: Collection[int], *names: str, public: bool) -> list[RowMapping]:
        query = select(table.c.approval, table.c.is_public, *(table.c[name] for name in names))
        query = query.where(table.c.is_public.is_(public))
        with self._database.read() as connection:
            return [
                row
                for chunk in chunks(approvals)
                for row in connection.execute(query.where(table.c.approval.in_(chunk))).mappings()
            ]


def line(item: str, title: str, words: str) -> Line:
    """Cut the title of an item, and all that is printed of it, into words."""
    return Line(item, _spaced(title), _spaced(words))


def look(question: str, shelf: Mapping[int, Sequence[Line]]) -> list[tuple[int, int]]:
    """Find the lines that hold all words of a question: under which key of `shelf`, and where there, from 0.

    First come those whose title holds all of them. Otherwise what comes first in `shelf` comes first, and there an
    item is found that stands in it twice. A question is read as that of `store.search.find`.
    """
    wanted = [tuple(_spellings(term)) for term in terms_of(question)]
    found = dict[str, tuple[int, int]]()
    for key, lines in shelf.items():
        for place, one in enumerate(lines):
            if wanted and one.item not in found and _holds(one.words, wanted):
                found[one.item] = key, place
    return sorted(found.values(), key=lambda where: not _holds(shelf[where[0]][where[1]].title, wanted))


def add_forms(connection: Connection, approval: int, forms: Collection[Form]) -> None:
    """Write down what readers see of what was approved."""
    rows = [{"approval": approval, "size": len(one.lines), **asdict(one)} for one in forms]
    if rows:
        connection.execute(insert(table), rows)


def _form(row: RowMapping) -> Form:
    return Form(row["is_public"], row["page"], _lines(row))


def _lines(row: RowMapping) -> tuple[Line, ...]:
    return tuple(Line(*(told.get(name, "") for name in ("item", "title", "words"))) for told in row["lines"])


def _holds(words: str, wanted: Sequence[tuple[str, ...]]) -> bool:
    return all(any(spelt in words for spelt in spellings) for spellings in wanted)


def _spellings(term: Term) -> Iterator[str]:
    """Give what a term may look like among words with spaces: as it is, in the plural, and in the singular."""
    told = " ".join(term.words)
    yield f" {told}" if term.is_open else f" {told} "
    if len(term.words[-1]) >= _PLURAL:
        yield f" {told}s "
        yield f" {told.removesuffix('s')} "


def _spaced(text: str) -> str:
    return f" {' '.join(tokens(text))} "
