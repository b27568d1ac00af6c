"""Damaged documents: each file of some folders, mutated many times over and read in a process that can be killed.

    python benchmarks/mutations.py FOLDER... [--each 1000] [--seed 7]

A mutation is made from the seed, the file's name and its number alone, so that one can be made again. Exits with 1 if
any of them breaks a reader; whatever breaks this process itself is shown as it is.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bulletin import parse
from bulletin.errors import ParseError
from bulletin.model import Feed, Fetched, Item, Selectors, Validators
from bulletin.parse.alternates import FoundFeed
from bulletin.parse.opml import Outlines

AT = datetime(2026, 11, 22, tzinfo=UTC)
TYPES = {".json": "application/feed+json", ".html": "text/html"}
DOCUMENT = ("document", parse.Parsed)
TASKS: dict[str, list[tuple[str, Any]]] = {
    ".html": [DOCUMENT, ("landing", Item), ("feeds_of", tuple[FoundFeed, ...]), ("guess", Selectors | None)],
    ".opml": [DOCUMENT, ("opml", Outlines)],
}
TOKENS = [
    *(b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE x [", b"<!ENTITY a '&b;'>", b"<?xml version='1.0'?>", b"<?"),
    *(b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"&#xD800;", b"&#0;", b"&amp;", b"&nbsp;", b"&"),
    *(b"<", b">", b"/>", b"<item>", b"</item>", b"<entry>", b"</rss>", b"<div>" * 200, b"<a href='", b"<script>"),
    *(b'"', b"'", b"{", b"[" * 500, b"}", b"9" * 400, b"a" * 2_000, b"xmlns:x='y'", b" type='html'", b"encoding='x'"),
]
LONGEST = 2_000_000  # bytes of a mutation


def mutated(body: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The body after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        accident = chance.choice([flipped, cut, without, with_token, doubled, partial(spliced, others)])
        body = accident(body, chance)[:LONGEST]
    return body


def flipped(body: bytes, chance: random.Random) -> bytes:
    """A few bits the other way."""
    changed = bytearray(body)
    for _ in range(chance.randint(1, 16) if body else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(body: bytes, chance: random.Random) -> bytes:
    """Only the beginning."""
    return body[: chance.randint(0, len(body))]


def without(body: bytes, chance: random.Random) -> bytes:
    """A piece missing."""
    start, end = piece(body, chance)
    return body[:start] + body[end:]


def with_token(body: bytes, chance: random.Random) -> bytes:
    """Something put in that means something to a parser."""
    place = chance.randint(0, len(body))
    return body[:place] + chance.choice(TOKENS) * chance.choice([1, 1, 1, 2, 50]) + body[place:]


def doubled(body: bytes, chance: random.Random) -> bytes:
    """A piece several times."""
    start, end = piece(body, chance)
    return body[:start] + body[start:end] * chance.choice([2, 2, 3, 10, 100]) + body[end:]


def spliced(others: list[bytes], body: bytes, chance: random.Random) -> bytes:
    """A piece of another document in it."""
    other = chance.choice(others)
    start, end = piece(other, chance)
    place = chance.randint(0, len(body))
    return body[:place] + other[start:end] + body[place:]


def piece(body: bytes, chance: random.Random) -> tuple[int, int]:
    """Where a piece begins and ends."""
    start = chance.randint(0, len(body))
    return start, min(len(body), start + chance.choice([1, 8, 64, 512, 4_096]))


def mutations(bodies: dict[str, bytes], each: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many of each file, with a name for each that holds the file's name and the number."""
    others = list(bodies.values())
    for name, body in bodies.items():
        for number in range(each):
            yield f"{name} #{number}", mutated(body, others, random.Random(f"{seed} {name} {number}"))


def end_of(readers: parse.Readers, task: str, kind: object, fetched: Fetched) -> tuple[str, str]:
    """How reading it ended, in a word, and what was said."""
    try:
        readers.call(task, kind, fetched).result()
    except ParseError as error:
        said = str(error)
        if "broke the reader" in said:
            return "broken", said
        return "killed" if said.startswith("reading this document") else "refused", said
    return "parsed", ""


def main() -> int:
    """Read them all and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--each", type=int, default=1_000, help="mutations of a file")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    paths = [path for folder in given.folders for path in sorted(folder.rglob("*")) if path.is_file()]
    bodies = {str(path): path.read_bytes() for path in paths}
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    began = time.perf_counter()
    with parse.Readers(at_once=1) as readers:
        for name, body in mutations(bodies, given.each, given.seed):
            suffix = Path(name.rpartition(" ")[0]).suffix
            feed = Feed("mutant", "Mutant", "https://example.org/feed")
            content_type = TYPES.get(suffix, "application/xml")
            fetched = Fetched(feed, feed.url, content_type, body, Validators(), AT)
            for task, kind in TASKS.get(suffix, [DOCUMENT]):
                start = time.perf_counter()
                end, said = end_of(readers, task, kind, fetched)
                ends[end] += 1
                slowest = max(slowest, (time.perf_counter() - start, f"{task}: {name}"))
                if end in ("broken", "killed"):
                    print(f"{end:8} {task}: {name}: {said}", flush=True)
    seconds = time.perf_counter() - began
    print(f"files {len(bodies)}, read {ends.total():,} times in {seconds:.0f} s")
    print(", ".join(f"{end} {ends[end]:,}" for end in ("parsed", "refused", "killed", "broken")))
    print(f"slowest {slowest[0]:.2f} s, {slowest[1]}")
    return 1 if ends["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
