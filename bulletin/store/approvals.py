"""Approvals: a person's yes to the very bytes of an edition's emails, and when it was taken back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select

from bulletin.errors import ApprovedError, InputError
from bulletin.model import Approval, Deed, Email, Laying
from bulletin.store import tables
from bulletin.store.archived import Form, add_forms
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.desktables import approval as table
from bulletin.store.desktables import approval_end, email
from bulletin.store.outbox.laying import lay
from bulletin.store.outbox.withdrawing import withdraw

_NOBODY = Laying()


class Approvals:
    """What was approved, with every email byte for byte; at most one approval of an edition holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, approval: Approval) -> Approval:
        """Write down an approval, on the record too, and return it; the one that holds, if its digest is the same.

        InputError when another one holds: that must be taken back first.
        """
        with self._database.write() as connection:
            return add_approval(connection, approval, ())

    def end(self, edition: str, at: datetime, editor: str, why: str) -> Approval | None:
        """Take the approval back that holds for an edition, and return it; None when none does."""
        with self._database.write() as connection:
            return end_approval(connection, edition, at, editor, why)

    def holding(self, editions: Collection[str] | None = None) -> dict[str, Approval]:
        """Give the approvals that hold, by edition, without their emails: all, or those of these editions."""
        with self._database.read() as connection:
            return holding(connection, editions)

    def past(self, edition: str) -> list[Approval]:
        """Give every approval of an edition, the newest first, without their emails."""
        with self._database.read() as connection:
            rows = connection.execute(_query().where(table.c.edition == edition).order_by(table.c.id.desc()))
            return [_approval(row) for row in rows.mappings()]

    def emails(self, approval: int) -> tuple[Email, ...]:
        """Give the emails that an approval froze, by the name of their list."""
        with self._database.read() as connection:
            query = select(email, table.c.edition).join(table, table.c.id == email.c.approval)
            rows = connection.execute(query.where(email.c.approval == approval).order_by(email.c.list)).mappings()
            return tuple(
                Email(*(row[name] for name in ("edition", "list", "subject", "html", "text", "mime"))) for row in rows
            )


def holding(connection: Connection, editions: Collection[str] | None = None) -> dict[str, Approval]:
    """Read the approvals that nobody took back, by edition."""
    query = _query().where(approval_end.c.approval.is_(None))
    if editions is not None:
        query = query.where(table.c.edition.in_(editions))
    return {row["edition"]: _approval(row) for row in connection.execute(query).mappings()}


def add_approval(
    connection: Connection,
    approval: Approval,
    forms: Collection[Form],
    accepted: Collection[str] = (),
    laying: Laying = _NOBODY,
) -> Approval:
    """Write down an approval, with what readers see of it and who gets it, and return it.

    The record names the warnings accepted.

    When one holds, that is returned if its digest is the same, and else InputError raised.
    """
    held = holding(connection, [approval.edition]).get(approval.edition)
    if held and held.digest != approval.digest:
        raise InputError(f"{approval.edition} is approved in another form: take that approval back first")
    return held or _insert(connection, approval, forms, accepted, laying)


def refuse_approved(connection: Connection, edition: str) -> None:
    """Raise ApprovedError when an approval of this edition holds."""
    if edition in holding(connection, [edition]):
        raise ApprovedError(f"{edition} is approved and stays as it is: take the approval back first")


def end_approval(connection: Connection, edition: str, at: datetime, editor: str, why: str) -> Approval | None:
    """Take back the approval that holds for an edition, if one does, with all that waits to be sent of it.

    Raises ApprovedError when something of it was sent.
    """
    held = holding(connection, [edition]).get(edition)
    if held is None:
        return None
    withdraw(connection, held.id, edition, editor, at)
    connection.execute(insert(approval_end).values(approval=held.id, at=at, editor=editor, why=why))
    append(connection, Deed(at, editor, "took an approval back", edition, held.digest, why))
    return replace(held, ended_at=at, ended_by=editor, ended_why=why)


def _insert(
    connection: Connection,
    approval: Approval,
    forms: Collection[Form],
    accepted: Collection[str],
    laying: Laying,
) -> Approval:
    row = {name: getattr(approval, name) for name in ("edition", "digest", "editor", "at")}
    id_ = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    connection.execute(insert(email), [_email_row(id_, one) for one in approval.emails])
    add_forms(connection, id_, forms)
    lay(connection, id_, approval.edition, _bulletin(connection, approval.edition), laying, approval.at)
    told = "; ".join((approval.digest, *(f"warning accepted: {one}" for one in accepted)))
    append(connection, Deed(approval.at, approval.editor, "approved", approval.edition, "", told))
    return replace(approval, id=id_)


def _bulletin(connection: Connection, edition: str) -> str:
    query = select(tables.edition.c.bulletin).where(tables.edition.c.id == edition)
    return connection.execute(query).scalar() or ""


def _email_row(approval: int, one: Email) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in ("list", "subject", "html", "text", "mime")}
    return {"approval": approval, **kept, "digest": sha256(one.mime).hexdigest()}


def _query() -> Select[Any]:
    end = approval_end.c
    told = end.at.label("ended_at"), end.editor.label("ended_by"), end.why.label("ended_why")
    return select(table, *told).outerjoin(approval_end, end.approval == table.c.id)


def _approval(row: RowMapping) -> Approval:
    ended = {"ended_by": row["ended_by"] or "", "ended_why": row["ended_why"] or ""}
    return Approval(**{**row, **ended})
