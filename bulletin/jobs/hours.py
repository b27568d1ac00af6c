"""Hours: when the steps of one edition are due, and before which instant nothing of it goes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bulletin import timing
from bulletin.jobs.desk import Desk
from bulletin.model import Bulletin, Edition, Ended, Period, Turn
from bulletin.render.words import weekday

PATIENT = timedelta(minutes=30)  # a draft that comes later than that is late, and says so
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """The steps of an edition that stands on the schedule of its bulletin."""

    period: Period
    drafted: Turn | None = None  # by itself; None: a person did

    @property
    def is_late(self) -> bool:
        """Whether nothing ran when its draft was due."""
        return self.drafted is not None and is_late(self.drafted)


def draft_turns(bulletin: str) -> str:
    """The name of the turns that draft the editions of a bulletin."""
    return f"draft:{bulletin}"


def is_late(drafted: Turn) -> bool:
    """Whether a draft was made long after it was due; its steps then count from when it was made."""
    return drafted.ended_at is not None and drafted.ended_at - drafted.due > PATIENT


def hours(desk: Desk, bulletin: Bulletin, edition: Edition) -> Hours | None:
    """Give the steps of an edition; None when it stands on no schedule: an urgent one, or one of another day."""
    if edition.is_urgent:
        return None
    since = _midnight(bulletin, edition.day) - 8 * _DAY  # a draft may bear the day after that on which it was due
    turns = desk.store.turns.list(draft_turns(bulletin.id), since)
    drafted = next((one for one in turns if one.edition == edition.id and one.outcome is Ended.DONE), None)
    if drafted:
        return of_turn(bulletin, drafted)
    begins, ends = (_midnight(bulletin, edition.day + days * _DAY) for days in (0, 1))
    due = timing.periods(bulletin.schedule, desk.config.holidays, begins - timedelta(minutes=1), ends)
    period = next((one for one in due if one.day == edition.day), None)
    return Hours(period) if period else None


def of_turn(bulletin: Bulletin, drafted: Turn) -> Hours:
    """Give the steps of the edition that a turn drafted."""
    made = drafted.ended_at if is_late(drafted) else None
    return Hours(timing.period_of(bulletin.schedule, date.fromisoformat(drafted.period), made), drafted)


def begins(desk: Desk, bulletin: Bulletin, edition: Edition) -> datetime:
    """Give from when on an edition goes that is approved now: now, or the hour of its schedule if that is to come."""
    found, now = hours(desk, bulletin, edition), desk.now()
    send = found.period.send if found else None
    return max(send, now) if send else now


def in_words(at: datetime, zone: str) -> str:
    """Say an instant as the clocks of a zone show it: Wednesday 9 December 2026 at 07:30."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{weekday(there)} at {there:%H:%M}"


def _midnight(bulletin: Bulletin, day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(bulletin.schedule.zone)).astimezone(UTC)
