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
    """Draft the edition of `day` (today, in the bulletin's zone) and keep it; an earlier draft of that day goes.

    Raises InputError for a day that is more than a year ahead or before 1990: that is a slip of the pen.
    """
    today = desk.now().astimezone(ZoneInfo(bulletin.schedule.zone)).date()
    day = day or today
    if not date(1990, 1, 1) <= day <= today + FAR:
        raise InputError(f"{day} is no day for an edition: choose one from 1990 to a year ahead")
    number = desk.store.editions.next_number(bulletin.id, day)
    edition = room.edition(bulletin, desk.topics, _candidates(desk, bulletin, day), number, day)
    return desk.store.editions.save(edition, desk.now())


def _candidates(desk: Desk, bulletin: Bulletin, day: date) -> Iterator[Candidate]:
    """What no other edition of the bulletin has printed and no editor has discarded."""
    printed = desk.store.editions.printed(bulletin.id, room.edition_id(bulletin, day))
    held_over = desk.store.editions.held_over(bulletin.id, day)
    since, _ = room.window(bulletin, day)
    timely = {item.id: item for item in (*desk.store.items.list(since=since), *desk.store.items.list(ids=held_over))}
    for shelved in shelf(desk, timely.values()):
        name = shelved.item.id
        if shelved.topics and name not in printed:
            decided = shelved.decision.topics if shelved.decision else ()
            yield Candidate(shelved.item, shelved.scores, decided, name in held_over)
