"""Compose: draft the edition of a bulletin for one day."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bulletin import compose as room
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import shelf
from bulletin.model import Bulletin, Candidate, Edition

FAR = timedelta(days=366)


def compose(desk: Desk, bulletin: Bulletin, day: date | None = None) -> Edition:
    """Draft the edition of `day` (today, in the bulletin's zone) and keep it.

    A draft of that day is brought up to date: what editors ruled, wrote, picked, ordered and left out stays. Raises
    InputError for an edition that is approved, and for a day that is more than a year ahead or before 1990: that is
    a slip of the pen.
    """
    today = desk.now().astimezone(ZoneInfo(bulletin.schedule.zone)).date()
    day = day or today
    if not date(1990, 1, 1) <= day <= today + FAR:
        raise InputError(f"{day} is no day for an edition: choose one from 1990 to a year ahead")
    number = desk.store.editions.next_number(bulletin.id, day)
    before = desk.store.editions.get(room.edition_id(bulletin, day))
    candidates = _candidates(desk, bulletin, day, before)
    edition = room.edition(bulletin, desk.topics, candidates, number, day, before)
    return desk.store.editions.save(edition, desk.now())


def _candidates(desk: Desk, bulletin: Bulletin, day: date, before: Edition | None) -> Iterator[Candidate]:
    """What no other edition of the bulletin has printed, and no editor has discarded or left out of this one."""
    left_out = desk.store.sittings.left_out(before.id) if before else frozenset()
    stood = {one.item.id: one for section in before.sections for one in section.items} if before else {}
    printed = desk.store.editions.printed(bulletin.id, room.edition_id(bulletin, day))
    held_over = desk.store.editions.held_over(bulletin.id, day)
    since, _ = room.window(bulletin, day)
    known = desk.store.items.list(ids={*held_over, *stood})
    timely = {item.id: item for item in (*desk.store.items.list(since=since), *known)}
    for shelved in shelf(desk, timely.values()):
        name = shelved.item.id
        if shelved.topics and name not in printed and name not in left_out:
            decided = shelved.decision.topics if shelved.decision else ()
            kept = name in stood and bool(decided or stood[name].note or stood[name].pick or stood[name].wording)
            yield Candidate(shelved.item, shelved.scores, decided, name in held_over or kept, kept)
