"""Drafting: the edition that is due is drafted, whatever ran in the meantime, and what is too old is missed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bulletin import compose as room
from bulletin import timing
from bulletin.errors import ApprovedError, ChangedError
from bulletin.jobs.classify import classify
from bulletin.jobs.compose import Drafted, draft, keep
from bulletin.jobs.desk import Desk
from bulletin.jobs.errands import due as due_feeds
from bulletin.jobs.hours import PATIENT, draft_turns
from bulletin.jobs.today import LATELY
from bulletin.jobs.turning import Done, Shift
from bulletin.jobs.urgent import next_free
from bulletin.model import Bulletin, Edition, Ended, Schedule, Turn, WhenEmpty
from bulletin.render.words import day as in_words
from bulletin.render.words import many

TOO_LATE = timedelta(days=7)  # reference bar T2
_AT_FIRST = timedelta(minutes=20)  # for as long as feeds come before drafts, when a process has begun
_PATIENCE = timedelta(minutes=15)  # after which a draft that went wrong is tried again
_TRIES = 3  # against an editor who changes the draft at that very moment
_Slot = tuple[str, datetime]  # a period by its name, and when it was due


def draft_due(desk: Desk, shift: Shift, bulletin: Bulletin, newest: Turn | None) -> Iterator[str]:
    """Draft what was due last and is not done, and say so; of several that were missed, only that one.

    `newest` is the turn of this bulletin that was due last.
    """
    waiting = list(_waiting(desk, bulletin, newest))
    if not waiting:
        return
    if _feeds_come_first(desk, shift):
        return
    last, due = waiting[-1]
    if due < desk.now() - TOO_LATE:
        days = (desk.now() - due).days
        how = f"`bulletin compose {bulletin.id} --date {last}` drafts it all the same"
        yield from _miss(desk, bulletin, waiting, f"nothing ran until {many(days, 'day')} after it was due: {how}")
        return
    older = waiting[:-1]
    yield from _miss(desk, bulletin, older, f"nothing ran when it was due: what it would have had is in {last}")
    yield from _draft(desk, shift, bulletin, last, due)


def _feeds_come_first(desk: Desk, shift: Shift) -> bool:
    """Whether this process has just begun, and is still to visit feeds: a draft without them would be thin."""
    return desk.now() - shift.me.began < _AT_FIRST and bool(due_feeds(desk))


def _waiting(desk: Desk, bulletin: Bulletin, newest: Turn | None) -> Iterator[_Slot]:
    """What was due and is not over, the oldest first; with what somebody began and did not end."""
    name, now = draft_turns(bulletin.id), desk.now()
    since = desk.store.turns.since(name, _rule(bulletin.schedule), now)
    if newest and not newest.is_over:
        yield newest.period, newest.due
    after = max(since, newest.due) if newest else since
    for one in timing.periods(bulletin.schedule, desk.config.holidays, after, now):
        known = desk.store.turns.get(name, one.name)
        if not (known and known.is_over):  # as it is when a rule moves the hour of a day that had its edition
            yield one.name, one.due


def _rule(schedule: Schedule) -> str:
    """What says when drafts are due; when that changes, what would have been due before is nobody's."""
    return " ".join(filter(None, (schedule.cron, schedule.zone, str(schedule.fortnight or ""))))


def _miss(desk: Desk, bulletin: Bulletin, slots: Sequence[_Slot], why: str) -> Iterator[str]:
    if not slots:
        return
    name, now = draft_turns(bulletin.id), desk.now()
    for period, _ in slots:
        desk.store.turns.end(name, period, now, Ended.MISSED, why)  # what somebody began
    desk.store.turns.miss(name, slots, now, why)
    yield f"{bulletin.id}: {many(len(slots), 'edition')} missed"


def _draft(desk: Desk, shift: Shift, bulletin: Bulletin, period: str, due: datetime) -> Iterator[str]:
    name = draft_turns(bulletin.id)
    if not desk.store.turns.take(name, period, due, shift.me.id, desk.now(), _PATIENCE):
        return
    if desk.store.measures.not_looked_at(desk.now() - LATELY):  # what came in the last minutes belongs into it
        classify(desk)
    done, edition = _made(desk, bulletin, date.fromisoformat(period), due)
    now = desk.now()
    late = "late: nothing ran when it was due; " if edition and now - due > PATIENT else ""
    if desk.store.turns.end(name, period, now, done.outcome, late + done.words, edition):
        yield f"{edition or bulletin.id}: {late}{done.words}"


def _made(desk: Desk, bulletin: Bulletin, day: date, due: datetime) -> tuple[Done, str]:
    """Draft the edition of a day, and give its id; none when it was left out."""
    mark = desk.store.urgent.get(room.edition_id(bulletin, day))
    told = ""
    if mark:  # the day is taken, and what was urgent keeps to its items
        day = _other_day(desk, bulletin, day, due)
        told = f", dated {in_words(day)} because an urgent one has its day"
    name = room.edition_id(bulletin, day)
    try:
        drafted = _drafted(desk, bulletin, day)
    except ApprovedError:
        return Done("it was approved before its draft was due"), name
    if drafted is None:
        return Done(_nothing(desk, bulletin, day), Ended.SKIPPED), ""
    return Done(f"drafted with {many(drafted.size, 'item')}{told}"), name


def _other_day(desk: Desk, bulletin: Bulletin, day: date, due: datetime) -> date:
    """The next free day, or that of the draft which an earlier try wrote before it stopped short."""
    free = next_free(desk, bulletin, day)
    rows = [one for one in desk.store.editions.list(bulletin.id) if day < one.day < free and one.composed_at >= due]
    others = {one.edition for one in desk.store.turns.list(draft_turns(bulletin.id), due)}
    others |= desk.store.urgent.among([one.id for one in rows])
    return min((one.day for one in rows if one.id not in others), default=free)


def _drafted(desk: Desk, bulletin: Bulletin, day: date) -> Edition | None:
    """Draft it, once more when somebody worked on it at that very moment; None when there is nothing to print."""
    for _ in range(_TRIES - 1):
        try:
            return _kept(desk, bulletin, draft(desk, bulletin, day))
        except ChangedError:
            continue
    return _kept(desk, bulletin, draft(desk, bulletin, day))


def _kept(desk: Desk, bulletin: Bulletin, drafted: Drafted) -> Edition | None:
    is_empty = not drafted.edition.size and drafted.stood is None
    if is_empty and bulletin.schedule.when_empty is WhenEmpty.SKIP:
        return None
    return keep(desk, drafted)


def _nothing(desk: Desk, bulletin: Bulletin, day: date) -> str:
    before = (row.day for row in desk.store.editions.list(bulletin.id) if row.day < day)
    last = max(before, default=None)
    since, _ = room.window(bulletin, day)
    return f"nothing new since {in_words(last or since)}"
