"""What each step costs as the archive grows: 10 thousand to 2.6 million items, five years of 200 feeds.

Each newsroom gets 10,000 items a week and has worked as long as it takes to get so many (tests/growing.py). A step is
measured several times, and printed with what it grew by since the smallest size. What a bulletin looks back on is
full from the size at which its window is: a week (10,000 items), or 35 days (50,000).

    benchmarks/scale.py 10000 100000              a quick run
    benchmarks/scale.py --postgres                all sizes, on PostgreSQL
    benchmarks/scale.py --keep /tmp/grown 1000000 keep the databases of SQLite, and take those that are there
"""

import argparse
import http.server
import resource
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import growing
from deliver import postgres
from sqlalchemy import insert, make_url, text

from bulletin import classify as room
from bulletin import config, jobs
from bulletin.jobs import people
from bulletin.jobs.lay import laying
from bulletin.jobs.newsroom import Newsroom
from bulletin.jobs.past import decided, hints
from bulletin.model import Config, Grant, Role
from bulletin.people.tokens import Keys
from bulletin.store import open_store
from bulletin.store.desktables import approval
from bulletin.store.outbox.laying import lay
from bulletin.web import create_app, forgery

SIZES = (10_000, 100_000, 1_000_000, 2_600_000)
LOADS, ROUNDS = 30, 3
FEEDS, DOCUMENT, NEW = 50, 50, 20  # feeds of one fetch, what each document holds, and what is new of it
READERS = 5_000
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
BASE = "http://127.0.0.1:8080"
BULLETINS = """\
library: {{name: Benchmark Library, email: library@example.nhs.uk}}
bulletins:
"""
BULLETIN = """\
  - id: {id}
    title: Benchmark {id}
    headings: [{headings}]
    schedule: {{every: month, on: first monday, at: "09:00", zone: Europe/London}}
    window: {window}
    most: 3
    lists: [{{id: all, name: All, from: Library <library@example.nhs.uk>, delivery: individual}}]
"""
WINDOWS = {"week": "7d", "month": "35d", "other": "35d"}


@dataclass
class Table:
    """Seconds, seconds of our own work, and megabytes by step and size; a busy machine changes the second least."""

    seconds: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    works: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    peaks: dict[str, dict[int, float]] = field(default_factory=dict)

    def measure(self, size: int, step: str, work: Callable[[int], object], rounds: int = ROUNDS) -> None:
        """Do something several times; of a single page the first time is none."""
        for number in range(rounds):
            _forget_peak()
            began, idle = time.perf_counter(), time.process_time()
            work(number)
            self.works.setdefault(step, {}).setdefault(size, []).append(time.process_time() - idle)
            self.seconds.setdefault(step, {}).setdefault(size, []).append(time.perf_counter() - began)
            peak = self.peaks.setdefault(step, {})
            peak[size] = max(peak.get(size, 0.0), _peak())
        told = self.seconds[step][size]
        print(
            f"  {size:>9,} {step:<34} {statistics.median(told) * 1000:10.1f} ms"
            f"   p95 {_late(told) * 1000:10.1f} ms   work {statistics.median(self.works[step][size]) * 1000:10.1f} ms"
            f"   {self.peaks[step][size]:7.0f} MB",
            flush=True,
        )

    def print(self, sizes: list[int]) -> None:
        """Medians, and how much each step has grown."""
        for title, kind in (("median, ms", self.seconds), ("of that our own work", self.works)):
            self._print(title, kind, sizes)

    def _print(self, title: str, kind: dict[str, dict[int, list[float]]], sizes: list[int]) -> None:
        print(f"\n  {title:<36}" + "".join(f"{size:>12,}" for size in sizes) + f"{'growth':>9}")
        for step, found in kind.items():
            medians = [statistics.median(found[size]) for size in sizes if size in found]
            told = "".join(f"{one * 1000:12.1f}" for one in medians)
            print(f"  {step:<36}{told}{medians[-1] / medians[0]:9.2f}")


def _late(told: list[float]) -> float:
    return sorted(told)[min(int(len(told) * 0.95), len(told) - 1)]


