"""Accepted: the warnings of the linter to which a person said yes; each holds while the finding is the same."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from bulletin.model import Accepted, Deed, Finding
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.linttables import accepted as table


class Acceptances:
    """Who accepted which warning of which edition; rows are only added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, edition: str, findings: Collection[Finding], editor: str, at: datetime) -> list[Accepted]:
        """Write down a yes to each of these warnings, on the record too; gives those that nobody had accepted yet."""
        with self._database.write() as connection:
            known = _of(connection, edition)
            new = [one for one in _accepted(edition, findings, editor, at) if one.key not in known]
            for one in new:
                connection.execute(insert(table).values(vars(one)))
                append(connection, Deed(at, editor, "accepted a warning", edition, "", f"{one.name}: {one.message}"))
        return new

    def of(self, edition: str) -> dict[str, Accepted]:
        """Give what was accepted in an edition, by the digest of the finding's key."""
        with self._database.read() as connection:
            return _of(connection, edition)


def digest_of(finding: Finding) -> str:
    """The name under which a yes to a finding is kept: sha256 of its key, in hexadecimal."""
    return sha256(finding.key.encode("utf-8", "surrogatepass")).hexdigest()


def _accepted(edition: str, findings: Collection[Finding], editor: str, at: datetime) -> list[Accepted]:
    each = {digest_of(finding): finding for finding in findings}
    return [
        Accepted(edition, digest, finding.rule, finding.name, finding.message, editor, at)
        for digest, finding in each.items()
    ]


def _of(connection: Connection, edition: str) -> dict[str, Accepted]:
    columns = [column for column in table.c if column.name != "id"]
    rows = connection.execute(select(*columns).where(table.c.edition == edition).order_by(table.c.id)).mappings()
    return {row["key"]: Accepted(**row) for row in rows}
