"""Sittings: an editor's hands on a draft: read, change, write down what was done, all of it or nothing.

While a sitting lasts nobody else writes, so that what it reads is what it changes.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Text, cast, delete, insert, select

from bulletin.model import Act, Approval, Change, Decision, Edition, Laying, Standing, Wording
from bulletin.store import tables
from bulletin.store.approvals import add_approval, end_approval, holding
from bulletin.store.archived import Form
from bulletin.store.blocks import BlockRow, block_rows, save_block
from bulletin.store.database import Database
from bulletin.store.decisions import Says, add_ruling, latest_rows
from bulletin.store.desktables import change, left_out
from bulletin.store.editions import read_edition
from bulletin.store.rows import covered, standing, survivors
from bulletin.store.sections import add_sections, remove_sections
from bulletin.store.wordings import add_wording, latest_wordings
from bulletin.store.words import write_words

_NOBODY = Laying()
DAY = timedelta(days=1)  # as far back as undoing reaches


class Sitting:
    """The parts of the store that an editor's act reads and writes, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def edition(self, edition: str) -> Edition | None:
        """Read a draft in outline: its items have their ids alone."""
        return read_edition(self._connection, edition, outline=True)

    def item(self, item: str) -> str | None:
        """Say which item stands for this one today; None when there is none."""
        return survivors(self._connection, [item]).get(item)

    def ruling(self, item: str) -> tuple[Decision | None, bool]:
        """Read the ruling that counts for an item, and whether somebody is not sure about it."""
        says, decision = latest_rows(self._connection, [item]).get(item, (Says.WITHDRAWN, None))
        return decision if says is Says.RULED else None, says is Says.UNSURE

    def wording(self, item: str) -> Wording | None:
        """Read the library's own words for an item."""
        return latest_wordings(self._connection, [item]).get(item)

    def left_out(self, edition: str) -> frozenset[str]:
        """Read which items were left out of a draft."""
        return read_left_out(self._connection, edition)

    def approved(self, editions: Collection[str]) -> dict[str, Approval]:
        """Read which of these editions are approved."""
        return holding(self._connection, editions)

    def rule(self, decision: Decision) -> None:
        """Write down a ruling."""
        add_ruling(self._connection, decision)

    def doubt(self, item: str, editor: str, at: datetime) -> None:
        """Write down that somebody is not sure about an item."""
        add_ruling(self._connection, Decision(item, (), editor, at), Says.UNSURE)

    def withdraw_ruling(self, item: str, editor: str, at: datetime) -> None:
        """Write down that no ruling counts any more."""
        add_ruling(self._connection, Decision(item, (), editor, at), Says.WITHDRAWN)

    def reword(self, wording: Wording) -> None:
        """Write down other words for an item, by which it is found too."""
        add_wording(self._connection, wording)
        write_words(self._connection, [wording.item])

    def lay(self, edition: Edition) -> None:
        """Write what a draft prints over what it was."""
        remove_sections(self._connection, edition.id)
        add_sections(self._connection, edition)

    def leave_out(self, edition: str, item: str, *, out: bool) -> None:
        """Write down that an item, whatever it was merged of, is left out of a draft, or is not any more."""
        one_of_it = select(tables.item.c.id).where(covered([item]))
        here = (left_out.c.edition == edition) & left_out.c.item.in_(one_of_it)
        self._connection.execute(delete(left_out).where(here))
        if out:
            self._connection.execute(insert(left_out).values(edition=edition, item=item))

    def blocks(self, edition: str) -> list[BlockRow]:
        """Read the blocks of a draft in print order, those that were removed too."""
        return block_rows(self._connection, edition)

    def save_block(self, edition: str, row: BlockRow) -> None:
        """Write a block of a draft, over what was written under its number."""
        save_block(self._connection, edition, row)

    def end_approval(self, edition: str, at: datetime, editor: str, why: str) -> Approval | None:
        """Take back the approval of an edition, if one holds."""
        return end_approval(self._connection, edition, at, editor, why)

    def approve(
        self, approval: Approval, forms: Collection[Form], accepted: Collection[str] = (), laying: Laying = _NOBODY
    ) -> Approval:
        """Write down an approval, with the forms in which readers see what was approved, and who gets it.

        Gives the one of the same bytes that holds, if one does; InputError when another one holds. The record names
        the rules whose warnings were accepted.
        """
        return add_approval(self._connection, approval, forms, accepted, laying)

    def note(self, done: Change) -> int:
        """Write down what was done, and give the id of the change."""
        row = asdict(done)
        del row["id"]
        id_: int = self._connection.execute(insert(change).values(row).returning(change.c.id)).scalar_one()
        return id_

    def followers(self, done: int) -> list[Change]:
        """Read what a change brought about in other drafts."""
        rows = self._connection.execute(select(change).where(change.c.follows == done).order_by(change.c.id))
        return [_change(row) for row in rows.mappings()]

    def latest(self, edition: str, item: str) -> Change | None:
        """Read what anybody did last with an item of a draft, leaving aside undoing that changed nothing."""
        one_of_it = select(tables.item.c.id).where(covered([item]))
        real = cast(change.c.before, Text) != cast(change.c.after, Text)
        query = select(change).where(change.c.edition == edition, change.c.item.in_(one_of_it), real)
        row = self._connection.execute(query.order_by(change.c.id.desc()).limit(1)).mappings().one_or_none()
        return _change(row) if row else None

    def last(self, edition: str, editor: str, now: datetime) -> Change | None:
        """Read what an editor did last in an edition within a day and has not taken back."""
        return last_change(self._connection, edition, editor, now)


