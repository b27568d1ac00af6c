"""Editors: who works at the desk, what they may do, and what their passwords and codes are checked against."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from bulletin.errors import InputError
from bulletin.model import Deed, Editor, Grant, Right, Role
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.peopletables import editor as table
from bulletin.store.peopletables import editor_role, editor_token, recovery_code, second_step, session


@dataclass(frozen=True)
class SecondStep:
    """What a code is checked against: the shared secret, and the step of the last code that was used."""

    secret: str = field(repr=False)
    last: int


class Editors:
    """Who works at the desk. Each change is written together with the line that tells of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, editor: Editor, password: str, at: datetime, deed: Deed) -> None:
        """Add a person with the hash of a password (empty: none yet); InputError when the address is taken."""
        try:
            with self._database.write() as connection:
                values = {"id": editor.id, "name": editor.name, "email": editor.email}
                connection.execute(insert(table).values(**values, password=password, added_at=at))
                _grant(connection, editor.id, editor.grants)
                append(connection, deed)
        except IntegrityError as error:
            raise InputError(f"{editor.email} has an account already") from error

    def list(self) -> list[Editor]:
        """Everybody, by name."""
        with self._database.read() as connection:
            return sorted(read_editors(connection, true()), key=lambda one: (one.name.casefold(), one.email))

    def get(self, id_: str) -> Editor | None:
        """One person by id."""
        with self._database.read() as connection:
            return next(iter(read_editors(connection, table.c.id == id_)), None)

    def by_email(self, email: str) -> Editor | None:
        """One person by normalised address."""
        with self._database.read() as connection:
            return next(iter(read_editors(connection, table.c.email == email)), None)

    def password(self, editor: str) -> str:
        """The hash of a person's password; empty when none was chosen, or there is no such person."""
        with self._database.read() as connection:
            return connection.execute(select(table.c.password).where(table.c.id == editor)).scalar() or ""

    def rename(self, editor: str, name: str, deed: Deed) -> None:
        """Give a person another name."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == editor).values(name=name))
            append(connection, deed)

    def set_password(self, editor: str, password: str, deed: Deed) -> None:
        """Keep the hash of a new password; every session and link of the person ends."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == editor).values(password=password))
            _end_all(connection, editor)
            append(connection, deed)

    def rehash(self, editor: str, old: str, new: str) -> None:
        """Keep the same password with more care, unless it was changed meanwhile."""
        with self._database.write() as connection:
            same = (table.c.id == editor) & (table.c.password == old)
            connection.execute(update(table).where(same).values(password=new))

    def set_grants(self, editor: str, grants: Collection[Grant], deed: Deed) -> None:
        """Give a person these roles instead of all others, and end the person's sessions.

        InputError when nobody would be left who looks after people.
        """
        with self._database.write() as connection:
            connection.execute(delete(editor_role).where(editor_role.c.editor == editor))
            _grant(connection, editor, grants)
            _end_all(connection, editor)
            _keep_an_admin(connection)
            append(connection, deed)

    def disable(self, editor: str, at: datetime, deed: Deed) -> None:
        """Let a person in no longer; InputError when nobody would be left who looks after people."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == editor).values(disabled_at=at))
            _end_all(connection, editor)
            _keep_an_admin(connection)
            append(connection, deed)

    def enable(self, editor: str, deed: Deed) -> None:
        """Let a person in again."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == editor).values(disabled_at=None))
            append(connection, deed)

    def second_step(self, editor: str) -> SecondStep | None:
        """What this person's codes are checked against; None for who has no second step."""
        query = select(second_step.c.secret, second_step.c.last).where(second_step.c.editor == editor)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return SecondStep(*row) if row else None

    def set_second_step(self, editor: str, step: SecondStep, codes: Iterable[str], deed: Deed) -> None:
        """Ask this person for a second step from now on, with these digests of recovery codes; old ones are gone."""
        with self._database.write() as connection:
            _remove_second_step(connection, editor)
            connection.execute(insert(second_step).values(editor=editor, secret=step.secret, last=step.last))
            connection.execute(insert(recovery_code), [{"editor": editor, "digest": code} for code in codes])
            append(connection, deed)

    def remove_second_step(self, editor: str, deed: Deed) -> None:
        """Ask this person for a password alone."""
        with self._database.write() as connection:
            _remove_second_step(connection, editor)
            append(connection, deed)

    def use_step(self, editor: str, step: int) -> bool:
        """Use the code of a step up; False when it, or a later one, was used already."""
        mine = (second_step.c.editor == editor) & (second_step.c.last < step)
        with self._database.write() as connection:
            return connection.execute(update(second_step).where(mine).values(last=step)).rowcount == 1

    def use_code(self, editor: str, digest: str) -> bool:
        """Use a recovery code up; False when there is none with this digest."""
        mine = (recovery_code.c.editor == editor) & (recovery_code.c.digest == digest)
        with self._database.write() as connection:
            return connection.execute(delete(recovery_code).where(mine)).rowcount == 1

    def codes_left(self, editor: str) -> int:
        """How many recovery codes were not used yet."""
        with self._database.read() as connection:
            return len(connection.execute(select(recovery_code).where(recovery_code.c.editor == editor)).all())


def read_editors(connection: Connection, condition: ColumnElement[bool]) -> list[Editor]:
    """The people who meet a condition."""
    roles = select(editor_role).join(table).where(condition).order_by(editor_role.c.bulletin, editor_role.c.role)
    grants = defaultdict(list)
    for row in connection.execute(roles):
        grants[row.editor].append(Grant(Role(row.role), row.bulletin))
    query = select(table, second_step.c.editor.label("step")).outerjoin(second_step).where(condition)
    return [
        Editor(row.id, row.name, row.email, tuple(grants[row.id]), row.step is not None, row.disabled_at is None)
        for row in connection.execute(query)
    ]


def _grant(connection: Connection, editor: str, grants: Collection[Grant]) -> None:
    rows = [{"editor": editor, "bulletin": grant.bulletin, "role": grant.role} for grant in dict.fromkeys(grants)]
    connection.execute(insert(editor_role), rows)


def _end_all(connection: Connection, editor: str) -> None:
    """End every session and link of a person."""
    for one in (session, editor_token):
        connection.execute(delete(one).where(one.c.editor == editor))


def _remove_second_step(connection: Connection, editor: str) -> None:
    for one in (second_step, recovery_code):
        connection.execute(delete(one).where(one.c.editor == editor))


def _keep_an_admin(connection: Connection) -> None:
    """Refuse, and so undo, a change after which nobody could look after people."""
    active = read_editors(connection, table.c.disabled_at.is_(None))
    if not any(one.may_everywhere(Right.ADMIN) for one in active):
        raise InputError("this is the last admin: make somebody else admin first")
