"""Years of a newsroom that runs by itself, under a clock that tests move: what was drafted, late, missed, and sent.

What should have happened is reckoned here by other means than the program's own: day by day, and minute by minute.
"""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import newsroom
from dateutil.easter import easter

from bulletin.jobs import Desk, open_desk
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, new_beat
from bulletin.model import Ended
from bulletin.schedule import Clock

EDITIONS = next(task for task in TASKS if task.name == "editions")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """A schedule as a librarian writes it, the days that it means, and its time of day."""

    id: str
    written: str
    falls: Callable[[date], bool]
    at: time


def rhythms(start: date) -> list[Rhythm]:
    """One of each kind; the fortnight is counted from the first Tuesday after `start`."""
    tuesday = next(start + number * DAY for number in range(7) if (start + number * DAY).weekday() == 1)
    return [
        Rhythm("daily", "every: day", lambda day: True, time(1, 30)),
        Rhythm("weekdays", "every: weekday", lambda day: day.weekday() < 5, time(2, 15)),
        Rhythm("weekly", "every: week, on: tuesday", lambda day: day.weekday() == 1, time(9)),
        Rhythm(
            "fortnightly",
            f"every: fortnight, on: tuesday, starting: {tuesday}",
            lambda day: day >= tuesday and (day - tuesday).days % 14 == 0,
            time(23, 59),
        ),
        Rhythm(
            "first-monday",
            "every: month, on: first monday",
            lambda day: day.weekday() == 0 and day.day <= 7,
            time(9),
        ),
        Rhythm("month-end", "every: month, on: 31", lambda day: (day + DAY).day == 1, time(0)),
        Rhythm("last-working-day", "every: month, on: last working day", is_last_working_day, time(12)),
    ]


