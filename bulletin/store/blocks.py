"""Blocks: what editors write themselves into an edition; one that is removed is kept and can come back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from bulletin.model import Block, BlockKind, When
from bulletin.store.database import Database
from bulletin.store.desktables import block as table

_DAYS = ("starts", "ends", "closes")


@dataclass(frozen=True)
class BlockRow:
    """A block, where it stands among those of its kind, and who touched it last."""

    block: Block
    position: int
    editor: str
    at: datetime
    removed: bool = False


class Blocks:
    """What editors wrote into the editions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, edition: str) -> list[BlockRow]:
        """Give the blocks of an edition in print order, those that were removed too."""
        with self._database.read() as connection:
            return block_rows(connection, edition)


def block_rows(connection: Connection, edition: str) -> list[BlockRow]:
    """Read the blocks of an edition in print order, those that were removed too."""
    rows = connection.execute(select(table).where(table.c.edition == edition)).mappings()
    return sorted(map(_row, rows), key=_place)


def blocks_of(connection: Connection, edition: str) -> tuple[Block, ...]:
    """Read what stands in an edition, in print order."""
    return tuple(row.block for row in block_rows(connection, edition) if not row.removed)


def save_block(connection: Connection, edition: str, row: BlockRow) -> None:
    """Write a block, over what was written under its number."""
    own = asdict(row.block) | {name: str(getattr(row.block, name) or "") for name in _DAYS}
    connection.execute(delete(table).where(table.c.edition == edition, table.c.number == row.block.number))
    more = {"position": row.position, "editor": row.editor, "at": row.at, "removed": row.removed}
    connection.execute(insert(table).values(edition=edition, **own, **more))


def remove_blocks(connection: Connection, edition: str) -> None:
    """Remove all blocks of an edition that is taken back; they can be brought back into one of the same day."""
    connection.execute(update(table).where(table.c.edition == edition).values(removed=True))


def _row(row: RowMapping) -> BlockRow:
    days = [When.of(row[name]) for name in _DAYS]
    words = [row[name] for name in ("title", "text", "link", "place")]
    block = Block(row["number"], BlockKind(row["kind"]), *words, *days)
    return BlockRow(block, row["position"], row["editor"], row["at"], row["removed"])


def _place(row: BlockRow) -> tuple[int, int, int]:
    return [*BlockKind].index(row.block.kind), row.position, row.block.number
