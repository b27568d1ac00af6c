"""Weeks of a newsroom whose processes are killed at random: feeds, drafts, sending without a person, all of it."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import newsroom
import sending
from publisher import Publisher, open_publisher
from sending import Stub

from bulletin import config
from bulletin.jobs import open_desk
from bulletin.store import Store, open_store

READERS = [f"ok{number}" for number in range(5)]
_BULLETINS = """\
library: {name: Wexbridge Library, email: library@example.nhs.uk}
bulletins:
  - id: digest
    title: Wexbridge Digest
    headings: [greener]
    schedule:
      {every: week, on: tuesday, at: "09:00", zone: Europe/London, review: 1d, send: "07:30", unattended: send}
    window: 35d
    lists:
      - {id: all, name: All, from: Library <library@example.nhs.uk>, delivery: individual, why: You asked for it.}
  - id: month
    title: Wexbridge Month
    headings: [greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London, when_empty: draft}
    lists: [{id: managers, name: Managers, from: Library <library@example.nhs.uk>}]
"""
_SILENCE = timedelta(minutes=4)  # after which others take over what a process had in hand
_A_WHILE = timedelta(seconds=20)
_LONGEST = 120.0  # seconds that one step may take, kills included


@dataclass
class Killed:
    """The newsroom, its processes, and how often one of them was killed."""

    folder: Path
    stub: Stub
    publisher: Publisher
    start: datetime
    chance: random.Random
    processes: int
    now: datetime
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0
    tuesdays: list[date] = field(default_factory=list)

    def weeks(self, many: int, kills: int) -> None:
        """Let weeks go by, and kill so many processes on the way, the more of them the busier it is."""
        monday = self.start
        for week in range(many):
            left = round(kills * (week + 1) / many)
            tuesday = (monday + timedelta(days=1)).date()
            self.tuesdays.append(tuesday)
            self._publish(week)
            self._step(monday.replace(hour=12), _fetched(week + 1), left)
            self._step(monday.replace(hour=13), _looked_at(week + 1), left)
            self._step(monday + timedelta(days=1, hours=9, seconds=10), _drafted(tuesday), left)
            self._step(monday + timedelta(days=3, hours=7, minutes=30, seconds=10), _brought(week + 1), left)
            monday += timedelta(days=7)

    def _publish(self, week: int) -> None:
        """One more item each week, which belongs under the heading."""
        entries = [
            newsroom.entry(
                f"Ward {number} reaches net zero in its {number + 2}nd year of trying",
                date=format_datetime(self.start + timedelta(days=7 * number)),
                text=f"A carbon footprint fell by {number + 10} per cent.",
            )
            for number in range(week + 1)
        ]
        self.publisher.publishes("/feed", *entries)

    def _step(self, at: datetime, is_done: Callable[[Store], bool], kills: int) -> None:
        """Set the clock, and kill somebody at random while it is not done; each kill is followed by a silence."""
        self._set(at)
        ends = time.monotonic() + _LONGEST
        while True:
            self._fill()
            time.sleep(self.chance.uniform(0.05, 1.5))
            with closing(self._store()) as store:
                done = is_done(store)
            if done and self.kills >= kills:
                return
            assert time.monotonic() < ends, f"not done at {self.now}"
            busy = self.kills < kills
            if busy:
                self._kill(self.chance.choice(self.running))
            self._set(self.now + (_SILENCE if busy else _A_WHILE))

    def _store(self) -> Store:
        return open_store(f"sqlite:///{(self.folder / 'bulletin.db').as_posix()}")

    def _set(self, now: datetime) -> None:
        self.now = now
        part = self.folder / "clock.part"
        part.write_text(now.isoformat(), encoding="ascii")
        part.replace(self.folder / "clock")

    def _fill(self) -> None:
        self.running = [one for one in self.running if one.poll() is None]
        while len(self.running) < self.processes:
            self.running.append(self._process())

    def _process(self) -> subprocess.Popen[bytes]:
        others = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
        command = [
            sys.executable,
            str(Path(__file__).with_name("ticking.py")),
            str(self.folder),
            str(self.folder / "clock"),
        ]
        with (self.folder / "stderr").open("ab") as log:
            return subprocess.Popen(command, env=others | settings(self.folder, self.stub), stderr=log)

    def _kill(self, one: subprocess.Popen[bytes]) -> None:
        one.kill()
        one.wait()
        self.kills += 1

    def end(self) -> None:
        """Kill those that are left."""
        for one in self.running:
            one.kill()
            one.wait()

    def faults(self) -> list[str]:
        """What is not as it should be."""
        found = []
        with closing(self._store()) as store:
            days = Counter(row.day for row in store.editions.list("digest"))
            found += [f"{day}: {days[day]} editions" for day in self.tuesdays if days[day] != 1]
            found += [f"{day}: nobody's" for day in days if day not in self.tuesdays]
            if (months := len(store.editions.list("month"))) != self._months():
                found.append(f"{months} monthly editions instead of {self._months()}")
            states = sum(store.outbox.tallies().values(), Counter())
        with closing(sqlite3.connect(self.folder / "bulletin.db")) as database:
            if (said := database.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
                found.append(f"integrity: {said}")
            if broken := database.execute("PRAGMA foreign_key_check").fetchall():
                found.append(f"foreign keys: {broken}")
            in_doubt = dict(database.execute("SELECT state, count(*) FROM delivery_state GROUP BY state")).get(
                "in doubt", 0
            )
        if self.stub.most() > 1:
            found.append(f"one message came {self.stub.most()} times")
        if (brought := len(self.stub.taken())) + in_doubt < states.total() or brought > states.total():
            found.append(f"{brought} brought and {in_doubt} in doubt of {states.total()}")
        if unexpected := (self.folder / "stderr").read_text(encoding="utf-8").count("Traceback"):
            found.append(f"{unexpected} tracebacks")
        return found

    def _months(self) -> int:
        days = {self.start.date() + timedelta(days=number) for number in range((self.now - self.start).days + 1)}
        return sum(day.weekday() == 0 and day.day <= 7 for day in days)


def _fetched(items: int) -> Callable[[Store], bool]:
    return lambda store: len(store.items.list()) == items


def _looked_at(items: int) -> Callable[[Store], bool]:
    return lambda store: len(store.suggestions.latest()) == items


def _drafted(tuesday: date) -> Callable[[Store], bool]:
    def is_done(store: Store) -> bool:
        found = store.turns.get("draft:digest", tuesday.isoformat())
        return found is not None and found.is_over

    return is_done


def _brought(weeks: int) -> Callable[[Store], bool]:
    def is_done(store: Store) -> bool:
        states = sum(store.outbox.tallies().values(), Counter())
        return states.total() == weeks * len(READERS) and all(
            state.is_over for state, count in states.items() if count
        )

    return is_done


def settings(folder: Path, stub: Stub) -> dict[str, str]:
    """Mail as fast as it goes, feeds without a pause, backups beside everything else."""
    return newsroom.environment(folder) | {
        "BULLETIN_SMTP_URL": stub.url,
        "BULLETIN_MAIL_A_MINUTE": "0",
        "BULLETIN_BASE_URL": sending.BASE,
    }


@contextmanager
def killed(folder: Path, start: datetime, *, processes: int = 2, seed: int = 7) -> Iterator[Killed]:
    """Set it up; `start` is a Monday at midnight in London's winter."""
    with open_publisher() as publisher, sending.open_stub(folder) as stub:
        newsroom.workspace(folder, f"http://{publisher.address}/feed")
        (folder / "bulletins.yaml").write_text(_BULLETINS, encoding="utf-8")
        with open_desk(config.load(folder, settings(folder, stub)), newsroom.Clock(start)) as desk:
            sending.with_readers(desk, READERS)
        lived = Killed(folder, stub, publisher, start, random.Random(seed), processes, start)
        lived._set(start)
        try:
            yield lived
        finally:
            lived.end()