def bank_holidays(year: int) -> set[date]:
    """England's bank holidays as the Act and the proclamations have them, with their substitute days."""

    def monday(month: int, *, last: bool = False) -> date:
        days = [date(year, month, day) for day in range(1, 32) if not (month in (4, 6, 9, 11) and day == 31)]
        mondays = [day for day in days if day.weekday() == 0]
        return mondays[-1 if last else 0]

    found = {easter(year) - 2 * DAY, easter(year) + DAY, monday(5), monday(5, last=True), monday(8, last=True)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        following = (fixed + number * DAY for number in range(7))
        found.add(next(day for day in following if day.weekday() < 5 and day not in found))
    return found


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def is_last_working_day(day: date) -> bool:
    """Whether no working day follows in the month."""
    following = (day + number * DAY for number in range(1, 31))
    later = [one for one in following if one.month == day.month]
    return is_working_day(day) and not any(map(is_working_day, later))


def due_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first minute at which a clock on the wall shows this day and time; one that it skips, by the old offset."""
    midnight = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    minutes = (midnight + number * MINUTE for number in range(31 * 60))
    shown = (one for one in minutes if (local := one.astimezone(zone)).date() == day and local.time() == at)
    if found := next(shown, None):
        return found
    before = datetime.combine(day - DAY, time(12), zone).utcoffset()
    assert before is not None
    return datetime.combine(day, at, UTC) - before


@dataclass
class Fate:
    """What became of the turns of one schedule, by day."""

    drafted: set[date] = field(default_factory=set)
    late: set[date] = field(default_factory=set)
    missed: set[date] = field(default_factory=set)


@dataclass
class Years:
    """A newsroom with some rhythms, several processes that tick, and times in which none of them runs."""

    desk: Desk
    clock: newsroom.Clock
    start: datetime
    end: datetime
    rhythms: list[Rhythm]
    zone: ZoneInfo
    away: list[tuple[datetime, datetime]]
    seed: int
    processes: int = 4

    def live(self) -> None:
        """Let the years go by: the clock stands before, at and after each moment at which something may be due."""
        chance = random.Random(self.seed)
        clocks = []
        for _ in range(self.processes):
            shift = Shift(new_beat("schedule", self.start))
            clocks.append(Clock(lambda: self.desk, shift))
        self._at(self.start, clocks, chance)
        moments = {due for one in self.rhythms for _, due in self.dues(one)} | {back for _, back in self.away}
        for due in sorted(moments):
            for after in (
                -SECOND,
                timedelta(),
                61 * SECOND,
                chance.choice((10 * MINUTE, -MINUTE, -timedelta(hours=1))),
            ):
                self._at(due + after, clocks, chance)

    def _at(self, now: datetime, clocks: list[Clock], chance: random.Random) -> None:
        if any(gone <= now < back for gone, back in self.away) or now < self.start:
            return
        self.clock.now = now
        for one in chance.sample(clocks, len(clocks)):
            one.beat()
            assert not one.trouble
            one.tick(EDITIONS)

    def dues(self, one: Rhythm) -> list[tuple[date, datetime]]:
        """The days of a rhythm in these years, and when each is due."""
        first = self.start.astimezone(self.zone).date()
        days = [first + number * DAY for number in range((self.end - self.start).days + 1)]
        found = [(day, due_at(day, one.at, self.zone)) for day in days if one.falls(day)]
        return [(day, due) for day, due in found if self.start < due <= self.end]

    def expected(self, one: Rhythm) -> Fate:
        """What should become of each turn: of those in a time away, the last is late, or missed after a week."""
        fate, dues = Fate(), self.dues(one)
        fate.drafted = {day for day, _ in dues}
        for gone, back in self.away:
            there = [(day, due) for day, due in dues if gone <= due < back]
            fate.missed |= {day for day, due in there if (day, due) != there[-1] or back - due > 7 * DAY}
            fate.late |= {day for day, due in there[-1:] if 30 * MINUTE < back - due <= 7 * DAY}
        fate.drafted -= fate.missed
        return fate

    def came(self, one: Rhythm) -> Fate:
        """What became of them, from the rows."""
        fate = Fate()
        for row in self.desk.store.editions.list(one.id):
            assert row.day not in fate.drafted
            fate.drafted.add(row.day)
        for turn in self._turns(one):
            if turn.outcome is Ended.MISSED:
                fate.missed.add(date.fromisoformat(turn.period))
            elif turn.words.startswith("late"):
                fate.late.add(date.fromisoformat(turn.period))
        return fate

    def _turns(self, one: Rhythm) -> Iterator[object]:
        """All turns, a few months at a time."""
        begin = self.start
        while begin <= self.end:
            found = self.desk.store.turns.list(f"draft:{one.id}", begin)
            until = begin + 300 * DAY
            yield from (turn for turn in found if turn.due < until)
            begin = until


@contextmanager
def years(
    start: datetime,
    end: datetime,
    zone: str,
    *,
    names: tuple[str, ...] = (),
    away: tuple[tuple[datetime, timedelta], ...] = (),
    seed: int = 7,
) -> Iterator[Years]:
    """Set the newsroom up; `names` chooses some of the rhythms, `away` says when nothing runs and for how long."""
    chosen = [one for one in rhythms(start.date()) if not names or one.id in names]
    clock = newsroom.Clock(start)
    with tempfile.TemporaryDirectory() as name:
        folder = newsroom.workspace(Path(name), "https://example.org/feed")
        (folder / "bulletins.yaml").write_text(_written(chosen, zone), encoding="utf-8")
        with open_desk(newsroom.settings(folder), clock) as desk:
            gone = [(begin, begin + length) for begin, length in away]
            yield Years(desk, clock, start, end, chosen, ZoneInfo(zone), gone, seed)


def _written(chosen: list[Rhythm], zone: str) -> str:
    head = "library: {name: Wexbridge Library, email: library@example.nhs.uk}\nbulletins:\n"
    return head + "".join(
        f"""\
  - id: {one.id}
    title: {one.id}
    headings: [workforce]
    schedule: {{{one.written}, at: "{one.at:%H:%M}", zone: {zone}, when_empty: draft}}
    lists: [{{id: managers, name: Managers, from: Library <library@example.nhs.uk>}}]
"""
        for one in chosen
    )
