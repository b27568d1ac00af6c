"""Compose: draft the edition of a bulletin for one day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bulletin import compose as room
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.model import Bulletin, Candidate, Decision, Edition, Placed
from bulletin.store import UrgentRow

FAR = timedelta(days=366)
WAITS = timedelta(days=90)  # beyond the window: how long what only the machine chose waits for room
_Stood = dict[str, tuple[Placed, str]]  # what a draft printed, by id: the item, and the topic that it stood under


@dataclass(frozen=True)
class Drafted:
    """An edition as it would be drafted now; nothing is written down yet."""

    edition: Edition
    stood: Edition | None  # the draft of that day that it is made from, in outline


def compose(desk: Desk, bulletin: Bulletin, day: date | None = None) -> Edition:
    """Draft the edition of `day` (today, in the bulletin's zone) and keep it.

    A draft of that day is brought up to date: what editors ruled, wrote, picked, ordered and left out stays; an
    urgent one keeps to its items. Raises ApprovedError for an edition that is approved, ChangedError when somebody
    worked on it meanwhile, and InputError for a day that is more than a year ahead or before 1990: that is a slip of
    the pen.
    """
    return keep(desk, draft(desk, bulletin, day))


def draft(desk: Desk, bulletin: Bulletin, day: date | None = None, urgent: Collection[str] = ()) -> Drafted:
    """Lay the edition of a day out as `compose` does; with the ids of items, as an urgent one of these alone."""
    today = desk.now().astimezone(ZoneInfo(bulletin.schedule.zone)).date()
    day = day or today
    if not date(1990, 1, 1) <= day <= today + FAR:
        raise InputError(f"{day} is no day for an edition: choose one from 1990 to a year ahead")
    number = desk.store.editions.next_number(bulletin.id, day)
    stood = desk.store.editions.outline(room.edition_id(bulletin, day))
    before = desk.store.editions.get(stood.id) if stood else None
    known = desk.store.urgent.get(stood.id) if stood else None
    only = {*urgent, *(known.items if known else ())}
    candidates = _only(desk, only, before) if only else _candidates(desk, bulletin, day, before)
    edition = room.edition(bulletin, desk.topics, candidates, number, day, before, desk.feeds)
    return Drafted(replace(edition, is_urgent=bool(only)), stood)


def keep(desk: Desk, drafted: Drafted, urgent: UrgentRow | None = None) -> Edition:
    """Write a draft down, as an urgent one if it is told for which items; raises as `compose` does."""
    is_new = drafted.stood is None
    return desk.store.editions.save(drafted.edition, desk.now(), drafted.stood, urgent, is_new=is_new)


def _candidates(desk: Desk, bulletin: Bulletin, day: date, before: Edition | None) -> Iterator[Candidate]:
    """What no other edition of the bulletin has printed, and no editor has discarded or left out of this one."""
    left_out = desk.store.sittings.left_out(before.id) if before else frozenset()
    touched = desk.store.sittings.touched(before.id) if before else frozenset()
    stood = _stood(before)
    printed = desk.store.editions.printed(bulletin.id, room.edition_id(bulletin, day))
    since, _ = room.window(bulletin, day)
    held_over = desk.store.editions.held_over(bulletin.id, day, since - WAITS)
    known = desk.store.items.list(ids={*held_over, *stood})
    timely = {item.id: item for item in (*desk.store.items.placeable(since), *known)}
    for shelved in shelf(desk, timely.values()):
        name = shelved.item.id
        kept = name in stood and _is_worked_on(stood[name][0], shelved.decision, touched=name in touched)
        decided = _decided(shelved, stood, kept=kept)
        if (shelved.topics or decided) and name not in printed and name not in left_out:
            yield Candidate(shelved.item, shelved.scores, decided, name in held_over or kept, kept)


def _only(desk: Desk, items: Collection[str], before: Edition | None) -> Iterator[Candidate]:
    """These items, whatever their age, and what editors brought into the draft, but for what they left out of it."""
    left_out = desk.store.sittings.left_out(before.id) if before else frozenset()
    touched = desk.store.sittings.touched(before.id) if before else frozenset()
    stood = _stood(before)
    wanted = {*items, *(stood.keys() & touched)} - left_out
    for shelved in shelf(desk, desk.store.items.list(ids=wanted) if wanted else ()):
        decided = _decided(shelved, stood, kept=shelved.item.id in stood)
        is_discarded = shelved.decision is not None and not shelved.decision.topics
        if (shelved.topics or decided) and not is_discarded:
            yield Candidate(shelved.item, shelved.scores, decided, held_over=True, kept=True)


def _stood(before: Edition | None) -> _Stood:
    sections = before.sections if before else ()
    return {one.item.id: (one, section.topic) for section in sections for one in section.items}


def _decided(shelved: Shelved, stood: _Stood, *, kept: bool) -> tuple[str, ...]:
    """The topics that an editor chose; of what stays although the machine has changed its mind, where it stood."""
    decided = shelved.decision.topics if shelved.decision else ()
    return (stood[shelved.item.id][1],) if kept and not shelved.topics else decided


def _is_worked_on(placed: Placed, decision: Decision | None, *, touched: bool) -> bool:
    """Whether an editor did something with an item that a draft prints, so that it stays there."""
    if decision:
        return bool(decision.topics)
    return touched or placed.wording is not None
