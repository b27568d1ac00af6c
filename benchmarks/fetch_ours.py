"""One run of our fetch job for benchmarks/fetch.py: the feeds of FOLDER/urls, shelved in FOLDER/bulletin.db."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from bulletin import jobs
from bulletin.model import Config, Feed, Library


def main() -> None:
    """Visit all feeds; exit 1 unless every one was read or not modified."""
    folder = Path(sys.argv[1])
    urls = (folder / "urls").read_text(encoding="utf-8").split()
    config = Config(
        folder=folder,
        feeds=tuple(Feed(f"feed-{number}", f"Feed {number}", url) for number, url in enumerate(urls)),
        topics=(),
        bulletins=(),
        library=Library("Benchmark", "benchmark@example.org"),
        database_url=f"sqlite:///{folder}/bulletin.db",
        output=folder,
        templates=folder,
        allow_addresses=frozenset(urlsplit(url).netloc for url in urls),
    )
    with jobs.open_desk(config) as desk:
        visits = jobs.fetch(desk, list(config.feeds))
    sys.exit(any(visit.message for visit in visits))


if __name__ == "__main__":
    main()
