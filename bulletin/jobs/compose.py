"""Compose: draft the edition of a bulletin for one day."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bulletin import compose as room
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import shelf
from bulletin.model import Bulletin, Candidate, Decision, Edition, Placed

FAR = timedelta(days=366)


def compose(desk: Desk, bulletin: Bulletin, day: date | None = None) -> Edition:
    """Draft the edition of `day` (today, in the bulletin's zone) and keep it.

    A draft of that day is brought up to date: what editors ruled, wrote, picked, ordered and left out stays. Raises
    ApprovedError for an edition that is approved, ChangedError when somebody worked on it meanwhile, and InputError
    for a day that is more than a year ahead or before 1990: that is a slip of the pen.
    """
    today = desk.now().astimezone(ZoneInfo(bulletin.schedule.zone)).date()
    day = day or today
    if not date(1990, 1, 1) <= day <= today + FAR:
        raise InputError(f"{day} is no day for an edition: choose one from 1990 to a year ahead")
    number = desk.store.editions.next_number(bulletin.id, day)
    stood = desk.store.editions.outline(room.edition_id(bulletin, day))
    before = desk.store.editions.get(stood.id) if stood else None
    candidates = _candidates(desk, bulletin, day, before)
    edition = room.edition(bulletin, desk.topics, candidates, number, day, before, desk.feeds)
    return desk.store.editions.save(edition, desk.now(), stood)


def _candidates(desk: Desk, bulletin: Bulletin, day: date, before: Edition | None) -> Iterator[Candidate]:
    """What no other edition of the bulletin has printed, and no editor has discarded or left out of this one."""
    left_out = desk.store.sittings.left_out(before.id) if before else frozenset()
    touched = desk.store.sittings.touched(before.id) if before else frozenset()
    stood = (
        {one.item.id: (one, section.topic) for section in before.sections for one in section.items} if before else {}
    )
    printed = desk.store.editions.printed(bulletin.id, room.edition_id(bulletin, day))
    held_over = desk.store.editions.held_over(bulletin.id, day)
    since, _ = room.window(bulletin, day)
    known = desk.store.items.list(ids={*held_over, *stood})
    timely = {item.id: item for item in (*desk.store.items.list(since=since), *known)}
    for shelved in shelf(desk, timely.values()):
        name = shelved.item.id
        kept = name in stood and _is_worked_on(stood[name][0], shelved.decision, touched=name in touched)
        decided = shelved.decision.topics if shelved.decision else ()
        if kept and not shelved.topics:  # the machine has changed its mind, and an editor's hand stands above that
            decided = (stood[name][1],)
        if (shelved.topics or decided) and name not in printed and name not in left_out:
            yield Candidate(shelved.item, shelved.scores, decided, name in held_over or kept, kept)


def _is_worked_on(placed: Placed, decision: Decision | None, *, touched: bool) -> bool:
    """Whether an editor did something with an item that a draft prints, so that it stays there."""
    if decision:
        return bool(decision.topics)
    return touched or placed.wording is not None