def _forget_peak() -> None:
    """Let Linux measure the peak of memory anew; elsewhere it is that of the whole run."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5", "ascii")


def _peak() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


class Publisher:
    """Serves documents of the newsroom's feeds, each time with something new."""

    def __init__(self) -> None:
        self.documents: dict[str, bytes] = {}
        there = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = there.documents.get(self.path, b"")
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def publish(self, desk: jobs.Desk, size: int, number: int) -> None:
        """Write a document for each of some feeds: what it brought last, and what is new."""
        words = growing.Words(seed=size + number)
        for feed in range(FEEDS):
            last = [item for item in range(size - 1, -1, -1) if item % 200 == feed][: DOCUMENT - NEW]
            known = desk.store.items.list(ids=[growing.item_id(item) for item in last])
            rows = [_entry(one.title, one.url, one.guid, one.summary, one.date) for one in known]
            titles, texts = words.texts(NEW, 6, 16), words.texts(NEW, 15, 60)
            for place, (title, told) in enumerate(zip(titles, texts, strict=True)):
                url = f"https://site{feed}.example.org/news/new-{number}-{place}"
                rows.append(_entry(title.capitalize(), url, f"n{number}-{place}", told, NOW))
            told = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{"".join(rows)}</channel></rss>'
            self.documents[f"/feed/{feed:03d}.xml"] = told.encode()


def _entry(title: str, url: str, guid: str, text: str, when: datetime) -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>{text}</description></item>"
    )


def workspace(folder: Path, base: str, database: str) -> Config:
    """A newsroom with the starter's topics, in three bulletins, and 200 feeds."""
    config.init(folder)
    topics = sorted(path.stem for path in (folder / "topics").glob("*.yaml"))
    told = [BULLETIN.format(id=id_, window=window, headings=", ".join(topics)) for id_, window in WINDOWS.items()]
    (folder / "bulletins.yaml").write_text(BULLETINS.format() + "".join(told), encoding="utf-8")
    feeds = "".join(f"  - name: Feed {n:03d}\n    url: {base}/feed/{n:03d}.xml\n" for n in range(200))
    (folder / "feeds.yaml").write_text("feeds:\n" + feeds, encoding="utf-8")
    environ = {"BULLETIN_ALLOW_ADDRESSES": base.removeprefix("http://"), "BULLETIN_HOST_GAP": "0"}
    environ |= {"BULLETIN_SMTP_URL": "smtp://127.0.0.1:9", "BULLETIN_BASE_URL": BASE}
    return config.load(folder, environ | ({"BULLETIN_DATABASE_URL": database} if database else {}))


def fill(settings: Config, size: int, base: str, keep: Path | None) -> None:
    """Write the database, or take one that was kept."""
    url = make_url(settings.database_url)
    kept = keep / f"{size}.db" if keep and url.get_backend_name() == "sqlite" else None
    began = time.perf_counter()
    if kept and kept.exists():
        shutil.copyfile(kept, str(url.database))
    else:
        open_store(settings.database_url).close()
        topics = tuple(topic.id for topic in settings.topics)
        bulletins = {one.id: one.headings for one in settings.bulletins}
        plan = growing.Plan(size, NOW, topics=topics, bulletins=bulletins, readers=READERS, base=base)
        growing.grow(settings.database_url, plan)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(url.database), kept)
    bytes_ = Path(str(url.database)).stat().st_size if url.get_backend_name() == "sqlite" else 0
    print(f"{size:,} items: written in {time.perf_counter() - began:.0f} s, {bytes_ / 1e9:.2f} GB", flush=True)


def settle(desk: jobs.Desk) -> None:
    """Let what is there have been looked at by today's recipe, so that only what is new is looked at."""
    recipe = room.recipe(desk.config.topics, decided(desk), hints(desk))
    with desk.store._database.write() as connection:  # noqa: SLF001 - no step of ours does this
        connection.execute(text("UPDATE classification SET recipe = :recipe"), {"recipe": recipe})


def steps(table: Table, desk: jobs.Desk, size: int, publisher: Publisher) -> None:
    """What runs by itself, and what an editor waits for."""
    feeds = [feed for feed in desk.config.feeds if int(feed.id[-3:]) < FEEDS]

    def fetch(_: int) -> None:
        visits = jobs.fetch(jobs.apart(desk), feeds)
        assert all(visit.seen == DOCUMENT and visit.new == NEW for visit in visits), visits[0]

    def fresh(number: int) -> Callable[[int], None]:
        publisher.publish(desk, size, number)
        return fetch

    for number in range(ROUNDS):
        table.measure(size, "fetch 50 feeds, 1,000 items new", fresh(number), rounds=1)
        table.measure(size, "classify 1,000 new items", lambda _: jobs.classify(desk), rounds=1)
    for id_ in ("week", "month"):
        table.measure(
            size, f"compose, a window of {WINDOWS[id_]}", lambda _, id_=id_: jobs.compose(desk, desk.bulletin(id_))
        )
    edition = jobs.compose(desk, desk.bulletin("week")).id
    table.measure(size, "render", lambda _: jobs.render(desk, edition))
    table.measure(size, "what may be asked of services", lambda _: desk.store.lookups.due(desk.now(), 300))
    table.measure(size, "status", lambda _: jobs.status(desk))


