"""Blocks: what editors write themselves into a draft. Each change is saved at once and takes an approval back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from bulletin import review as room
from bulletin.errors import ChangedError, InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import bulletin_of, refuse_approved
from bulletin.jobs.people.record import record
from bulletin.jobs.render import outline_of, take_away, unknown_edition
from bulletin.model import Block, BlockKind, Edition
from bulletin.render import tidy
from bulletin.render.words import day
from bulletin.review import Mistake
from bulletin.store import BlockRow, Sitting

MOST = 20  # blocks an edition
_PASTED_LETTERS = 200_000  # of a text as it comes: Word sends much that nobody reads


@dataclass
class _Case:
    """A change and what it is about; `ended`: whether it took an approval back."""

    desk: Desk
    sitting: Sitting
    edition: str
    editor: str
    rows: list[BlockRow]
    ended: bool = False

    def row(self, number: int) -> BlockRow:
        """The block of this number; raises UnknownError."""
        found = next((row for row in self.rows if row.block.number == number), None)
        if found is None:
            raise UnknownError(f"{self.edition} has no block {number}")
        return found

    def save(self, block: Block, position: int, *, removed: bool = False) -> None:
        """Write a block down, and that the edition is another one now."""
        at = self.desk.now()
        self.sitting.save_block(self.edition, BlockRow(block, position, self.editor, at, removed))
        if self.sitting.end_approval(self.edition, at, self.editor, f"{block.kind}: {block.title[:80]}"):
            self.ended = True


def listed(desk: Desk, edition_id: str) -> list[BlockRow]:
    """The blocks of an edition in print order, those that were removed too; UnknownError for no edition."""
    outline_of(desk, edition_id)
    return desk.store.blocks.rows(edition_id)


def check(kind: BlockKind, told: Mapping[str, str], number: int = 0) -> tuple[Block, list[Mistake]]:
    """The block that was typed and what is wrong with it; what was pasted into its text is plain text then."""
    text = told.get("text", "")
    if len(text) > _PASTED_LETTERS:
        much = Mistake("text", f"the text has {len(text):,} letters, and {_PASTED_LETTERS:,} is the most: paste less")
        return room.block_of(number, kind, {**told, "text": ""})[0], [much]
    tidied = tidy(text)
    block, mistakes = room.block_of(number, kind, {**told, "text": tidied})
    if text.strip() and not tidied:
        mistakes = [Mistake("text", "nothing of what was pasted can be read: paste it as plain text")]
    return block, mistakes


def add(
    desk: Desk, edition_id: str, kind: BlockKind, told: Mapping[str, str], editor: str, *, may_approve: bool = True
) -> Block:
    """Write a new block, the last one of its kind, into a draft and return it.

    InputError with every mistake, or when there are too many; ApprovedError as for `jobs.act`.
    """
    block = _checked(kind, told)
    with _case(desk, edition_id, editor, may_approve=may_approve) as case:
        _refuse_more(case, kind)
        numbers = [row.block.number for row in case.rows]
        block = replace(block, number=max(numbers, default=0) + 1)
        case.save(block, 1 + max((row.position for row in case.rows), default=0))
    _finish(case, "wrote a block", block, after=_words(block))
    return block


def change(
    desk: Desk,
    edition_id: str,
    number: int,
    told: Mapping[str, str],
    editor: str,
    token: str = "",
    *,
    may_approve: bool = True,
) -> Block:
    """Write a block anew; its kind stays. InputError with every mistake.

    `token` is that of the block that the editor saw; ChangedError when it reads otherwise now.
    """
    with _case(desk, edition_id, editor, may_approve=may_approve) as case:
        row = case.row(number)
        _refuse_changed(row, token)
        block = replace(_checked(row.block.kind, told), number=number)
        if block == row.block:
            return block
        case.save(block, row.position)
    _finish(case, "changed a block", block, _words(row.block), _words(block))
    return block


def remove(desk: Desk, edition_id: str, number: int, editor: str, *, may_approve: bool = True) -> None:
    """Take a block out of a draft; it is kept, and `restore` brings it back."""
    with _case(desk, edition_id, editor, may_approve=may_approve) as case:
        row = case.row(number)
        if row.removed:
            return
        case.save(row.block, row.position, removed=True)
    _finish(case, "removed a block", row.block, before=_words(row.block))


def restore(desk: Desk, edition_id: str, number: int, editor: str, *, may_approve: bool = True) -> None:
    """Bring a block back that was removed."""
    with _case(desk, edition_id, editor, may_approve=may_approve) as case:
        row = case.row(number)
        if not row.removed:
            return
        _refuse_more(case, row.block.kind)
        case.save(row.block, row.position)
    _finish(case, "brought a block back", row.block, after=_words(row.block))


def move(desk: Desk, edition_id: str, number: int, editor: str, *, up: bool, may_approve: bool = True) -> None:
    """Let a block change places with the one before it of its kind, or with the one behind; at the end it stays."""
    with _case(desk, edition_id, editor, may_approve=may_approve) as case:
        row = case.row(number)
        there = [one for one in case.rows if one.block.kind is row.block.kind and not one.removed]
        place = there.index(row) + (-1 if up else 1) if row in there else -1
        if not 0 <= place < len(there):
            return
        case.save(row.block, there[place].position)
        case.save(there[place].block, row.position)
    _finish(case, "moved a block", row.block)


def warnings(edition: Edition, today: date) -> Iterator[str]:
    """What somebody should look at: days that are past when the edition is read, today or on its own day."""
    read_on = max(today, edition.day)
    for block in edition.blocks:
        over = block.ends or block.starts
        if block.closes and block.closes.day < read_on:
            yield f"{block.title}: it closed on {day(block.closes.day)}"
        if over and over.day < read_on:
            yield f"{block.title}: it was over on {day(over.day)}"


@contextmanager
def _case(desk: Desk, edition_id: str, editor: str, *, may_approve: bool) -> Iterator[_Case]:
    """Sit down with the blocks of a draft; UnknownError when there is no such edition."""
    bulletin = bulletin_of(desk, edition_id)
    with desk.store.sittings.sit() as sitting:
        if sitting.edition(edition_id) is None:  # withdrawn a moment ago
            raise unknown_edition(desk, edition_id)
        if sitting.approved([edition_id]):
            refuse_approved(desk, edition_id, bulletin.id, may_approve=may_approve)
        yield _Case(desk, sitting, edition_id, editor, sitting.blocks(edition_id))


def _checked(kind: BlockKind, told: Mapping[str, str]) -> Block:
    block, mistakes = check(kind, told)
    if mistakes:
        raise InputError("\n".join(f"{mistake.field}: {mistake.words}" for mistake in mistakes))
    return block


def _refuse_more(case: _Case, kind: BlockKind) -> None:
    standing = [row.block for row in case.rows if not row.removed]
    if len(standing) >= MOST:
        raise InputError(f"an edition has at most {MOST} blocks, and this one has them: remove one first")
    if kind is BlockKind.INTRO and any(block.kind is kind for block in standing):
        raise InputError("this edition has an introduction of its own already: change that one, or remove it first")


def _refuse_changed(row: BlockRow, token: str) -> None:
    if row.removed:
        raise ChangedError(f"{row.editor} removed this block meanwhile: bring it back first")
    if token and token != room.token_of(row.block):
        raise ChangedError(f"{row.editor} changed this block meanwhile: look at it again before you save yours")


def _finish(case: _Case, did: str, block: Block, before: str = "", after: str = "") -> None:
    """Put what was done on record; what was approved before it lies ready for nobody to send."""
    record(case.desk, case.editor, did, f"{case.edition}/{block.number}", before, after)
    if case.ended:
        take_away(case.desk, case.edition)


def _words(block: Block) -> str:
    days = [f"{name} {when}" for name in ("starts", "ends", "closes") if (when := getattr(block, name))]
    return " | ".join(filter(None, [block.kind, block.title, block.text, block.link, block.place, *days]))
