"""Urgent editions: off the schedule, of these items and no others, because something cannot wait."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bulletin import compose as room
from bulletin.errors import InputError, UnknownError
from bulletin.jobs.compose import draft, keep
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import record
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.model import Bulletin, Edition
from bulletin.store import UrgentRow

_DAY = timedelta(days=1)


def compose_urgent(
    desk: Desk, bulletin: Bulletin, items: Sequence[str], editor: str, day: date | None = None
) -> Edition:
    """Draft an urgent edition of a day (today, in the bulletin's zone) with these items, named by their ids.

    One that stands as a draft takes them in besides its own. InputError when an edition of that day stands that is
    not urgent or is approved, when an item was approved in the bulletin before, or belongs under none of its
    headings; UnknownError for no such item. What else waits for the next edition goes on waiting for it.
    """
    day = day or desk.now().astimezone(ZoneInfo(bulletin.schedule.zone)).date()
    name = room.edition_id(bulletin, day)
    _refuse_taken(desk, bulletin, name, day)
    found = _items(desk, items)
    wanted = [one.item.id for one in found]
    printed = desk.store.editions.printed(bulletin.id, name) & set(wanted)
    drafts = _drafts(desk, bulletin, name) if printed else []
    approved = printed.difference(*map(_printed, drafts))
    for one in found:
        _refuse_unfit(bulletin, one, is_printed=one.item.id in approved)
    known = desk.store.urgent.get(name)
    ours = dict.fromkeys((*(known.items if known else ()), *wanted))
    edition = keep(desk, draft(desk, bulletin, day, ours), UrgentRow(name, tuple(ours), editor, desk.now()))
    for other in drafts:
        _take_out(desk, other, frozenset(wanted))
    record(desk, editor, "drafted an urgent edition", name, "", ", ".join(wanted))
    return edition


def next_free(desk: Desk, bulletin: Bulletin, day: date) -> date:
    """Give a day, or the first after it, of which the bulletin has no edition."""
    while desk.store.editions.bulletin_of(room.edition_id(bulletin, day)):
        day += _DAY
    return day


def _refuse_taken(desk: Desk, bulletin: Bulletin, name: str, day: date) -> None:
    stood = desk.store.editions.outline(name)
    is_approved = name in desk.store.approvals.holding([name])
    if stood and (is_approved or not stood.is_urgent):
        why = "is approved" if is_approved else "is not urgent"
        raise InputError(f"{name} stands and {why}: the next free day is {next_free(desk, bulletin, day)}")


def _drafts(desk: Desk, bulletin: Bulletin, name: str) -> list[Edition]:
    """The other drafts of the bulletin, in outline."""
    others = [row.id for row in desk.store.editions.list(bulletin.id) if row.id != name]
    approved = desk.store.approvals.holding(others)
    found = [desk.store.editions.outline(one) for one in others if one not in approved]
    return [one for one in found if one]


def _items(desk: Desk, names: Sequence[str]) -> list[Shelved]:
    found = [desk.store.items.get(name) for name in names]
    for name, item in zip(names, found, strict=True):
        if item is None:
            raise UnknownError(f"no item {name[:40]!r}: `bulletin items` lists them with their ids")
    return list(shelf(desk, [item for item in found if item]))


def _refuse_unfit(bulletin: Bulletin, one: Shelved, *, is_printed: bool) -> None:
    if is_printed:
        raise InputError(f"{bulletin.title} has printed {one.item.id} before, and nobody gets one twice")
    if not set(one.topics) & set(bulletin.headings):
        raise InputError(
            f"{one.item.id} belongs under no heading of {bulletin.title}: "
            f"`bulletin decide {one.item.id} TOPIC --by EDITOR` says where it belongs"
        )


def _printed(edition: Edition) -> frozenset[str]:
    return frozenset(placed.item.id for section in edition.sections for placed in section.items)


def _take_out(desk: Desk, other: Edition, items: frozenset[str]) -> None:
    """Take items out of another draft: nobody gets one twice, and this one goes first."""
    with desk.store.sittings.sit() as sitting:
        now = sitting.edition(other.id)
        if now is None or not items & _printed(now) or sitting.approved([other.id]):
            return
        rest = [
            replace(one, items=tuple(each for each in one.items if each.item.id not in items)) for one in now.sections
        ]
        sitting.lay(replace(now, sections=tuple(rest)))
