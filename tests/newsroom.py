"""A small newsroom for tests: a workspace in a folder, its topics about as small as topics can be."""

import re
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from bulletin import config
from bulletin.config.environment import database_url
from bulletin.model import Config
from bulletin.store import open_store

TOPICS = {
    "greener": """\
heading: Sustainable Healthcare
phrases: [net zero, carbon footprint]
not: [financial sustainability]
""",
    "workforce": """\
heading: Workforce
phrases: [staff retention, nurse staffing]
""",
}
_READ: dict[object, Config] = {}
BULLETINS = """\
library:
  name: Wexbridge Library
  email: library@example.nhs.uk
bulletins:
  - id: update
    title: Wexbridge Update
    headings: [workforce, greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    window: 35d
    most: 2
    lists:
      - id: managers
        name: Managers
        from: Wexbridge Library <library@example.nhs.uk>
"""


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def entry(title: str, link: str = "", date: str = "Fri, 20 Nov 2026 09:00:00 GMT", text: str = "") -> str:
    """The contents of one `<item>`; its link is made from the title if none is given."""
    link = link or "https://example.org/" + title.lower().replace(" ", "-")
    return f"<title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><description>{text}</description>"


def document(*entries: str, channel: str = "") -> bytes:
    """An RSS document of these `<item>`s."""
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>'
    return f"{head}{channel}{items}</channel></rss>".encode()


@cache
def migrated() -> bytes:
    """An empty SQLite database with all tables: to make one by migrations takes a tenth of a second each time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bulletin.db"
        open_store(f"sqlite:///{file.as_posix()}").close()
        return file.read_bytes()


def workspace(folder: Path, *urls: str) -> Path:
    """Write a workspace whose feeds are these addresses, named by their paths."""
    (folder / "bulletin.db").write_bytes(migrated())
    feeds = "".join(f"  - name: Feed /{url.rpartition('/')[2]}\n    url: {url}\n    rights: ogl\n" for url in urls)
    (folder / "feeds.yaml").write_text("feeds:\n" + feeds, encoding="utf-8")
    (folder / "bulletins.yaml").write_text(BULLETINS, encoding="utf-8")
    (folder / "topics").mkdir()
    for name, text in TOPICS.items():
        (folder / "topics" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Leave to visit the loopback addresses in feeds.yaml, and in no need of a pause between two visits."""
    hosts = re.findall(r"http://(127[\d.]+:\d+)", (folder / "feeds.yaml").read_text(encoding="utf-8"))
    return {"BULLETIN_ALLOW_ADDRESSES": ",".join(hosts), "BULLETIN_HOST_GAP": "0"}


def settings(folder: Path) -> Config:
    """What the files of a workspace say, with that leave; of files that were read before, in another folder, too."""
    files = [path for name in ("*.yaml", "topics/*", "brands/*") for path in sorted(folder.glob(name))]
    told = tuple((path.relative_to(folder), path.read_bytes()) for path in files)
    ours, environ = folder / "templates", environment(folder)
    if any(re.search(rb"\bmail:", content) for _, content in told):  # which may name a folder
        return config.load(folder, environ)
    key = told, ours.is_dir(), tuple(environ.items())
    if key not in _READ:
        _READ[key] = config.load(folder, environ)
    known = _READ[key]
    return replace(
        known,
        folder=folder,
        database_url=database_url(folder, {}),
        output=folder / "output",
        templates=ours if ours.is_dir() else known.templates,
    )
