"""Real documents, which lie outside the project because they are their publishers'."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from feedwriter import read

from bulletin.errors import ParseError

DATA = Path(__file__).parents[3] / "shared" / "data"
TYPES = {".json": "application/feed+json", ".atom": "application/atom+xml", ".html": "text/html"}
ACTIVE = re.compile(
    r"<(?!/?(?:p|br|ul|ol|li|em|strong|b|i|sub|sup|blockquote|a)\b)|<\w+\s(?!href=\"https?://)|javascript:", re.I
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real feed documents are not part of the project"),
]


def body(path: Path) -> bytes:
    """A document as the fetcher would bring it; two were saved as they came, compressed."""
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def manifest() -> list[dict[str, str]]:
    with (DATA / "feeds" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def entries(row: dict[str, str]) -> int:
    """How many entries a document holds; feedparser counts none in JSON Feed, but the manifest does."""
    count = row["n_entries_feedparser"]
    return int(count.rpartition("items=")[2].rstrip(")") if "items=" in count else count)


MOST = 500  # items of one document that are kept
# Of these, one or more items say nothing at all: no title, text, link or identifier.
WITH_EMPTY_ITEMS = {"illegally-nested.xml": 10, "no_encoding_ISO-8859-1.xml": 1}


def test_every_real_document_gives_all_its_items():
    short = {}
    for row in manifest():
        path = DATA / row["path"]
        items = read(body(path), TYPES.get(path.suffix, "text/xml")).items
        empty = next((count for name, count in WITH_EMPTY_ITEMS.items() if path.name.endswith(name)), 0)
        if len(items) < min(entries(row) - empty, MOST):
            short[path.name] = (len(items), entries(row))
        for item in items:
            assert item.title, path
            assert item.url or item.doi, path
            assert not ACTIVE.search(item.summary), path
    assert short == {}


@pytest.mark.parametrize("folder", ["hostile", "collected-hostile"])
def test_every_hostile_document_is_a_clean_feed_or_a_parse_error(folder):
    paths = [path for path in sorted((DATA / folder).rglob("*")) if path.is_file() and path.name != "MANIFEST.tsv"]
    assert paths
    for path in paths:
        try:
            items = read(path.read_bytes(), TYPES.get(path.suffix, "text/xml")).items
        except ParseError:
            continue
        for item in items:
            assert not ACTIVE.search(item.summary), path
            assert item.url == "" or item.url.startswith(("http://", "https://")), path
