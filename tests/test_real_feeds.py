"""Real feed documents, served on loopback and fetched with the real command.

The documents are their publishers' and lie outside the project; without them these tests are skipped.
"""

import csv
import gzip
import html.parser
import io
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import newsroom
import pytest

from bulletin.identity import normal_title

DATA = Path(__file__).parents[2] / "shared" / "data"
TYPES = {".json": "application/feed+json", ".atom": "application/atom+xml", ".rss": "application/rss+xml"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real feed documents are not part of the project"),
]


def manifest(folder: str) -> list[dict[str, str]]:
    with (DATA / folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def things(path: Path) -> int:
    """How many different things a document names, by feedparser or its JSON; an empty entry names none."""
    body = path.read_bytes()
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    if path.suffix == ".json":
        found = [(item.get("title"), item.get("id") or item.get("url")) for item in json.loads(body)["items"]]
    else:
        entries = feedparser.parse(io.BytesIO(body)).entries
        found = [
            (entry.get("title"), entry.get("link") or entry.get("id") or entry.get("summary")) for entry in entries
        ]
    return len({(normal_title(title or ""), what) for title, what in found if title or what})


def served(publisher, tmp_path, paths: dict[str, Path]) -> Path:
    """A workspace whose feeds are these documents."""
    urls = [
        publisher.gives(
            f"/{name}", path.read_bytes(), Content_Type=TYPES.get(path.suffix, "text/xml"), ETag=f'"{name}"'
        )
        for name, path in paths.items()
    ]
    return newsroom.workspace(tmp_path, *urls)


def told(done) -> dict[str, float]:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_real_document_gives_its_items_once(publisher, tmp_path, run_bulletin):
    rows = {f"{number}.xml": row for number, row in enumerate(manifest("feeds"))}
    place = served(publisher, tmp_path, {name: DATA / row["path"] for name, row in rows.items()})

    first = told(run_bulletin("-C", place, "fetch", "--all", "--json", **newsroom.environment(place)))
    listed = [json.loads(line) for line in run_bulletin("-C", place, "items", "--json").stdout.splitlines()]
    second = told(run_bulletin("-C", place, "fetch", "--all", "--json", **newsroom.environment(place)))

    assert first["feeds"] == len(rows)
    assert second["new"] == 0
    assert len(listed) == first["new"]
    carried = Counter(feed.removeprefix("Feed /") for item in listed for feed in item["feeds"])
    named = {name: things(DATA / row["path"]) for name, row in rows.items()}
    assert {name: (count, carried[name]) for name, count in named.items() if carried[name] < min(count, 500)} == {}
    for item in listed:
        assert item["title"]
        assert item["doi"] or urlsplit(item["url"]).scheme in ("http", "https"), item
        assert (item["published"] is None) == (item["date_source"] == "first seen")


class Danger(html.parser.HTMLParser):
    """Collects what must be in no output."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "iframe", "object", "embed", "form", "input", "svg", "math", "base", "link"}:
            self.found.append(tag)
        for name, value in attrs:
            scheme = urlsplit((value or "").strip()).scheme.lower()
            if name.startswith("on") or (name in {"href", "src"} and scheme not in {"http", "https", "mailto", ""}):
                self.found.append(f"{name}={value}")


def dangers(text: str) -> list[str]:
    parser = Danger()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("folder", ["hostile", "collected-hostile"])
def test_hostile_documents_leave_no_trace_in_any_output(publisher, tmp_path, run_bulletin, folder):
    documents = [
        path for path in sorted((DATA / folder).rglob("*")) if path.is_file() and path.name != "MANIFEST.tsv"
    ]
    place = served(publisher, tmp_path, {f"{number}.xml": path for number, path in enumerate(documents)})
    topics = place / "topics" / "greener.yaml"
    topics.write_text(
        topics.read_text(encoding="utf-8").replace("[net zero", "[a*, e*, t*, net zero"), encoding="utf-8"
    )

    first = told(run_bulletin("-C", place, "fetch", "--all", "--json", **newsroom.environment(place)))
    assert first["feeds"] == len(documents)
    assert first["ok"] >= len(documents) // 3
    listed = [json.loads(line) for line in run_bulletin("-C", place, "items", "--json").stdout.splitlines()]
    assert told(run_bulletin("-C", place, "fetch", "--all", "--json", **newsroom.environment(place)))["new"] == 0

    assert listed
    for item in listed:
        assert dangers(item["summary"]) == []
        assert urlsplit(item["url"]).scheme in ("http", "https", "")
        assert item["title"].isprintable()

    assert run_bulletin("-C", place, "classify").returncode == 0
    assert run_bulletin("-C", place, "compose", "--date", "2025-06-20").returncode == 0
    assert run_bulletin("-C", place, "render").returncode == 0
    (page,) = (place / "output").glob("update/*/managers/bulletin.html")
    assert dangers(page.read_text(encoding="utf-8")) == []
