"""A newsroom that has worked for years, written straight into its tables: 10,000 items a week, the newest today.

Words come from the sample newsroom's feeds and from a long tail of invented ones, each as often as Zipf's law has it.
All that is not asked for at random is told by the number of an item, so that two runs give the same database.
"""

import json
import random
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import psycopg
from sqlalchemy import make_url

from bulletin.identity import keys
from bulletin.model import Item
from bulletin.store.tables import metadata

A_WEEK = 10_000
VISITS = timedelta(hours=12)  # between two visits to a feed
LOG = timedelta(days=90)  # of visits
LEDGER = 13  # months of deliveries
_AT_ONCE = 20_000
_SPACING = timedelta(weeks=1) / A_WEEK
_SPREAD = 0x5DEECE66D | 1  # odd: times this, modulo 2 ** 48, no two numbers give one id
_FEEDS = Path(__file__).parents[1] / "bulletin" / "demo" / "feeds"
_RARE = 30_000
_MANY = 50_000  # rows from which on it pays to make the indexes of words anew
Row = tuple[Any, ...]


class Writer(Protocol):
    """Puts rows into a table, in the form that its database takes quickest."""

    zone: str  # what stands behind an instant

    def put(self, table: str, rows: Iterable[Row]) -> None: ...


@dataclass(frozen=True)
class Plan:
    """What a newsroom is like, and how long it has worked."""

    items: int
    now: datetime
    feeds: int = 200
    topics: tuple[str, ...] = ("workforce", "greener")
    bulletins: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"update": ("workforce", "greener")})
    readers: int = 0
    base: str = "http://127.0.0.1:9"  # of the feeds' addresses

    @property
    def began(self) -> datetime:
        """When the first item came."""
        return self.now - self.items * _SPACING

    def url(self, feed: int) -> str:
        return f"{self.base}/feed/{feed:03d}.xml"


def item_id(number: int) -> str:
    """The id of an item by its number, from 0; the oldest comes first."""
    return f"{(number + 1) * _SPREAD % (1 << 48):012x}"


def feed_id(number: int) -> str:
    return f"feed-{number:03d}"


def grow(address: str, plan: Plan) -> None:
    """Fill an empty database, which has its tables."""
    with _writer(address, plan) as writer:
        items = _Items(plan, writer.zone)
        for start in range(0, plan.items, _AT_ONCE):
            for table, rows in items.batch(start, min(start + _AT_ONCE, plan.items)).items():
                writer.put(table, rows)
        for table, rows in _log(plan, writer.zone):
            writer.put(table, rows)
        for table, rows in _Editions(plan, writer.zone, items.suggested).rows():
            writer.put(table, rows)


class Words:
    """Texts of words that are as frequent as words are."""

    def __init__(self, seed: int = 8) -> None:
        chance = random.Random(seed)
        told = " ".join(path.read_text("utf-8", "replace") for path in sorted(_FEEDS.iterdir())).casefold()
        plain = re.findall(r"[a-z]{2,}", re.sub(r"<[^>]*>|&\w+;", " ", told))
        counts = {word: plain.count(word) for word in sorted({*plain})}
        known = sorted(counts, key=lambda word: (-counts[word], word))
        tail = {"".join(chance.choices("bcdfglmnprst", k=1) + chance.choices("aeiou", k=1)) for _ in range(60)}
        syllables = sorted(tail)
        rare = ["".join(chance.choices(syllables, k=chance.randint(3, 5))) for _ in range(_RARE)]
        self.all = np.array([*known, *dict.fromkeys(rare)], dtype=object)
        weights = 1 / (np.arange(len(self.all)) + 3) ** 1.05
        self._ends = np.cumsum(weights / weights.sum())
        self._chance = np.random.default_rng(seed)

    def texts(self, count: int, least: int, most: int) -> list[str]:
        """So many texts, each of `least` to `most` words."""
        lengths = self._chance.integers(least, most + 1, count)
        ends = np.cumsum(lengths)
        drawn = np.searchsorted(self._ends, self._chance.random(int(ends[-1])))
        words = self.all[np.minimum(drawn, len(self.all) - 1)].tolist()
        return [" ".join(words[end - length : end]) for end, length in zip(ends, lengths, strict=True)]


