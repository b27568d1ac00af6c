"""Reading feed documents: ours, which ends in clean items, beside feedparser alone, which ends in its own dicts."""

import io
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import feedparser

from bulletin import parse
from bulletin.demo.server import FEEDS, fill
from bulletin.errors import ParseError
from bulletin.model import Feed, Fetched, Validators

NOW = datetime.now(UTC)
ROUNDS = 5


def ours(documents: dict[str, bytes]) -> int:
    """Items read by the parse room."""
    count = 0
    for name, body in documents.items():
        kind = "application/feed+json" if name.endswith(".json") else "text/xml"
        fetched = Fetched(Feed(name, name, f"https://example.org/{name}"), name, kind, body, Validators(), NOW)
        try:
            count += len(parse.document(fetched).items)
        except ParseError:
            continue  # a sick document on purpose
    return count


def theirs(documents: dict[str, bytes]) -> int:
    """Entries read by feedparser as it comes."""
    return sum(len(feedparser.parse(io.BytesIO(body)).entries) for body in documents.values())


def main() -> None:
    """Time both in turns and print the ratio of the medians."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FEEDS
    documents = {path.name: fill(path.read_bytes(), NOW) for path in sorted(folder.rglob("*")) if path.is_file()}
    seconds: dict[str, list[float]] = {"ours": [], "feedparser": []}
    counts = {}
    for _ in range(ROUNDS):
        for name, read in (("ours", ours), ("feedparser", theirs)):
            began = time.perf_counter()
            counts[name] = read(documents)
            seconds[name].append(time.perf_counter() - began)
    size = sum(map(len, documents.values())) / 1e6
    for name, times in seconds.items():
        print(
            f"{name:10} {median(times):7.3f} s for {counts[name]} items of {len(documents)} documents, {size:.1f} MB"
        )
    print(f"ratio      {median(seconds['ours']) / median(seconds['feedparser']):7.2f}")


if __name__ == "__main__":
    main()
