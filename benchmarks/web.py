"""How fast the pages answer, beside a bare Flask page through the same server, in the same run.

With 300, 3,000 and 30,000 items in store, ten of them a day, and a draft of about 300 items to review: the time to
the first byte of each page, and the time of each act on an item, as htmx asks for it. All items are generated.
`benchmarks/web.py 300 3000` takes other numbers.
"""

import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from serving import serving

from bulletin import config, jobs
from bulletin.jobs import people
from bulletin.model import Classification, Config, Grant, Item, Outcome, Role, Suggestion, Visit
from bulletin.people.tokens import Keys
from bulletin.web import forgery

SIZES = (300, 3_000, 30_000)
A_DAY, WORDS, TURNS = 10, 90, 60
BULLETIN = """\
library: {name: Benchmark Library, email: library@example.nhs.uk}
bulletins:
  - id: bench
    title: Benchmark
    headings: [%s]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    window: 35d
    most: 100
    lists: [{id: all, name: All, from: library@example.nhs.uk}]
"""
HELLO = """
from flask import Flask
from bulletin.model import Web
from bulletin.web import server
app = Flask("hello")
app.add_url_rule("/", view_func=lambda: "hello")
taken = server.listen("127.0.0.1", 0)
print(taken.getsockname()[1], flush=True)
server.run(app, taken, Web())
"""


def newsroom(folder: Path) -> Config:
    """A workspace with the starter's topics, all of them in one bulletin."""
    config.init(folder)
    topics = sorted(path.stem for path in (folder / "topics").glob("*.yaml"))
    (folder / "bulletins.yaml").write_text(BULLETIN % ", ".join(topics), encoding="utf-8")
    return config.load(folder, {})


def fill(desk: jobs.Desk, size: int) -> str:
    """Shelve so many items, nine of ten with a heading, and draft an edition; gives its id."""
    chance, now = random.Random(size), datetime.now(UTC)
    words = ["".join(chance.choices("bdfklmnprstvaeiou", k=chance.randint(3, 9))) for _ in range(5_000)]
    items = []
    for number in range(size):
        told = chance.choices(words, k=WORDS)
        when = now - timedelta(days=1 + number / A_DAY)
        items.append(
            Item(" ".join(told[:10]), f"https://example.org/{number}", published=when, summary=" ".join(told))
        )
    new = desk.store.items.shelve(Visit("generated", now, Outcome.OK), items).new
    looks = []
    for id_ in new:
        topic = chance.choice(desk.config.topics)
        found = (Suggestion(id_, topic.id, 0.8, ()),) if chance.random() < 0.9 else ()
        looks.append(Classification(id_, found, "generated", 0, now))
    desk.store.suggestions.add(looks)
    return jobs.compose(desk, desk.bulletin("bench")).id


class Browser:
    """One connection that stays open, as a browser's does."""

    def __init__(self, url: str, token: str = "") -> None:
        self.base = url
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
        self._headers = {"Cookie": f"{forgery.SESSION}={token}"} if token else {}
        self.text = ""

    def get(self, path: str) -> float:
        """Milliseconds to the first byte of a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: str) -> float:
        """Milliseconds until the whole answer to a form is there, as htmx sends it."""
        kind = "application/x-www-form-urlencoded"
        headers = {"Origin": self.base, "HX-Request": "true", "Content-Type": kind}
        return self._ask("POST", path, urlencode(fields), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> float:
        began = time.perf_counter()
        self._connection.request(method, path, body, self._headers | headers)
        answer = self._connection.getresponse()
        first = time.perf_counter()
        self.text = answer.read().decode("utf-8", "replace")
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}")
        return ((first if method == "GET" else time.perf_counter()) - began) * 1000


@contextmanager
def hello() -> Iterator[Browser]:
    """The baseline: a page that says hello."""
    with subprocess.Popen([sys.executable, "-c", HELLO], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Browser(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        finally:
            process.terminate()


def report(what: str, times: list[float], base: float) -> None:
    """Print median, 95th percentile, and the median in turns of the baseline's."""
    median, late = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    print(f"  {what:34} {median:8.1f} ms   p95 {late:8.1f} ms   x {median / base:6.1f}", flush=True)


def measure(size: int, folder: Path) -> None:
    """Fill a newsroom, serve it, and time its pages and acts in turns with the baseline."""
    with jobs.open_desk(newsroom(folder)) as desk:
        edition = fill(desk, size)
        editor = people.add_editor(desk, "", "ann@example.nhs.uk", "Ann", [Grant(Role.ADMIN)])
        visitor = people.Visitor(Keys(b"for benchmarks a" * 2), "127.0.0.1", "benchmark")
        token = people.sign_in_as(desk, visitor, editor, "for a benchmark")
    with serving(folder) as served, hello() as bare:
        browser, where = Browser(served.url, token), f"/editions/{edition}"
        browser.get(where)
        ids = re.findall(r'data-item="(\w+)"', browser.text)
        csrf = re.search(r'name="csrf" value="([^"]+)"', browser.text)[1]
        topics = re.findall(r'<option value="([\w-]+)"', browser.text)
        base = statistics.median(bare.get("/") for _ in range(TURNS * 3))
        print(f"{size:,} items, a draft of {len(ids)}; a bare Flask page: {base:.1f} ms", flush=True)
        for what, path in pages(where, ids[0]).items():
            browser.get(path)
            report(what, [browser.get(path) for _ in range(TURNS // 3)], base)
        for what, act in acts(browser, where, csrf, cycle(ids), cycle(topics)).items():
            report(what, [act() for _ in range(TURNS)], base)


def pages(where: str, item: str) -> dict[str, str]:
    """What an editor looks at."""
    return {
        "GET today": "/",
        "GET review": where,
        "GET an item": f"{where}/items/{item}",
        "GET preview, the email itself": f"{where}/preview/all/html",
        "GET approval": f"{where}/approval",
        "GET items that need a heading": "/items",
        "GET search, one common word": "/search?q=example",
        "GET topics": "/topics",
        "GET feeds": "/feeds",
    }


def acts(
    browser: Browser, where: str, csrf: str, items: Iterator[str], topics: Iterator[str]
) -> dict[str, Callable[[], float]]:
    """What an editor does; each time with the next item."""

    def act(**fields: str) -> float:
        return browser.post(f"{where}/items/{next(items)}", csrf=csrf, **fields)

    return {
        "POST accept": lambda: act(act="accept"),
        "POST move": lambda: act(act="move", topic=next(topics)),
        "POST pick": lambda: act(act="pick"),
        "POST note": lambda: act(act="note", note="Why this matters here"),
        "POST undo": lambda: browser.post(f"{where}/undo", csrf=csrf),
        "POST discard": lambda: act(act="discard"),
    }


def main(sizes: list[int]) -> None:
    """Run it in newsrooms that are thrown away."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder) / "newsroom")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or list(SIZES))
