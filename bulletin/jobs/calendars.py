"""Calendars: the events of an edition as files that calendars open."""

from bulletin.errors import UnknownError
from bulletin.jobs.archive import read
from bulletin.jobs.desk import Desk
from bulletin.model import BlockKind, Bulletin, Edition, PrintedBlock
from bulletin.render.blocks import printed_blocks
from bulletin.render.typed import words_of


def event_read(desk: Desk, bulletin: Bulletin, edition_id: str, number: int) -> tuple[str, bytes]:
    """The name and content of the calendar file of an event that was approved; UnknownError when there is none."""
    page = read(desk, bulletin, edition_id)
    edition = desk.store.editions.outline(edition_id)
    found = next((block for block in page.blocks if block.number == number and is_event(block)), None)
    if edition is None or found is None:
        raise UnknownError(f"{edition_id} has no event {number}")
    return name_of(edition, found), _file(desk, bulletin, edition, found)


def events(desk: Desk, bulletin: Bulletin, edition: Edition) -> dict[str, bytes]:
    """The calendar files, by name, of those events of an edition whose files readers cannot fetch themselves."""
    found = printed_blocks(edition, bulletin, desk.house)
    alone = [block for block in found if is_event(block) and not block.calendar_link]
    return {name_of(edition, block): _file(desk, bulletin, edition, block) for block in alone}


def is_event(block: PrintedBlock) -> bool:
    """Whether a block has a place in a calendar."""
    return block.kind == BlockKind.EVENT and bool(block.starts)


def name_of(edition: Edition, block: PrintedBlock) -> str:
    """The name of an event's file, in ASCII."""
    return f"{edition.id}-event-{block.number}.ics"


def _file(desk: Desk, bulletin: Bulletin, edition: Edition, block: PrintedBlock) -> bytes:
    from bulletin.export import calendar  # slow to come, and most commands need none

    uid = f"{edition.id}-{block.number}@{desk.config.library.email.rpartition('@')[2]}"
    return calendar.event(block, words_of(block.paragraphs), uid, edition.day, bulletin.schedule.zone)