def pages(table: Table, desk: jobs.Desk, size: int) -> None:
    """Pages, as an editor's browser asks for them."""
    app = create_app(Newsroom(desk, lambda: desk.config))
    editor = people.add_editor(desk, "", "ann@example.nhs.uk", "Ann", [Grant(Role.ADMIN)])
    visitor = people.Visitor(Keys(b"for benchmarks a" * 2), "127.0.0.1", "benchmark")
    browser = app.test_client()
    token = people.sign_in_as(desk, visitor, editor, "for a benchmark")
    browser.set_cookie(forgery.SESSION, token, domain="127.0.0.1")
    edition = f"week-{NOW:%Y-%m-%d}"
    item = desk.store.editions.outline(edition).sections[0].items[0].item.id
    words = growing.Words().all
    places = {
        "page: today": "/",
        "page: review sheet": f"/editions/{edition}",
        "page: an item": f"/editions/{edition}/items/{item}",
        "page: approval": f"/editions/{edition}/approval",
        "page: items that need a heading": "/items",
        "page: near misses": "/items?show=near",
        "page: editions": "/editions",
        "page: feeds": "/feeds",
        "page: a feed": "/feeds/feed-001",
        "page: topics": "/topics",
        "page: audit": "/audit",
        "page: search, a common word": f"/search?q={words[2]}%20",
        "page: search, a word half typed": f"/search?q={words[2]}",
        "page: search, two common words": f"/search?q={words[2]}+{words[9]}%20",
        "page: search, a rare word": f"/search?q={words[-5]}%20",
        "page: search, a phrase": f'/search?q="{words[0]}+{words[1]}"',
        "page: search, common, of a feed": f"/search?q={words[2]}%20&feed=feed-007",
        "page: search, common, of a year": f"/search?q={words[2]}%20&since=2026-01-01&until=2026-03-31",
    }
    for step, place in places.items():

        def load(_: int, place: str = place) -> None:
            answer = browser.get(place, base_url=BASE)
            assert answer.status_code == 200, (place, answer.status_code)

        load(0)
        slow = table_slow(load)
        table.measure(size, step, load, rounds=3 if slow else LOADS)


def table_slow(load: Callable[[int], None]) -> bool:
    """Whether a page takes so long that three times must do."""
    began = time.perf_counter()
    load(0)
    return time.perf_counter() - began > 2


def approve(table: Table, desk: jobs.Desk, size: int) -> None:
    """A yes to an edition that 5,000 people get."""
    edition = f"week-{NOW:%Y-%m-%d}"
    desk.store.tested.add("week", "all", "ann@example.nhs.uk", desk.now())
    seen = jobs.plan(desk, edition, "ann@example.nhs.uk")
    jobs.accept(desk, edition, [one.key for one in seen.warnings], "ann@example.nhs.uk")
    table.measure(size, "approve, 5,000 readers", lambda _: jobs.approve(desk, edition, "ann@example.nhs.uk"), 1)
    laid = laying(desk, seen.bulletin, seen.edition, seen.made)
    other = replace(laid, deliveries=tuple(replace(one, message_id=f"2.{one.message_id}") for one in laid.deliveries))

    def again(_: int) -> None:
        with desk.store._database.write() as connection:  # noqa: SLF001 - alone, to see what the rows cost
            told = {"edition": "another", "digest": "d", "editor": "ann@example.nhs.uk", "at": NOW}
            yes = connection.execute(insert(approval).values(told).returning(approval.c.id)).scalar_one()
            lay(connection, yes, "another", "week", replace(other, pages={}), NOW)

    table.measure(size, "the ledger's 5,000 rows alone", again, rounds=1)


@contextmanager
def database(on_postgres: bool) -> Iterator[str]:
    """Where the rows go; an empty address stands for the workspace's own file."""
    if not on_postgres:
        yield ""
        return
    with postgres() as address:
        if not address:
            raise SystemExit("PostgreSQL cannot start here")
        yield address


def main() -> None:
    """Measure each size in a newsroom that is thrown away."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--keep", type=Path)
    told = asked.parse_args()
    table, sizes = Table(), told.sizes or list(SIZES)
    for size in sizes:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "newsroom"
            publisher = Publisher()
            settings = workspace(folder, publisher.base, stack.enter_context(database(told.postgres)))
            fill(settings, size, publisher.base, told.keep)
            desk = stack.enter_context(jobs.open_desk(settings, lambda: NOW + timedelta(minutes=1)))
            settle(desk)
            steps(table, desk, size, publisher)
            pages(table, desk, size)
            approve(table, desk, size)
    table.print(sizes)


if __name__ == "__main__":
    main()