class _Items:
    """Items, with all that hangs on each."""

    def __init__(self, plan: Plan, zone: str) -> None:
        self._plan, self._zone, self._words = plan, zone, Words()
        self.suggested: list[tuple[int, str]] = []  # numbers of items, and the topic of each
        self._numbers = dict.fromkeys(("sighting", "classification", "decision", "lookup", "apart"), 0)

    def batch(self, start: int, end: int) -> dict[str, list[Row]]:
        count = end - start
        titles, summaries = self._words.texts(count, 6, 16), self._words.texts(count, 15, 60)
        found: dict[str, list[Row]] = {}
        for number, title, summary in zip(range(start, end), titles, summaries, strict=True):
            for table, row in self._rows(number, title.capitalize(), summary.capitalize() + "."):
                found.setdefault(table, []).append(row)
        return found

    def _rows(self, number: int, title: str, summary: str) -> Iterator[tuple[str, Row]]:
        id_, feed, seen = item_id(number), feed_id(number % self._plan.feeds), self._seen(number)
        url = f"https://site{number % self._plan.feeds}.example.org/news/{number}"
        doi = f"10.5555/wex.{number}" if number % 2 else ""
        notice = "corrected" if number % 400 == 7 else ""
        into = item_id(number - 11) if number % 33 == 12 else None
        published = None if number % 40 == 3 else self._at(seen - timedelta(hours=number % 70))
        at = self._at(seen)
        told = [
            id_,
            title,
            url,
            doi,
            published,
            "published" if published else "first seen",
            "",
            '["A. Nurse"]',
            summary,
        ]
        told += ["", "[]", "Journal of Wards", "12", "3", "1-9", "en", 0, f"g{number}", at, feed, feed, into]
        yield "item", (*told, "", notice, f"10.5555/wex.{number - 2}" if notice and doi else "")
        yield "item_words", (number + 1, id_, title.casefold(), f"{summary[:-1].casefold()} a nurse journal of wards")
        owner = into or id_
        for key in keys(Item(title, url, doi, guid=f"g{number}"), feed):
            yield "item_key", (key, owner)
        yield from self._sightings(number, owner, feed, at, title, url)
        yield from self._opinions(number, id_, seen)
        if doi:
            yield (
                "lookup",
                (self._next("lookup"), id_, "Crossref", self._at(seen + timedelta(hours=1)), number % 3 == 0),
            )
        if doi and number % 20 == 1:
            yield "addition", (id_, "journal", '"Journal of Wards"', "Crossref", at)
        if number % 300 == 1:
            yield "mark", (id_, "corrected", id_, at)

    def _sightings(
        self, number: int, owner: str, feed: str, at: str, title: str, url: str
    ) -> Iterator[tuple[str, Row]]:
        if owner == item_id(number):
            yield "sighting", (self._next("sighting"), owner, feed, at, f"g{number}", title, url)
        if number % 7 == 3:
            other = feed_id((number + 13) % self._plan.feeds)
            yield "sighting", (self._next("sighting"), item_id(number), other, at, f"h{number}", title, url)

    def _opinions(self, number: int, id_: str, seen: datetime) -> Iterator[tuple[str, Row]]:
        """A look at each item, a second one at some; every twelfth has a heading, every 48th was ruled on."""
        topic = self._plan.topics[number // 12 % len(self._plan.topics)]
        because = '[{"words": "net zero", "weight": 0.8}]'
        for again in range(1 + (number % 5 == 0)):
            look = self._next("classification")
            at = self._at(seen + timedelta(hours=2 + again))
            yield "classification", (look, id_, "generated", 12, at)
            if number % 12 == 0:
                yield "suggestion", (look, 0, topic, 0.5 + number % 50 / 100, because, "topic file")
            elif number % 24 == 5:
                yield "near_miss", (look, 0, topic, number % 50 / 100, because, "topic file")
        if number % 12 == 0:
            self.suggested.append((number, topic))
        if number % 96 in (0, 1):
            topics = [topic] if number % 96 == 0 else []
            at = self._at(seen + timedelta(days=2))
            yield "decision", (self._next("decision"), id_, json.dumps(topics), "eve@example.org", at, "ruled")

    def _seen(self, number: int) -> datetime:
        """When its feed was visited that brought it: at most half a day after it was there."""
        there = self._plan.began + number * _SPACING
        feed = timedelta(minutes=3 * (number % self._plan.feeds))
        passed = (there - feed - datetime(2000, 1, 1, tzinfo=UTC)) // VISITS
        return datetime(2000, 1, 1, tzinfo=UTC) + passed * VISITS + feed

    def _next(self, table: str) -> int:
        self._numbers[table] += 1
        return self._numbers[table]

    def _at(self, moment: datetime) -> str:
        return at(moment, self._zone)


def at(moment: datetime, zone: str) -> str:
    """An instant as the database takes it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}{zone}"


def _log(plan: Plan, zone: str) -> Iterator[tuple[str, Iterable[Row]]]:
    """Visits of the last 90 days, and what people did at the desk."""
    began = max(plan.began, plan.now - LOG)
    times = [began + place * VISITS for place in range((plan.now - began) // VISITS)]
    rows = (
        (
            feed_id(feed),
            at(time + timedelta(minutes=3 * feed), zone),
            "ok",
            plan.url(feed),
            None,
            None,
            "",
            50,
            4,
            "",
            "d",
        )
        for time in times
        for feed in range(plan.feeds)
    )
    yield "visit", ((number, *row, None, "", "") for number, row in enumerate(rows, 1))
    days = (plan.now - plan.began).days
    deeds = (plan.began + timedelta(days=day, hours=hour) for day in range(days) for hour in range(20))
    yield (
        "deed",
        ((n, at(moment, zone), "eve@example.org", "did", "it", "", "", "") for n, moment in enumerate(deeds, 1)),
    )


class _Editions:
    """An edition of each bulletin each month, and who got it in the last 13; the newest is four weeks old."""

    def __init__(self, plan: Plan, zone: str, suggested: Sequence[tuple[int, str]]) -> None:
        self._plan, self._zone, self._suggested = plan, zone, suggested

    def rows(self) -> Iterator[tuple[str, list[Row]]]:
        found: dict[str, list[Row]] = {}
        for table, row in (*self._people(), *self._editions()):
            found.setdefault(table, []).append(row)
        return iter(found.items())

    def _people(self) -> Iterator[tuple[str, Row]]:
        since = at(self._plan.began, self._zone)
        for number in range(self._plan.readers):
            id_ = f"{number:016x}"
            yield "subscriber", (id_, f"reader{number}@example.org", "", "", "", "every", None, since)
            for bulletin in self._plan.bulletins:
                yield "subscription", (id_, bulletin, "all", since, "[]", None)

    def _editions(self) -> Iterator[tuple[str, Row]]:
        numbers, delivery = 0, 0
        for bulletin, headings in self._plan.bulletins.items():
            days = [self._plan.now.date() - timedelta(days=28 * back) for back in range(1, 80)]
            days = sorted(day for day in days if day > self._plan.began.date())
            for number, day in enumerate(days, 1):
                numbers += 1
                yield from self._edition(numbers, bulletin, number, day, headings)
                if len(days) - number < LEDGER:
                    for reader in range(self._plan.readers):
                        delivery += 1
                        yield from self._delivery(delivery, numbers, bulletin, day, reader)

    def _edition(
        self, approval: int, bulletin: str, number: int, day: date, headings: Collection[str]
    ) -> Iterator[tuple[str, Row]]:
        id_, when = f"{bulletin}-{day}", at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC), self._zone)
        yield "edition", (id_, bulletin, number, str(day), str(day - timedelta(days=28)), when)
        for section, topic in enumerate(headings):
            yield "edition_section", (id_, section, topic, topic.title())
            near = self._of(topic, day)
            for position, item in enumerate(near[:4]):
                yield "edition_item", (id_, section, position, item, "[]", "", 0)
            for position, item in enumerate(near[4:5]):
                yield "edition_held_over", (id_, section, position, item)
        yield "approval", (approval, id_, f"d{approval}", "eve@example.org", when)
        yield "message", (f"m{approval}", "Hello", b"x" * 20_000)
        yield "email", (approval, "all", "Hello", "h" * 40_000, "t" * 9_000, b"x" * 60_000, f"m{approval}")

    def _of(self, topic: str, day: date) -> list[str]:
        """What was suggested for a topic in the four weeks before a day."""
        passed = datetime(day.year, day.month, day.day, tzinfo=UTC) - self._plan.began
        last = int(passed / _SPACING)
        place = min(last // 12, len(self._suggested))
        return [item_id(number) for number, one in self._suggested[max(0, place - 3_000) : place] if one == topic]

    def _delivery(
        self, number: int, approval: int, bulletin: str, day: date, reader: int
    ) -> Iterator[tuple[str, Row]]:
        who, edition = f"{reader:016x}", f"{bulletin}-{day}"
        told = (number, approval, edition, bulletin, "all", who, who, f"reader{reader}@example.org", "")
        yield "delivery", (*told, f"m{approval}", f"{edition}.{number}@example.org", 0, None)
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        yield "ending", (number, "sent", at(moment, self._zone), "", "")


@contextmanager
def _writer(address: str, plan: Plan) -> Iterator[Writer]:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as connection:
            yield from _into_sqlite(connection)
    else:
        place = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(place) as server:
            yield from _into_postgresql(server, plan)


def _columns(table: str) -> str:
    return ", ".join(f'"{column.name}"' for column in metadata.tables[table].columns)


@dataclass
class _Sqlite:
    connection: sqlite3.Connection
    zone: str = ""

    def put(self, table: str, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(metadata.tables[table].columns))
        self.connection.executemany(f"INSERT INTO {table} ({_columns(table)}) VALUES ({marks})", rows)


def _into_sqlite(connection: sqlite3.Connection) -> Iterator[Writer]:
    """All in one transaction; the indexes of words are made at the end."""
    for setting in ("journal_mode", "synchronous", "foreign_keys", "secure_delete"):
        connection.execute(f"PRAGMA {setting} = OFF")
    connection.execute("PRAGMA cache_size = -1000000")
    names = "name LIKE 'item_st%' AND type = 'trigger'"
    triggers = connection.execute(f"SELECT name, sql FROM sqlite_master WHERE {names}").fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield _Sqlite(connection)
    for index in ("item_stems", "item_starts"):
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")


@dataclass
class _Postgresql:
    server: psycopg.Connection[Any]
    zone: str = "+00"

    def put(self, table: str, rows: Iterable[Row]) -> None:
        with self.server.cursor().copy(f"COPY {table} ({_columns(table)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _into_postgresql(server: psycopg.Connection[Any], plan: Plan) -> Iterator[Writer]:
    """All in one transaction without checks of what points where; numbers go on after the last row."""
    server.execute("SET session_replication_role = replica")
    server.execute("SET maintenance_work_mem = '1GB'")
    made: list[str] = []
    if plan.items > _MANY:
        made = [sql for (sql,) in server.execute("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%gin (%'")]
        server.execute("DROP INDEX ix_item_words_stems, ix_item_words_starts")
    yield _Postgresql(server)
    for sql in made:
        server.execute(sql)
    for table in metadata.tables.values():
        if "id" in table.c and table.c.id.type.python_type is int and table.c.id.primary_key:
            last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"
            server.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
    server.commit()
    server.autocommit = True
    server.execute("VACUUM ANALYZE")