class Sittings:
    """The draft editions as editors work on them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def sit(self) -> Iterator[Sitting]:
        """Begin a sitting, alone in writing; what it did is stored at the end, or nothing when an error leaves it."""
        with self._database.write() as connection:
            yield Sitting(connection)

    def left_out(self, edition: str) -> frozenset[str]:
        """Give the items that were left out of a draft."""
        with self._database.read() as connection:
            return read_left_out(connection, edition)

    def wordings(self, items: Collection[str]) -> dict[str, Wording]:
        """Give the library's own words for those of these items that have any, by id."""
        with self._database.read() as connection:
            return latest_wordings(connection, items)

    def changes(self, edition: str, limit: int = 200) -> list[Change]:
        """Give what was done in an edition, the newest first."""
        query = select(change).where(change.c.edition == edition).order_by(change.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_change(row) for row in connection.execute(query).mappings()]

    def touched(self, edition: str) -> frozenset[str]:
        """Give the items with which somebody did something in a draft that was not taken back."""
        undone = select(change.c.undoes).where(change.c.undoes.is_not(None))
        here = change.c.edition == edition, change.c.undoes.is_(None), change.c.id.not_in(undone)
        query = select(standing).distinct().select_from(change.join(tables.item)).where(*here)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def last(self, edition: str, editor: str, now: datetime) -> Change | None:
        """Give what undoing would take back."""
        with self._database.read() as connection:
            return last_change(connection, edition, editor, now)


def read_left_out(connection: Connection, edition: str) -> frozenset[str]:
    """Read which items were left out of a draft, by the ids of those that stand for them today."""
    rows = connection.execute(select(left_out.c.item).where(left_out.c.edition == edition)).scalars().all()
    return frozenset(survivors(connection, rows).values())


def last_change(connection: Connection, edition: str, editor: str, now: datetime) -> Change | None:
    """Read what an editor did last in an edition within a day, neither taken back nor itself taking back.

    What followed from something in another draft is taken back there.
    """
    undone = select(change.c.undoes).where(change.c.undoes.is_not(None))
    own = change.c.edition == edition, change.c.editor == editor, change.c.at >= now - DAY
    itself = change.c.undoes.is_(None), change.c.follows.is_(None)
    query = select(change).where(*own, *itself, change.c.id.not_in(undone))
    row = connection.execute(query.order_by(change.c.id.desc()).limit(1)).mappings().one_or_none()
    return _change(row) if row else None


def _change(row: RowMapping) -> Change:
    values = dict(row)
    told = {"act": Act(row["act"]), "before": _standing(row["before"]), "after": _standing(row["after"])}
    return Change(**(values | told))


def _standing(told: dict[str, Any]) -> Standing:
    topics = told["topics"]
    return Standing(**(told | {"topics": None if topics is None else tuple(topics)}))
