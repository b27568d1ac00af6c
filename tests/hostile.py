"""What tests of hostile documents share: what must be in no output, and the corpus that lies outside the project."""

import csv
import html.parser
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import newsroom

from bulletin import jobs
from bulletin.fetch import Fetcher, Limits
from bulletin.model import Visit

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_ACTIVE = {
    *("script", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base", "link", "noscript"),
    *("frame", "frameset", "applet", "template", "video", "audio"),
}


def manifest(folder: str) -> list[dict[str, str]]:
    """The rows of a folder's MANIFEST.tsv."""
    with (DATA / folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Page(html.parser.HTMLParser):
    """A page as a tree-less run: its tags with their attributes, its text, its comments."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(" ".join(self.words).split())


def dangers(text: str) -> list[str]:
    """Whatever in a piece of HTML could run, ask or lead astray."""
    found = []
    for tag, attributes in Page(text).tags:
        found += [tag] if tag in _ACTIVE else []
        for name, value in attributes.items():
            scheme = urlsplit(value.strip()).scheme.lower()
            if name.startswith("on") or (name in {"href", "src"} and scheme not in {"http", "https", "mailto", ""}):
                found.append(f"{name}={value}")
    return found


@contextmanager
def hostile_server(port: int = 0) -> Iterator[str]:
    """The corpus' own server in a process of its own; gives its address, with a slash at the end."""
    command = [sys.executable, str(SHARED / "tools" / "hostile_server.py"), str(port), str(DATA / "hostile")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def workspace(folder: Path, urls: dict[str, str]) -> Path:
    """A workspace whose feeds are these, by the ids of their rows, and whose bulletin has room for all."""
    place = newsroom.workspace(folder, *urls.values())
    feeds = "".join(f"  - name: {name}\n    url: {url}\n    rights: ogl\n" for name, url in urls.items())
    (place / "feeds.yaml").write_text("feeds:\n" + feeds, encoding="utf-8")
    bulletins = place / "bulletins.yaml"
    bulletins.write_text(bulletins.read_text(encoding="utf-8").replace("most: 2", "most: 100"), encoding="utf-8")
    return place


@contextmanager
def impatient_desks(folder: Path, clock: newsroom.Clock) -> Iterator[Callable[..., jobs.Desk]]:
    """Give what opens a desk whose feeds are some addresses, with less patience than usual."""
    with ExitStack() as opened:

        def desk(*urls: str) -> jobs.Desk:
            settings = newsroom.settings(newsroom.workspace(folder, *urls))
            desk = opened.enter_context(jobs.open_desk(settings, clock))
            limits = Limits(read_seconds=1, total_seconds=2)
            fetcher = Fetcher("us", settings.allow_addresses, limits, settings.manners, now=clock)
            return replace(desk, fetcher=fetcher)

        yield desk


def fetched(desk: jobs.Desk) -> Visit:
    """Visit the one feed of a desk."""
    (visit,) = jobs.fetch(desk, list(desk.config.feeds))
    return visit


@dataclass(frozen=True)
class Cost:
    """What a command cost, and what it printed."""

    seconds: float
    memory: float  # MB, of the largest of its processes
    printed: str


# A process counts what its parent had in memory before it became itself; so the parent must be a small one.
_MEASURE = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run(sys.argv[1:], check=True)
print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def cost_of(command: list[str], environment: Mapping[str, str]) -> Cost:
    """Run a command to its end and measure it; not on Windows, which does not tell."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        timeout=120,
    )
    printed, _, figures = done.stdout.rstrip("\n").rpartition("\n")
    seconds, memory = map(float, figures.split())
    return Cost(seconds, memory, printed)
