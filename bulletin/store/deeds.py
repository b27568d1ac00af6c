"""Deeds: the record of who did what. Lines are only added, and each is sealed together with all that came before."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, astuple
from datetime import UTC

from sqlalchemy import ColumnElement, Connection, Dialect, RowMapping, insert, select, true
from sqlalchemy.engine.default import DefaultDialect

from bulletin.model import Deed
from bulletin.store.columns import PlainText
from bulletin.store.database import Database
from bulletin.store.peopletables import deed as table

_ANY: Dialect = DefaultDialect()
_BATCH = 1000  # lines


class Deeds:
    """The record: it is written, read and verified, and never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, deed: Deed) -> None:
        """Write one line; what also writes what the line tells should do both in one go, with `append`."""
        with self._database.write() as connection:
            append(connection, deed)

    def latest(self, who: str = "", before: int = 0, most: int = 100) -> list[Deed]:
        """The newest lines first, of one person's email if given, older than line `before` if given."""
        query = select(table).order_by(table.c.id.desc()).limit(most)
        if who:
            query = query.where(table.c.who == who)
        if before:
            query = query.where(table.c.id < before)
        with self._database.read() as connection:
            return [_deed(row) for row in connection.execute(query).mappings()]

    def all(self, who: str = "") -> Iterator[Deed]:
        """Every line, oldest first, of one person's email if given; read in batches, so that a long one fits."""
        whose = table.c.who == who if who else true()
        further: ColumnElement[bool] = true()
        while True:
            query = select(table).where(whose, further).order_by(table.c.id).limit(_BATCH)
            with self._database.read() as connection:
                rows = connection.execute(query).mappings().all()
            yield from map(_deed, rows)
            if len(rows) < _BATCH:
                return
            further = table.c.id > rows[-1]["id"]

    def people(self) -> list[str]:
        """The emails of all who did something."""
        with self._database.read() as connection:
            return [*connection.execute(select(table.c.who).distinct().order_by(table.c.who)).scalars()]

    def first_broken(self) -> Deed | None:
        """The first line that is not what it was when it was sealed, or that follows a lost one; None: all is whole.

        Lines that were cut off at the end leave no trace: who wants to find that out keeps the last seal elsewhere.
        """
        previous = ""
        for one in self.all():
            if not hmac.compare_digest(one.digest, _seal(previous, one)):
                return one
            previous = one.digest
        return None


def append(connection: Connection, deed: Deed) -> None:
    """Write a line in the transaction of what it tells; the connection must be one that writes."""
    previous = connection.execute(select(table.c.digest).order_by(table.c.id.desc()).limit(1)).scalar()
    who, did, what, before, after = map(_stored, (deed.who, deed.did, deed.what, deed.before, deed.after))
    kept = Deed(deed.at.astimezone(UTC), who, did, what, before, after)
    values = {name: value for name, value in asdict(kept).items() if name not in ("id", "digest")}
    connection.execute(insert(table).values(**values, digest=_seal(previous or "", kept)))


def _stored(text: str) -> str:
    """The text as the database keeps it, because that is what is sealed."""
    return PlainText().process_bind_param(text, _ANY) or ""


def _seal(previous: str, deed: Deed) -> str:
    """SHA-256 over the seal before and the line as JSON without spaces; hexadecimal."""
    at, *texts = astuple(deed)[:6]
    line = json.dumps([previous, at.isoformat(), *texts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8")).hexdigest()


def _deed(row: RowMapping) -> Deed:
    return Deed(**row)
