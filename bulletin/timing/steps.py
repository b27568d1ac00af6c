"""Steps: when a draft is made, editors are reminded and an edition goes, as instants in UTC."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bulletin.model import Holidays, Period, Schedule
from bulletin.timing.rules import days
from bulletin.timing.wallclock import exists, first_at, instant, later

_NEVER = timedelta(days=5 * 366)
_MARGIN = timedelta(days=2)  # a local day begins and ends less than that from where the same day does in UTC


def periods(schedule: Schedule, holidays: Holidays, after: datetime, until: datetime) -> list[Period]:
    """The turns of a schedule that are due after one instant and no later than another, oldest first."""
    return list(_periods(schedule, holidays, after, until))


def next_period(schedule: Schedule, holidays: Holidays, after: datetime) -> Period | None:
    """The first turn that is due after an instant; None when there is none within five years."""
    return next(_periods(schedule, holidays, after, after + _NEVER), None)


def period_of(schedule: Schedule, day: date, drafted: datetime | None = None) -> Period:
    """The turn of a day, whether or not the schedule names it.

    A draft that was made late, at `drafted`, has its whole review: reminder and sending are reckoned from there.
    """
    zone = ZoneInfo(schedule.zone)
    due = instant(day, _at(schedule), zone)
    since = max(due, drafted or due)
    send = _send(schedule, since, zone)
    if not (send and schedule.remind):
        return Period(day, due, None, send)
    return Period(day, due, max(since, later(send, -schedule.remind, zone)), send)


def _send(schedule: Schedule, since: datetime, zone: ZoneInfo) -> datetime | None:
    """When what was drafted at an instant goes: after its review, at the hour for that; None: once it is approved."""
    if schedule.review is None and schedule.send_at is None:
        return None
    end = later(since, schedule.review, zone) if schedule.review else since
    return first_at(schedule.send_at, end, zone) if schedule.send_at is not None else end


def _periods(schedule: Schedule, holidays: Holidays, after: datetime, until: datetime) -> Iterator[Period]:
    zone = ZoneInfo(schedule.zone)
    found = days(schedule, holidays, after.date() - _MARGIN, until.date() + _MARGIN)
    every = (period_of(schedule, day) for day in found if exists(day, zone))
    return (one for one in takewhile(lambda one: one.due <= until, every) if one.due > after)


def _at(schedule: Schedule) -> time:
    minute, hour, *_ = schedule.cron.split()
    return time(int(hour), int(minute))
